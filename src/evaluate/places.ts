/**
 * Which of many things have a name, in a dozen bytes each: an open table over the hashes of names. Names themselves would be
 * slow to hold and to collect garbage around, so none is held: who asks looks whether what is found has the name.
 */
export class Places {
  /** By what came first. */
  #hashes = new Int32Array(1024);
  /** At most half taken: how many came before, plus one; zero where there is nothing. */
  #table = new Int32Array(2 * 1024);
  #count = 0;

  /** The next thing's name. */
  add(name: string): void {
    if (this.#count === this.#hashes.length) this.#grow();
    this.#hashes[this.#count] = hashOf(name);
    this.#put(this.#count);
    this.#count += 1;
  }

  /** How many things came before each of those that have the name, and seldom one of another name; in their order. */
  of(name: string): readonly number[] {
    const hash = hashOf(name);
    let found = none;
    for (let at = this.#begin(hash); ; at = this.#next(at)) {
      const place = (this.#table[at] ?? 0) - 1;
      if (place < 0) return found;
      if (this.#hashes[place] === hash) found = [...found, place];
    }
  }

  #put(place: number): void {
    let at = this.#begin(this.#hashes[place] ?? 0);
    while (this.#table[at] !== 0) at = this.#next(at);
    this.#table[at] = place + 1;
  }

  #begin(hash: number): number {
    return (hash >>> 0) % this.#table.length;
  }

  #next(at: number): number {
    return (at + 1) % this.#table.length;
  }

  #grow(): void {
    const hashes = new Int32Array(this.#hashes.length * 2);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
    this.#table = new Int32Array(hashes.length * 2);
    for (let place = 0; place < this.#count; place += 1) this.#put(place);
  }
}

/** Most that is asked for is nowhere. */
const none: readonly number[] = [];

/** FNV-1a, with its high bits mixed into the low ones. http://www.isthe.com/chongo/tech/comp/fnv/ */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15);
}
