/**
 * A reader a fact of a bucket: makes its call and copies the answer. An answer that lacks what AWS documents as required is refused,
 * and the fact is unknown; a reader never judges.
 */
import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketReplicationCommand,
  GetBucketRequestPaymentCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import type {
  LifecycleRule,
  PublicAccessBlockConfiguration,
  ReplicationRule,
  S3Client,
} from '@aws-sdk/client-s3';
import { required } from './answer.ts';
import type {
  LifecycleRule as KeptLifecycleRule,
  PublicAccessBlock,
  ReplicationRule as KeptRule,
} from '../model/aws.ts';
import type { BucketFacts } from '../model/facts.ts';

type BucketReaders = {
  readonly [F in keyof BucketFacts]: (s3: S3Client, bucket: string) => Promise<BucketFacts[F]>;
};

export const bucketReaders: BucketReaders = {
  async replication(s3, Bucket) {
    const answer = await s3.send(new GetBucketReplicationCommand({ Bucket }));
    const { Role, Rules } = required(answer.ReplicationConfiguration, 'ReplicationConfiguration');
    return { Role: required(Role, 'Role'), Rules: required(Rules, 'Rules').map(replicationRule) };
  },
  async encryption(s3, Bucket) {
    const answer = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
    const configuration = required(
      answer.ServerSideEncryptionConfiguration,
      'ServerSideEncryptionConfiguration',
    );
    return { Rules: required(configuration.Rules, 'Rules') };
  },
  async versioning(s3, Bucket) {
    const { Status, MFADelete } = await s3.send(new GetBucketVersioningCommand({ Bucket }));
    return Status === undefined ? null : { Status, ...(MFADelete ? { MFADelete } : {}) };
  },
  async objectLock(s3, Bucket) {
    const answer = await s3.send(new GetObjectLockConfigurationCommand({ Bucket }));
    return required(answer.ObjectLockConfiguration, 'ObjectLockConfiguration');
  },
  async requestPayment(s3, Bucket) {
    const answer = await s3.send(new GetBucketRequestPaymentCommand({ Bucket }));
    return { Payer: required(answer.Payer, 'Payer') };
  },
  async lifecycle(s3, Bucket) {
    const answer = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    return { Rules: required(answer.Rules, 'Rules').map(lifecycleRule) };
  },
  async ownershipControls(s3, Bucket) {
    const answer = await s3.send(new GetBucketOwnershipControlsCommand({ Bucket }));
    const { Rules } = required(answer.OwnershipControls, 'OwnershipControls');
    return {
      Rules: required(Rules, 'Rules').map(({ ObjectOwnership }) => ({
        ObjectOwnership: required(ObjectOwnership, 'ObjectOwnership'),
      })),
    };
  },
  async policy(s3, Bucket) {
    return required((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy, 'Policy');
  },
  async policyStatus(s3, Bucket) {
    const { PolicyStatus } = await s3.send(new GetBucketPolicyStatusCommand({ Bucket }));
    return { IsPublic: required(PolicyStatus?.IsPublic, 'IsPublic') };
  },
  async publicAccessBlock(s3, Bucket) {
    const answer = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    return publicAccessBlock(answer.PublicAccessBlockConfiguration);
  },
  async tagging(s3, Bucket) {
    const answer = await s3.send(new GetBucketTaggingCommand({ Bucket }));
    return required(answer.TagSet, 'TagSet').map(({ Key, Value }) => ({
      Key: required(Key, 'Key'),
      Value: required(Value, 'Value'),
    }));
  },
};

/** The block of a bucket or of an account: a flag that is left out is off. */
export function publicAccessBlock(answer: PublicAccessBlockConfiguration | undefined): PublicAccessBlock {
  const block = required(answer, 'PublicAccessBlockConfiguration');
  return {
    BlockPublicAcls: block.BlockPublicAcls ?? false,
    IgnorePublicAcls: block.IgnorePublicAcls ?? false,
    BlockPublicPolicy: block.BlockPublicPolicy ?? false,
    RestrictPublicBuckets: block.RestrictPublicBuckets ?? false,
  };
}

function replicationRule(rule: ReplicationRule): KeptRule {
  const { Destination, Status, Filter, ...rest } = rule;
  const destination = required(Destination, 'Destination');
  return {
    ...rest,
    Status: required(Status, 'Status'),
    ...(Filter === undefined ? {} : { Filter: replicationFilter(Filter) }),
    Destination: { ...destination, Bucket: required(destination.Bucket, 'Destination.Bucket') },
  };
}

function replicationFilter({
  And,
  Tag,
  ...rest
}: NonNullable<ReplicationRule['Filter']>): NonNullable<KeptRule['Filter']> {
  return {
    ...rest,
    ...(Tag ? { Tag: tag(Tag) } : {}),
    ...(And ? { And: { ...And, Tags: And.Tags?.map(tag) } } : {}),
  };
}

function tag({ Key, Value }: { Key: string | undefined; Value: string | undefined }): {
  Key: string;
  Value: string;
} {
  return { Key: required(Key, 'Tag.Key'), Value: required(Value, 'Tag.Value') };
}

function lifecycleRule({
  ID,
  Status,
  Expiration,
  NoncurrentVersionExpiration,
}: LifecycleRule): KeptLifecycleRule {
  return {
    ID,
    Status: required(Status, 'Status'),
    ...(Expiration ? { Expiration: { ...Expiration, Date: Expiration.Date?.toISOString() } } : {}),
    ...(NoncurrentVersionExpiration ? { NoncurrentVersionExpiration } : {}),
  };
}
