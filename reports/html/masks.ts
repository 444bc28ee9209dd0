/**
 * Texts without the names of their finding, so that findings which differ in nothing but names are one text to the dictionary.
 * The report masks, its client script unmasks.
 */

// Stand for the first, second… name. Unicode keeps these for private use; a text that has one already is left as it is.
const [base, marks] = [0xe000, /[\ue000-\ue00f]/g];
const asIs = '\ue00f';
const hasMark = /[\ue000-\ue00f]/;
// A shorter one saves nothing.
const shortest = 4;

/** In an order of their own, by which marks stand for them; fifteen at most. */
export type Names = readonly (string | null)[];

/** Replaces each of the names by its mark. */
export function masking(names: Names): (text: string) => string {
  const order = [...names.entries()]
    .filter((entry): entry is [number, string] => (entry[1]?.length ?? 0) >= shortest)
    // With a mark of its own, a name could come about where one stands already.
    .filter(([, name]) => !hasMark.test(name))
    // Longer names go first, since one may hold another.
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([place, name]) => [name, String.fromCharCode(base + place)] as const);
  return (text) => {
    if (hasMark.test(text)) return asIs + text;
    let masked = text;
    for (const [name, mark] of order) if (masked.includes(name)) masked = masked.replaceAll(name, mark);
    return masked;
  };
}

/** The reverse of `masking`, with the same names. */
export function unmask(text: string, names: Names): string {
  if (text.startsWith(asIs)) return text.slice(1);
  return text.replace(marks, (mark) => names[mark.charCodeAt(0) - base] ?? '');
}
