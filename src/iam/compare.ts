/**
 * Comparisons that are not of text: numbers, dates, addresses, Booleans, bytes. What cannot be read equals nothing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */

/** Whether an actual value satisfies the wanted one. */
export type Compare = (actual: string, wanted: string) => boolean;

type Order = (actual: number, wanted: number) => boolean;

const ORDERS = {
  Equals: (actual, wanted) => actual === wanted,
  LessThan: (actual, wanted) => actual < wanted,
  LessThanEquals: (actual, wanted) => actual <= wanted,
  GreaterThan: (actual, wanted) => actual > wanted,
  GreaterThanEquals: (actual, wanted) => actual >= wanted,
} as const satisfies Record<string, Order>;

/** The name of an order, as operators end in it: `NumericLessThan`. */
export type OrderName = keyof typeof ORDERS;

export function numeric(order: OrderName): Compare {
  return (actual, wanted) => ORDERS[order](numberOf(actual), numberOf(wanted));
}

export function date(order: OrderName): Compare {
  return (actual, wanted) => ORDERS[order](timeOf(actual), timeOf(wanted));
}

export const boolean: Compare = (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase();

/** Base64 has one spelling for the same bytes, so the texts are compared. */
export const binary: Compare = (actual, wanted) => actual === wanted;

/** Whether an address lies in a range; without a length the range is the one address. */
export const address: Compare = (actual, wanted) => {
  const [range = '', length] = wanted.split('/');
  const ours = bytesOf(actual);
  const base = bytesOf(range);
  if (ours === null || base?.length !== ours.length) return false;
  const bits = length === undefined ? base.length * 8 : numberOf(length);
  if (!Number.isInteger(bits) || bits < 0 || bits > base.length * 8) return false;
  return base.every((byte, at) => sameBits(byte, ours[at] ?? 0, bits - at * 8));
};

function sameBits(one: number, other: number, bits: number): boolean {
  if (bits <= 0) return true;
  const dropped = Math.max(0, 8 - bits);
  return one >> dropped === other >> dropped;
}

/** NaN, which no order holds of, where it is no number. */
function numberOf(text: string): number {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : NaN;
}

/** Seconds since 1970, or a W3C date: a year, a month, a day, or a time with its zone. */
function timeOf(text: string): number {
  if (/^-?\d+(?:\.\d+)?$/.test(text) && text.length !== 4) return Number(text) * 1000;
  const form = /^\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?)?)?$/;
  return form.test(text) ? Date.parse(text) : NaN;
}

function bytesOf(text: string): readonly number[] | null {
  return text.includes(':') ? bytesOfVersion6(text) : bytesOfVersion4(text);
}

function bytesOfVersion4(text: string): readonly number[] | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part))) return null;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte < 256) ? bytes : null;
}

function bytesOfVersion6(text: string): readonly number[] | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [before, after] = halves.map((half) => groupsOf(half));
  if (before === undefined || before === null || after === null) return null;
  if (after === undefined) return before.length === 16 ? before : null;
  const zeros = 16 - before.length - after.length;
  return zeros >= 2 ? [...before, ...new Array<number>(zeros).fill(0), ...after] : null;
}

function groupsOf(half: string): readonly number[] | null {
  if (half === '') return [];
  const bytes: number[] = [];
  for (const group of half.split(':')) {
    const tail = group.includes('.') ? bytesOfVersion4(group) : null;
    if (tail !== null) bytes.push(...tail);
    else if (/^[0-9a-fA-F]{1,4}$/.test(group))
      bytes.push(parseInt(group, 16) >> 8, parseInt(group, 16) & 255);
    else return null;
  }
  return bytes;
}
