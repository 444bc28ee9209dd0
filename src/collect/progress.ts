/** What the collector tells while it works; the command line shows it. */
export interface Progress {
  /** So many accounts will be read in this step. */
  step(name: string, accounts: number): void;
  accountDone(account: string, buckets: number): void;
  called(): void;
  throttled(): void;
  /** Something that the user should read: an account that cannot be read, say. */
  notice(sentence: string): void;
}
