/** How often each operation was answered, for tests that count calls. */

/** One line of the log: an operation, who called it, about which bucket, and how often. */
interface CallCount {
  readonly operation: string;
  readonly account: string;
  readonly bucket: string | null;
  readonly count: number;
}

/** Counts answered calls; an answer that a fault spoilt counts as well. */
export class CallLog {
  readonly #counts = new Map<string, number>();

  add(operation: string, account: string, bucket: string | null): void {
    const key = `${operation}\n${account}\n${bucket ?? ''}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  /** Every line, in the order in which it was first seen. */
  entries(): CallCount[] {
    return [...this.#counts].map(([key, count]) => {
      const [operation = '', account = '', bucket = ''] = key.split('\n');
      return { operation, account, bucket: bucket === '' ? null : bucket, count };
    });
  }

  /** The calls that match what is given. */
  count(only: { operation?: string; account?: string; bucket?: string } = {}): number {
    return this.entries()
      .filter((line) => only.operation === undefined || line.operation === only.operation)
      .filter((line) => only.account === undefined || line.account === only.account)
      .filter((line) => only.bucket === undefined || line.bucket === only.bucket)
      .reduce((sum, line) => sum + line.count, 0);
  }

  clear(): void {
    this.#counts.clear();
  }
}
