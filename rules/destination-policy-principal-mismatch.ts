import { replicating } from './permission/deletes.ts';
import { meansRole, mistakenFor, mistakenly } from './permission/mistaken.ts';
import { objectsBelow } from './permission/prefix.ts';
import { roleName } from './permission/sentence.ts';
import { allowInBucket, remedyOf } from './remedies/permission.ts';
import { policyOf } from './shared/example.ts';
import { malformedAs } from './shared/malformed.ts';
import { filterSet } from '../src/filter.ts';
import { isMalformed } from '../src/iam/policy.ts';
import { ofText } from '../src/iam/remembered.ts';
import { defineRule, fail, notApplicable, pass, undetermined } from '../src/rule.ts';

export default defineRule({
  id: 'destination-policy-principal-mismatch',
  title: "Destination's policy means another role",
  severity: 'error',
  scope: 'route',
  why: "The policy of another account's destination lets a role write replicas, and it is not this one: the path is missing or another, or the role that was named was deleted since. A role's path is part of its ARN, and the console puts replication roles under /service-role/. When a role is deleted its ARN in policies turns into its id (`AROA…`), and a new role of the same name is not that one.",
  fix: 'Name the replication role in the policy of the destination by its ARN as IAM shows it, path included. Then send the failed objects again with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/setting-repl-config-perm-overview.html',
  predicts: ['DstPutObjectNotPermitted'],
  needs: { destination: ['policy'] },
  evaluate(view) {
    const { source, destination, role } = view;
    // Within one account the policy of the role suffices.
    if (destination.policy === null || destination.account === role.account) return notApplicable;
    const policy = ofText(destination.policy, `policy of '${destination.name}'`, 'resource');
    if (isMalformed(policy)) return undetermined(malformedAs(`policy of '${destination.name}'`, policy));
    if (meansRole(role, policy)) return pass;
    const meant = mistakenFor(role, policy);
    // A policy that names nobody like the role has forgotten it: another rule says so.
    if (meant === null) return notApplicable;
    return fail({
      message: `Role '${roleName(role.arn)}' may not s3:ReplicateObject on '${destination.name}/*': the bucket policy of account ${destination.account ?? ''} ${mistakenly(meant, role)}. Objects of '${source.name}' will not reach '${destination.name}'.`,
      expected: role.arn,
      actual: meant,
      at: ['destination.policy'],
    });
  },
  remedy: ({ role, destination, route }) =>
    remedyOf([
      allowInBucket(destination.name, destination.policy, {
        Sid: 'Replicas',
        Effect: 'Allow',
        Principal: { AWS: role.arn },
        Action: replicating(route.rule),
        Resource: objectsBelow(destination.arn, [filterSet(route.rule).prefix]),
      }),
    ]),
  examples: {
    bad: {
      destination: {
        policy: policyOf({
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:role/service-role/orders-replication' },
          Action: ['s3:ReplicateObject', 's3:ReplicateDelete'],
          Resource: 'arn:aws:s3:::orders-replica/*',
        }),
      },
    },
    good: {
      destination: {
        policy: policyOf({
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:role/orders-replication' },
          Action: ['s3:ReplicateObject', 's3:ReplicateDelete'],
          Resource: 'arn:aws:s3:::orders-replica/*',
        }),
      },
    },
  },
});
