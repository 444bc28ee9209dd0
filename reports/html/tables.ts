/** Rows of one shape as columns with dictionaries, and back. */

/** A column: its values; where they repeat much, its distinct values and each row's place among them, in steps. */
export interface Column {
  readonly values: readonly unknown[];
  readonly at?: readonly number[];
}

/** Where rows repeat much, the columns are those of the distinct rows, and each row's place among them is beside them, in steps. */
export interface Table {
  readonly size: number;
  readonly columns: Readonly<Record<string, Column>>;
  readonly at?: readonly number[];
}

/** The distinct ones of a list, in the order in which they come first, and each one's place among them. */
export interface Distinct<T> {
  readonly values: readonly T[];
  readonly at: readonly number[];
}

/** Each once; `keyOf` is the same for equals alone. */
function distinct<T>(all: readonly T[], keyOf: (one: T, place: number) => unknown): Distinct<T> {
  const places = new Map<unknown, number>();
  const values: T[] = [];
  const at = all.map((one, index) => {
    const key = keyOf(one, index);
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, values.length);
    return values.push(one) - 1;
  });
  return { values, at };
}

function distinctValues(all: readonly unknown[]): Distinct<unknown> {
  // Texts and numbers are keys as they are, which is quicker; a text is no object's JSON, since objects have a place of their own.
  const objects = new Map<string, object>();
  return distinct(all, (value) => {
    if (typeof value !== 'object' || value === null) return value;
    const json = JSON.stringify(value);
    const same = objects.get(json) ?? value;
    objects.set(json, same);
    return same;
  });
}

function column(rows: readonly object[], name: string): unknown[] {
  return rows.map((row): unknown => Reflect.get(row, name));
}

/** Rows of one shape, each once. */
export function distinctRows<T extends object>(rows: readonly T[]): Distinct<T> {
  const start: readonly number[] = rows.map(() => 0);
  // Rows that agree so far have the same number; with each column, those that differ part.
  const numbers = Object.keys(rows[0] ?? {}).reduce((sofar, name) => {
    const { values, at } = distinctValues(column(rows, name));
    if (values.length === 1) return sofar;
    return distinct(sofar, (number, row) => number * values.length + (at[row] ?? 0)).at;
  }, start);
  return distinct(rows, (_, row) => numbers[row]);
}

/**
 * Places among distinct values, as steps: 0 for a value that comes for the first time, otherwise how many came since it first did.
 * What was there just now is a small number, and the same one again and again.
 */
export function steps(at: readonly number[]): number[] {
  let next = 0;
  return at.map((place) => {
    if (place < next) return next - place;
    next += 1;
    return 0;
  });
}

/** The reverse of `steps`. */
export function unstep(steps: readonly number[]): number[] {
  let next = 0;
  return steps.map((step) => {
    if (step > 0) return next - step;
    next += 1;
    return next - 1;
  });
}

function repeats({ values, at }: Distinct<unknown>): boolean {
  return values.length * 2 <= at.length;
}

function packColumn(values: readonly unknown[]): Column {
  const each = distinctValues(values);
  return repeats(each) ? { values: each.values, at: steps(each.at) } : { values };
}

function columnsOf(rows: readonly object[]): Table['columns'] {
  return Object.fromEntries(Object.keys(rows[0] ?? {}).map((name) => [name, packColumn(column(rows, name))]));
}

/** Rows of one shape → columns. */
export function packTable(rows: readonly object[]): Table {
  const each = distinctRows(rows);
  if (!repeats(each)) return { size: rows.length, columns: columnsOf(rows) };
  return { size: each.values.length, columns: columnsOf(each.values), at: steps(each.at) };
}

/** Columns → rows; those that are equal may be one object. */
export function unpackTable({ size, columns, at }: Table): Readonly<Record<string, unknown>>[] {
  const rows = Array.from({ length: size }, (): Record<string, unknown> => ({}));
  for (const [name, { values, at: places }] of Object.entries(columns)) {
    const whole = places === undefined ? values : unstep(places).map((place) => values[place]);
    rows.forEach((row, index) => {
      row[name] = whole[index];
    });
  }
  return at === undefined ? rows : unstep(at).map((place) => rows[place] ?? {});
}
