/** What was asked for last, by name. Neighbours ask for the same: how much is kept bounds the memory, never an answer. */
export class Recent<T> {
  readonly #most: number;
  /** What was asked for last, and what had been before that filled up: all else is let go while it is still young. */
  #kept = new Map<string, T>();
  #before = new Map<string, T>();

  constructor(most: number) {
    this.#most = most;
  }

  get(name: string): T | undefined {
    const known = this.#kept.get(name);
    if (known !== undefined) return known;
    const before = this.#before.get(name);
    if (before !== undefined) this.set(name, before);
    return before;
  }

  set(name: string, one: T): void {
    if (this.#kept.size >= this.#most) {
      this.#before = this.#kept;
      this.#kept = new Map();
    }
    this.#kept.set(name, one);
  }
}
