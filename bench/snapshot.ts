/** What the generated organizations of the benchmarks have in common: a healthy pair's lines, named otherwise and put where a scan would put them. */
import { rules } from '../rules/index.ts';
import { endName } from '../src/head.ts';
import type { Account, BucketLine, EndLine } from '../src/model/estate.ts';
import { planOf } from '../src/plan.ts';
import { select } from '../src/selection.ts';
import { snapshotFormat, writeBuckets, writeEnds, writeManifest } from '../src/snapshot/snapshot.ts';
import { healthy, type TestSituation } from '../src/tester.ts';
import { endLines, sourceLine } from '../src/tester/lines.ts';

const configuration = 'bench';

/** The lines of a situation as text, to be named many times. */
export interface Template {
  readonly source: string;
  readonly ends: readonly string[];
}

/** The accounts, by their numbers, in which a route begins and ends. */
export interface Places {
  readonly own: string;
  readonly other: string;
}

export function templateOf(situation: TestSituation): Template {
  const source = sourceLine(situation);
  return {
    source: JSON.stringify(source),
    ends: endLines(situation, source).map((line) => JSON.stringify(line)),
  };
}

const keys = {
  own: '11111111-2222-3333-4444-555555555555',
  other: '66666666-7777-8888-9999-000000000000',
};

/** Gives a template's text the names of a route; the keys are named after their accounts. */
export function naming({ own, other }: Places, names: Readonly<Record<string, string>>) {
  const to: Readonly<Record<string, string>> = {
    [healthy.source.account]: own,
    [healthy.destination.account]: other,
    [keys.own]: `11111111-2222-3333-4444-${own}`,
    [keys.other]: `66666666-7777-8888-9999-${other}`,
    ...names,
  };
  // The longest first: 'orders' stands in 'orders-replica'.
  const all = Object.keys(to).toSorted((a, b) => b.length - a.length);
  const pattern = new RegExp(all.join('|'), 'g');
  return (text: string): string => text.replace(pattern, (found) => to[found] ?? found);
}

/** The lines of wave two, by the account that they are written for, until it is. */
export class Ends {
  readonly #byAccount = new Map<string, Map<string, EndLine>>();
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  add(texts: readonly string[], { own, other }: Places): void {
    for (const text of texts) {
      // What the tester made, named otherwise.
      const line = JSON.parse(text) as EndLine;
      const owner = ownerOf(line, own, other);
      const kept = this.#byAccount.get(owner) ?? new Map<string, EndLine>();
      this.#byAccount.set(owner, kept.set(endName(line), line));
    }
  }

  write(account: string): void {
    const lines = this.#byAccount.get(account);
    if (lines === undefined) return;
    writeEnds(this.#folder, account, [...lines.values()]);
    this.#byAccount.delete(account);
  }

  writeAll(): void {
    for (const account of [...this.#byAccount.keys()]) this.write(account);
  }
}

function ownerOf(line: EndLine, own: string, other: string): string {
  switch (line.kind) {
    case 'bucket':
    case 'key':
      return line.account;
    case 'account':
      return line.id;
    case 'stranger':
      return other;
    case 'role':
    case 'objects':
      return own;
  }
}

/** What wave one wrote of an account. */
export function writeAccount(folder: string, id: string, lines: readonly BucketLine[]): void {
  writeBuckets(
    folder,
    { kind: 'account', format: snapshotFormat, id, configuration, status: { status: 'scanned' } },
    lines,
  );
}

export function writeOrganizationManifest(folder: string, accounts: readonly Account[]): void {
  const caller = accounts[0]?.id ?? '';
  writeManifest(folder, {
    format: snapshotFormat,
    replint: '0.0.0',
    configuration,
    started: healthy.at,
    finished: healthy.at,
    organization: {
      id: 'o-exampleorg',
      partition: 'aws',
      caller: { account: caller, arn: `arn:aws:iam::${caller}:role/ReplintAudit` },
      accounts: [...accounts],
    },
    facts: planOf(select(rules, { preset: 'all' })),
  });
}
