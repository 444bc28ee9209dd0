import { describe, expect, test } from 'vitest';
import { markdown } from '../../reports/markdown.ts';
import type { Audit } from '../../src/model/audit.ts';
import { sampleAudit, streamed } from './sample.ts';
import type { SampleOptions } from './sample.ts';
import { long } from './sample/hostile.ts';
import { written } from './written.ts';

async function textOf(options: SampleOptions, change = (audit: Audit): Audit => audit): Promise<string> {
  const { audit, findings } = sampleAudit(options);
  return written(markdown, change(audit), streamed(findings));
}

/** The rows of a section's table, without its head. */
function rowsOf(text: string, heading: string): readonly string[] {
  const [, section = ''] = text.split(`\n## ${heading}`);
  const [body = ''] = section.split('\n## ');
  return body
    .split('\n')
    .filter((one) => one.startsWith('| '))
    .slice(2);
}

describe('markdown', () => {
  test('says the counts, each finding worst first, the frameworks, and what was not read', async () => {
    const { audit, findings } = sampleAudit({ findings: 50, incomplete: true });
    const text = await textOf({ findings: 50, incomplete: true });
    const { fail, unknown, pass } = audit.tallies;
    expect(text).toContain(`| ${fail.error} | ${fail.warning} | ${fail.note} | 0 | ${unknown} | ${pass} |`);
    const rows = rowsOf(text, 'Findings');
    expect(rows).toHaveLength(50);
    rows.forEach((row, index) => {
      expect(row).toContain(findings[index]?.resource.account);
    });
    expect(rowsOf(text, 'Frameworks')).toHaveLength(audit.compliance.frameworks.length);
    expect(rowsOf(text, 'Facts')).toHaveLength(audit.coverage.gaps.length);
    expect(text).toContain('**Not everything could be read.**');
    const unreadable = audit.coverage.accounts.filter(({ status }) => status === 'unreadable');
    expect(unreadable.length).toBeGreaterThan(0);
    for (const { id } of unreadable) expect(text).toContain(`(${id})`);
    expect(text).not.toContain('Cut here');
  });

  test('sums up by rule, the worst and the most frequent first, and none that only passed', async () => {
    const tally = { pass: 9, fail: 0, waived: 0, unknown: 0, notApplicable: 0 };
    const info = {
      ...Object.values(sampleAudit().audit.rules)[0],
      severity: 'error',
    } as Audit['rules'][string];
    const text = await textOf({}, (audit) => ({
      ...audit,
      rules: { note: { ...info, severity: 'note' }, few: info, many: info, unsure: info, fine: info },
      tallies: {
        ...audit.tallies,
        rules: {
          note: { ...tally, fail: 99 },
          fine: tally,
          few: { ...tally, fail: 2 },
          unsure: { ...tally, unknown: 7 },
          many: { ...tally, fail: 1234, unknown: 1 },
        },
      },
    }));
    expect(rowsOf(text, 'By rule')).toEqual([
      '| error | many | 1234 | 1 |',
      '| error | few | 2 | 0 |',
      '| error | unsure | 0 | 7 |',
      '| note | note | 99 | 0 |',
    ]);
  });

  test('says that it is cut where it is', async () => {
    const text = await textOf({ findings: 201 });
    expect(rowsOf(text, 'Findings')).toHaveLength(200);
    expect(text).toContain('**Cut here: 200 of 201 findings.**');
    const accounts = await textOf({ accounts: 400, incomplete: true });
    expect(accounts).toMatch(/\*\*Cut here: 50 of \d+ accounts\.\*\*/);
  });

  test('stays below the 1 MiB of a summary, whatever names hold', async () => {
    // Every character is three bytes or escaped, and every text too long.
    for (const worst of ['漢'.repeat(2_000), '*'.repeat(2_000), '😀'.repeat(2_000), long]) {
      const { audit, findings } = sampleAudit({ findings: 1_000, accounts: 400, incomplete: true });
      const loud = findings.map((finding) => ({
        ...finding,
        ...{ message: worst, rule: worst, policy: worst, fix: { text: worst } },
        resource: { ...finding.resource, accountName: worst },
      }));
      const gaps = Array.from({ length: 200 }, () => ({
        ...({ reason: 'failed', call: worst, detail: worst, count: 1, example: worst } as const),
      }));
      const accounts = audit.coverage.accounts.map((account) => ({ ...account, name: worst }));
      const frameworks = Array.from({ length: 200 }, (_, index) => ({
        ...{ name: `${index}`, title: worst, catalogue: null, note: worst, sources: {}, controls: [] },
      }));
      const heavy: Audit = {
        ...audit,
        coverage: { ...audit.coverage, gaps, accounts },
        compliance: { subjects: {}, frameworks },
        waivers: Array.from({ length: 200 }, () => ({
          ...{ rule: worst, owner: worst, reason: worst, said: worst, expires: '2027-01-31', only: {} },
          ...({ state: 'expired', failures: 0, undecided: 0 } as const),
        })),
      };
      const apart = { resolved: streamed(loud), carried: streamed(loud) };
      const text = await written(markdown, heavy, streamed(loud), apart);
      expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
    }
  });

  test('of a hostile estate has no markup, link, mention or line of anybody else', async () => {
    const text = await textOf({ findings: 200, hostile: true });
    expect(/[\u202a-\u202e\u2066-\u2069\u2028\u2029]|(?!\n)\p{Cc}|\p{Cs}/u.test(text)).toBe(false);
    expect(text).not.toMatch(/(?<!\\)[<>`@]|(?<!\\)\]\(|:\/\/|\bwww\./i);
    const rows = rowsOf(text, 'Findings');
    expect(rows).toHaveLength(200);
    // Cells are divided by bars of ours alone.
    for (const row of rows) expect(row.match(/(?<!\\)(?:\\\\)*\|/g)).toHaveLength(6);
  });

  test('of nothing found says so', async () => {
    expect(await textOf({ findings: 0 })).toContain('\nNothing was found.\n');
  });
});
