/** Decisions as people read them: who may not do what, where, and which policy says so. */
import { culprit, refusingLayers, type Answer } from './answer.ts';
import { policiesOf, type Target } from './places.ts';
import { written } from '../shared/statement.ts';
import type { Decision, Part } from '../../src/iam/decide.ts';
import { isMalformed } from '../../src/iam/policy.ts';
import type { Layer, StatementReference } from '../../src/iam/verdict.ts';

/** Why a use of a thing is refused. */
export type Because = (answer: Answer) => string;

/** All refusals in one sentence without its full stop, those of one reason together; a rule may know the reason better. */
export function refusalsOf(refused: readonly Answer[], because?: Because): string {
  const groups = new Map<string, { readonly first: Answer; readonly actions: string[] }>();
  for (const answer of refused) {
    const key = `${extentOf(answer)}: ${reasonOf(answer, because)}`;
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
  const open = [...new Set(decision.unknown.map(({ what, name }) => (what === 'key' ? `'${name}'` : name)))];
  const where =
    decision.statement === null ? '' : ` (${statementOf(decision.layer, decision.statement, target)})`;
  const who = `Whether role '${roleName(target.replicator.arn)}' may ${action} on '${on}'`;
  return decision.unknown.some(({ what }) => what === 'set')
    ? `${who} cannot be told: ${open.join(', ')}.`
    : `${who} hangs on ${open.join(' and ')}${where}, which neither what was read nor AWS's documentation tells.`;
}

/** The facts in which a refusal stands. */
export function placesOf<P extends string>({ decision, target }: Answer<P>): readonly P[] {
  const layers = refusingLayers(culprit(decision));
  return [...new Set(layers.flatMap((one) => target.facts[one] ?? []))];
}

/** A role by its name with its path, which is part of its ARN. */
export function roleName(arn: string): string {
  const [, name] = arn.split(/:role\/(.*)/s);
  return name ?? arn;
}

function extentOf({ action, on, decision }: Answer): string {
  if (!isOfPart(decision)) return `'${on}'`;
  const all = action.startsWith('kms:') ? `'${on}' for all objects` : `all of '${on}'`;
  return `${all}${exampleOf(decision.leftOut)}`;
}

/** Whether what is refused is a part: the rest is allowed, or in doubt. */
export function isOfPart({ outcome, leftOut }: Decision): boolean {
  return outcome === 'allowedForSome' || (outcome === 'undetermined' && leftOut.length > 0);
}

function exampleOf(leftOut: readonly Part[]): string {
  const refused = leftOut.find(({ decision }) => decision.outcome !== 'undetermined');
  if (refused === undefined) return '';
  const { within, outside, decision } = refused;
  const [pattern, ...more] = within;
  if (decision.outcome === 'explicitlyDenied' && pattern !== undefined && more.length === 0)
    return `, not within '${pattern}'`;
  // A pattern of which another part is left out is not one within which all is well.
  const well = outside.filter((one) => !leftOut.some((part) => part.within.includes(one)));
  if (within.length > 0 || well.length === 0) return `, as in '${refused.example}'`;
  return `, only within ${well.map((one) => `'${one}'`).join(' or ')}`;
}

function reasonOf(answer: Answer, because?: Because): string {
  if (because !== undefined) return because(answer);
  const { decision, target } = answer;
  const refusal = culprit(decision);
  const { outcome, layer, statement } = refusal;
  if (outcome === 'explicitlyDenied')
    return statement === null ? 'it is denied' : denialOf(layer, statement, target);
  return [...new Set(refusingLayers(refusal))].map((one) => silenceOf(one, target)).join(', and ');
}

/** A Deny as a person finds it, with the conditions under which it denies. */
export function denialOf(layer: Layer, denial: StatementReference, target: Target): string {
  const policies = policiesOf(layer, target.layers).flatMap((all) => (all === 'unread' ? [] : all));
  const statement = policies
    .flatMap((one) => (isMalformed(one) || one.name !== denial.policy ? [] : one.statements))
    .find(({ index, effect }) => index === denial.index && effect === 'Deny');
  const conditions = statement?.conditions ?? [];
  const some = [...conditions.slice(0, MOST).map(written), ...(conditions.length > MOST ? ['more'] : [])];
  const under = some.length === 0 ? '' : ` under ${some.join(' and ')}`;
  return `${statementOf(layer, denial, target)} denies it${under}`;
}

const MOST = 3;

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

/** A statement as a person finds it. */
export function statementOf(
  layer: Layer,
  { policy, sid, index }: StatementReference,
  target: Target,
): string {
  if (layer === 'grants') return `the ${policyIn(layer, policy, target)}`;
  const statement = sid === null ? `statement ${index + 1}` : `the statement '${sid}'`;
  return `${statement} of the ${policyIn(layer, policy, target)}`;
}

/** A policy as a person finds it. */
export function policyIn(layer: Layer, name: string, { policyName }: Pick<Target, 'policyName'>): string {
  switch (layer) {
    case 'identity':
      return `role's policy '${name}'`;
    case 'boundary':
      return `role's permissions boundary '${name}'`;
    case 'serviceControl':
      return `service control policy '${name}'`;
    case 'resourceControl':
      return `resource control policy '${name}'`;
    case 'resource':
      return policyName;
    case 'grants':
      return `grant '${name}'`;
  }
}
