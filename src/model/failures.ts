/**
 * The reasons that AWS gives when an object fails to replicate, in events and in the reports of S3 Batch Replication.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-metrics-events.html
 */

/** What AWS means by a reason, in our words, and whether a rule could know it beforehand. */
export interface Failure {
  readonly meaning: string;
  /** Only jobs of S3 Batch Replication meet it. */
  readonly batchOnly?: true;
  /** The reason that this is another spelling of: what foretells the one foretells the other. */
  readonly sameAs?: string;
  /** Why no rule foretells it; left out where one does. */
  readonly unforeseeable?: string;
}

/** AWS's page that lists them. */
export const failuresPage = 'AmazonS3/latest/userguide/replication-metrics-events.html';

const multipartUpload =
  'S3 could not upload the parts of a large object to the destination; s3:ReplicateObject may be missing there.';

const table = {
  AnnotationLimitExceeded: {
    meaning: 'The object has more annotations than the 1,000 that it may have, here or at the destination.',
    unforeseeable:
      'Annotations are put on single objects. How many one has stands in no configuration, and S3 Inventory does not count them.',
  },
  AssumeRoleNotPermitted: {
    meaning: 'S3 could not assume the role that the replication configuration, or the batch job, names.',
  },
  DstBucketInvalidRegion: {
    meaning: 'The destination bucket is in another Region than the batch job says.',
    batchOnly: true,
    unforeseeable:
      'The Region is said in the batch job, which is made when it is needed; no bucket and no replication configuration holds it.',
  },
  DstBucketNotFound: { meaning: 'The destination bucket that the replication rule names does not exist.' },
  DstBucketObjectLockConfigMissing: {
    meaning: 'The source bucket has Object Lock enabled, and the destination bucket has not.',
  },
  DstBucketUnversioned: { meaning: 'Versioning is not enabled on the destination bucket.' },
  DstDelObjNotPermitted: {
    meaning:
      'S3 could not replicate a delete marker to the destination; s3:ReplicateDelete may be missing there.',
  },
  DstKmsKeyInvalidState: {
    meaning:
      'The KMS key for replicas is in a state in which it encrypts nothing: disabled, say, or about to be deleted.',
  },
  DstKmsKeyNotFound: { meaning: 'The KMS key that the replication rule names for replicas does not exist.' },
  DstMultipartCompleteNotPermitted: {
    meaning:
      'S3 could not complete the upload of a large object at the destination; s3:ReplicateObject may be missing there.',
  },
  DstMultipartInitNotPermitted: {
    meaning:
      'S3 could not begin the upload of a large object at the destination; s3:ReplicateObject may be missing there.',
  },
  // AWS's page of 2023 had this spelling, today's has the other; events of either age are about.
  DstMultipartPartUploadNotPermitted: { meaning: multipartUpload, sameAs: 'DstMultipartUploadNotPermitted' },
  DstMultipartUploadNotPermitted: { meaning: multipartUpload },
  DstObjectHardDeleted: {
    meaning: 'The replica was deleted by its version id, and S3 Batch Replication does not make it again.',
    batchOnly: true,
    unforeseeable:
      'Somebody deleted this very version at the destination. No configuration tells of it, and a listing does not tell it from a version that never arrived.',
  },
  DstPutAclNotPermitted: {
    meaning:
      "S3 could not write the object's ACL at the destination; s3:ReplicateObject may be missing there.",
  },
  DstPutLegalHoldNotPermitted: {
    meaning:
      'S3 could not put the legal hold of a locked object on its replica; s3:PutObjectLegalHold may be missing at the destination.',
  },
  DstPutObjectAnnotationNotPermitted: {
    meaning:
      'S3 could not write an annotation at the destination: the role lacks s3:ReplicateObject there, or the use of the KMS key.',
  },
  DstPutObjectNotPermitted: {
    meaning:
      'S3 could not write the replica: s3:ReplicateObject or s3:ObjectOwnerOverrideToBucketOwner may be missing at the destination, or the policy of the KMS key does not let the role use it.',
  },
  DstPutRetentionNotPermitted: {
    meaning:
      'S3 could not put the retention of a locked object on its replica; s3:PutObjectRetention may be missing at the destination.',
  },
  DstPutTaggingNotPermitted: {
    meaning:
      "S3 could not write the object's tags at the destination; s3:ReplicateObject may be missing there.",
  },
  DstVersionNotFound: {
    meaning:
      "The object's metadata changed, and the replica that was to follow is no longer at the destination.",
    unforeseeable:
      'That one replica was deleted there after it had arrived. Configuration tells what may delete replicas, not whose metadata will change after that.',
  },
  InitiateReplicationNotPermitted: {
    meaning:
      'The batch job could not start the replication of objects; its role may lack s3:InitiateReplication.',
    batchOnly: true,
  },
  SrcAnnotationEncryptionUnsupported: {
    meaning: 'An annotation of the object is encrypted in a way that replication does not support.',
    unforeseeable:
      'Annotations are encrypted as their object is, which each upload may choose; AWS does not say which encryption it is that is not supported.',
  },
  SrcAnnotationNotFound: {
    meaning: 'The annotation was deleted before it was replicated.',
    unforeseeable: 'Somebody deletes an annotation at the wrong moment; no configuration says when.',
  },
  SrcBucketInvalidRegion: {
    meaning: 'The source bucket is in another Region than the batch job says.',
    batchOnly: true,
    unforeseeable:
      'The Region is said in the batch job, which is made when it is needed; no bucket and no replication configuration holds it.',
  },
  SrcBucketNotFound: {
    meaning: 'The source bucket does not exist.',
    unforeseeable:
      'The bucket was deleted while its objects waited. A scan that is made before finds it there; one that is made after finds no bucket to speak of.',
  },
  SrcBucketReplicationConfigMissing: {
    meaning: 'The source bucket has no replication configuration.',
    unforeseeable:
      'The configuration was deleted while objects waited. A bucket without one is not meant to replicate, as far as AWS tells; a policy of your own can ask for replication (replication-required).',
  },
  SrcGetAclNotPermitted: {
    meaning:
      "S3 could not read the object's ACL at the source: the role may lack s3:GetObjectVersionAcl, or the object may belong to another account than the bucket.",
  },
  SrcGetLegalHoldNotPermitted: {
    meaning: "S3 could not read the object's legal hold; the role may lack s3:GetObjectLegalHold.",
  },
  SrcGetObjectAnnotationNotPermitted: {
    meaning:
      'S3 could not read an annotation of the object: the role lacks s3:GetObjectVersionAnnotationForReplication.',
  },
  SrcGetObjectNotPermitted: {
    meaning:
      'S3 could not read the object at the source; the role may lack s3:GetObjectVersionForReplication.',
  },
  SrcGetRetentionNotPermitted: {
    meaning: "S3 could not read the object's retention; the role may lack s3:GetObjectRetention.",
  },
  SrcGetTaggingNotPermitted: {
    meaning: "S3 could not read the object's tags; the role may lack s3:GetObjectVersionTagging.",
  },
  SrcHeadObjectNotPermitted: {
    meaning:
      "S3 could not read the object's metadata at the source; the role may lack s3:GetObjectVersionForReplication.",
  },
  SrcKeyNotFound: {
    meaning:
      'There is no object of that key at the source; it may have been deleted before it was replicated.',
    unforeseeable: 'The object was gone when S3 came for it; no configuration says when somebody deletes.',
  },
  SrcKmsKeyInvalidState: {
    meaning:
      "The KMS key of the source's objects is in a state in which it decrypts nothing: disabled, say, or about to be deleted.",
  },
  SrcObjectNotEligible: {
    meaning:
      'The object may not be replicated: its storage class is not one that is, or its tags are not those that the replication rule asks for.',
  },
  SrcObjectNotFound: {
    meaning: 'The object does not exist at the source.',
    unforeseeable: 'The object was gone when S3 came for it; no configuration says when somebody deletes.',
  },
  SrcReplicationNotPending: {
    meaning: 'The object has been replicated already, and waits for nothing.',
    unforeseeable:
      'Nothing is wrong with the object: its replica is there. No configuration says that somebody will ask for it again.',
  },
  SrcVersionNotFound: {
    meaning:
      'There is no such version of the object at the source; it may have been deleted before it was replicated.',
    unforeseeable: 'The version was gone when S3 came for it; no configuration says when somebody deletes.',
  },
} as const satisfies Readonly<Record<string, Failure>>;

export type FailureReason = keyof typeof table;

/** Every reason, by its name. */
export const failures: Readonly<Record<FailureReason, Failure>> = table;

/** Their names, sorted. */
// The keys of an object literal of ours, which nothing widens.
export const failureReasons = Object.keys(table) as readonly FailureReason[];
