/** The heat map: findings by account and Region, as a table. */
import type { AccountSurvey, Counts, Survey } from '../survey.ts';
import { compareCounts, compareText, none } from '../survey.ts';
import { count, counted, fragment, shown } from '../text.ts';

export interface HeatCell {
  /** Null: nothing was found here. */
  readonly link: string | null;
  /** `heat-error-3`: by what is worst here and how much of it. */
  readonly tint: string;
  readonly kind: keyof Counts;
  /** How many of the worst kind. */
  readonly count: string;
  /** All of it, in words. */
  readonly words: string;
}

export interface HeatRow {
  readonly name: string;
  readonly account: string;
  readonly link: string;
  readonly cells: readonly HeatCell[];
}

export interface Heat {
  readonly regions: readonly string[];
  readonly rows: readonly HeatRow[];
  /** Said where accounts or nothing at all are left out. */
  readonly remark: string | null;
}

// The worst of them; the rest are a filter away, and a table of a thousand rows tells nobody anything.
const rowsShown = 40;

const kinds: readonly (keyof Counts)[] = ['error', 'warning', 'unknown', 'note'];
const words: Readonly<Record<keyof Counts, readonly [string, string]>> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  unknown: ['unknown', 'unknown'],
  note: ['note', 'notes'],
};

/** Worst accounts first, Regions by name. */
export function heat(survey: Survey): Heat {
  const accounts = [...survey.accounts.values()].sort(
    (a, b) => compareCounts(a.counts, b.counts) || compareText(a.account, b.account),
  );
  const regions = [...new Set(accounts.flatMap((each) => [...each.regions.keys()]))].sort(compareText);
  const hidden = accounts.length - rowsShown;
  return {
    regions: regions.map((region) => (region === '' ? 'no Region' : shown(region, 60))),
    rows: accounts.slice(0, rowsShown).map((account) => row(account, regions)),
    remark:
      hidden > 0
        ? `The ${count(rowsShown)} worst accounts. ${counted(hidden, 'account')} with fewer findings not shown here; the table of findings has them all.`
        : null,
  };
}

function row(account: AccountSurvey, regions: readonly string[]): HeatRow {
  return {
    name: shown(account.name, 80),
    account: shown(account.account),
    link: fragment({ account: account.account }),
    cells: regions.map((region) => cell(account.account, region, account.regions.get(region) ?? none())),
  };
}

function cell(account: string, region: string, counts: Counts): HeatCell {
  const found = kinds.filter((kind) => counts[kind] > 0);
  const worst = found[0];
  if (worst === undefined) return { link: null, tint: '', kind: 'note', count: '', words: 'none' };
  return {
    link: fragment({ account, region: region === '' ? '?' : region }),
    tint: `heat-${worst}-${level(counts[worst])}`,
    kind: worst,
    count: count(counts[worst]),
    words: found.map((kind) => counted(counts[kind], ...words[kind])).join(', '),
  };
}

// Four steps are as many as an eye tells apart.
function level(number: number): number {
  return number >= 100 ? 4 : number >= 20 ? 3 : number >= 5 ? 2 : 1;
}
