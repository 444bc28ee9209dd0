/** Things by name, as long as somebody uses them: of one that is gone not even the name is kept. */
export class Used<T extends object> {
  readonly #things = new Map<string, WeakRef<T>>();
  readonly #gone = new FinalizationRegistry<string>((name) => {
    // Another may have come in its place.
    if (this.get(name) === undefined) this.#things.delete(name);
  });

  get size(): number {
    return this.#things.size;
  }

  get(name: string): T | undefined {
    return this.#things.get(name)?.deref();
  }

  set(name: string, thing: T): void {
    this.#things.set(name, new WeakRef(thing));
    this.#gone.register(thing, name);
  }

  delete(name: string): void {
    this.#things.delete(name);
  }
}
