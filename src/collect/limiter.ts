/** A token bucket: so many calls a second, with a burst of one second's worth where no other is said, and of one call at least. */
export class Limiter {
  readonly #perSecond: number;
  readonly #most: number;
  #tokens: number;
  #last = performance.now();
  /** The time at which the next waiting call may go; calls are let through in the order in which they came. */
  #queue: Promise<void> = Promise.resolve();

  constructor(perSecond: number, burst = perSecond) {
    this.#perSecond = perSecond;
    this.#most = Math.max(1, burst);
    this.#tokens = this.#most;
  }

  /** Resolves when a call may be made. */
  take(): Promise<void> {
    const turn = this.#queue.then(() => this.#wait());
    this.#queue = turn;
    return turn;
  }

  async #wait(): Promise<void> {
    this.#refill();
    if (this.#tokens < 1) {
      const missing = ((1 - this.#tokens) / this.#perSecond) * 1000;
      await new Promise((resolve) => setTimeout(resolve, missing));
      this.#refill();
    }
    this.#tokens -= 1;
  }

  #refill(): void {
    const now = performance.now();
    this.#tokens = Math.min(this.#most, this.#tokens + ((now - this.#last) / 1000) * this.#perSecond);
    this.#last = now;
  }
}
