/** What was asked for last, by what it was asked by. Neighbours ask for the same: how much is kept bounds the memory, never an answer. */
export class Recent<K, T> {
  readonly #most: number;
  /** What was asked for last, and what had been before that filled up: all else is let go while it is still young. */
  #kept = new Map<K, T>();
  #before = new Map<K, T>();

  constructor(most: number) {
    this.#most = most;
  }

  get(by: K): T | undefined {
    const known = this.#kept.get(by);
    if (known !== undefined) return known;
    const before = this.#before.get(by);
    if (before !== undefined) this.set(by, before);
    return before;
  }

  /** What it is by, made where that is not kept. */
  of(by: K, make: (by: K) => T): T {
    const known = this.get(by);
    if (known !== undefined) return known;
    const made = make(by);
    this.set(by, made);
    return made;
  }

  set(by: K, one: T): void {
    if (this.#kept.size >= this.#most) {
      this.#before = this.#kept;
      this.#kept = new Map();
    }
    this.#kept.set(by, one);
  }
}
