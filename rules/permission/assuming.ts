/** Whether the policies of the organization let S3 assume a role, whom the role's own trust policy lets. */
import { levels } from './places.ts';
import { contextOf, together } from '../../src/iam/context.ts';
import { decide } from '../../src/iam/decide.ts';
import { isMalformed, type Malformed, type Policy } from '../../src/iam/policy.ts';
import { onTrust, type Place } from '../../src/iam/replication.ts';
import { UNGOVERNED } from '../../src/iam/request.ts';
import type { StatementReference } from '../../src/iam/verdict.ts';
import type { PolicyLevels } from '../../src/model/aws.ts';

/** The statement of a resource control policy that denies it for sure, for whatever bucket; or the policy that is none. */
export function controlOf(
  role: { readonly arn: string; readonly account: string },
  trust: Policy,
  control: PolicyLevels | null,
  source: Place,
): StatementReference | Malformed | null {
  const resourceControl = levels(control, 'resource');
  let denies = false;
  for (const level of resourceControl)
    for (const policy of level) {
      if (isMalformed(policy)) return policy;
      denies ||= policy.denies;
    }
  if (!denies) return null;
  const request = onTrust(role, source);
  const context = together(request.context, ofAnySource);
  const { outcome, layer, statement } = decide(
    { ...request, context },
    { ...UNGOVERNED, resource: trust, resourceControl },
  );
  return outcome === 'explicitlyDenied' && layer === 'resourceControl' ? statement : null;
}

/** No page of S3 says what replication brings with it: what hangs on that may be. */
const ofAnySource = contextOf({
  'aws:SourceArn': 'unknown',
  'aws:SourceAccount': 'unknown',
  'aws:SourceOrgID': 'unknown',
  'aws:SourceOrgPaths': 'unknown',
});
