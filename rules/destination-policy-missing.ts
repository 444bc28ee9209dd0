import { askObjects, isRefused } from './permission/answer.ts';
import { replicateDelete, replicating } from './permission/deletes.ts';
import { mistakenFor } from './permission/mistaken.ts';
import { objectsBelow } from './permission/prefix.ts';
import { destinationAlone } from './permission/supposed.ts';
import { judged } from './permission/verdict.ts';
import { deleteMarker, wantsWritten, writing, writtenBy } from './permission/written.ts';
import { allowInBucket, remedyOf } from './remedies/permission.ts';
import { filterSet } from '../src/filter.ts';
import { isMalformed } from '../src/iam/policy.ts';
import type { Layers } from '../src/iam/request.ts';
import { defineRule, notApplicable } from '../src/rule.ts';

export default defineRule({
  id: 'destination-policy-missing',
  title: "Policy of another account's destination does not let the role replicate",
  severity: 'error',
  scope: 'route',
  why: "Across accounts both sides must allow: the role's policies, and the policy of the destination, which its owner writes. Where the destination's policy gives the role, or its account, no s3:ReplicateObject, every object of the route fails; where delete markers replicate, it must give s3:ReplicateDelete too.",
  fix: "Let the owner of the destination add the statement to the bucket's policy. Then send the failed objects again with S3 Batch Replication.",
  page: 'AmazonS3/latest/userguide/setting-repl-config-perm-overview.html',
  predicts: ['DstPutObjectNotPermitted'],
  needs: { destination: ['policy'] },
  wants: { source: wantsWritten },
  evaluate(view) {
    const { source, destination, role, route } = view;
    if (destination.account === role.account) return notApplicable;
    const target = writing(destinationAlone(view), source);
    const answers = replicating(route.rule).map((action) =>
      askObjects(
        target,
        action,
        filterSet(route.rule).prefix,
        action === replicateDelete ? deleteMarker : writtenBy(source, route.rule),
      ),
    );
    // A policy that names another role of its name is the finding of destination-policy-principal-mismatch.
    if (answers.some(isRefused) && namesAnother(role, target.layers)) return notApplicable;
    return judged(answers, (refused) => ({
      then: `${refused.some(({ action }) => action === 's3:ReplicateObject') ? 'Objects' : 'Delete markers'} of '${source.name}' will not reach '${destination.name}'.`,
    }));
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
    bad: { destination: { policy: null } },
    good: {
      destination: {
        policy:
          '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/orders-replication"},"Action":["s3:ReplicateObject","s3:ReplicateDelete"],"Resource":"arn:aws:s3:::orders-replica/*"}]}',
      },
    },
  },
});

interface Role {
  readonly arn: string;
  readonly account: string;
}

function namesAnother(role: Role, { resource }: Layers): boolean {
  if (resource === null || resource === 'unread' || isMalformed(resource)) return false;
  return mistakenFor(role, resource) !== null;
}
