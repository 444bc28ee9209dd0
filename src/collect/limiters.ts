/** The limiters of a scan, by account and service: an account's limits count however many sessions read it. */
import { Limiter } from './limiter.ts';

/** So many are kept before anybody looks which of them are at rest. */
const few = 64;

export class Limiters {
  readonly #perSecond: number;
  readonly #kept = new Map<string, Limiter>();
  #most = few;

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  get size(): number {
    return this.#kept.size;
  }

  /** To be asked for again at each use: one that is at rest is as a new one, and is let go. */
  of(account: string, service: string): Limiter {
    const name = `${account}/${service}`;
    const known = this.#kept.get(name);
    if (known !== undefined) return known;
    if (this.#kept.size >= this.#most) this.#sweep();
    const limiter = new Limiter(this.#perSecond);
    this.#kept.set(name, limiter);
    return limiter;
  }

  /** Looked through once for as many new ones as were left before. */
  #sweep(): void {
    for (const [name, limiter] of this.#kept) if (limiter.isAtRest()) this.#kept.delete(name);
    this.#most = Math.max(few, 2 * this.#kept.size);
  }
}
