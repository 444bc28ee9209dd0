/** A call that was answered, or was not: never with what it was signed with. */
export interface AnsweredCall {
  /** As IAM names services. */
  readonly call: string;
  /** The account whose credentials asked; null where nobody knows yet. */
  readonly account: string | null;
  /** What it was about: a bucket, a role, a key, an account. */
  readonly about: string | null;
  /** `ok`, or the error's name. */
  readonly outcome: string;
  readonly attempts: number;
  readonly milliseconds: number;
}

/** Who hears of a client's calls. */
export interface Heard {
  /** Whose credentials ask; null where nobody knows yet. */
  readonly account: string | null;
  readonly answered: (call: AnsweredCall) => void;
}

/** What the collector tells while it works; the command line shows it. */
export interface Progress {
  /** So many accounts will be read in this step. */
  step(name: string, accounts: number): void;
  accountDone(account: string, buckets: number): void;
  called(): void;
  /** Left out: nobody wants to know of each call. */
  readonly answered?: ((call: AnsweredCall) => void) | undefined;
  throttled(): void;
  /** Something that the user should read: an account that cannot be read, say. */
  notice(sentence: string): void;
}

/** Who hears of the calls of an account's clients; nobody where the progress does not ask. */
export function heardBy(progress: Progress, account: string | null): Heard | undefined {
  if (progress.answered === undefined) return undefined;
  return {
    account,
    answered: (call) => {
      progress.answered?.(call);
    },
  };
}
