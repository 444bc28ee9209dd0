/**
 * Who asks, and whom a statement names.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
import { accountOf } from '../arn.ts';
import type { Truth, Unknown } from './context.ts';

/** Who asks: a session of a role, as S3 has when it replicates, or a service by itself, as it is when it assumes the role. */
export type Principal =
  | {
      readonly kind: 'role';
      /** With its path: `arn:aws:iam::111122223333:role/service-role/replication`. */
      readonly arn: string;
      readonly account: string;
      /** The session's name; null where it is not known. */
      readonly session: string | null;
    }
  | { readonly kind: 'service'; readonly name: string };

/** A Principal or NotPrincipal element. */
export interface Named {
  readonly negated: boolean;
  readonly everybody: boolean;
  readonly accounts: ReadonlySet<string>;
  readonly arns: ReadonlySet<string>;
  /** Sessions of roles, among the ARNs. */
  readonly sessions: readonly Session[];
  readonly services: ReadonlySet<string>;
  /** Canonical user ids name accounts, but not by their numbers. */
  readonly canonical: readonly string[];
}

/** A session's ARN holds the role's name without its path. */
interface Session {
  readonly account: string;
  readonly role: string;
  readonly name: string;
}

/**
 * How a statement names who asks. `account` delegates to the principal's account; `role` and `direct` (the session
 * itself, the service, everybody) need nobody else in the same account, but a boundary limits `role`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export type Reach = 'account' | 'role' | 'direct';

const ROOT = /^arn:[^:]*:iam::(\d{12}):root$/;
const SESSION = /^arn:[^:]*:sts::(\d{12}):assumed-role\/([^/]+)\/(.+)$/;

/** Compiles lists of principals by their kind. Wildcards within a name mean nothing, and `AROA…` ids are of the dead. */
export function namedOf(negated: boolean, lists: ReadonlyMap<string, readonly string[]>): Named {
  const aws = lists.get('AWS') ?? [];
  return {
    negated,
    everybody: aws.includes('*'),
    accounts: new Set(aws.map(accountNamed).filter((account) => account !== null)),
    arns: new Set(aws.filter((one) => isNumber(one) || accountNamed(one) === null)),
    sessions: aws.flatMap(sessionNamed),
    services: new Set(lists.get('Service') ?? []),
    canonical: lists.get('CanonicalUser') ?? [],
  };
}

function accountNamed(text: string): string | null {
  if (isNumber(text)) return text;
  return text.endsWith(':root') ? (ROOT.exec(text)?.[1] ?? null) : null;
}

function isNumber(text: string): boolean {
  return text.length === 12 && /^\d{12}$/.test(text);
}

function sessionNamed(text: string): readonly Session[] {
  const [, account, role, name] = text.includes(':assumed-role/') ? (SESSION.exec(text) ?? []) : [];
  return account === undefined || role === undefined || name === undefined ? [] : [{ account, role, name }];
}

/** The strongest way in which a Principal element names who asks, and whether it is sure. */
export function reach(
  named: Named,
  principal: Principal,
  unknown: Unknown[],
): { readonly truth: Truth; readonly by: Reach } {
  if (named.everybody) return DIRECT;
  if (principal.kind === 'service') return named.services.has(principal.name) ? DIRECT : NOBODY;
  const session = namesSession(named, principal);
  if (session === 'yes') return DIRECT;
  if (named.arns.has(principal.arn)) return ROLE;
  if (named.accounts.has(principal.account)) return ACCOUNT;
  if (session === 'maybe') {
    unknown.push({ what: 'principal', name: 'the name of the session' });
    return { truth: 'maybe', by: 'direct' };
  }
  const [canonical] = named.canonical;
  if (canonical === undefined) return NOBODY;
  unknown.push({ what: 'principal', name: `whose account the canonical user '${canonical}' is` });
  return { truth: 'maybe', by: 'account' };
}

const DIRECT = { truth: 'yes', by: 'direct' } as const;
const ROLE = { truth: 'yes', by: 'role' } as const;
const ACCOUNT = { truth: 'yes', by: 'account' } as const;
const NOBODY = { truth: 'no', by: 'direct' } as const;

function namesSession(
  { sessions }: Named,
  { arn, account, session }: Extract<Principal, { readonly kind: 'role' }>,
): Truth {
  let truth: Truth = 'no';
  for (const one of sessions) {
    if (one.account !== account || one.role !== nameOf(arn)) continue;
    if (session === null) truth = 'maybe';
    else if (one.name === session) return 'yes';
  }
  return truth;
}

function nameOf(roleArn: string): string {
  return roleArn.slice(roleArn.lastIndexOf('/') + 1);
}

/**
 * Whether a Deny with NotPrincipal spares who asks. Sure only where the role (or session) and its account are both
 * named, as AWS asks; and who has a boundary is never spared.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html#notprincipal-key-points
 */
export function spares(named: Named, principal: Principal, bounded: Truth, unknown: Unknown[]): Truth {
  if (named.everybody) return 'yes';
  if (principal.kind === 'service') return named.services.has(principal.name) ? 'yes' : 'no';
  if (bounded === 'yes') return 'no';
  const account = named.accounts.has(principal.account);
  const session = namesSession(named, principal);
  const role = named.arns.has(principal.arn) || session === 'yes';
  if (!account && !role && session === 'no' && named.canonical.length === 0) return 'no';
  if (account && role && bounded === 'no') return 'yes';
  unknown.push(
    account && role
      ? { what: 'layer', name: 'boundary' }
      : { what: 'documentation', name: 'NotPrincipal that names the role or its account, but not both' },
  );
  return 'maybe';
}

/** The account of who asks; null of a service, which has none. */
export function accountOfPrincipal(principal: Principal): string | null {
  return principal.kind === 'role' ? principal.account || accountOf(principal.arn) : null;
}
