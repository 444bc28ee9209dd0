/**
 * Texts without the names of their finding, so that findings which differ in nothing but names are one text to the dictionary:
 * a fifth of the bytes. The report masks, its client script unmasks.
 */

// Stand for the first, second… name. Unicode keeps these for private use; a text that has one already is left as it is.
const [base, marks] = [0xe000, /[\ue000-\ue00f]/g];
const asIs = '\ue00f';
// A shorter one saves nothing.
const shortest = 4;

export type Names = readonly (string | null)[];

interface Named {
  readonly bucket: string;
  readonly destination: string | null;
  readonly account: string;
  readonly toAccount: string | null;
  readonly region: string | null;
  readonly toRegion: string | null;
}

/** The names that a finding's texts repeat. */
export function namesOf({ bucket, destination, account, toAccount, region, toRegion }: Named): Names {
  return [bucket, destination, account, toAccount, region, toRegion];
}

/** Each name in the text → its mark. Longer names go first, since one may hold another. */
export function mask(text: string, names: Names): string {
  if (text.search(marks) >= 0) return asIs + text;
  const order = [...names.entries()]
    .filter((entry): entry is [number, string] => (entry[1]?.length ?? 0) >= shortest)
    .sort(([, a], [, b]) => b.length - a.length);
  return order.reduce((masked, [place, name]) => masked.replaceAll(name, markOf(place)), text);
}

function markOf(place: number): string {
  return String.fromCharCode(base + place);
}

/** The reverse of `mask`, with the same names. */
export function unmask(text: string, names: Names): string {
  if (text.startsWith(asIs)) return text.slice(1);
  return text.replace(marks, (mark) => names[mark.charCodeAt(0) - base] ?? '');
}
