/**
 * Grants on KMS keys: they allow, and never deny.
 * https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
import { both, lookUp, valuesOf, type Context, type Truth, type Unknown } from './context.ts';
import { namedOf, reach } from './principal.ts';
import type { Question } from './survey.ts';
import { doubt, either, silence, type Verdict } from './verdict.ts';

/** What ListGrants tells of a grant. */
export interface Grant {
  readonly GrantId?: string | undefined;
  readonly GranteePrincipal?: string | undefined;
  readonly Operations?: readonly string[] | undefined;
  readonly Constraints?:
    | {
        readonly EncryptionContextEquals?: Readonly<Record<string, string>> | undefined;
        readonly EncryptionContextSubset?: Readonly<Record<string, string>> | undefined;
        readonly SourceArn?: string | undefined;
      }
    | undefined;
}

/** Whether some grant lets the principal do it. */
export function granted(grants: readonly Grant[] | 'unread', question: Question): Verdict {
  if (!question.action.startsWith('kms:')) return silence('grants');
  if (grants === 'unread') return doubt('grants', 'grants');
  return either(silence('grants'), ...grants.map((grant, index) => verdictOf(grant, index, question)));
}

function verdictOf(grant: Grant, index: number, question: Question): Verdict {
  const operations = grant.Operations?.map((operation) => `kms:${operation.toLowerCase()}`) ?? [];
  if (!operations.includes(question.action)) return silence('grants');
  const unknown: Unknown[] = [];
  const truth = both(grantee(grant, question, unknown), constrained(grant, question.context, unknown));
  if (truth === 'no') return silence('grants');
  const statement = { policy: grant.GrantId ?? '', sid: null, index };
  return { truth, layer: 'grants', statement, unknown };
}

/** What a grant to a whole account gives to its roles is documented nowhere. */
function grantee(grant: Grant, { principal }: Question, unknown: Unknown[]): Truth {
  const named = namedOf(false, new Map([['AWS', [grant.GranteePrincipal ?? '']]]));
  const { truth, by } = reach(named, principal, unknown);
  if (by !== 'account') return truth;
  unknown.push({ what: 'documentation', name: 'a grant to a whole account' });
  return 'maybe';
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/create-grant-overview.html#grant-constraints */
function constrained({ Constraints: constraints }: Grant, context: Context, unknown: Unknown[]): Truth {
  if (constraints === undefined) return 'yes';
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset, SourceArn: source } = constraints;
  let truth: Truth = 'yes';
  for (const [key, value] of Object.entries({ ...subset, ...equals }))
    truth = both(truth, isExactly(context, `kms:EncryptionContext:${key}`, [value], unknown));
  if (equals !== undefined)
    truth = both(truth, isExactly(context, 'kms:EncryptionContextKeys', Object.keys(equals), unknown));
  if (source !== undefined) truth = both(truth, isExactly(context, 'aws:SourceArn', [source], unknown));
  return truth;
}

function isExactly(context: Context, key: string, wanted: readonly string[], unknown: Unknown[]): Truth {
  const known = valuesOf(lookUp(context, key.toLowerCase()));
  if (known === null) {
    unknown.push({ what: 'key', name: key });
    return 'maybe';
  }
  return known.length === wanted.length && wanted.every((value) => known.includes(value)) ? 'yes' : 'no';
}
