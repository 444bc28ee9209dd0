/** What every format says of waivers, and of what changed. The HTML page has a test of its own. */
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { csv } from '../../reports/csv.ts';
import type { Besides } from '../../reports/format.ts';
import { junit } from '../../reports/junit.ts';
import { markdown } from '../../reports/markdown.ts';
import { narrowed } from '../../reports/narrow.ts';
import { ocsf } from '../../reports/ocsf.ts';
import type { Audit, AuditChange, WaiverUse } from '../../src/model/audit.ts';
import type { Change, Finding } from '../../src/model/finding.ts';
import { sampleAudit, streamed } from './sample.ts';
import { written } from './written.ts';

const { audit: plain, findings: sample } = sampleAudit({ findings: 60 });
const waiver = { reason: 'It moves in spring.', owner: 'team-a', expires: '2027-01-31' };

function taken(outcome: Finding['outcome'], from: number): Finding {
  const found = sample.filter((each) => each.outcome === outcome)[from];
  if (!found) throw new Error('the sample has too few findings');
  return found;
}

const named = (finding: Finding, change: Change, more: Partial<Finding> = {}): Finding => ({
  ...{ ...finding, change, message: `It is ${change}`, fingerprint: change },
  ...more,
});
const fresh = named(taken('fail', 0), 'new');
const unchanged = named(taken('fail', 1), 'unchanged');
const waived = named(taken('fail', 2), 'unchanged', {
  waiver,
  message: 'It is waived',
  fingerprint: 'waived',
});
const unknownNow = named(taken('unknown', 0), 'unknown-now');
const resolved = named(taken('fail', 3), 'resolved');
const carried = named(taken('fail', 4), 'carried');

const all = [fresh, unchanged, unknownNow, waived];
const besides: Besides = { resolved: streamed([resolved]), carried: streamed([carried]) };
const use: WaiverUse = {
  ...{ ...waiver, rule: waived.rule, only: { buckets: ['a'] } },
  ...{ state: 'expiring', failures: 1, undecided: 0, said: 'It expires soon.' },
};
const none = { error: 0, warning: 0, note: 0 };
const count = (finding: Finding): Readonly<Record<'error' | 'warning' | 'note', number>> => ({
  ...none,
  [finding.severity]: 1,
});
const change: AuditChange = {
  baseline: { replint: '0.1.0', finished: '2026-11-20T08:00:00.000Z', configuration: 'another' },
  ...{ new: count(fresh), unchanged: count(unchanged), resolved: count(resolved), carried: count(carried) },
  ...{ unknownNow: 1, dropped: 0, carriedAccounts: [], carriedRules: false, rules: {} },
};
const audit: Audit = {
  ...plain,
  tallies: { ...plain.tallies, waived: 1 },
  waivers: [{ ...use, owner: 'team-b', said: null }, use],
  change,
};

describe('OCSF', () => {
  test('says what happened to each finding, and suppresses what is waived', async () => {
    // The shape that the assertions below look into.
    const events = JSON.parse(await written(ocsf, audit, streamed(all), besides)) as Record<
      string,
      unknown
    >[];
    expect(
      events.map(({ message, activity_id, type_uid, status_id, status, compliance }) => [
        ...[message, activity_id, type_uid, status_id, status],
        (compliance as { status: string }).status,
      ]),
    ).toEqual([
      ['It is new', 1, 200301, 1, 'New', 'Fail'],
      ['It is unchanged', 2, 200302, 99, 'Unchanged', 'Fail'],
      ['It is unknown-now', 2, 200302, 99, 'Unknown now', 'Warning'],
      ['It is waived', 2, 200302, 3, 'Suppressed', 'Fail'],
      ['It is resolved', 3, 200303, 4, 'Resolved', 'Resolved'],
      ['It is carried', 2, 200302, 99, 'Carried', 'Fail'],
    ]);
    expect(events[3]?.['unmapped']).toMatchObject({ waiver, change: 'unchanged' });
  });
});

describe('JUnit', () => {
  test('fails no case of what is waived or was not looked at, and passes what is resolved', async () => {
    const text = await written(junit, audit, streamed(all), besides);
    const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@' });
    // The shape that the assertions below look into.
    const { testsuites } = parser.parse(text) as {
      testsuites: { testsuite: Record<string, string> & { testcase: Record<string, unknown>[] } };
    };
    const { testsuite: suite } = testsuites;
    expect(suite).toMatchObject({ '@failures': '2', '@skipped': '3' });
    expect(Number(suite['@tests'])).toBe(suite.testcase.length);
    const of = (name: string): Record<string, unknown> =>
      suite.testcase.find((one) => String(one['@name']).endsWith(`[${name}]`)) ?? {};
    expect(JSON.stringify(of('new')['failure'])).toContain('Since the baseline: new');
    expect(of('unchanged')).toHaveProperty('failure');
    expect(of('waived')).toMatchObject({
      skipped: { '@message': 'Waived until 2027-01-31 by team-a: It moves in spring. It is waived' },
    });
    expect(of('unknown-now')).toMatchObject({
      skipped: { '@message': 'Failed in the baseline, and not known now: It is unknown-now' },
    });
    expect(of('carried')).toMatchObject({
      skipped: { '@message': 'Failed in the baseline, and not looked at now: It is carried' },
    });
    expect(of('resolved')).toEqual({
      ...{ '@classname': of('resolved')['@classname'], '@name': of('resolved')['@name'] },
      'system-out': 'Resolved: It is resolved',
    });
  });
});

describe('Markdown', () => {
  test('counts what is waived, new, unchanged, resolved and carried, and lists it as that', async () => {
    const text = (await written(markdown, audit, streamed(all), besides)).replaceAll('\\', '');
    const { fail, unknown, pass } = audit.tallies;
    expect(text).toContain(`| ${fail.error} | ${fail.warning} | ${fail.note} | 1 | ${unknown} | ${pass} |`);
    expect(text).toContain('## Since the audit of 2026-11-20T08:00:00.000Z');
    for (const name of ['new', 'unchanged', 'resolved', 'carried'] as const) {
      const { error, warning, note } = change[name];
      expect(text).toContain(`| ${name} | ${error} | ${warning} | ${note} |`);
    }
    expect(text).toContain(`| ${fresh.severity}, new |`);
    expect(text).toContain(`| waived (${waived.severity}), unchanged |`);
    expect(text).toMatch(/## Resolved since the last audit\n\n- .*: It is resolved\n/);
    expect(text).toMatch(/not looked at or not known now\n\n- .*: It is carried\n/);
  });

  test('lists waivers, those first of which something is to be said', async () => {
    const text = (await written(markdown, audit, streamed(all), besides)).replaceAll('\\', '');
    const [, section = ''] = text.split('## Waivers\n\n');
    const [, , first = '', second = ''] = section.split('\n');
    expect(first).toBe(
      `| ${waived.rule} | team-a | 2027-01-31 | 1 | It moves in spring. | It expires soon. |`,
    );
    expect(second).toContain('team-b');
  });

  test('without a baseline or a waiver speaks of neither', async () => {
    const text = await written(markdown, plain, streamed(sample));
    expect(text).not.toMatch(/Since the audit|Waivers|Resolved/);
  });

  test('says that it is cut where there is much that is resolved', async () => {
    const many = { ...besides, resolved: streamed(Array.from({ length: 51 }, () => resolved)) };
    expect(await written(markdown, audit, streamed(all), many)).toContain('**Cut here: 50 of 51.**');
  });
});

describe('CSV', () => {
  test('has a row for each, with its change and its waiver', async () => {
    const rows = (await written(csv, audit, streamed(all), besides)).trim().split('\r\n').slice(1);
    const changes = rows.map((row) => row.split(',').slice(-4).join(','));
    expect(changes).toEqual([
      '"new","","",""',
      '"unchanged","","",""',
      '"unknown-now","","",""',
      '"unchanged","It moves in spring.","team-a","2027-01-31"',
      '"resolved","","",""',
      '"carried","","",""',
    ]);
  });
});

describe('an audit narrowed to a framework', () => {
  const bearing = sample.filter(
    ({ rule, policy, outcome }) =>
      outcome === 'fail' &&
      (plain.rules[policy ?? rule]?.controls ?? []).some((one) => one.startsWith('AWS-SecurityHub/')),
  );
  const [a, b, c, d] = bearing;
  const foreign = sample.find(
    ({ rule, policy, outcome }) => outcome === 'fail' && plain.rules[policy ?? rule]?.controls.length === 0,
  );
  if (!a || !b || !c || !d || !foreign) throw new Error('the sample has too few findings');

  test('counts what is waived and what changed again, of its rules alone', async () => {
    const own = [named(a, 'new'), named(b, 'unchanged', { waiver }), named(foreign, 'new')];
    const apart = {
      resolved: streamed([named(c, 'resolved'), named(foreign, 'resolved')]),
      carried: streamed([named(d, 'carried')]),
    };
    const whole = {
      ...audit,
      tallies: {
        ...audit.tallies,
        waived: 9,
        rules: {
          ...plain.tallies.rules,
          [b.policy ?? b.rule]: { ...{ pass: 0, fail: 0, waived: 1 }, ...{ unknown: 0, notApplicable: 0 } },
        },
      },
      waivers: [
        { ...use, rule: b.rule },
        { ...use, rule: foreign.rule },
        { ...use, rule: 'of-policies' },
      ],
      coverage: {
        ...plain.coverage,
        accounts: plain.coverage.accounts.filter(({ id }) => id !== d.resource.account),
      },
    };
    const some = await narrowed(whole, streamed(own), 'AWS-SecurityHub', apart);
    expect(some.audit.tallies.waived).toBe(1);
    expect(some.audit.tallies.fail).toEqual(count(a));
    expect(some.audit.waivers.map(({ rule }) => rule)).toEqual([b.rule, 'of-policies']);
    expect(some.audit.change).toMatchObject({
      ...{ new: count(a), unchanged: none, resolved: count(c), carried: count(d), unknownNow: 0 },
    });
    const scanned = await narrowed(
      { ...whole, coverage: plain.coverage },
      streamed(own),
      'AWS-SecurityHub',
      apart,
    );
    expect(scanned.audit.change?.unknownNow).toBe(1);
    const left: Finding[] = [];
    for await (const finding of some.besides.resolved()) left.push(finding);
    expect(left.map(({ rule }) => rule)).toEqual([c.rule]);
  });

  test('keeps what was carried along of a rule that was off in this audit and bears on it', async () => {
    const info = plain.rules[d.policy ?? d.rule];
    if (!info) throw new Error('no such rule');
    const off: Audit = {
      ...audit,
      change: { ...change, rules: { off: info, other: { ...info, controls: [] } } },
    };
    const apart = {
      ...besides,
      carried: streamed([named(d, 'carried', { rule: 'off' }), named(d, 'carried', { rule: 'other' })]),
    };
    const some = await narrowed(off, streamed([]), 'AWS-SecurityHub', apart);
    expect(Object.keys(some.audit.change?.rules ?? {})).toEqual(['off']);
    expect(some.audit.change?.carried).toEqual(count(d));
  });
});
