/** The sample's header, accounts and coverage. */
import type { AccountCoverage, Audit, Coverage, Gap, Header, Topology } from '../../../src/model/audit.ts';
import type { Cause } from '../../../src/model/facts.ts';
import type { Finding } from '../../../src/model/finding.ts';
import type { Taint } from './hostile.ts';

const ous = ['Root/Workloads/Production', 'Root/Workloads/Test', 'Root/Security', 'Root'];
const names = ['payments', 'data-lake', 'log-archive', 'web', 'backup', 'research', 'sandbox', 'audit'];

/** Accounts, the first of which were always scanned; some of the last are left out where the audit is incomplete. */
export function accountsOf(count: number, incomplete: boolean, taint: Taint): readonly AccountCoverage[] {
  return Array.from({ length: count }, (_, index) => accountOf(index, count, incomplete, taint));
}

function accountOf(index: number, count: number, incomplete: boolean, taint: Taint): AccountCoverage {
  const id = String(111122220000 + index);
  const ou = index % 4;
  const identity = {
    id,
    name: taint(`${names[index % names.length] ?? 'other'}-${index}`),
    state: 'ACTIVE',
    ou: taint(ous[ou] ?? 'Root'),
    ouId: ou === 3 ? 'r-a1b2' : `r-a1b2/ou-a1b2-0000000${ou}`,
    buckets: 12 + (index % 7),
  };
  if (index > 0 && index === count - 1) return { ...identity, ...suspended };
  if (incomplete && index > 0 && index % 3 === 2) return { ...identity, ...unreadable(id, taint) };
  if (incomplete && index > 0 && index % 5 === 4) return { ...identity, ...excluded(taint) };
  return { ...identity, status: 'scanned' };
}

const suspended = {
  state: 'SUSPENDED',
  buckets: 0,
  status: 'skipped',
  why: 'the account is SUSPENDED',
} as const;

function unreadable(
  id: string,
  taint: Taint,
): { buckets: number; status: 'unreadable'; causes: readonly Cause[] } {
  return {
    buckets: 0,
    status: 'unreadable',
    causes: [
      {
        reason: 'access-denied',
        call: 'sts:AssumeRole',
        account: '111122220000',
        detail: taint(`not allowed to assume arn:aws:iam::${id}:role/ReplintAudit`),
      },
    ],
  };
}

function excluded(taint: Taint): { buckets: number; status: 'skipped'; why: string } {
  return { buckets: 0, status: 'skipped', why: taint('left out by the configuration') };
}

export function headerOf(taint: Taint): Header {
  return {
    replint: '0.1.0',
    organization: 'o-a1b2c3d4e5',
    partition: 'aws',
    caller: { account: '111122220000', arn: taint('arn:aws:sts::111122220000:assumed-role/Auditor/session') },
    started: '2026-11-22T08:00:00.000Z',
    finished: '2026-11-22T08:07:31.000Z',
    configuration: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    preset: 'recommended',
    onlyRules: [],
  };
}

export function coverageOf(
  accounts: readonly AccountCoverage[],
  topology: Topology,
  findings: readonly Finding[],
  incomplete: boolean,
  taint: Taint,
): Coverage {
  const gaps = gapsOf(findings, taint);
  const routes = topology.edges.reduce((sum, edge) => sum + edge.routes, 0);
  return {
    complete: !incomplete && gaps.length === 0,
    accounts,
    buckets: accounts.reduce((sum, account) => sum + account.buckets, 0),
    replicatingBuckets: routes,
    routes,
    factsKnown: 9 * routes + 2 * accounts.reduce((sum, account) => sum + account.buckets, 0),
    gaps,
    objects: {
      exact: Math.floor(routes / 2),
      sampled: Math.floor(routes / 4),
      notCompared: routes - Math.floor(routes / 2) - Math.floor(routes / 4),
    },
  };
}

function gapsOf(findings: readonly Finding[], taint: Taint): readonly Gap[] {
  const gaps = new Map<string, Gap>();
  for (const finding of findings) {
    for (const cause of finding.causes) {
      const key = `${cause.reason} ${cause.call ?? ''} ${cause.account ?? ''}`;
      const gap = gaps.get(key);
      gaps.set(
        key,
        gap === undefined
          ? { ...cause, count: 1, example: taint(finding.resource.arn) }
          : { ...gap, count: gap.count + 1 },
      );
    }
  }
  return [...gaps.values()].sort((a, b) => b.count - a.count);
}

/** The accounts that were scanned: findings are about their buckets. */
export function scanned(accounts: Audit['coverage']['accounts']): readonly AccountCoverage[] {
  return accounts.filter((account) => account.status === 'scanned');
}
