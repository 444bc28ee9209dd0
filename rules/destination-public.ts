import { defineRule, fail, hcl, pass, sh, unknown } from '../src/rule.ts';

export default defineRule({
  id: 'destination-public',
  title: 'Destination bucket is public',
  severity: 'error',
  scope: 'route',
  why: "The destination's policy grants access to everybody, by AWS's own reckoning, and RestrictPublicBuckets is on neither for the bucket nor for its account: what the source keeps to itself can be read or changed at its replica. The other settings of the block stop new public policies and ACLs, and leave this one in force. Only the policy is judged, not ACLs, nor policies of access points.",
  fix: "Take the grant to everybody out of the policy, then block public access for the bucket or the account. In this order: as long as the policy is public, RestrictPublicBuckets shuts out all other accounts, the replication role's among them.",
  page: 'AmazonS3/latest/userguide/access-control-block-public-access.html',
  needs: { destination: ['policyStatus'] },
  // Where the policy is not public, or one block holds, the other block need not be known.
  wants: { destination: ['publicAccessBlock'], destinationAccount: ['publicAccessBlock'] },
  evaluate({ source, destination, destinationAccount }) {
    if (destination.policyStatus?.IsPublic !== true) return pass;
    const blocks = [destination.publicAccessBlock, destinationAccount.publicAccessBlock];
    if (blocks.some((block) => block.known && block.value?.RestrictPublicBuckets === true)) return pass;
    const causes = blocks.flatMap((block) => (block.known ? [] : block.causes));
    if (causes.length > 0) return unknown({ known: false, causes });
    return fail({
      message: `Replicas of '${source.name}' are open to everybody: the policy of '${destination.name}' is public, and neither the bucket nor its account blocks that.`,
      expected: 'a policy that is not public, or RestrictPublicBuckets',
      actual: 'public, without RestrictPublicBuckets',
      at: [
        'destination.policyStatus#/IsPublic',
        'destination.publicAccessBlock#/RestrictPublicBuckets',
        'destinationAccount.publicAccessBlock#/RestrictPublicBuckets',
      ],
    });
  },
  remedy: ({ destination }) => ({
    cli: [
      '# once its policy grants nothing to everybody:',
      sh`aws s3api put-public-access-block --bucket ${destination.name} --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true`,
    ].join('\n'),
    terraform: `resource "aws_s3_bucket_public_access_block" "destination" {\n  bucket                  = ${hcl(destination.name)}\n  block_public_acls       = true\n  ignore_public_acls      = true\n  block_public_policy     = true\n  restrict_public_buckets = true\n}`,
    cloudformation:
      'PublicAccessBlockConfiguration:\n  BlockPublicAcls: true\n  IgnorePublicAcls: true\n  BlockPublicPolicy: true\n  RestrictPublicBuckets: true',
  }),
  examples: {
    bad: { destination: { policyStatus: { IsPublic: true }, publicAccessBlock: null } },
    good: { destination: { policyStatus: { IsPublic: false }, publicAccessBlock: null } },
  },
});
