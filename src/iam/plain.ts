/**
 * The answer to most requests by a short way: nothing denies, and who has to allow does so without conditions. Where that does
 * not settle it, `decide` weighs all that the policies say.
 */
import { plainest } from './parts.ts';
import { divides, matches } from './pattern.ts';
import { isMalformed, type Malformed, type Policy, type Statement } from './policy.ts';
import { accountOfPrincipal, reach } from './principal.ts';
import { actionOf, mustName, type Layers, type Policies, type Request } from './request.ts';
import type { Verdict } from './verdict.ts';

/** The identity's Allow, where surely nothing else is needed or in its way; null where it takes more to tell. */
export function plainly(request: Request, layers: Layers): Verdict | null {
  const { principal, resourceAccount, context } = request;
  const action = actionOf(request);
  // What is asked of keys and trusts hangs on conditions, nearly always.
  if (principal.kind === 'service' || mustName(action) || context.sets.length > 0) return null;
  const { identity, boundary, serviceControl, resourceControl, resource } = layers;
  const isOurs = accountOfPrincipal(principal) === resourceAccount;
  if (serviceControl === 'unread' || resourceControl === 'unread' || resource === 'unread') return null;
  const asked: Asked = { action, resource: request.resource, isNamed: () => true };
  for (const level of serviceControl) if (!allows(level, asked)) return null;
  const named: Asked = { ...asked, isNamed: (one) => names(one, request) };
  for (const level of resourceControl) if (!allows(level, named)) return null;
  if (boundary !== null && (boundary === 'unread' || !allows([boundary], asked))) return null;
  if (resource === null ? !isOurs : isOurs ? !isHarmless(resource, action) : !allows([resource], named))
    return null;
  return identity === 'unread' ? null : firstAllow(identity, asked);
}

/** What a statement is looked at for. */
interface Asked {
  readonly action: string;
  readonly resource: Request['resource'];
  readonly isNamed: (statement: Statement) => boolean;
}

function names({ principal: named }: Statement, { principal }: Request): boolean {
  return named !== null && !named.negated && reach(named, principal, []).truth === 'yes';
}

/** Whether the policies surely allow it, and deny nothing. */
function allows(policies: readonly (Policy | Malformed)[], asked: Asked): boolean {
  let any = false;
  for (const policy of policies) {
    if (isMalformed(policy)) return false;
    for (const statement of policy.about(asked.action)) {
      if (statement.effect === 'Deny') return false;
      any ||=
        statement.conditions.length === 0 && asked.isNamed(statement) && takes(statement, asked) === true;
    }
  }
  return any;
}

/** Whether a policy surely denies nothing. */
function isHarmless(policy: Policy | Malformed, action: string): boolean {
  return !isMalformed(policy) && policy.about(action).every(({ effect }) => effect === 'Allow');
}

/** The first statement that allows it, where all before it surely do not. */
function firstAllow(policies: Exclude<Policies, 'unread'>, asked: Asked): Verdict | null {
  let first: Verdict | null = null;
  for (const policy of policies) {
    if (isMalformed(policy)) return null;
    for (const statement of policy.about(asked.action)) {
      if (statement.effect === 'Deny') return null;
      if (first !== null) continue;
      const taken = takes(statement, asked);
      if (taken === false) continue;
      if (taken === null || statement.conditions.length > 0) return null;
      const { sid, index } = statement;
      first = {
        truth: 'yes',
        layer: 'identity',
        statement: { policy: policy.name, sid, index },
        unknown: [],
      };
    }
  }
  return first;
}

/** Whether a statement takes all that is asked, or nothing of it; null where it takes more to tell. */
function takes({ resource: named }: Statement, { resource }: Asked): boolean | null {
  if (named === null || named.negated) return null;
  let isOpen = false;
  for (const { pattern } of named.templates) {
    if (pattern === null || (typeof resource !== 'string' && divides(pattern, resource.under))) isOpen = true;
    else if (matches(pattern, typeof resource === 'string' ? resource : plainest(resource.under)))
      return true;
  }
  return isOpen ? null : false;
}
