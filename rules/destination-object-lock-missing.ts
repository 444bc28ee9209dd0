import { defineRule, fail, hcl, notApplicable, pass, sh, unknown } from '../src/rule.ts';

export default defineRule({
  id: 'destination-object-lock-missing',
  title: 'Source has Object Lock, destination has not',
  severity: 'error',
  scope: 'route',
  why: 'A source with Object Lock replicates only into buckets that have it too. The other way round is allowed: an unlocked source may replicate into a locked destination.',
  fix: 'Enable Object Lock on the destination bucket; it needs versioning, and neither can be taken back. Then send the failed objects again with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/replication-requirements.html',
  predicts: ['DstBucketObjectLockConfigMissing'],
  needs: { source: ['objectLock'] },
  // Where the source has no Object Lock, the destination need not be known.
  wants: { destination: ['objectLock'] },
  evaluate({ source, destination }) {
    if (source.objectLock?.ObjectLockEnabled !== 'Enabled') return notApplicable;
    if (!destination.objectLock.known) return unknown(destination.objectLock);
    const actual = destination.objectLock.value?.ObjectLockEnabled ?? 'not configured';
    if (actual === 'Enabled') return pass;
    return fail({
      message: `Objects of '${source.name}' will not reach '${destination.name}': the source has Object Lock and the destination has not.`,
      expected: 'Enabled',
      actual,
      at: ['destination.objectLock#/ObjectLockEnabled', 'source.objectLock#/ObjectLockEnabled'],
    });
  },
  remedy: ({ destination }) => ({
    cli: sh`aws s3api put-object-lock-configuration --bucket ${destination.name} --object-lock-configuration ObjectLockEnabled=Enabled`,
    terraform: `resource "aws_s3_bucket_object_lock_configuration" "destination" {\n  bucket              = ${hcl(destination.name)}\n  object_lock_enabled = "Enabled"\n}`,
    cloudformation: 'ObjectLockEnabled: true',
  }),
  examples: {
    bad: { source: { objectLock: { ObjectLockEnabled: 'Enabled' } }, destination: { objectLock: null } },
    good: {
      source: { objectLock: { ObjectLockEnabled: 'Enabled' } },
      destination: { objectLock: { ObjectLockEnabled: 'Enabled' } },
    },
  },
});
