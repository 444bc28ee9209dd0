/**
 * Two enabled replication rules with one destination. Only there do they meet: of the rules that take an object S3 then
 * follows the one with the highest priority, which is the highest number.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-add-config.html#replication-config-min-rule-config
 */
import { covers, filterSet, overlaps, takesDeleteMarkers } from '../../src/filter.ts';
import type { ReplicationRule, Route } from '../../src/rule.ts';

/** A replication rule as people know it. */
export function nameOf({ rule, index }: Route): string {
  return rule.ID ?? `#${index + 1}`;
}

/** The other routes to the same destination. */
export function beside(route: Route, routes: readonly Route[]): readonly Route[] {
  return routes.filter(
    ({ destination, index }) => destination.name === route.destination.name && index !== route.index,
  );
}

/** Whether the other route adds nothing to this one, and is not plainly the same again. */
export function shadows(one: Route, other: Route): boolean {
  return outranks(one, other) && takesAll(one, other) && !isDuplicate(one, other);
}

/** The same objects, replicated in the same way. */
export function isDuplicate(one: Route, other: Route): boolean {
  return (
    covers(filterSet(one.rule), filterSet(other.rule)) &&
    covers(filterSet(other.rule), filterSet(one.rule)) &&
    differences(one.rule, other.rule).length === 0
  );
}

/** Both take some objects and do different things with them; an exception that goes before what it is of is meant. */
export function conflicts(one: Route, other: Route): boolean {
  return (
    overlaps(filterSet(one.rule), filterSet(other.rule)) &&
    differences(one.rule, other.rule).length > 0 &&
    !shadows(one, other) &&
    !isException(one, other)
  );
}

/** Version 1 has no priority, so that none of its rules outranks another. */
export function outranks({ rule: one }: Route, { rule: other }: Route): boolean {
  return one.Priority !== undefined && other.Priority !== undefined && one.Priority > other.Priority;
}

/** A pair is told once, of the rule that yields: the lower priority, or the later one where no priority decides. */
export function goesBefore(one: Route, other: Route): boolean {
  return outranks(one, other) || (!outranks(other, one) && one.index < other.index);
}

function isException(one: Route, other: Route): boolean {
  const [narrow, wide] = [filterSet(one.rule), filterSet(other.rule)];
  return outranks(one, other) && covers(wide, narrow) && !covers(narrow, wide);
}

/** What the other takes beyond its filter has to be opted in to, and this one does so too. */
function takesAll({ rule: one }: Route, { rule: other }: Route): boolean {
  const optedIn = selected.every(({ of }) => of(one) === 'Enabled' || of(other) !== 'Enabled');
  return optedIn && covers(filterSet(one), filterSet(other));
}

interface Aspect {
  readonly name: string;
  readonly of: (rule: ReplicationRule) => string | undefined;
}

const selected: readonly Aspect[] = [
  { name: 'delete markers', of: (rule) => enabled(takesDeleteMarkers(rule)) },
  {
    name: 'objects encrypted with KMS',
    of: ({ SourceSelectionCriteria: by }) => enabled(by?.SseKmsEncryptedObjects?.Status === 'Enabled'),
  },
  {
    name: 'changes of replicas',
    of: ({ SourceSelectionCriteria: by }) => enabled(by?.ReplicaModifications?.Status === 'Enabled'),
  },
];

const aspects: readonly Aspect[] = [
  { name: 'storage class', of: ({ Destination: to }) => to.StorageClass },
  { name: 'replica key', of: ({ Destination: to }) => to.EncryptionConfiguration?.ReplicaKmsKeyID },
  { name: 'owner', of: ({ Destination: to }) => to.AccessControlTranslation?.Owner },
  {
    name: 'Replication Time Control',
    of: ({ Destination: to }) => enabled(to.ReplicationTime?.Status === 'Enabled'),
  },
  ...selected,
];

/** In what two rules differ besides their filters; metrics change nothing about a replica. */
export function differences(one: ReplicationRule, other: ReplicationRule): readonly string[] {
  return aspects.filter(({ of }) => of(one) !== of(other)).map(({ name }) => name);
}

function enabled(is: boolean): string {
  return is ? 'Enabled' : 'Disabled';
}
