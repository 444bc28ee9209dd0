import { roleName } from './permission/sentence.ts';
import { batchRole } from './remedies/batch-role.ts';
import { malformedAs } from './shared/malformed.ts';
import { initiate, nearestOf, readiness, service, type Ready } from './shared/batch.ts';
import {
  defineRule,
  fail,
  notApplicable,
  pass,
  undetermined,
  unknown,
  type Observed,
  type Verdict,
} from '../src/rule.ts';

const backfill = {
  ...{ compared: 3000, missing: 1204, pending: 12, pendingMinutes: 1440, ineligible: 3, exact: true },
  examples: [{ key: '2019/01/orders.csv', versionId: '3sL4kqtJlcpXroDTDmJ' }],
};

export default defineRule({
  id: 'batch-role-unready',
  title: 'No role can send the missing objects',
  severity: 'warning',
  scope: 'route',
  why: 'Objects without a replica stay without one until S3 Batch Replication sends them, and a batch job brings a role of its own: the role that replicates does not do. In the account of the source no role is ready for that. Under a role that lacks s3:InitiateReplication each object of the job fails; without access to a manifest the job does not begin, and without s3:PutObject it cannot write its report. Which bucket will hold manifest and report nobody knows before the job: of those it is only asked whether the role may read or write in some bucket.',
  fix: 'Make a role that batchoperations.s3.amazonaws.com may assume, with s3:InitiateReplication on the objects of the source, s3:GetReplicationConfiguration and s3:PutInventoryConfiguration on the source (for a manifest that S3 generates) or s3:GetObject and s3:GetObjectVersion on a manifest of your own, and s3:PutObject where the report goes. Then create the job with it.',
  page: 'AmazonS3/latest/userguide/s3-batch-replication-policies.html',
  predicts: ['InitiateReplicationNotPermitted'],
  needs: { objects: ['backfill'] },
  wants: {
    source: ['policy'],
    sourceAccount: ['batchRoles', 'serviceControlPolicies', 'resourceControlPolicies'],
  },
  evaluate({ source, sourceAccount, objects, route }) {
    const { missing } = objects.backfill;
    if (missing === 0) return notApplicable;
    const { batchRoles } = sourceAccount;
    if (!batchRoles.known) return unknown(batchRoles);
    const judged = readiness(batchRoles.value, { source, sourceAccount, rule: route.rule });
    if (judged.some(({ lacks, open }) => lacks.length + open.length === 0)) return pass;
    const open = judged.find(({ lacks }) => lacks.length === 0);
    if (open !== undefined) {
      const { serviceControlPolicies, resourceControlPolicies } = sourceAccount;
      return doubt(open, [serviceControlPolicies, resourceControlPolicies, source.policy], source.name);
    }
    const nearest = nearestOf(judged);
    const want = nearest === null ? null : nearest.lacks.join(', ');
    const why =
      nearest === null
        ? `no role of account ${source.account} lets '${service}' assume it`
        : `of the roles of account ${source.account} that '${service}' may assume, '${nearest.role.Arn}' comes nearest and lacks ${want}`;
    return fail({
      message: `${missing.toLocaleString('en-US')} missing versions of '${source.name}' cannot be sent to '${route.destination.name}' by a batch job: ${why}.`,
      expected: `a role that ${service} may assume, with ${initiate} on the objects of the source, and permissions for manifest and report`,
      actual: nearest === null ? 'none' : `${nearest.role.Arn} without ${want}`,
      at: ['sourceAccount.batchRoles', 'objects.backfill'],
    });
  },
  remedy({ source, sourceAccount, route }) {
    const { batchRoles } = sourceAccount;
    const judged = readiness(batchRoles.known ? batchRoles.value : [], {
      source,
      sourceAccount,
      rule: route.rule,
    });
    return batchRole(source.arn, nearestOf(judged)?.role.Arn ?? null);
  },
  examples: {
    bad: {
      objects: { backfill },
      accounts: { '111122223333': { batchRoles: [] } },
    },
    good: { objects: { backfill } },
  },
});

/** Nobody can say: for want of a policy that was not read, or of what only the job's requests will bring. */
function doubt(
  { role, open, malformed }: Ready,
  layers: readonly Observed<unknown>[],
  source: string,
): Verdict<never> {
  const unread = layers.find((layer) => !layer.known);
  if (unread?.known === false) return unknown(unread);
  if (malformed !== null)
    return undetermined(malformedAs(`policy '${malformed.name}' of role '${roleName(role.Arn)}'`, malformed));
  return undetermined(
    `Whether the role '${role.Arn}' may call ${open.join(', ')} for '${source}' hangs on what is not known before the job.`,
  );
}
