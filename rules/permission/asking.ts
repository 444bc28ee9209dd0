/** Which statement asks for what S3 does not bring, as a person finds it. */
import { culprit, refusingLayers, type Answer } from './answer.ts';
import { policiesOf } from './places.ts';
import { denialOf, policyIn, statementOf } from './sentence.ts';
import { reachesRole, takesAction, takesResource, written } from '../shared/statement.ts';
import { holds } from '../../src/iam/condition.ts';
import type { Condition } from '../../src/iam/operators.ts';
import { isMalformed, type Statement } from '../../src/iam/policy.ts';
import type { Layer } from '../../src/iam/verdict.ts';

/** A statement, where it stands, and its conditions on a key. */
interface Asker {
  readonly layer: Layer;
  readonly policy: string;
  readonly statement: Statement;
  readonly conditions: readonly Condition[];
}

/** `the statement 'Use' of the policy of the key … allows it only under StringEquals kms:ViaService '…'`. */
export function askingFor(answer: Answer, key: string): string {
  const refusal = culprit(answer.decision);
  if (refusal.outcome === 'explicitlyDenied' && refusal.statement !== null)
    return denialOf(refusal.layer, refusal.statement, answer.target);
  const layers = [...new Set([...refusingLayers(refusal), ...LAYERS])];
  const [asker] = layers.flatMap((layer) => askersIn(answer, layer, key));
  if (asker === undefined) return grantAsking(answer, key) ?? `what allows it asks for another ${key}`;
  return `${nameOf(answer, asker)} allows it only under ${asker.conditions.map(written).join(' and ')}`;
}

const LAYERS: readonly Layer[] = ['identity', 'boundary', 'resource', 'serviceControl', 'resourceControl'];

/** The statements of a layer that would allow what was asked but for a condition on the key. */
function askersIn({ target, request, action }: Answer, layer: Layer, key: string): readonly Asker[] {
  const isAbout = (one: Statement): boolean =>
    one.effect === 'Allow' &&
    takesAction(one, action) &&
    (one.principal === null || reachesRole(one, target.replicator)) &&
    takesResource(one, target.place.arn);
  const isAsking = (one: Condition): boolean =>
    one.lowerKey === key.toLowerCase() && holds(one, request.context, []) !== 'yes';
  const policies = policiesOf(layer, target.layers).flatMap((all) => (all === 'unread' ? [] : all));
  return policies.flatMap((policy) =>
    isMalformed(policy)
      ? []
      : policy.statements.filter(isAbout).flatMap((statement) => {
          const conditions = statement.conditions.filter(isAsking);
          return conditions.length === 0 ? [] : [{ layer, policy: policy.name, statement, conditions }];
        }),
  );
}

/** A grant has no conditions, but may ask for an encryption context. */
function grantAsking({ target, action }: Answer, key: string): string | null {
  const { grants } = target.layers;
  if (grants === 'unread') return null;
  const pair = key.replace(/^kms:EncryptionContext:/, '');
  for (const { GrantId = '', GranteePrincipal, Operations = [], Constraints } of grants) {
    const wanted = { ...Constraints?.EncryptionContextSubset, ...Constraints?.EncryptionContextEquals }[pair];
    if (wanted === undefined || GranteePrincipal !== target.replicator.arn) continue;
    if (Operations.some((one) => `kms:${one}` === action))
      return `the ${policyIn('grants', GrantId, target)} allows it only in the encryption context '${wanted}'`;
  }
  return null;
}

function nameOf({ target }: Answer, { layer, policy, statement: { sid, index } }: Asker): string {
  return statementOf(layer, { policy, sid, index }, target);
}
