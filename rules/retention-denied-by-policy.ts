import { bucketPolicy } from './remedies/policy.ts';
import { spare } from './remedies/let-out.ts';
import { askObjects, culprit, isRefused, type Answer } from './permission/answer.ts';
import { destinationBucket, needsRole, wantsDestination, type Target } from './permission/places.ts';
import { unlessDenied } from './permission/supposed.ts';
import { judged } from './permission/verdict.ts';
import { policyOf } from './shared/example.ts';
import { filterSet } from '../src/filter.ts';
import type { ObjectLockConfiguration } from '../src/model/aws.ts';
import { defineRule, notApplicable, type Route } from '../src/rule.ts';

export default defineRule({
  id: 'retention-denied-by-policy',
  title: "Destination's policy denies the retention that replicas bring",
  severity: 'warning',
  scope: 'route',
  why: "Replicas bring the retention and the legal holds of their objects. A policy may deny them: one that limits s3:object-lock-remaining-retention-days below the source's default retention, or that denies s3:PutObjectRetention or s3:PutObjectLegalHold as such. AWS names a failure reason for it. Its sample roles do not allow these actions, so only what is denied counts, not what is merely not allowed.",
  fix: "Let the role out of the Deny with a condition ArnNotEquals on aws:PrincipalArn, or raise the limit to the source's retention. Then send the failed objects again with S3 Batch Replication.",
  page: 'AmazonS3/latest/userguide/object-lock-managing.html',
  predicts: ['DstPutRetentionNotPermitted', 'DstPutLegalHoldNotPermitted'],
  needs: { ...needsRole, source: ['objectLock'] },
  wants: wantsDestination,
  evaluate(view) {
    const { source, destination } = view;
    const answers = asked(view);
    if (answers.length === 0) return notApplicable;
    return judged(answers, {
      then: `Objects of '${source.name}' with a retention or a legal hold may not reach '${destination.name}'.`,
      at: ['source.objectLock'],
    });
  },
  remedy(view) {
    const { destination, role } = view;
    const [denied] = asked(view)
      .filter(isRefused)
      .map(({ decision }) => culprit(decision));
    if (denied?.layer !== 'resource' || denied.statement === null || !destination.policy.known)
      return {
        untyped:
          "the Deny is not the destination's; whoever keeps the policy that the finding names decides.",
      };
    const policy = destination.policy.value ?? '{}';
    return spare(bucketPolicy(destination.name, policy), policy, denied.statement.index, role.arn);
  },
  examples: {
    bad: {
      source: { objectLock: locked(365) },
      destination: { objectLock: locked(30), policy: limitedTo('30') },
    },
    good: {
      source: { objectLock: locked(30) },
      destination: { objectLock: locked(30), policy: limitedTo('30') },
    },
  },
});

type View = Parameters<typeof destinationBucket>[0] & {
  readonly source: { readonly objectLock: ObjectLockConfiguration | null };
  readonly route: Route;
};
type Fact = NonNullable<ReturnType<typeof destinationBucket>> extends Target<infer P> ? P : never;

/** What locks ask of the destination's policy; nothing where the source has none, or the role does not exist. */
function asked(view: View): readonly Answer<Fact>[] {
  const { source, route } = view;
  if (source.objectLock?.ObjectLockEnabled !== 'Enabled') return [];
  const target = destinationBucket(view);
  if (target === null) return [];
  const prefix = filterSet(route.rule).prefix;
  // object-lock-managing.html asks for no such right, so that what is merely not allowed counts as allowed.
  const denying = unlessDenied(target);
  return [
    askObjects(denying, 's3:PutObjectRetention', prefix, { lock: retentionOf(source.objectLock) }),
    askObjects(denying, 's3:PutObjectLegalHold', prefix, { lock: { legalHold: 'ON' } }),
  ];
}

/** What the default gives a new object; of others nothing is known. */
function retentionOf({ Rule }: ObjectLockConfiguration): { mode?: string; remainingDays?: number } {
  const { Mode, Days, Years } = Rule?.DefaultRetention ?? {};
  const days = Days ?? (Years === undefined ? undefined : Years * 365);
  return {
    ...(Mode === undefined ? {} : { mode: Mode }),
    ...(days === undefined ? {} : { remainingDays: days }),
  };
}

function locked(Days: number): ObjectLockConfiguration {
  return { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days } } };
}

function limitedTo(days: string): string {
  return policyOf(
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:role/orders-replication' },
      Action: 's3:ReplicateObject',
      Resource: 'arn:aws:s3:::orders-replica/*',
    },
    {
      Sid: 'NotLonger',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:PutObjectRetention',
      Resource: 'arn:aws:s3:::orders-replica/*',
      Condition: { NumericGreaterThan: { 's3:object-lock-remaining-retention-days': days } },
    },
  );
}
