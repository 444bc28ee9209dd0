/** What to type to change a bucket's default encryption: S3 takes it as a whole only. */
import { cloudformation, reference, terraform } from './block.ts';
import type { EncryptionConfiguration, EncryptionRule } from '../../src/model/aws.ts';
import { sh, type Remedy } from '../../src/rule.ts';

/** Puts the configuration again with its rules changed; what else they say stays. */
export function putEncryption(
  bucket: string,
  encryption: EncryptionConfiguration | null,
  change: (rule: EncryptionRule) => EncryptionRule,
): string {
  const changed = JSON.stringify({ Rules: (encryption?.Rules ?? [{}]).map(change) });
  return sh`aws s3api put-bucket-encryption --bucket ${bucket} --server-side-encryption-configuration ${changed}`;
}

/** Encrypts with a key by the ARN that the reader puts in. */
export function nameDefaultKey(bucket: string, algorithm: string): Remedy {
  const program =
    '.Rules[].ApplyServerSideEncryptionByDefault = {SSEAlgorithm: $algorithm, KMSMasterKeyID: $key}';
  return {
    cli: [
      sh`aws s3api get-bucket-encryption --bucket ${bucket} --query ServerSideEncryptionConfiguration > encryption.json`,
      `jq ${sh`--arg algorithm ${algorithm}`} --arg key "$BUCKET_KEY_ARN" ${sh`${program}`} encryption.json > changed.json`,
      sh`aws s3api put-bucket-encryption --bucket ${bucket} --server-side-encryption-configuration file://changed.json`,
    ].join('\n'),
    terraform: terraform({
      apply_server_side_encryption_by_default: {
        sse_algorithm: algorithm,
        kms_master_key_id: reference('aws_kms_key.bucket.arn'),
      },
    }),
    cloudformation: cloudformation({
      ServerSideEncryptionByDefault: {
        SSEAlgorithm: algorithm,
        KMSMasterKeyID: reference('!GetAtt Key.Arn'),
      },
    }),
  };
}
