/** What S3 writes with the replicas of a route, as far as its source tells. */
import type { Written } from '../../src/iam/replication.ts';
import type { EncryptionConfiguration, ObjectLockConfiguration } from '../../src/model/aws.ts';
import type { Observed, ReplicationRule } from '../../src/rule.ts';
import { defaultEncryption, isKms } from '../shared/encryption.ts';

/** What of the source says how its objects are encrypted and locked. */
export const wantsWritten = ['encryption', 'objectLock'] as const;

interface Source {
  readonly encryption: Observed<EncryptionConfiguration | null>;
  readonly objectLock: Observed<ObjectLockConfiguration | null>;
}

/** Of objects as the source encrypts them now; what is not known is left out, and stays unknown. */
export function writtenBy({ encryption, objectLock }: Source, rule: ReplicationRule): Written {
  const lock = objectLock.known && objectLock.value === null ? { lock: null } : {};
  return { ...lock, ...(encryption.known ? encryptionOf(encryption.value, rule) : {}) };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html: a replica is encrypted as its source is. */
function encryptionOf(encryption: EncryptionConfiguration | null, rule: ReplicationRule): Written {
  const { algorithm } = defaultEncryption(encryption);
  if (!isKms(algorithm)) return { encryption: algorithm, key: null };
  // Without the opt-in the objects of the default are skipped, and what else there is nobody knows.
  if (!takesKms(rule)) return {};
  const key = rule.Destination.EncryptionConfiguration?.ReplicaKmsKeyID;
  return { encryption: algorithm, ...(key?.includes(':key/') === true ? { key } : {}) };
}

/** Whether a replication rule takes objects encrypted with KMS. */
export function takesKms({ SourceSelectionCriteria }: ReplicationRule): boolean {
  return SourceSelectionCriteria?.SseKmsEncryptedObjects?.Status === 'Enabled';
}
