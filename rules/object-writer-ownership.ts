import { defineRule, fail, hcl, pass, sh } from '../src/rule.ts';

export default defineRule({
  id: 'object-writer-ownership',
  title: "Objects of other accounts' writers are not replicated",
  severity: 'warning',
  scope: 'source',
  why: "Whoever writes an object into this bucket owns it. Replication reads objects with the rights of the source's account, which has none to objects of others unless their writers granted them, so those objects fail. A bucket without ownership controls is such a bucket.",
  fix: 'Set Object Ownership to BucketOwnerEnforced, which makes all objects those of the owner of the bucket and switches ACLs off. Look first for ACLs that somebody relies on. Then send the failed objects again with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/replication-metrics-events.html',
  predicts: ['SrcGetAclNotPermitted'],
  needs: { source: ['ownershipControls'] },
  evaluate({ source }) {
    const setting = source.ownershipControls?.Rules[0]?.ObjectOwnership;
    if (setting !== undefined && setting !== 'ObjectWriter') return pass;
    const how =
      setting === undefined ? 'it has no ownership controls' : 'its Object Ownership is ObjectWriter';
    return fail({
      message: `Objects that other accounts write into '${source.name}' will not be replicated: ${how}, so they belong to their writers.`,
      expected: 'BucketOwnerEnforced or BucketOwnerPreferred',
      actual: setting ?? 'not configured',
      at: ['source.ownershipControls#/Rules/0/ObjectOwnership'],
    });
  },
  remedy: ({ source }) => ({
    cli: sh`aws s3api put-bucket-ownership-controls --bucket ${source.name} --ownership-controls ${'Rules=[{ObjectOwnership=BucketOwnerEnforced}]'}`,
    terraform: `resource "aws_s3_bucket_ownership_controls" "source" {\n  bucket = ${hcl(source.name)}\n  rule {\n    object_ownership = "BucketOwnerEnforced"\n  }\n}`,
    cloudformation: 'OwnershipControls:\n  Rules:\n    - ObjectOwnership: BucketOwnerEnforced',
  }),
  examples: {
    bad: { source: { ownershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } } },
    good: { source: { ownershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } } },
  },
});
