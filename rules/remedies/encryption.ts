/** What to type to change a bucket's default encryption: S3 takes it as a whole only. */
import type { EncryptionConfiguration, EncryptionRule } from '../../src/model/aws.ts';
import { sh } from '../../src/rule.ts';

/** Puts the configuration again with its rules changed; what else they say stays. */
export function putEncryption(
  bucket: string,
  encryption: EncryptionConfiguration | null,
  change: (rule: EncryptionRule) => EncryptionRule,
): string {
  const changed = JSON.stringify({ Rules: (encryption?.Rules ?? [{}]).map(change) });
  return sh`aws s3api put-bucket-encryption --bucket ${bucket} --server-side-encryption-configuration ${changed}`;
}
