/**
 * Whether a role's trust policy lets a service assume the role, whatever the context: what hangs on a condition may be.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
import { contextOf } from './context.ts';
import { decide } from './decide.ts';
import { isMalformed, type Policy } from './policy.ts';
import { ofText } from './remembered.ts';
import { UNGOVERNED } from './request.ts';
import { Recent } from '../recent.ts';

/** S3 and its batch jobs, as trust policies name them; in every partition the name ends in `amazonaws.com`. */
export type S3Principal =
  's3.amazonaws.com' | `s3.${string}.amazonaws.com` | 'batchoperations.s3.amazonaws.com';

/** Says whether some statement may let the service call sts:AssumeRole and none surely forbids it. */
export function mayAssume(document: string, service: S3Principal): 'yes' | 'no' | 'malformed' {
  const trust = ofText(document, 'trust policy', 'trust');
  if (isMalformed(trust)) return 'malformed';
  const answers = answered.of(trust, () => new Map());
  const answer = answers.get(service) ?? asked(trust, service);
  answers.set(service, answer);
  return answer;
}

/** Thousands of roles have the same trust policy. */
const answered = new Recent<Policy, Map<string, 'yes' | 'no'>>(16);

function asked(trust: Policy, service: S3Principal): 'yes' | 'no' {
  const { outcome } = decide(
    {
      principal: { kind: 'service', name: service },
      action: 'sts:AssumeRole',
      resource: '',
      resourceAccount: '',
      context: contextOf(),
    },
    { ...UNGOVERNED, resource: trust },
  );
  return outcome === 'allowed' || outcome === 'undetermined' ? 'yes' : 'no';
}

/** The policy with one statement more; what it says already stays. */
export function withStatement(document: string, statement: object): string {
  const policy = read(document);
  const listed = policy['Statement'] ?? [];
  const statements: readonly unknown[] = Array.isArray(listed) ? listed : [listed];
  return JSON.stringify({ Version: '2012-10-17', ...policy, Statement: [...statements, statement] });
}

function read(document: string): Readonly<Record<string, unknown>> {
  try {
    const policy: unknown = JSON.parse(document);
    return isObject(policy) ? policy : {};
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
