import { defineRule, fail, hcl, notApplicable, pass, sh, unknown } from '../src/rule.ts';

export default defineRule({
  id: 'replicas-owned-by-source',
  title: "Replicas belong to the source's account",
  severity: 'warning',
  scope: 'route',
  why: 'Without the owner override the owner of an object owns its replica as well, in whosever bucket it lies, unless the bucket enforces its own ownership. The account of the destination then cannot read the replicas unless ACLs let it, and whoever takes over the account of the source owns the copies too.',
  fix: 'Set the Object Ownership of the destination to BucketOwnerEnforced, or add the owner override to the replication rule, with s3:ObjectOwnerOverrideToBucketOwner in the policies of the role and of the destination. Replicas that are there keep their owner under the override.',
  page: 'AmazonS3/latest/userguide/replication-change-owner.html',
  needs: {},
  // Within one account, and under the override, the setting decides nothing.
  wants: { destination: ['ownershipControls'] },
  evaluate({ source, destination, route }) {
    if (destination.account === source.account) return notApplicable;
    if (route.rule.Destination.AccessControlTranslation?.Owner === 'Destination') return pass;
    if (!destination.ownershipControls.known) return unknown(destination.ownershipControls);
    const setting = destination.ownershipControls.value?.Rules[0]?.ObjectOwnership;
    if (setting === 'BucketOwnerEnforced') return pass;
    return fail({
      message: `Replicas of '${source.name}' in '${destination.name}' belong to account '${source.account}' and not to the bucket's owner: the replication rule has no owner override, and the destination does not enforce its ownership.`,
      expected: 'BucketOwnerEnforced, or an owner override',
      actual: setting ?? 'not configured',
      at: [
        'destination.ownershipControls#/Rules/0/ObjectOwnership',
        `source.replication#/Rules/${route.index}/Destination`,
      ],
    });
  },
  remedy: ({ destination }) => ({
    cli: sh`aws s3api put-bucket-ownership-controls --bucket ${destination.name} --ownership-controls ${'Rules=[{ObjectOwnership=BucketOwnerEnforced}]'}`,
    terraform: `resource "aws_s3_bucket_ownership_controls" "destination" {\n  bucket = ${hcl(destination.name)}\n  rule {\n    object_ownership = "BucketOwnerEnforced"\n  }\n}`,
    cloudformation: 'OwnershipControls:\n  Rules:\n    - ObjectOwnership: BucketOwnerEnforced',
  }),
  examples: {
    bad: { destination: { ownershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] } } },
    good: { destination: { ownershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } } },
  },
});
