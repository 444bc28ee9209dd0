/**
 * A token bucket that follows what AWS answers: so many calls a second, with a burst of one second's worth where no other is
 * said, and of one call at least. A throttled call halves the rate; calls that are answered bring it back.
 */
export class Limiter {
  readonly #most: number;
  readonly #burst: number;
  #rate: number;
  #tokens: number;
  #last = performance.now();
  /** When the rate was last halved. */
  #halved = Number.NEGATIVE_INFINITY;
  /** Calls that wait for their turn. */
  #waiting = 0;
  /** The time at which the next waiting call may go; calls are let through in the order in which they came. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(perSecond: number, burst = perSecond) {
    this.#most = perSecond;
    this.#burst = burst;
    this.#rate = perSecond;
    this.#tokens = Math.max(1, burst);
  }

  /** Calls a second that are let through now. */
  get rate(): number {
    return this.#rate;
  }

  /** Resolves when a call may be made, with the time to give to {@link throttled}; rejects when the scan is stopped. */
  take(signal?: AbortSignal): Promise<number> {
    this.#waiting += 1;
    const turn = this.#queue.then(() => this.#wait(signal));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** Whether it is as a new one would be: at its full rate, with its whole burst, and nobody waits. */
  isAtRest(): boolean {
    if (this.#waiting > 0 || this.#rate !== this.#most) return false;
    this.#refill();
    return this.#tokens >= Math.max(1, this.#burst);
  }

  /** AWS said that there were too many calls. Those that left before the rate was halved say nothing of the new one. */
  throttled(left: number): void {
    const now = performance.now();
    if (left < this.#halved) return;
    this.#halved = now;
    this.#rate = Math.max(Math.min(this.#most, slowest), this.#rate / 2);
    this.#tokens = 0;
    this.#last = now;
  }

  /** A call was answered. At any rate it takes the same time to grow by the same number of calls a second. */
  answered(): void {
    if (this.#rate === this.#most) return;
    this.#rate = Math.min(this.#most, this.#rate + this.#most / (recoverySeconds * this.#rate));
  }

  async #wait(signal: AbortSignal | undefined): Promise<number> {
    try {
      signal?.throwIfAborted();
      this.#refill();
      while (this.#tokens < 1) {
        await sleep(((1 - this.#tokens) / this.#rate) * 1000, signal);
        this.#refill();
      }
      this.#tokens -= 1;
      return this.#last;
    } finally {
      this.#waiting -= 1;
    }
  }

  #refill(): void {
    const now = performance.now();
    const most = Math.max(1, (this.#burst * this.#rate) / this.#most);
    this.#tokens = Math.min(most, this.#tokens + ((now - this.#last) / 1000) * this.#rate);
    this.#last = now;
  }
}

/** Calls a second that are made however often AWS throttles. */
const slowest = 0.5;

/** How long a rate near nothing takes to be the full one again, when nothing is throttled. */
const recoverySeconds = 30;

/** A timer's millisecond may end early by a fraction, hence the one more. */
function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      // The reason is whatever the scan was stopped with: the caller tells it by identity.
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, Math.ceil(milliseconds));
    signal?.addEventListener('abort', stop, { once: true });
  });
}
