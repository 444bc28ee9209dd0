/** An upload in parts, each a category of its own, where one category has more alerts than GitHub keeps. */
import type { AccountCoverage, Audit } from '../../src/model/audit.ts';
import { leftOut, withheld } from './category.ts';

/** What `--sarif-split` takes. */
export const splits = ['account', 'ou'] as const;
export type Split = (typeof splits)[number];

/** A file of its own, and the audit as it is told there. */
export interface Part {
  /** The last word of the category: an id, since a name may change. */
  readonly name: string;
  /** The file's name without its ending: an OU's path stands beside its id. */
  readonly file: string;
  readonly audit: Audit;
  /** Why it is not written, in a sentence or two. */
  readonly withheld: string | undefined;
}

/** The part of accounts whose OU nobody knows: today's. Tomorrow they may be known again, and nobody would close its alerts. */
const unknown = 'ou-unknown';

/** The parts' names of accounts. What belongs to an account that is in no OU that anybody knows stands in a part of its own. */
export function partNames(audit: Audit, split: Split): (account: string) => string {
  const names = new Map(audit.coverage.accounts.map((account) => [account.id, nameOf(account, split)]));
  return (id) => names.get(id) ?? nameOf({ id, ouId: null }, split);
}

function nameOf({ id, ouId }: Pick<AccountCoverage, 'id' | 'ouId'>, split: Split): string {
  // A token says already what it stands for.
  if (split === 'account') return id.startsWith('account-') ? id : `account-${id}`;
  const last = ouId?.split('/').at(-1);
  if (last === undefined) return unknown;
  return last.startsWith('ou-') ? last : `ou-${last}`;
}

/**
 * The parts of an audit, in the order of their names. An account that has left the organization keeps its part in the audit that
 * finds its failures resolved: an upload without results closes its alerts.
 */
export function partsOf(audit: Audit, split: Split, resolvedOf: readonly string[] = []): readonly Part[] {
  const nameFor = partNames(audit, split);
  const expected = new Set([
    ...leftOut(audit).map(({ id }) => id),
    ...(audit.change?.carriedAccounts ?? []),
    ...(split === 'account' ? resolvedOf : []),
    ...audit.coverage.accounts.filter(({ status }) => status === 'scanned').map(({ id }) => id),
  ]);
  const names = new Set([...expected].map(nameFor));
  return [...names].sort().map((name) => {
    const part = partOf(audit, name, nameFor);
    const why = name === unknown ? 'It is of accounts whose OU is not known.' : withheld(part);
    return { name, file: fileOf(name, part, split), audit: part, withheld: why };
  });
}

function fileOf(name: string, { coverage }: Audit, split: Split): string {
  if (split === 'account') return name;
  const path = coverage.accounts.find(({ ou, ouId }) => ou !== null && ouId !== null)?.ou ?? '';
  const slug = slugOf(path);
  return slug === '' ? name : `${name}.${slug}`;
}

/**
 * An OU's path as part of a file's name: letters and digits as they are, and a dash for what is between them; nothing is left out
 * without one, or an account's id could come about. Of a long path the last 40 are kept: a file's name has 255 bytes, of which
 * an id takes 70 and a letter up to 4.
 */
function slugOf(path: string): string {
  const [root = '', ...below] = path.split('/');
  const words = (below.length === 0 ? root : below.join('/'))
    .normalize('NFC')
    .replace(/(?:[^\p{L}\p{Nd}]|\p{Default_Ignorable_Code_Point})+/gu, '-');
  return words.replace(/^.+(?=.{40}$)/u, '').replace(/^-|-$/g, '');
}

function partOf(audit: Audit, name: string, nameFor: (account: string) => string): Audit {
  const { header, coverage } = audit;
  const within = (account: string | undefined): boolean => account === undefined || nameFor(account) === name;
  return {
    ...audit,
    header: { ...header, part: name },
    coverage: {
      ...coverage,
      accounts: coverage.accounts.filter(({ id }) => within(id)),
      gaps: coverage.gaps.filter(({ account }) => within(account)),
    },
  };
}
