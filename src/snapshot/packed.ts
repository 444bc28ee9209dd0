/**
 * A line as it stands on disk. Who asked for a fact is nearly always who asked for the others, and to name the members of each
 * observation takes longer to read than what was observed.
 */
import type { BucketLine, EndLine } from '../model/estate.ts';
import type { Known, Observed, Unknown } from '../model/facts.ts';

/** The account that asked for the first known fact, and so for nearly all, and the line. */
export type PackedLine = readonly [by: string, line: object];

/** A known fact: the account is left out where it is the line's. */
type PackedFact = readonly [value: unknown, at: string, account?: string] | Unknown;

type Line = BucketLine | EndLine;

/** What is written. */
export function packed(line: Line): PackedLine {
  const observed = Object.entries<Observed<unknown>>(line.facts);
  const by = observed.find(([, fact]) => fact.known)?.[1];
  const account = by?.known === true ? by.account : '';
  const facts = observed.map(([name, fact]): [string, PackedFact] => [name, packedFact(fact, account)]);
  return [account, { ...line, facts: Object.fromEntries(facts) }];
}

function packedFact(fact: Observed<unknown>, by: string): PackedFact {
  if (!fact.known) return fact;
  const { value, at, account } = fact;
  return account === by ? [value, at] : [value, at, account];
}

/** What was written, unpacked in place: nobody else has it. */
export function unpacked([by, line]: PackedLine): Line {
  // What `packed` made of a line.
  const { facts } = line as { readonly facts: Record<string, PackedFact | Observed<unknown>> };
  for (const name in facts) {
    const fact = facts[name];
    if (!isPackedFact(fact)) continue;
    const [value, at, account = by] = fact;
    facts[name] = new Fact(value, account, at);
  }
  return line as Line;
}

/**
 * Made by a constructor, since V8 counts how long what a literal makes lives: where the first ones happened to be in use at
 * a collection, it would make all others among the old, where each keeps what it holds until the next full collection.
 */
class Fact implements Known<unknown> {
  readonly known = true;
  readonly value: unknown;
  readonly account: string;
  readonly at: string;

  constructor(value: unknown, account: string, at: string) {
    this.value = value;
    this.account = account;
    this.at = at;
  }
}

function isPackedFact(fact: unknown): fact is Exclude<PackedFact, Unknown> {
  return Array.isArray(fact);
}
