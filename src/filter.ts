/**
 * Which objects a replication rule takes: those whose key begins with its prefix and which have all its tags.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-add-config.html#replication-config-optional-filter
 */
import type { ReplicationRule, Tag } from './model/aws.ts';

/** A rule's filter as a set of objects. The empty prefix without tags takes everything. */
export interface FilterSet {
  readonly prefix: string;
  readonly tags: readonly Tag[];
}

/** V1 has a Prefix of its own, V2 a Filter; `{}` and an empty prefix take everything. */
export function filterSet({ Filter, Prefix }: Pick<ReplicationRule, 'Filter' | 'Prefix'>): FilterSet {
  return {
    prefix: Filter?.And?.Prefix ?? Filter?.Prefix ?? Prefix ?? '',
    tags: tagsOf(Filter),
  };
}

const none: readonly Tag[] = [];

/** S3 takes one tag, or several in And. */
function tagsOf(filter: ReplicationRule['Filter']): readonly Tag[] {
  const several = filter?.And?.Tags ?? none;
  return filter?.Tag ? [...several, filter.Tag] : several;
}

/**
 * Whether one takes every object that the other takes. That answers for several too: what a filter takes, many can take
 * together only where one of them does alone, since a key may go on after the prefix as no other prefix does, and an
 * object may have these tags and no more.
 */
export function covers(one: FilterSet, other: FilterSet): boolean {
  return (
    isEmpty(other) ||
    (other.prefix.startsWith(one.prefix) &&
      one.tags.every((tag) => other.tags.some((own) => isSame(own, tag))))
  );
}

/** Whether some object is taken by both; otherwise they are disjoint. */
export function overlaps(one: FilterSet, other: FilterSet): boolean {
  const within = one.prefix.startsWith(other.prefix) || other.prefix.startsWith(one.prefix);
  return within && !isEmpty({ prefix: '', tags: [...one.tags, ...other.tags] });
}

/** Whether together they take the whole bucket; by what {@link covers} says, one of them has to. */
export function coversAll(filters: readonly FilterSet[]): boolean {
  return filters.some((filter) => covers(filter, { prefix: '', tags: [] }));
}

/**
 * Whether delete markers go the rule's way: V1 replicates those of users always.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-what-is-isnot-replicated.html#replication-delete-op
 */
export function takesDeleteMarkers({ Filter, DeleteMarkerReplication }: ReplicationRule): boolean {
  return Filter === undefined || DeleteMarkerReplication?.Status === 'Enabled';
}

/** An object has one value of a key, so that no object has both of two. */
function isEmpty({ tags }: FilterSet): boolean {
  const values = new Map(tags.map(({ Key, Value }) => [Key, Value]));
  return tags.some(({ Key, Value }) => values.get(Key) !== Value);
}

function isSame(one: Tag, other: Tag): boolean {
  return one.Key === other.Key && one.Value === other.Value;
}
