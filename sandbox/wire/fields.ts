/** The fields of a request, read with the errors of a service that was sent something else. */
import { AwsError } from '../service.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** What AWS's services say first when a field is wrong. */
export function invalid(field: string, value: unknown, constraint: string): AwsError {
  const shown = typeof value === 'string' || typeof value === 'number' ? `'${value}'` : 'null';
  return new AwsError(
    'ValidationError',
    400,
    `1 validation error detected: Value ${shown} at '${field}' failed to satisfy constraint: Member must ${constraint}`,
  );
}

/** A string, or null where the field is left out. */
export function optionalText(input: Fields, field: string): string | null {
  const value = input[field];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw invalid(field, value, 'be a string');
  return value;
}

export function text(input: Fields, field: string): string {
  const value = optionalText(input, field);
  if (value === null) throw invalid(field, null, 'not be null');
  return value;
}

/** A whole number between two bounds, or the default where it is left out. A query string's numbers are strings. */
export function number(
  input: Fields,
  field: string,
  bounds: { readonly least: number; readonly most: number; readonly otherwise: number },
): number {
  const value = input[field];
  if (value === undefined || value === null) return bounds.otherwise;
  const parsed = typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;
  if (!Number.isInteger(parsed)) throw invalid(field, value, 'be a whole number');
  if (parsed < bounds.least) {
    throw invalid(field, parsed, `have value greater than or equal to ${bounds.least}`);
  }
  if (parsed > bounds.most) throw invalid(field, parsed, `have value less than or equal to ${bounds.most}`);
  return parsed;
}

export function flag(input: Fields, field: string): boolean {
  return input[field] === true || input[field] === 'true';
}

export function list(input: Fields, field: string): readonly unknown[] {
  const value: unknown = input[field];
  return Array.isArray(value) ? value : [];
}

/** The fields of a structure inside; none where there is no structure. */
export function fields(value: unknown): Fields {
  // An object that is no list has string keys, and what they hold stays unknown.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** An instant as the protocols carry it: seconds, ISO 8601, or already a Date. */
export function instant(input: Fields, field: string): Date | null {
  const value = input[field];
  if (value === undefined || value === null) return null;
  if (value instanceof Date) return value;
  const date = new Date(typeof value === 'number' ? value * 1000 : typeof value === 'string' ? value : NaN);
  if (Number.isNaN(date.getTime())) throw invalid(field, value, 'be a timestamp');
  return date;
}

/** One of a few words. */
export function oneOf<Word extends string>(value: string, field: string, words: readonly Word[]): Word {
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw invalid(field, value, `satisfy enum value set: [${words.join(', ')}]`);
  return word;
}
