/** Decisions as people read them: who may not do what, where, and which policy says so. */
import { culprit, type Answer } from './answer.ts';
import type { Target } from './places.ts';
import type { Part } from '../../src/iam/decide.ts';
import type { Layer, StatementReference } from '../../src/iam/verdict.ts';

/** All refusals in one sentence without its full stop, those of one reason together; a rule may know the reason better. */
export function refusalsOf(refused: readonly Answer[], because?: string): string {
  const groups = new Map<string, { readonly first: Answer; readonly actions: string[] }>();
  for (const answer of refused) {
    const key = `${extentOf(answer)}: ${because ?? reasonOf(answer)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: answer, actions: [answer.action] });
    else if (!group.actions.includes(answer.action)) group.actions.push(answer.action);
  }
  const parts = [...groups].map(([said, { actions }]) => `${actions.join(' or ')} on ${said}`);
  const [role = ''] = refused.map(({ target }) => target.replicator.arn);
  return `Role '${roleName(role)}' may not ${parts.join('; nor ')}`;
}

/** Why nobody can say: what would have to be known. */
export function doubtOf({ action, on, target, decision }: Answer): string {
  const open = [...new Set(decision.unknown.map(({ what, name }) => (what === 'set' ? name : `'${name}'`)))];
  const where =
    decision.statement === null ? '' : ` (${statementOf(decision.layer, decision.statement, target)})`;
  const who = `Whether role '${roleName(target.replicator.arn)}' may ${action} on '${on}'`;
  return decision.unknown.some(({ what }) => what === 'set')
    ? `${who} cannot be told: ${open.join(', ')}.`
    : `${who} hangs on ${open.join(' and ')}${where}, and AWS does not document what S3 brings.`;
}

/** The facts in which a refusal stands, with a pointer to the policy where one policy is to blame. */
export function placesOf<P extends string>({ decision, target }: Answer<P>): readonly P[] {
  const { layer, silent, outcome } = culprit(decision);
  const layers = outcome === 'implicitlyDenied' && silent.length > 0 ? silent : [layer];
  return [...new Set(layers.flatMap((one) => target.facts[one] ?? []))];
}

/** A role by its name with its path, which is part of its ARN. */
export function roleName(arn: string): string {
  return arn.slice(arn.indexOf(':role/') + ':role/'.length);
}

function extentOf({ on, decision }: Answer): string {
  if (decision.outcome !== 'allowedForSome') return `'${on}'`;
  return `all of '${on}'${exampleOf(decision.leftOut)}`;
}

function exampleOf(leftOut: readonly Part[]): string {
  const refused = leftOut.find(({ decision }) => decision.outcome !== 'undetermined');
  if (refused === undefined) return '';
  const { within, outside, decision } = refused;
  const taken = decision.outcome === 'explicitlyDenied' && within.length > 0;
  const patterns = (taken ? within : outside).map((one) => `'${one}'`).join(' or ');
  if (patterns === '') return `, as in '${refused.example}'`;
  return `, ${taken ? 'not within' : 'only within'} ${patterns}`;
}

function reasonOf({ decision, target }: Answer): string {
  const { outcome, layer, silent, statement } = culprit(decision);
  if (outcome === 'explicitlyDenied')
    return statement === null ? 'it is denied' : `${statementOf(layer, statement, target)} denies it`;
  const layers = silent.length > 0 ? silent : [layer];
  return [...new Set(layers)].map((one) => silenceOf(one, target)).join(', and ');
}

function silenceOf(layer: Layer, target: Target): string {
  const { layers, policyName, place, replicator } = target;
  switch (layer) {
    case 'identity':
      return 'no policy of the role allows it';
    case 'boundary':
      return "the role's permissions boundary does not allow it";
    case 'serviceControl':
      return `the service control policies over account ${replicator.account} do not allow it`;
    case 'resourceControl':
      return `the resource control policies over account ${place.account} do not allow it`;
    case 'grants':
      return 'no grant allows it';
    case 'resource':
      return layers.resource === null
        ? `'${place.arn.slice(place.arn.lastIndexOf(':') + 1)}' of account ${place.account} has no policy`
        : `the ${policyName}, of account ${place.account}, does not allow it`;
  }
}

function statementOf(layer: Layer, { policy, sid, index }: StatementReference, target: Target): string {
  const statement = sid === null ? `statement ${index + 1}` : `the statement '${sid}'`;
  switch (layer) {
    case 'identity':
      return `${statement} of the role's policy '${policy}'`;
    case 'boundary':
      return `${statement} of the role's permissions boundary '${policy}'`;
    case 'serviceControl':
      return `${statement} of the service control policy '${policy}'`;
    case 'resourceControl':
      return `${statement} of the resource control policy '${policy}'`;
    case 'resource':
      return `${statement} of the ${target.policyName}`;
    case 'grants':
      return `the grant '${policy}'`;
  }
}
