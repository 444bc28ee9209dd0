/** What a bucket's lifecycle does to the objects that a route takes. */
import { filterSet, overlaps, type FilterSet } from '../../src/filter.ts';
import type { LifecycleConfiguration, LifecycleRule } from '../../src/model/aws.ts';

/** The enabled rules that may take an object of the filter; a size alone keeps none apart. */
export function enabledRules(
  lifecycle: LifecycleConfiguration | null,
  filter: FilterSet,
): readonly LifecycleRule[] {
  return (lifecycle?.Rules ?? []).filter(
    (rule) => rule.Status === 'Enabled' && overlaps(filterSet(rule), filter),
  );
}

/** Whether it makes current versions expire; removing lone delete markers is not that. */
export function expires({ Expiration }: LifecycleRule): boolean {
  return Expiration?.Days !== undefined || Expiration?.Date !== undefined;
}

/** When an action is due. */
export function due({
  Days,
  Date: date,
}: {
  readonly Days?: number | undefined;
  readonly Date?: string | undefined;
}): string {
  return date === undefined ? `after ${Days ?? 0} days` : `on ${date.slice(0, 10)}`;
}

/** Classes that must be restored before they can be read. https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html#sc-glacier */
export const archives: ReadonlySet<string> = new Set(['GLACIER', 'DEEP_ARCHIVE']);

/** How a person finds a rule. */
export function lifecycleName({ ID }: LifecycleRule): string {
  return ID === undefined || ID === '' ? 'a lifecycle rule without an ID' : `the lifecycle rule '${ID}'`;
}
