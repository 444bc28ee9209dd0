import { bucketPolicy } from './remedies/policy.ts';
import { spare } from './remedies/let-out.ts';
import { policyOf } from './shared/example.ts';
import { malformedAs } from './shared/malformed.ts';
import { denyByNetwork, type Limit } from './shared/network.ts';
import { nameOf } from './shared/statement.ts';
import { isMalformed, type Malformed } from '../src/iam/policy.ts';
import { ofText } from '../src/iam/remembered.ts';
import { defineRule, fail, pass, undetermined } from '../src/rule.ts';

export default defineRule({
  id: 'network-condition-blocks-role',
  title: 'Destination denies what comes from elsewhere than its network',
  severity: 'warning',
  scope: 'route',
  why: "Replication comes from S3, and not out of a network, an endpoint or an access point of the customer's. A Deny in the destination's policy of all that comes from elsewhere reaches the replication role too, unless it lets the role out. AWS names no failure reason for it: DstPutObjectNotPermitted is what we expect. A Deny of s3:PutObject alone does not stop replication, which is authorised as s3:ReplicateObject.",
  fix: 'Let the replication role out of the Deny, with a condition ArnNotEquals on aws:PrincipalArn in the same statement. Then send the failed objects again with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/access-points-policies.html',
  predicts: ['DstPutObjectNotPermitted'],
  needs: { destination: ['policy'] },
  evaluate({ source, destination, role }) {
    const limit = limitOf(destination, role);
    if (limit === null) return pass;
    if ('malformed' in limit) return undetermined(malformedAs(`policy of '${destination.name}'`, limit));
    return fail({
      message: `Objects of '${source.name}' may not reach '${destination.name}': ${nameOf(limit.statement)} of the destination's policy denies s3:ReplicateObject to all that its condition on ${limit.key} does not know, and the role '${role.arn}' is not let out.`,
      expected: 'a Deny that lets the replication role out',
      actual: `a Deny on ${limit.key}`,
      at: [`destination.policy`],
    });
  },
  remedy({ destination, role }) {
    const limit = limitOf(destination, role);
    const { name, policy } = destination;
    if (policy === null || limit === null || 'malformed' in limit) return {};
    return spare(bucketPolicy(name, policy), policy, limit.statement.index, role.arn);
  },
  examples: {
    bad: {
      destination: {
        policy: policyOf({
          Sid: 'OnlyOurEndpoint',
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Resource: ['arn:aws:s3:::orders-replica', 'arn:aws:s3:::orders-replica/*'],
          Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } },
        }),
      },
    },
    good: {
      destination: {
        policy: policyOf({
          Sid: 'OnlyOurEndpoint',
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Resource: ['arn:aws:s3:::orders-replica', 'arn:aws:s3:::orders-replica/*'],
          Condition: {
            StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' },
            ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/orders-replication' },
          },
        }),
      },
    },
  },
});

interface Bucket {
  readonly name: string;
  readonly arn: string;
  readonly policy: string | null;
}

/** The Deny of what comes from elsewhere, if there is one. */
function limitOf(
  { name, arn, policy: text }: Bucket,
  role: { readonly arn: string; readonly account: string },
): Limit | Malformed | null {
  if (text === null) return null;
  const policy = ofText(text, `policy of '${name}'`, 'resource');
  if (isMalformed(policy)) return policy;
  if (!policy.denies) return null;
  const objects = policy.statements.filter((one) => isAboutObjects(one.resource, arn));
  return denyByNetwork(policy.saying(objects), role, 's3:ReplicateObject', 's3');
}

interface Resource {
  readonly negated: boolean;
  readonly templates: readonly { readonly text: string }[];
}

/** A bucket's policy is about that bucket and its objects: all but the bucket's own ARN takes some of them. */
function isAboutObjects(resource: Resource | null, bucket: string): boolean {
  if (resource === null) return false;
  return resource.negated || resource.templates.some(({ text }) => text !== bucket);
}
