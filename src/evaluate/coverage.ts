/** Counts what was read and what was not. */
import type { Account, BucketLine, EndLine, Head, Manifest, Organization } from '../model/estate.ts';
import type { Cause, Observed } from '../model/facts.ts';
import type { Coverage, Gap } from '../model/audit.ts';

/** States in which nobody can read an account: leaving it out makes no scan incomplete. */
const closedStates: ReadonlySet<string> = new Set(['SUSPENDED', 'CLOSED']);

/** Whether every account told its buckets; a suspended one, which nobody can ask, may own what no other does. */
export function isEveryAccountListed({ id, accounts }: Organization): boolean {
  return id !== null && accounts.every(({ status }) => status === 'scanned');
}

function isClosed({ state }: Account): boolean {
  return closedStates.has(state);
}

/** A running count; `finish` gives the coverage. */
export class CoverageCount {
  readonly #buckets = new Map<string, number>();
  readonly #gaps = new Map<string, { cause: Cause; count: number; example: string }>();
  readonly #objects = { exact: 0, sampled: 0 };
  readonly #manifest: Manifest;
  #known = 0;
  #replicating = 0;
  #routes = 0;

  constructor(manifest: Manifest) {
    this.#manifest = manifest;
  }

  bucket(line: BucketLine, routes: number): void {
    this.#buckets.set(line.account, (this.#buckets.get(line.account) ?? 0) + 1);
    if (routes > 0) this.#replicating += 1;
    this.#routes += routes;
    this.#facts(line.facts, line.name);
  }

  /** Of a bucket its facts are counted where it is judged. The line is read only where facts are not known. */
  end({ kind, known, open, compared }: Head, line: () => EndLine): void {
    if (kind === 'bucket') return;
    if (compared !== undefined) this.#objects[compared] += 1;
    if (open === undefined) {
      this.#known += known;
      return;
    }
    const read = line();
    this.#facts(read.facts, nameOf(read));
  }

  finish(): Coverage {
    const { accounts } = this.#manifest.organization;
    const gaps = [...this.#gaps.values()].map(({ cause, count, example }): Gap => ({
      ...cause,
      count,
      example,
    }));
    return {
      // What AWS answered and no documentation settles was read all the same.
      complete:
        gaps.every(({ reason }) => reason === 'undetermined') &&
        accounts.every((account) => account.status === 'scanned' || isClosed(account)),
      accounts: accounts.map((account) => ({ ...account, buckets: this.#buckets.get(account.id) ?? 0 })),
      buckets: [...this.#buckets.values()].reduce((sum, count) => sum + count, 0),
      replicatingBuckets: this.#replicating,
      routes: this.#routes,
      factsKnown: this.#known,
      gaps: gaps.sort((a, b) => b.count - a.count || (gapKey(a) < gapKey(b) ? -1 : 1)),
      objects: { ...this.#objects, notCompared: this.#routes - this.#objects.exact - this.#objects.sampled },
    };
  }

  #facts(facts: EndLine['facts'], example: string): void {
    for (const observed of Object.values<Observed<unknown>>(facts)) {
      if (observed.known) this.#known += 1;
      else for (const cause of observed.causes) this.#gap(cause, example);
    }
  }

  #gap(cause: Cause, example: string): void {
    const key = gapKey(cause);
    const gap = this.#gaps.get(key);
    if (gap) gap.count += 1;
    else this.#gaps.set(key, { cause, count: 1, example });
  }
}

function nameOf(line: EndLine): string {
  switch (line.kind) {
    case 'bucket':
    case 'stranger':
      return line.name;
    case 'role':
      return line.arn;
    case 'key':
    case 'account':
      return line.id;
    case 'objects':
      return line.source;
  }
}

function gapKey({ reason, call, account }: Cause): string {
  return JSON.stringify([reason, call, account]);
}
