/**
 * Fingerprints, which are as many as the findings and as random as anything: they travel as the bytes that they are, and become text
 * where one is shown, so that a page neither spends time on a hundred thousand texts nor keeps them.
 */

/** The fingerprints of a block: all of so many digits, one after the other; or, where they are no such numbers, as they are. */
export type PrintPart = { readonly digits: number; readonly bytes: Uint8Array } | readonly string[];

// Who looks for `add` or `facade` looks for words.
const fewestDigits = 8;

const [zero, letterA] = ['0'.charCodeAt(0), 'a'.charCodeAt(0)];

/** Bytes where all are hexadecimal numbers of one length, otherwise as they are. */
export function packPrints(prints: readonly string[]): PrintPart {
  const digits = prints[0]?.length ?? 0;
  const alike = (print: string): boolean => print.length === digits && /^(?:[0-9a-f]{2})+$/.test(print);
  if (digits < fewestDigits || !prints.every(alike)) return prints;
  const all = prints.join('');
  const bytes = new Uint8Array(all.length / 2);
  for (let at = 0; at < bytes.length; at += 1)
    bytes[at] = (valueAt(all, 2 * at) << 4) | valueAt(all, 2 * at + 1);
  return { digits, bytes };
}

/** The value of a hexadecimal digit. */
function valueAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < letterA ? code - zero : code - letterA + 10;
}

/** How many fingerprints a part has. */
function sizeOf(part: PrintPart): number {
  return 'digits' in part ? (part.bytes.length * 2) / part.digits : part.length;
}

function printAt(part: PrintPart, index: number): string {
  if (!('digits' in part)) return part[index] ?? '';
  const length = part.digits / 2;
  const bytes = part.bytes.subarray(index * length, (index + 1) * length);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Places within the part of those that may begin so: few more than do. */
function* candidates(part: PrintPart, text: string): Iterable<number> {
  const size = sizeOf(part);
  const first = Number.parseInt(text.slice(0, 2), 16);
  const second = Number.parseInt(text.slice(2, 4), 16);
  for (let index = 0; index < size; index += 1) {
    if (!('digits' in part)) yield index;
    else {
      const at = (index * part.digits) / 2;
      if (part.bytes[at] === first && part.bytes[at + 1] === second) yield index;
    }
  }
}

/** The fingerprints of a page, by the places of their findings. */
export class Prints {
  readonly #parts: { readonly part: PrintPart; readonly from: number }[] = [];
  #size = 0;

  add(part: PrintPart): void {
    this.#parts.push({ part, from: this.#size });
    this.#size += sizeOf(part);
  }

  at(index: number): string {
    const holder = this.#parts.find(({ part, from }) => index < from + sizeOf(part));
    return holder === undefined ? '' : printAt(holder.part, index - holder.from);
  }

  /** The findings whose fingerprint begins so; what is too short to be one on purpose finds none. */
  beginning(text: string): readonly number[] {
    if (text.length < fewestDigits) return [];
    return this.#parts.flatMap(({ part, from }) =>
      [...candidates(part, text)]
        .filter((index) => printAt(part, index).startsWith(text))
        .map((index) => from + index),
    );
  }
}
