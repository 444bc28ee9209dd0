/** A bucket's default encryption, as the rules compare it. */
import type { EncryptionConfiguration } from '../../src/model/aws.ts';

export interface DefaultEncryption {
  readonly algorithm: string;
  /** As it is configured; null where S3 chooses. */
  readonly key: string | null;
  readonly bucketKey: boolean;
  readonly blocksSseC: boolean;
}

/** What the one rule of a configuration says. */
export function defaultEncryption(encryption: EncryptionConfiguration | null): DefaultEncryption {
  const rule = encryption?.Rules[0];
  const by = rule?.ApplyServerSideEncryptionByDefault;
  return {
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html: without a setting, SSE-S3
    algorithm: by?.SSEAlgorithm ?? 'AES256',
    key: by?.KMSMasterKeyID ?? null,
    bucketKey: rule?.BucketKeyEnabled === true,
    blocksSseC: rule?.BlockedEncryptionTypes?.EncryptionType?.includes('SSE-C') === true,
  };
}

export function isKms(algorithm: string): boolean {
  return algorithm === 'aws:kms' || algorithm === 'aws:kms:dsse';
}
