/**
 * A reader a fact: makes its call and copies the answer. An answer that lacks what AWS documents as required is refused,
 * and the fact is unknown; a reader never judges.
 */
import { GetRoleCommand } from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketReplicationCommand,
  GetBucketRequestPaymentCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
} from '@aws-sdk/client-s3';
import type { LifecycleRule, ReplicationRule, S3Client } from '@aws-sdk/client-s3';
import type { LifecycleRule as KeptLifecycleRule, ReplicationRule as KeptRule } from '../model/aws.ts';
import type { BucketFacts, RoleFacts } from '../model/facts.ts';

type BucketReaders = {
  readonly [F in keyof BucketFacts]: (s3: S3Client, bucket: string) => Promise<BucketFacts[F]>;
};

/** An answer that AWS's own documentation rules out: a broken proxy, a truncated body, an emulator. */
export class MalformedAnswer extends Error {
  constructor(member: string) {
    super(`The answer lacks '${member}', which AWS documents as required.`);
    this.name = 'MalformedAnswer';
  }
}

function required<T>(value: T | undefined, member: string): T {
  if (value === undefined) throw new MalformedAnswer(member);
  return value;
}

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
  async tagging(s3, Bucket) {
    const answer = await s3.send(new GetBucketTaggingCommand({ Bucket }));
    return required(answer.TagSet, 'TagSet').map(({ Key, Value }) => ({
      Key: required(Key, 'Key'),
      Value: required(Value, 'Value'),
    }));
  },
};

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

type RoleReaders = {
  readonly [F in keyof RoleFacts]: (iam: IAMClient, arn: string) => Promise<RoleFacts[F]>;
};

export const roleReaders: RoleReaders = {
  async definition(iam, arn) {
    const RoleName = arn.split('/').at(-1) ?? arn;
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    const role = required(Role, 'Role');
    return {
      Arn: required(role.Arn, 'Role.Arn'),
      // https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html: URL-encoded, RFC 3986
      AssumeRolePolicyDocument: decodeURIComponent(
        required(role.AssumeRolePolicyDocument, 'Role.AssumeRolePolicyDocument'),
      ),
    };
  },
};
