import type { Log } from 'sarif';
import { describe, expect, test } from 'vitest';
import { categoryOf } from '../../reports/sarif/category.ts';
import { partNames, partsOf } from '../../reports/sarif/parts.ts';
import { sarif } from '../../reports/sarif.ts';
import type { AccountCoverage, Audit } from '../../src/model/audit.ts';
import { Redaction } from '../../src/redact/redaction.ts';
import { sampleAudit, streamed } from './sample.ts';
import { written } from './written.ts';

const { audit: plain, findings } = sampleAudit({ findings: 60, accounts: 6, incomplete: true });
const identity = { name: 'n', state: 'ACTIVE', ou: 'Root/A', buckets: 0 };
const accounts: readonly AccountCoverage[] = [
  { ...identity, id: '1', ouId: 'r-ab12/ou-ab12-aaaaaaaa', status: 'scanned' },
  { ...identity, id: '2', ouId: 'r-ab12/ou-ab12-aaaaaaaa', status: 'unreadable', causes: [] },
  { ...identity, id: '3', ouId: 'r-ab12/ou-ab12-bbbbbbbb', status: 'scanned' },
  { ...identity, id: '4', ouId: 'r-ab12', status: 'scanned' },
  { ...identity, id: '5', ouId: null, status: 'scanned' },
  { ...identity, id: '6', ouId: 'r-ab12', state: 'SUSPENDED', status: 'skipped', why: 'suspended' },
];
const gap = { reason: 'failed', detail: 'd', count: 1, example: 'e' } as const;
const audit: Audit = {
  ...plain,
  coverage: { ...plain.coverage, accounts, gaps: [gap, { ...gap, account: '1' }, { ...gap, account: '3' }] },
};

describe('an upload in parts', () => {
  test('by account has a part for each that was scanned or should have been', () => {
    expect(partsOf(audit, 'account').map(({ name }) => name)).toEqual(
      ['1', '2', '3', '4', '5'].map((id) => `account-${id}`),
    );
  });

  test('by OU has a part for each that has such an account, and one for those of which nobody knows the OU', () => {
    expect(partsOf(audit, 'ou').map(({ name }) => name)).toEqual([
      ...['ou-ab12-aaaaaaaa', 'ou-ab12-bbbbbbbb', 'ou-r-ab12', 'ou-unknown'],
    ]);
    expect(partNames(audit, 'ou')('of nobody')).toBe('ou-unknown');
  });

  const filesOf = (ou: string | null, ouId = 'r-ab12/ou-ab12-aaaaaaaa'): readonly string[] => {
    const [account] = accounts;
    if (!account) throw new Error('there is no account');
    const coverage = { ...audit.coverage, accounts: [{ ...account, ou, ouId }] };
    return partsOf({ ...audit, coverage }, 'ou').map(({ file }) => file);
  };

  test.each([
    ['Root/Workloads/Logistics & Sales', 'Workloads-Logistics-Sales'],
    ['Root/../../etc/passwd', 'etc-passwd'],
    ['Root/a\0b\u202egnp.\u200bexe\u3164/\n', 'a-b-gnp-exe'],
    ['Root/Développement/日本/カード', 'Développement-日本-カード'],
    // No twelve digits come about that were not there.
    [
      'Root/123456\u0301789012/1234-56789012/１２３４５６789012',
      '123456-789012-1234-56789012-１２３４５６789012',
    ],
    [`Root/${'x'.repeat(128)}/${'y'.repeat(20)}/😀`, `${'x'.repeat(18)}-${'y'.repeat(20)}`],
    ['Root//', ''],
    [null, ''],
  ])('by OU names the file of %j after its path, beside the id', (ou, slug) => {
    const [file = ''] = filesOf(ou);
    expect(file).toBe(slug === '' ? 'ou-ab12-aaaaaaaa' : `ou-ab12-aaaaaaaa.${slug}`);
    expect(Buffer.byteLength(file)).toBeLessThan(200);
  });

  test('by OU names the files of the root and of two OUs of one path apart, and keeps names out of the category', () => {
    expect(filesOf('Root', 'r-ab12')).toEqual(['ou-r-ab12.Root']);
    const parts = partsOf(audit, 'ou');
    expect(parts.map(({ file }) => file)).toEqual([
      ...['ou-ab12-aaaaaaaa.A', 'ou-ab12-bbbbbbbb.A', 'ou-r-ab12.A', 'ou-unknown'],
    ]);
    for (const part of parts) expect(categoryOf(part.audit)).not.toContain('.');
  });

  test.each([
    ['accounts', /111122223333/],
    ['names', /111122223333|Secret|Project/],
  ] as const)('names no file by what --redact %s hides', async (extent, hidden) => {
    const id = '111122223333';
    const [account] = accounts;
    if (!account) throw new Error('there is no account');
    const ou = { id, ou: `Root/Secret Project/of ${id}` };
    const coverage = { ...audit.coverage, gaps: [], accounts: [{ ...account, ...ou }] };
    const redaction = new Redaction(extent, 'k'.repeat(32), new Set());
    await redaction.learn({ ...audit, coverage }, []);
    const told = redaction.audit({ ...audit, coverage });
    for (const split of ['account', 'ou'] as const)
      for (const { name, file } of partsOf(told, split)) expect(`${name} ${file}`).not.toMatch(hidden);
    expect(partsOf(told, 'account').map(({ file }) => file)).toEqual([redaction.account(id)]);
    expect(partsOf(told, 'ou')[0]?.file).toMatch(/\.\S*of-account-|\.name-\w+-name-\w+/);
  });

  test('by account says of a token once that it is one of an account', () => {
    const coverage = {
      ...audit.coverage,
      accounts: [{ ...identity, id: 'account-kqzv', ouId: null, status: 'scanned' as const }],
    };
    const [part] = partsOf({ ...audit, coverage }, 'account');
    expect([part?.name, part?.file]).toEqual(['account-kqzv', 'account-kqzv']);
  });

  test('has categories that all differ, end with a slash and begin with the whole', () => {
    for (const split of ['account', 'ou'] as const) {
      const categories = partsOf(audit, split).map((part) => categoryOf(part.audit));
      expect(new Set(categories).size).toBe(categories.length);
      for (const category of categories) expect(category).toMatch(/^replint\/o-a1b2c3d4e5\/[\w-]+\/$/);
    }
    const [part] = partsOf({ ...audit, header: { ...audit.header, framework: 'A/B' } }, 'account');
    expect(part && categoryOf(part.audit)).toBe('replint/o-a1b2c3d4e5/framework-A_B/account-1/');
  });

  test('withholds the parts of which something was not scanned, and no others', () => {
    const held = (split: 'account' | 'ou'): readonly string[] =>
      partsOf(audit, split).flatMap(({ name, withheld }) => (withheld === undefined ? [] : [name]));
    expect(held('account')).toEqual(['account-2']);
    expect(held('ou')).toEqual(['ou-ab12-aaaaaaaa', 'ou-unknown']);
  });

  test('tells of a part what is of it, or of nobody', () => {
    const [first] = partsOf(audit, 'account');
    expect(first?.audit.coverage.accounts.map(({ id }) => id)).toEqual(['1']);
    expect(first?.audit.coverage.gaps.map(({ account }) => account)).toEqual([undefined, '1']);
  });

  test('keeps the part of an account that is suspended as long as something of it is carried', () => {
    const change = {
      baseline: { replint: '0', finished: 'f', configuration: 'c' },
      ...{ new: zero, unchanged: zero, resolved: zero, carried: zero, unknownNow: 0, dropped: 0 },
      ...{ carriedAccounts: ['6'], carriedRules: false, rules: {} },
    };
    expect(partsOf({ ...audit, change }, 'account').map(({ name }) => name)).toContain('account-6');
  });

  test('has a part without results for an account that has left: that closes its alerts', async () => {
    const part = partsOf(audit, 'account', ['9']).find(({ name }) => name === 'account-9');
    if (!part) throw new Error('no such part');
    expect(part.withheld).toBeUndefined();
    expect(partsOf(audit, 'ou', ['9'])).toEqual(partsOf(audit, 'ou'));
    const log = JSON.parse(await written(sarif, part.audit, streamed([]))) as Log;
    expect(log.runs).toHaveLength(1);
    expect(log.runs[0]?.results).toEqual([]);
  });

  test('has one run a file, which passes preflight', async () => {
    for (const part of partsOf(plain, 'account')) {
      const own = findings.filter(({ resource }) => `account-${resource.account}` === part.name);
      const { runs } = JSON.parse(await written(sarif, part.audit, streamed(own))) as Log;
      expect(runs.map(({ automationDetails }) => automationDetails?.id)).toEqual([
        `replint/o-a1b2c3d4e5/${part.name}/`,
      ]);
    }
  });
});

const zero = { error: 0, warning: 0, note: 0 };
