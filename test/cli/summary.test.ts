import { describe, expect, it } from 'vitest';
import { summary, type SummaryFacts } from '../../src/cli/summary.ts';
import { sampleAudit, streamed, type SampleOptions } from '../reports/sample.ts';

function factsOf(options: SampleOptions, more: Partial<SummaryFacts> = {}): SummaryFacts {
  const { audit, findings } = sampleAudit(options);
  return { audit, findings: streamed(findings), reports: [], seconds: null, calls: null, ...more };
}

const small: SampleOptions = { findings: 12, accounts: 4, incomplete: true };
const plain = { colour: false };
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const escapes = /\u001b\[\d+m/g;

describe('the summary', () => {
  it('says what was looked at, what was not, what is wrong and what to do', async () => {
    const facts = factsOf(small, { reports: ['replint-out/report.html'], seconds: 12.34, calls: 1234 });
    await expect(await summary(facts, plain)).toMatchFileSnapshot('summary.golden.txt');
  });

  it('says the same in colour, once the colours are taken away', async () => {
    const coloured = await summary(factsOf(small), { colour: true });
    expect(coloured.match(escapes)?.length).toBeGreaterThan(10);
    expect(coloured.replace(escapes, '')).toBe(await summary(factsOf(small), plain));
  });

  it('holds no escape sequence without colour, whatever the names hold', async () => {
    const text = await summary(
      factsOf({ findings: 200, accounts: 12, hostile: true, incomplete: true }),
      plain,
    );
    // All but its own line feeds.
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
    for (const line of text.split('\n')) expect(line.length).toBeLessThan(600);
  });

  it('shows no finding that is unknown among the worst, and five at most', async () => {
    const { audit, findings } = sampleAudit({ findings: 100 });
    const unknown = findings.filter(({ outcome }) => outcome === 'unknown');
    const none = await summary({ ...factsOf({}), audit, findings: streamed(unknown) }, plain);
    expect(none).not.toContain('The worst');
    const text = await summary({ ...factsOf({}), audit, findings: streamed(findings) }, plain);
    expect(text).toContain('The worst 5 of ');
    expect(text.match(/^\d+\. /gm)).toEqual(['1. ', '2. ', '3. ', '4. ', '5. ']);
  });

  it('names the account alone where there is no organization, and nothing that was not missed', async () => {
    const facts = factsOf({ findings: 0, accounts: 1 });
    const header = { ...facts.audit.header, organization: null };
    const text = await summary({ ...facts, audit: { ...facts.audit, header } }, plain);
    expect(text).toContain('Scanned  account 111122220000: 1 of 1 account, ');
    expect(text).not.toContain('Not read');
  });

  it('counts apart what is waived, and says what is to be said of waivers and of the baseline', async () => {
    const facts = factsOf(small);
    const zero = { error: 0, warning: 0, note: 0 };
    const change = {
      baseline: { replint: '0.1.0', finished: '2026-11-20T08:00:00.000Z', configuration: 'c' },
      ...{ new: { ...zero, error: 1, note: 2 }, unchanged: zero, resolved: { ...zero, note: 1 } },
      ...{ carried: { ...zero, error: 3 }, unknownNow: 1, dropped: 2 },
      ...{ carriedAccounts: [], carriedRules: false, rules: {} },
    };
    const waiver = { reason: 'r', owner: 'team\u001b[31m', expires: '2026-12-01' };
    const use = { ...waiver, rule: 'bucket-key-off', only: {}, failures: 1, undecided: 0 };
    const waivers = [
      { ...use, state: 'expiring', said: 'It expires on 2026-12-01, in 9 days.' },
      { ...use, state: 'in-force', said: null },
    ] as const;
    const tallies = { ...facts.audit.tallies, waived: 2 };
    const fails = facts.findings;
    const text = await summary(
      {
        ...facts,
        audit: { ...facts.audit, tallies, waivers, change },
        async *findings() {
          for await (const finding of fails()) yield { ...finding, waiver };
        },
      },
      plain,
    );
    expect(text).toContain('   ○ 2 waived   ? ');
    expect(text).toContain(
      'Since    2026-11-20T08:00:00.000Z: 3 new (1 error, 2 notes), none unchanged, 1 resolved (1 note)',
    );
    expect(text).toContain('  2 failures of the baseline are where this audit did not look: carried.');
    expect(text).toContain('  1 failure of the baseline is not known now: carried.');
    expect(text).toContain('  2 failures of the baseline are of rules that are no longer on.');
    expect(text).toContain(
      'Waivers\n  bucket-key-off (team\\u{1b}[31m): It expires on 2026-12-01, in 9 days.\n\nReports',
    );
    expect(text).not.toContain('The worst');
  });

  it('shows the worst of each rule, and how many are like it', async () => {
    const facts = factsOf({});
    const [one, other] = ['destination-public', 'bucket-key-off'];
    const [finding] = sampleAudit({ findings: 12 }).findings.filter(({ outcome }) => outcome === 'fail');
    if (!finding) throw new Error('the sample has no failure');
    const tally = { pass: 0, waived: 0, unknown: 0, notApplicable: 0 };
    const tallies = {
      ...facts.audit.tallies,
      fail: { error: 1234, warning: 0, note: 1 },
      rules: { [one]: { ...tally, fail: 1234 }, [other]: { ...tally, fail: 1 } },
    };
    const all = [one, one, one, other].map((rule) => ({ ...finding, rule }));
    const audit = { ...facts.audit, tallies };
    const text = await summary({ ...facts, audit, findings: streamed(all) }, plain);
    expect(text).toContain('\nThe worst 2 of 1,235, one of a rule\n');
    expect(text.match(/^\d\. .*$/gm)).toEqual([
      expect.stringMatching(/^1\. ■ destination-public .* · 1 of 1,234$/),
      expect.stringMatching(/^2\. ■ bucket-key-off .* · \d{12}$/),
    ]);
  });

  it('names ten accounts that were not read, and how many more there are', async () => {
    const facts = factsOf({});
    const [account] = facts.audit.coverage.accounts;
    if (!account) throw new Error('the sample has no account');
    const accounts = Array.from({ length: 12 }, (_, index) => ({
      ...{ ...account, id: String(100_000_000_000 + index) },
      ...({ status: 'skipped', why: 'Its state is SUSPENDED.' } as const),
    }));
    const audit = { ...facts.audit, coverage: { ...facts.audit.coverage, accounts, gaps: [] } };
    const text = await summary({ ...facts, audit }, plain);
    expect(text.match(/Its state is SUSPENDED/g)).toHaveLength(10);
    expect(text).toContain('\n  … and 2 more accounts; the report has all.\n');
  });

  it('says of a gap how many accounts it is about, where one caller was denied in many', async () => {
    const facts = factsOf(small);
    const cause = { reason: 'access-denied', call: 'sts:AssumeRole', account: '111122220000' } as const;
    const [account] = facts.audit.coverage.accounts;
    if (!account) throw new Error('the sample has no account');
    const accounts = ['1', '2', '3'].map((id) => ({
      ...account,
      ...({ id, status: 'unreadable', causes: [{ ...cause, detail: `Denied in ${id}.` }] } as const),
    }));
    const gap = { ...cause, detail: 'Denied in 2.', count: 15, example: 'x' };
    const other = { ...gap, account: '111122220001', detail: 'Denied elsewhere.' };
    const coverage = { ...facts.audit.coverage, accounts, gaps: [gap, other] };
    const text = await summary({ ...facts, audit: { ...facts.audit, coverage } }, plain);
    expect(text).toContain('  15 facts, 3 accounts that cannot be read, for example: Denied in 2.\n');
    expect(text).toContain('  15 facts, for example: Denied elsewhere.\n');
  });

  it('says how many more gaps there are', async () => {
    const facts = factsOf(small);
    const gap = { reason: 'failed', detail: 'It failed.', count: 1, example: 'x' } as const;
    const gaps = [{ ...gap, count: 7 }, gap, gap, gap, gap];
    const audit = { ...facts.audit, coverage: { ...facts.audit.coverage, gaps } };
    const text = await summary({ ...facts, audit }, plain);
    expect(text).toContain(
      '  7 facts, for example: It failed.\n  It failed.\n  It failed.\n  … and 2 more gaps; the report has all.',
    );
  });
});
