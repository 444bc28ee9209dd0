/** Which KMS key a bucket or a replication rule means. */
import { accountOf } from './arn.ts';
import type { EncryptionConfiguration, ReplicationRule } from './model/aws.ts';
import type { KeyRef } from './model/estate.ts';

interface Place {
  readonly account: string | null;
  readonly region: string | null;
}

/** The key of a bucket's default encryption; null where that is not SSE-KMS, or nobody knows where the bucket is. */
export function defaultKey(encryption: EncryptionConfiguration | null, bucket: Place): KeyRef | null {
  const [rule] = encryption?.Rules ?? [];
  const by = rule?.ApplyServerSideEncryptionByDefault;
  if (by?.SSEAlgorithm !== 'aws:kms' && by?.SSEAlgorithm !== 'aws:kms:dsse') return null;
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html: without one, S3's own
  return keyRef(by.KMSMasterKeyID ?? 'alias/aws/s3', bucket);
}

/** The key that a replication rule names for its replicas. */
export function replicaKey({ Destination }: ReplicationRule, destination: Place): KeyRef | null {
  const id = Destination.EncryptionConfiguration?.ReplicaKmsKeyID;
  return id === undefined ? null : keyRef(id, destination);
}

/** An ARN says where its key is; anything else is looked for where the bucket is. */
function keyRef(id: string, { account, region }: Place): KeyRef | null {
  if (id.startsWith('arn:')) return { id, account: accountOf(id), region: id.split(':')[3] ?? '' };
  return account === null || region === null ? null : { id, account, region };
}

/** One name for one reference. */
export function keyName({ id, account, region }: KeyRef): string {
  return `${account} ${region} ${id}`;
}
