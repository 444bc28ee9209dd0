/** Readers of what else a bucket does with its objects: lifecycle, tiers, inventories, events. */
import {
  GetBucketNotificationConfigurationCommand,
  ListBucketIntelligentTieringConfigurationsCommand,
  ListBucketInventoryConfigurationsCommand,
  type IntelligentTieringConfiguration,
  type LifecycleRule,
  type S3Client,
} from '@aws-sdk/client-s3';
import { required } from './answer.ts';
import { tag } from './readers-tag.ts';
import type {
  IntelligentTiering,
  InventoryConfiguration,
  LifecycleRule as KeptRule,
  NotificationConfiguration,
  NotificationTarget,
} from '../model/aws.ts';

/** A filter of a lifecycle or of Intelligent-Tiering, with its tags whole. */
function filter<F extends { readonly And?: { readonly Tags?: SdkTag[] | undefined } | undefined }>({
  And,
  Tag,
  ...rest
}: F & { readonly Tag?: SdkTag | undefined }) {
  return {
    ...rest,
    ...(Tag ? { Tag: tag(Tag) } : {}),
    ...(And ? { And: { ...And, Tags: And.Tags?.map(tag) } } : {}),
  };
}

interface SdkTag {
  Key: string | undefined;
  Value: string | undefined;
}

export function lifecycleRule({ Status, Filter, Expiration, Transitions, ...rest }: LifecycleRule): KeptRule {
  return {
    ...rest,
    Status: required(Status, 'Status'),
    ...(Filter ? { Filter: filter(Filter) } : {}),
    ...(Expiration ? { Expiration: dated(Expiration) } : {}),
    ...(Transitions ? { Transitions: Transitions.map(dated) } : {}),
  };
}

/** A snapshot holds text. */
function dated<T extends { readonly Date?: Date | undefined }>(
  action: T,
): Omit<T, 'Date'> & { readonly Date: string | undefined } {
  return { ...action, Date: action.Date?.toISOString() };
}

export async function intelligentTiering(
  s3: S3Client,
  Bucket: string,
): Promise<readonly IntelligentTiering[]> {
  const all: IntelligentTiering[] = [];
  let token: string | undefined;
  do {
    const page = await s3.send(
      new ListBucketIntelligentTieringConfigurationsCommand({
        Bucket,
        ...(token === undefined ? {} : { ContinuationToken: token }),
      }),
    );
    all.push(...(page.IntelligentTieringConfigurationList ?? []).map(tiering));
    token =
      page.IsTruncated === true ? required(page.NextContinuationToken, 'NextContinuationToken') : undefined;
  } while (token !== undefined);
  return all;
}

function tiering({ Id, Status, Filter, Tierings }: IntelligentTieringConfiguration): IntelligentTiering {
  return {
    Id: required(Id, 'Id'),
    Status: required(Status, 'Status'),
    ...(Filter ? { Filter: filter(Filter) } : {}),
    Tierings: required(Tierings, 'Tierings').map(({ Days, AccessTier }) => ({
      Days: required(Days, 'Days'),
      AccessTier: required(AccessTier, 'AccessTier'),
    })),
  };
}

export async function inventory(s3: S3Client, Bucket: string): Promise<readonly InventoryConfiguration[]> {
  const all: InventoryConfiguration[] = [];
  let token: string | undefined;
  do {
    const page = await s3.send(
      new ListBucketInventoryConfigurationsCommand({
        Bucket,
        ...(token === undefined ? {} : { ContinuationToken: token }),
      }),
    );
    for (const one of page.InventoryConfigurationList ?? []) {
      all.push({
        Id: required(one.Id, 'Id'),
        IsEnabled: required(one.IsEnabled, 'IsEnabled'),
        IncludedObjectVersions: required(one.IncludedObjectVersions, 'IncludedObjectVersions'),
        ...(one.Filter ? { Filter: { Prefix: one.Filter.Prefix } } : {}),
        OptionalFields: one.OptionalFields ?? [],
      });
    }
    token =
      page.IsTruncated === true ? required(page.NextContinuationToken, 'NextContinuationToken') : undefined;
  } while (token !== undefined);
  return all;
}

export async function notification(s3: S3Client, Bucket: string): Promise<NotificationConfiguration> {
  const answer = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
  return {
    TopicConfigurations: (answer.TopicConfigurations ?? []).map(target),
    QueueConfigurations: (answer.QueueConfigurations ?? []).map(target),
    LambdaFunctionConfigurations: (answer.LambdaFunctionConfigurations ?? []).map(target),
  };
}

function target({
  Events,
  Filter,
}: Pick<NotificationTarget, 'Filter'> & { readonly Events: string[] | undefined }): NotificationTarget {
  return { Events: required(Events, 'Events'), ...(Filter ? { Filter } : {}) };
}
