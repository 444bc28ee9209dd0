/** Rows of one shape as columns with dictionaries, and back. */

/**
 * A column: its values; where they repeat much, its distinct values and each row's place among them; where they are long
 * numbers in hexadecimal, none of which repeats, their bytes in base64, one number after another.
 */
export type Column =
  | { readonly values: readonly unknown[]; readonly at?: readonly number[] }
  | { readonly hex: string; readonly digits: number };

export interface Table {
  readonly size: number;
  readonly columns: Readonly<Record<string, Column>>;
}

// Shorter numbers compress as well as they are.
const fewestDigits = 16;

function packColumn(values: readonly unknown[]): Column {
  const places = new Map<string, number>();
  const distinct: unknown[] = [];
  const at = values.map((value) => {
    const key = JSON.stringify(value);
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, distinct.length);
    return distinct.push(value) - 1;
  });
  if (distinct.length * 2 <= values.length) return { values: distinct, at };
  return packHex(values) ?? { values };
}

function packHex(values: readonly unknown[]): Column | null {
  const digits = typeof values[0] === 'string' ? values[0].length : 0;
  const alike = (value: unknown): value is string =>
    typeof value === 'string' && value.length === digits && /^(?:[0-9a-f]{2})+$/.test(value);
  if (digits < fewestDigits || !values.every(alike)) return null;
  const bytes = values.join('').match(/../g) ?? [];
  return { hex: btoa(bytes.map((byte) => String.fromCharCode(Number.parseInt(byte, 16))).join('')), digits };
}

function unpackColumn(column: Column, size: number): readonly unknown[] {
  if ('hex' in column) return unpackHex(column.hex, column.digits, size);
  const { values, at } = column;
  return at === undefined ? values : at.map((place) => values[place]);
}

const pairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

// A loop, since there may be millions of bytes and a reader waits.
function unpackHex(hex: string, digits: number, size: number): readonly string[] {
  const bytes = atob(hex);
  const length = digits / 2;
  return Array.from({ length: size }, (_, index) => {
    let text = '';
    for (let at = index * length; at < (index + 1) * length; at += 1)
      text += pairs[bytes.charCodeAt(at)] ?? '';
    return text;
  });
}

/** Rows of one shape → columns. */
export function packTable(rows: readonly object[]): Table {
  const names = Object.keys(rows[0] ?? {});
  const columns = names.map((name) => {
    const values = rows.map((row): unknown => Reflect.get(row, name));
    return [name, packColumn(values)] as const;
  });
  return { size: rows.length, columns: Object.fromEntries(columns) };
}

/** Columns → rows. */
export function unpackTable({ size, columns }: Table): Record<string, unknown>[] {
  const rows = Array.from({ length: size }, (): Record<string, unknown> => ({}));
  for (const [name, column] of Object.entries(columns)) {
    const values = unpackColumn(column, size);
    rows.forEach((row, index) => {
      row[name] = values[index];
    });
  }
  return rows;
}
