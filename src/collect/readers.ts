/**
 * A reader a fact of a bucket: makes its call and copies the answer. An answer that lacks what AWS documents as required is refused,
 * and the fact is unknown; a reader never judges.
 */
import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketReplicationCommand,
  GetBucketRequestPaymentCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import type { PublicAccessBlockConfiguration, ReplicationRule, S3Client } from '@aws-sdk/client-s3';
import { MalformedAnswer, required } from './answer.ts';
import { intelligentTiering, inventory, lifecycleRule, notification } from './readers-bucket.ts';
import { encryption, logging, objectLock } from './readers-logging.ts';
import { tag } from './readers-tag.ts';
import type { PublicAccessBlock, ReplicationRule as KeptRule } from '../model/aws.ts';
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
  encryption,
  async versioning(s3, Bucket) {
    const { Status, MFADelete } = await s3.send(new GetBucketVersioningCommand({ Bucket }));
    return Status === undefined ? null : { Status, ...(MFADelete ? { MFADelete } : {}) };
  },
  objectLock,
  async requestPayment(s3, Bucket) {
    const answer = await s3.send(new GetBucketRequestPaymentCommand({ Bucket }));
    return { Payer: required(answer.Payer, 'Payer') };
  },
  async lifecycle(s3, Bucket) {
    const answer = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    return { Rules: required(answer.Rules, 'Rules').map(lifecycleRule) };
  },
  intelligentTiering,
  inventory,
  notification,
  logging,
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
    const text = required((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy, 'Policy');
    // It is the answer's body as it came: nobody else looks whether that is a policy or a proxy's page.
    if (!/^\s*\{[^]*\}\s*$/.test(text)) throw new MalformedAnswer('Policy');
    return text;
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
    return required(answer.TagSet, 'TagSet').map(tag);
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
