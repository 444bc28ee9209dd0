/** Looking into a document of which nothing is known yet: what is not there, or of another type, is empty. */

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field of an object, or undefined. */
export function field(value: unknown, ...names: readonly string[]): unknown {
  let at = value;
  for (const name of names) at = isFields(at) && Object.hasOwn(at, name) ? at[name] : undefined;
  return at;
}

/** The entries of an array, or none. */
export function entries(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Text that says something. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Text that says something and is no longer than so many UTF-16 units. */
export function isTextWithin(value: unknown, most: number): boolean {
  return isText(value) && value.length <= most;
}
