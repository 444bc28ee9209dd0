/** What S3 writes with the replicas of a route, as far as its source tells. */
import type { Target } from './places.ts';
import type { Written } from '../../src/iam/replication.ts';
import type { EncryptionConfiguration, ObjectLockConfiguration } from '../../src/model/aws.ts';
import type { Observed, ReplicationRule } from '../../src/rule.ts';
import { defaultEncryption, isKms } from '../shared/encryption.ts';

/** A delete marker has no data, so that it brings neither encryption nor lock. */
export const deleteMarker: Written = { encryption: null, key: null, lock: null };

/** What of the source says how its objects are encrypted and locked. */
export const wantsWritten = ['encryption', 'objectLock'] as const;

/** A source, as far as it was read. */
export interface Source {
  readonly encryption: Observed<EncryptionConfiguration | null>;
  readonly objectLock: Observed<ObjectLockConfiguration | null>;
}

/** Of objects as the source encrypts them now; what is not known is left out, and stays unknown. */
export function writtenBy({ encryption, objectLock }: Source, rule: ReplicationRule): Written {
  const written = encryption.known ? encryptionOf(encryption.value, rule) : {};
  return objectLock.known && objectLock.value === null ? { ...written, lock: null } : written;
}

/** The target, with the causes for which it is not known what S3 writes there. */
export function writing<P extends string>(target: Target<P>, { encryption, objectLock }: Source): Target<P> {
  if (encryption.known && objectLock.known) return target;
  const of = (observed: Observed<unknown>, keys: readonly string[]) =>
    observed.known ? [] : keys.map((key) => [key, observed.causes] as const);
  const unread = [...of(encryption, encryptionKeys), ...of(objectLock, lockKeys)];
  return { ...target, unread: new Map([...target.unread, ...unread]) };
}

const encryptionKeys = ['s3:x-amz-server-side-encryption', 's3:x-amz-server-side-encryption-aws-kms-key-id'];
const lockKeys = [
  's3:object-lock-mode',
  's3:object-lock-legal-hold',
  's3:object-lock-remaining-retention-days',
  's3:object-lock-retain-until-date',
];

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
