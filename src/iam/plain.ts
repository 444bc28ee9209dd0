/**
 * The answer to most requests by a short way: all that may deny surely does not apply, and what has to allow surely does.
 * Where that does not settle it, `decide` weighs all that the policies say, and names what stands in the way.
 */
import { holds } from './condition.ts';
import { plainest } from './parts.ts';
import { divides, matches } from './pattern.ts';
import { isMalformed, type Malformed, type Policy, type Statement } from './policy.ts';
import { accountOfPrincipal, reach, type Reach } from './principal.ts';
import { actionOf, mustName, type Layers, type Policies, type Request } from './request.ts';
import type { Layer, Verdict } from './verdict.ts';

/** The first statement that allows it, of the layer that `decide` would name; null where it takes more to tell. */
export function plainly(request: Request, layers: Layers): Verdict | null {
  const { identity, boundary, serviceControl, resourceControl, resource, grants } = layers;
  const { resource: named } = request;
  const sample = typeof named === 'string' ? named : plainest(named.under);
  const asked: Asked = { request, action: actionOf(request), sample };
  const isOfService = request.principal.kind === 'service';
  if (isOfService && (identity === 'unread' || identity.length > 0 || boundary !== null)) return null;
  if (mustName(asked.action) && (grants === 'unread' || grants.length > 0)) return null;
  if (!isOfService && !everyLevel(serviceControl, asked)) return null;
  if (!everyLevel(resourceControl, asked)) return null;
  const limit = boundary === null ? ANY : allowed('boundary', only(boundary), asked);
  const own = allowed('identity', identity, asked);
  const given = resource === null ? NONE : allowed('resource', only(resource), asked);
  return limit === null || own === null || given === null ? null : permitted(asked, { limit, own, given });
}

interface Asked {
  readonly request: Request;
  /** In lower case. */
  readonly action: string;
  /** The resource, or one of the set: where a pattern does not divide a set, one speaks for all. */
  readonly sample: string;
}

/** What surely allows it, by how it names who asks. */
type Allowed = Readonly<Record<Reach, Verdict | null>>;

const NOTHING: Verdict['unknown'] = [];
const NONE: Allowed = { account: null, role: null, direct: null };
const ANY: Allowed = {
  ...NONE,
  direct: { truth: 'yes', layer: 'boundary', statement: null, unknown: NOTHING },
};

/** As permission.ts has it, where all that counts is sure. */
function permitted(
  { request, action }: Asked,
  { limit, own, given }: Readonly<Record<'limit' | 'own' | 'given', Allowed>>,
): Verdict | null {
  const { principal, resourceAccount } = request;
  if (principal.kind === 'service') return given.direct;
  const byIdentity = limit.direct && own.direct;
  if (accountOfPrincipal(principal) !== resourceAccount)
    return given.direct || given.role || given.account ? byIdentity : null;
  if (!mustName(action)) return byIdentity;
  return given.direct ?? (limit.direct && given.role) ?? (byIdentity && given.account);
}

function only(policy: Policy | Malformed | 'unread'): Policies {
  return policy === 'unread' ? policy : [policy];
}

/** Whether every level surely allows it. */
function everyLevel(levels: Layers['serviceControl'], asked: Asked): boolean {
  if (levels === 'unread') return false;
  for (const level of levels) {
    let isAllowed = false;
    for (const policy of level) {
      if (isMalformed(policy)) return false;
      for (const statement of policy.about(asked.action)) {
        const by = says(statement, asked);
        if (by === 'open') return false;
        isAllowed ||= by === 'direct';
      }
    }
    if (!isAllowed) return false;
  }
  return true;
}

/** The first statements that surely allow it, by how they name who asks; null where something may deny it, or nobody can say. */
function allowed(layer: Layer, policies: Policies, asked: Asked): Allowed | null {
  if (policies === 'unread') return null;
  let account: Verdict | null = null;
  let role: Verdict | null = null;
  let direct: Verdict | null = null;
  for (const policy of policies) {
    if (isMalformed(policy)) return null;
    for (const statement of policy.about(asked.action)) {
      const by = says(statement, asked);
      if (by === 'open') return null;
      if (by === 'direct') direct ??= verdictOf(layer, policy, statement);
      else if (by === 'role') role ??= verdictOf(layer, policy, statement);
      else if (by === 'account') account ??= verdictOf(layer, policy, statement);
    }
  }
  return { account, role, direct };
}

function verdictOf(layer: Layer, policy: Policy, { sid, index }: Statement): Verdict {
  return { truth: 'yes', layer, statement: { policy: policy.name, sid, index }, unknown: NOTHING };
}

/** How a statement surely allows it; `no` where it surely says nothing of it, `open` where it takes more to tell, or denies. */
function says(statement: Statement, asked: Asked): Reach | 'no' | 'open' {
  const by = reachOf(statement, asked);
  if (by === 'no') return 'no';
  const isIt = applies(statement, asked);
  if (isIt === false) return 'no';
  return isIt === null || by === 'maybe' || statement.effect === 'Deny' ? 'open' : by;
}

function reachOf({ principal: named }: Statement, { request }: Asked): Reach | 'no' | 'maybe' {
  if (named === null || (named.everybody && !named.negated)) return 'direct';
  if (named.negated) return 'maybe';
  const { truth, by } = reach(named, request.principal, []);
  return truth === 'yes' ? by : truth;
}

/** Whether a statement is about all that is asked, or about nothing of it; null where it takes more to tell. */
function applies(statement: Statement, asked: Asked): boolean | null {
  let isIt = takes(statement, asked);
  for (const condition of statement.conditions) {
    if (isIt === false) return false;
    const one = holds(condition, asked.request.context, []);
    if (one !== 'yes') isIt = one === 'no' ? false : null;
  }
  return isIt;
}

function takes({ resource: named }: Statement, { request, sample }: Asked): boolean | null {
  if (named === null) return true;
  if (named.negated) return null;
  const { resource } = request;
  let isOpen = false;
  for (const { pattern } of named.templates) {
    if (pattern === null || (typeof resource !== 'string' && divides(pattern, resource.under))) isOpen = true;
    else if (matches(pattern, sample)) return true;
  }
  return isOpen ? null : false;
}
