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

/** Values, each once, in the order in which they come first. */
class Dictionary {
  readonly values: unknown[] = [];
  readonly #places = new Map<unknown, number>();
  readonly #objects = new Map<string, object>();

  placeOf(value: unknown): number {
    // Texts and numbers are keys as they are, which is quicker than their JSON; no text is taken for an object's.
    const key = typeof value === 'object' && value !== null ? this.#same(value) : value;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.values.length);
    return this.values.push(value) - 1;
  }

  /** The first object that was equal to this one. */
  #same(value: object): object {
    const json = JSON.stringify(value);
    const same = this.#objects.get(json) ?? value;
    this.#objects.set(json, same);
    return same;
  }
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

function pays(distinct: number, all: number): boolean {
  return distinct * 2 <= all;
}

interface Filling {
  readonly name: string;
  readonly dictionary: Dictionary;
  readonly at: number[];
}

/** Rows of one shape → columns. Of each row that is added, what was there already is let go at once. */
export class TablePacker {
  #columns: readonly Filling[] | null = null;
  #size = 0;

  add(row: object): void {
    this.#columns ??= Object.keys(row).map((name) => ({ name, dictionary: new Dictionary(), at: [] }));
    for (const { name, dictionary, at } of this.#columns)
      // Any object has fields by name.
      at.push(dictionary.placeOf((row as Readonly<Record<string, unknown>>)[name]));
    this.#size += 1;
  }

  table(): Table {
    const { first, at } = this.#distinctRows();
    if (pays(first.length, this.#size))
      return { size: first.length, columns: this.#packed(first), at: steps(at) };
    return { size: this.#size, columns: this.#packed([...at.keys()]) };
  }

  /** Where each distinct row stands first, and each row's place among these. */
  #distinctRows(): { readonly first: readonly number[]; readonly at: readonly number[] } {
    // Rows that agree so far have the same number; with each column, those that differ part.
    let numbers: readonly number[] = Array.from({ length: this.#size }, () => 0);
    for (const { dictionary, at } of this.#columns ?? []) {
      const values = dictionary.values.length;
      if (values === 1) continue;
      const pairs = new Dictionary();
      numbers = numbers.map((number, row) => pairs.placeOf(number * values + (at[row] ?? 0)));
    }
    const first: number[] = [];
    numbers.forEach((number, row) => {
      if (number === first.length) first.push(row);
    });
    return { first, at: numbers };
  }

  #packed(rows: readonly number[]): Table['columns'] {
    const columns = (this.#columns ?? []).map(({ name, dictionary, at }): [string, Column] => {
      const places = rows.map((row) => at[row] ?? 0);
      const { values } = dictionary;
      if (pays(values.length, rows.length)) return [name, { values, at: steps(places) }];
      return [name, { values: places.map((place) => values[place]) }];
    });
    return Object.fromEntries(columns);
  }
}

/** Rows of one shape → columns, all at once. */
export function packTable(rows: readonly object[]): Table {
  const packer = new TablePacker();
  for (const row of rows) packer.add(row);
  return packer.table();
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
