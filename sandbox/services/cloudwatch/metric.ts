/** What makes two metrics the same. */
import { fields, list, text } from '../../wire/fields.ts';
import type { Fields } from '../../wire/fields.ts';

/** The dimensions in one string, in whatever order they came. */
export function dimensionsOf(metric: Fields): string {
  const pairs = list(metric, 'Dimensions').map(
    (one) => `${text(fields(one), 'Name')}=${text(fields(one), 'Value')}`,
  );
  return pairs.sort().join(',');
}
