/** Every string of the document, wherever it stands. */
import { isFields } from './values.ts';

/** No XML takes these, and a lone surrogate is no UTF-8 either. */
const broken = /(?![\t\n\r])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u;

/** Strings that are empty or that hold what cannot be written. */
export function* stringComplaints(value: unknown, path: string): Iterable<string> {
  if (value === '') yield `${path}: GitHub refuses an empty string.`;
  if (typeof value === 'string' && broken.test(value)) {
    yield `${path}: holds a control character or half of a surrogate pair.`;
  }
  if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) yield* stringComplaints(each, `${path}[${index}]`);
  } else if (isFields(value)) {
    for (const [name, each] of Object.entries(value)) yield* stringComplaints(each, `${path}.${name}`);
  }
}
