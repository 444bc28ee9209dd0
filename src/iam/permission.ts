/**
 * Who has to allow: the policies of the principal, of the resource, or both.
 */
import { accountOfPrincipal } from './principal.ts';
import { mustName, type Request } from './request.ts';
import type { Question } from './survey.ts';
import type { Views } from './views.ts';
import { either, every, type Verdict } from './verdict.ts';

/** Whether it is permitted, and what each layer that has to say so said. */
export interface Permission {
  readonly verdict: Verdict;
  readonly needed: readonly Verdict[];
}

export function permission(request: Request, question: Question, views: Views, grant: Verdict): Permission {
  const { principal } = request;
  const { direct } = views.resource.allow;
  // A service brings no policies of its own.
  if (principal.kind === 'service') return { verdict: direct, needed: [direct] };
  const grants = underBoundary(grant, views);
  if (accountOfPrincipal(principal) !== request.resourceAccount) return acrossAccounts(views, grants);
  return mustName(question.action) ? byLeave(views, grants) : inOneAccount(views);
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html: both must. */
function acrossAccounts({ identity, boundary, resource }: Views, grant: Verdict): Permission {
  const named = either(resource.allow.direct, resource.allow.role, resource.allow.account);
  const both = every(identity.allow.direct, boundary.allow.direct, named);
  return { verdict: either(grant, both), needed: [identity.allow.direct, boundary.allow.direct, named] };
}

/**
 * Either alone may allow; a boundary limits what is given to the role, not what is given to its session or to everybody.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
function inOneAccount({ identity, boundary, resource }: Views): Permission {
  const own = every(identity.allow.direct, boundary.allow.direct);
  const byRole = every(resource.allow.role, boundary.allow.direct);
  const verdict = either(own, resource.allow.direct, byRole);
  // Where none allows, the one that got furthest is to blame.
  const furthest = resource.allow.role.truth === 'no' ? own : byRole;
  return {
    verdict: verdict.truth === 'no' ? furthest : verdict,
    needed: [identity.allow.direct, boundary.allow.direct],
  };
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-root-enable-iam */
function byLeave({ identity, boundary, resource }: Views, grant: Verdict): Permission {
  const { account, role, direct } = resource.allow;
  const byRole = every(role, boundary.allow.direct);
  const delegated = every(account, identity.allow.direct, boundary.allow.direct);
  const furthest = role.truth === 'no' ? [byRole, delegated] : [delegated, byRole];
  return {
    verdict: either(grant, direct, ...furthest),
    needed: [either(direct, role, account), identity.allow.direct, boundary.allow.direct],
  };
}

/** Whether a boundary limits what a grant gives is documented nowhere. */
function underBoundary(grant: Verdict, { boundary }: Views): Verdict {
  if (grant.truth !== 'yes' || boundary.allow.direct.truth !== 'no') return grant;
  return {
    ...grant,
    truth: 'maybe',
    unknown: [{ what: 'documentation', name: 'a grant to a role under a permissions boundary' }],
  };
}
