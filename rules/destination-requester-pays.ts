import { defineRule, fail, hcl, pass, sh, undetermined } from '../src/rule.ts';

export default defineRule({
  id: 'destination-requester-pays',
  title: 'Destination bucket is a Requester Pays bucket',
  severity: 'error',
  scope: 'route',
  why: 'Where the two buckets have different owners, AWS does not allow the destination to be a Requester Pays bucket. Within one account its documentation says nothing, so there this is a warning and a judgement.',
  fix: 'Let the owner of the destination bucket pay, then send what is missing with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/replication-requirements.html',
  needs: { destination: ['requestPayment'] },
  evaluate({ source, destination }) {
    const payer = destination.requestPayment.Payer;
    if (payer === 'BucketOwner') return pass;
    if (destination.account === null) {
      return undetermined(
        `'${destination.name}' is a Requester Pays bucket, which AWS forbids between two accounts, and its owner is not known.`,
      );
    }
    const found = {
      expected: 'BucketOwner',
      actual: payer,
      at: ['destination.requestPayment#/Payer'],
    } as const;
    return destination.account === source.account
      ? fail({
          ...found,
          message: `Objects of '${source.name}' may not reach '${destination.name}': requesters pay there. AWS forbids that between two accounts and does not say what holds within one.`,
          severity: 'warning',
        })
      : fail({
          ...found,
          message: `Objects of '${source.name}' will not reach '${destination.name}' in account '${destination.account}': requesters pay there, which AWS forbids between two accounts.`,
        });
  },
  remedy: ({ destination }) => ({
    cli: sh`aws s3api put-bucket-request-payment --bucket ${destination.name} --request-payment-configuration Payer=BucketOwner`,
    terraform: `resource "aws_s3_bucket_request_payment_configuration" "destination" {\n  bucket = ${hcl(destination.name)}\n  payer  = "BucketOwner"\n}`,
    untyped: 'AWS::S3::Bucket has no property for who pays.',
  }),
  examples: {
    bad: { destination: { requestPayment: { Payer: 'Requester' } } },
    good: { destination: { requestPayment: { Payer: 'BucketOwner' } } },
  },
});
