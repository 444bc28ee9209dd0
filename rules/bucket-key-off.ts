import { defineRule, fail, hcl, notApplicable, pass, sh, yamlString } from '../src/rule.ts';

export default defineRule({
  id: 'bucket-key-off',
  title: 'SSE-KMS without a Bucket Key',
  severity: 'note',
  scope: 'bucket',
  why: 'Without a Bucket Key, S3 asks KMS for a data key for every object; with one it asks far less often, and AWS puts the saving in KMS requests at up to 99 percent. This is about cost and request quotas, not about protection. DSSE-KMS knows no Bucket Keys, and with SSE-S3 the setting means nothing.',
  fix: 'Switch the Bucket Key on. First let every policy that conditions on kms:EncryptionContext:aws:s3:arn take the ARN of the bucket too, since that becomes the context. Objects that are there already keep their own data keys until they are copied.',
  page: 'AmazonS3/latest/userguide/bucket-key.html',
  needs: { bucket: ['encryption'] },
  evaluate({ bucket }) {
    const rules = bucket.encryption?.Rules ?? [];
    const index = rules.findIndex(
      (rule) => rule.ApplyServerSideEncryptionByDefault?.SSEAlgorithm === 'aws:kms',
    );
    const rule = rules[index];
    if (rule === undefined) return notApplicable;
    if (rule.BucketKeyEnabled === true) return pass;
    // No key id means the AWS managed key: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html
    const key = rule.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID ?? 'aws/s3';
    return fail({
      message: `Each new object of '${bucket.name}' costs KMS requests of its own: the bucket encrypts with SSE-KMS under '${key}' and its Bucket Key is off.`,
      expected: 'true',
      actual: rule.BucketKeyEnabled === undefined ? 'not configured' : 'false',
      at: [`bucket.encryption#/Rules/${index}/BucketKeyEnabled`],
    });
  },
  remedy({ bucket }) {
    const rules = bucket.encryption?.Rules ?? [];
    const key = rules[0]?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID;
    // The call replaces everything, so what else is configured must be said again.
    const changed = JSON.stringify({ Rules: rules.map((rule) => ({ ...rule, BucketKeyEnabled: true })) });
    const terraformKey = key === undefined ? '' : `\n      kms_master_key_id = ${hcl(key)}`;
    const cloudformationKey = key === undefined ? '' : `\n        KMSMasterKeyID: ${yamlString(key)}`;
    return {
      cli: sh`aws s3api put-bucket-encryption --bucket ${bucket.name} --server-side-encryption-configuration ${changed}`,
      terraform: `resource "aws_s3_bucket_server_side_encryption_configuration" "bucket" {\n  bucket = ${hcl(bucket.name)}\n  rule {\n    bucket_key_enabled = true\n    apply_server_side_encryption_by_default {\n      sse_algorithm     = "aws:kms"${terraformKey}\n    }\n  }\n}`,
      cloudformation: `BucketEncryption:\n  ServerSideEncryptionConfiguration:\n    - BucketKeyEnabled: true\n      ServerSideEncryptionByDefault:\n        SSEAlgorithm: aws:kms${cloudformationKey}`,
    };
  },
  examples: {
    bad: {
      source: {
        encryption: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/orders' },
              BucketKeyEnabled: false,
            },
          ],
        },
      },
    },
    good: {
      source: {
        encryption: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/orders' },
              BucketKeyEnabled: true,
            },
          ],
        },
      },
    },
  },
});
