import { policyOf } from './shared/example.ts';
import { reachesRole, takesAction } from './shared/statement.ts';
import { isMalformed, parsePolicy } from '../src/iam/policy.ts';
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
  evaluate({ source, destination, role }) {
    // Within one account the policy of the role suffices.
    if (destination.policy === null || destination.account === role.account) return notApplicable;
    const policy = parsePolicy(destination.policy, 'bucket policy', 'resource');
    if (isMalformed(policy))
      return undetermined(`The policy of '${destination.name}' cannot be read: ${policy.malformed}`);
    const allows = policy.statements.filter(
      (one) => one.effect === 'Allow' && takesAction(one, 's3:ReplicateObject'),
    );
    if (allows.some((one) => reachesRole(one, role))) return pass;
    const meant = allows
      .flatMap((one) => [...(one.principal?.arns ?? [])])
      .find((arn) => isMistaken(arn, role.arn));
    // A policy that names nobody like the role has forgotten it: another rule says so.
    if (meant === undefined) return notApplicable;
    return fail({
      message: `Objects of '${source.name}' will not reach '${destination.name}': the destination's policy lets '${meant}' write replicas, and the replication role is '${role.arn}'.`,
      expected: role.arn,
      actual: meant,
      at: ['destination.policy'],
    });
  },
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

const role = /^(arn:[^:]*:iam::\d{12}:role\/)(?:.*\/)?([^/]+)$/;

/** The same role under another path, or the id that a deleted role leaves behind. */
function isMistaken(named: string, wanted: string): boolean {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  if (/^AROA[A-Z0-9]+$/.test(named)) return true;
  const [, account, name] = role.exec(named) ?? [];
  const [, ourAccount, ourName] = role.exec(wanted) ?? [];
  return account !== undefined && account === ourAccount && name === ourName;
}
