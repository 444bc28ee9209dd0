/** Names that are known, found again wherever they stand in a text. */

/** Shorter ones are in every text. */
const shortest = 3;
const word = /[\p{L}\p{N}]+/gu;
/** A name that cannot be told from prose by its letters is one only where something says so. */
const plainWord = /^\p{L}+$/u;
const beforeName = /['"`/:=]$/;

interface Span {
  readonly start: number;
  readonly end: number;
}

export class Dictionary {
  /** From what stands between a name's first letter or digit and its last to the whole of it. */
  readonly #names = new Map<string, string>();
  /** The most words of a name that begins with this one. */
  readonly #lengths = new Map<string, number>();

  add(name: string): void {
    const words = wordsOf(name);
    const [first, last] = [words[0], words.at(-1)];
    if (first === undefined || last === undefined) return;
    const core = name.slice(first.start, last.end);
    if (core.length < shortest || this.#names.has(core)) return;
    this.#names.set(core, name);
    const opening = name.slice(first.start, first.end);
    this.#lengths.set(opening, Math.max(this.#lengths.get(opening) ?? 0, words.length));
  }

  /** The text, with each name replaced, the longest where several begin at a place. */
  replace(text: string, token: (name: string) => string): string {
    const words = wordsOf(text);
    let made = '';
    let done = 0;
    for (let index = 0; index < words.length;) {
      const found = this.#at(text, words, index);
      if (found === null) {
        index += 1;
        continue;
      }
      made += text.slice(done, found.start) + token(found.name);
      done = found.end;
      index += found.words;
    }
    return made + text.slice(done);
  }

  #at(text: string, words: readonly Span[], index: number): (Span & { name: string; words: number }) | null {
    const first = words[index];
    if (first === undefined) return null;
    const most = this.#lengths.get(text.slice(first.start, first.end)) ?? 0;
    for (let count = Math.min(most, words.length - index); count > 0; count -= 1) {
      const end = words[index + count - 1]?.end ?? first.end;
      const core = text.slice(first.start, end);
      const name = this.#names.get(core);
      if (name === undefined || !isName(core, text, first.start, end)) continue;
      return { start: first.start, end, name, words: count };
    }
    return null;
  }
}

function isName(core: string, text: string, start: number, end: number): boolean {
  if (!plainWord.test(core)) return true;
  return (start === 0 && end === text.length) || beforeName.test(text.slice(Math.max(0, start - 1), start));
}

function wordsOf(text: string): readonly Span[] {
  return Array.from(text.matchAll(word), ({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
  }));
}
