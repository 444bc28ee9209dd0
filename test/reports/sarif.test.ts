import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Log, Run } from 'sarif';
import { Ajv2020 } from 'ajv/dist/2020.js';
import schemaFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { preflight } from '../../reports/sarif/preflight.ts';
import { formats, usualFormats } from '../../reports/index.ts';
import { sarif } from '../../reports/sarif.ts';
import { sarifFull } from '../../reports/sarif-full.ts';
import type { Audit } from '../../src/model/audit.ts';
import type { Finding } from '../../src/model/finding.ts';
import { sampleAudit, streamed } from './sample.ts';
import { written } from './written.ts';

/** The multitool comes as a package for each system. */
const official = new URL(
  `../../node_modules/@microsoft/sarif-multitool-${process.platform}/sarif-2.1.0.json`,
  import.meta.url,
);
const ajv = new Ajv2020({ strict: false });
schemaFormats.default(ajv);
const validate = ajv.compile<Log>(JSON.parse(readFileSync(official, 'utf8')) as object);

async function logOf(audit: Audit, findings: readonly Finding[]): Promise<Log> {
  const log: unknown = JSON.parse(await written(sarif, audit, streamed(findings)));
  if (!validate(log)) throw new Error(ajv.errorsText(validate.errors));
  return log;
}

async function runOf(audit: Audit, findings: readonly Finding[]): Promise<Run> {
  const [run] = (await logOf(audit, findings)).runs;
  if (run === undefined) throw new Error('no run');
  return run;
}

function notes(run: Run): readonly (string | undefined)[] {
  return (run.invocations?.[0]?.toolExecutionNotifications ?? []).map((each) => each.message.text);
}

/** The sample's first failing finding. */
function oneOf(findings: readonly Finding[]): Finding {
  const found = findings.find((finding) => finding.outcome === 'fail');
  if (found === undefined) throw new Error('no failing finding');
  return found;
}

describe('the file', () => {
  test.each([
    {},
    { findings: 0, accounts: 1 },
    { findings: 500, accounts: 40, incomplete: true },
    { findings: 500, accounts: 300, incomplete: true, hostile: true },
    { findings: 6_000, hostile: true, seed: 7 },
  ])('of %o satisfies the official schema and the preflight', async (options) => {
    const { audit, findings } = sampleAudit(options);
    expect(preflight(await logOf(audit, findings))).toEqual([]);
  });

  test('is the golden one', async () => {
    const { audit, findings } = sampleAudit({ findings: 14, incomplete: true });
    const text = await written(sarif, audit, streamed(findings));
    await expect(text).toMatchFileSnapshot('golden/findings.sarif');
  });

  test('holds every fail, and no unknown', async () => {
    const { audit, findings } = sampleAudit({ findings: 90 });
    const run = await runOf(audit, findings);
    const { error, warning, note } = audit.tallies.fail;
    expect(run.results).toHaveLength(error + warning + note);
    expect(audit.tallies.unknown).toBeGreaterThan(0);
    expect(notes(run)[0]).toMatch(
      new RegExp(
        `^Checks whose outcome is not known: ${audit.tallies.unknown}\\. They stand in the other reports`,
      ),
    );
  });

  test('holds the worst 5,000, says so, and reads no further', async () => {
    const { audit, findings } = sampleAudit({ findings: 9_000 });
    const pulled: number[] = [];
    const counting = async function* (): AsyncIterable<Finding> {
      const pass = pulled.push(0) - 1;
      for await (const finding of streamed(findings)()) {
        pulled[pass] = (pulled[pass] ?? 0) + 1;
        yield finding;
      }
    };
    const log = JSON.parse(await written(sarif, audit, counting)) as Log;
    const fails = findings.filter((finding) => finding.outcome === 'fail');
    const fingerprints = log.runs[0]?.results?.map(
      (each) => each.partialFingerprints?.['primaryLocationLineHash'],
    );
    expect(fingerprints).toEqual(fails.slice(0, 5_000).map((finding) => `${finding.fingerprint}:1`));
    expect(notes(log.runs[0] as Run)[0]).toMatch(
      new RegExp(
        `^Code scanning keeps 5000 results: the 5000 worst of ${fails.length} stand here, and ${fails.length - 5_000} more`,
      ),
    );
    expect(pulled[0]).toBe(9_000);
    expect(pulled[1]).toBeLessThan(9_000);
  });
});

describe('what would be refused', () => {
  test('a finding of a rule that the audit does not describe', async () => {
    const { audit, findings } = sampleAudit();
    const stray = { ...oneOf(findings), rule: 'nobody-knows-it' };
    await expect(written(sarif, audit, streamed([stray]))).rejects.toThrow(
      /would be refused by GitHub code scanning:\nruns\[0\]\.results\[0\]\.ruleIndex/,
    );
  });

  test('a file that is too large, before its end is handed out', async () => {
    const { audit, findings } = sampleAudit();
    const noisy = Array.from({ length: 5_000 }, (_, index): Finding => {
      const noise = (): string => randomBytes(800).toString('base64');
      const texts = { message: noise(), expected: noise(), actual: noise(), fix: { text: noise() } };
      return { ...oneOf(findings), ...texts, fingerprint: String(index) };
    });
    const chunks: string[] = [];
    const writing = (async () => {
      for await (const chunk of sarif.write(audit, streamed(noisy))) chunks.push(chunk);
    })();
    await expect(writing).rejects.toThrow(/bytes gzipped; GitHub takes 10000000/);
    expect(() => JSON.parse(chunks.join('')) as unknown).toThrow(SyntaxError);
  });
});

describe('the category', () => {
  const skipped = { status: 'skipped', why: 'left out by the configuration' } as const;

  function audited(change: (account: Audit['coverage']['accounts'][number], index: number) => object): Audit {
    const { audit } = sampleAudit({ findings: 0, accounts: 5 });
    const accounts = audit.coverage.accounts.map((each, index) => ({ ...each, ...change(each, index) }));
    return { ...audit, coverage: { ...audit.coverage, accounts } };
  }

  async function categoryOf(audit: Audit): Promise<string | undefined> {
    return (await runOf(audit, [])).automationDetails?.id;
  }

  test('of a whole scan is the organization, though a suspended account was skipped', async () => {
    const audit = audited(() => ({}));
    expect(audit.coverage.accounts.at(-1)).toMatchObject({ state: 'SUSPENDED', status: 'skipped' });
    expect(await categoryOf(audit)).toBe('replint/o-a1b2c3d4e5/');
  });

  test('without an organization is the calling account', async () => {
    const audit = audited(() => ({}));
    const alone = { ...audit, header: { ...audit.header, organization: null } };
    expect(await categoryOf(alone)).toBe('replint/111122220000/');
  });

  test('of a partial scan is that of the whole: what it left out is said, and carried along or else nothing is written', async () => {
    const run = await runOf(
      audited((_, index) => (index === 1 ? skipped : {})),
      [],
    );
    expect(run.automationDetails?.id).toBe('replint/o-a1b2c3d4e5/');
    expect(notes(run)).toEqual([
      'Account 111122220001 (data-lake-1) was left out: left out by the configuration.',
    ]);
  });

  test('accounts without end are said in 50 notifications and one more', async () => {
    const { audit } = sampleAudit({ findings: 0, accounts: 300, incomplete: true });
    const said = notes(await runOf(audit, []));
    expect(said).toHaveLength(51);
    expect(said.at(-1)).toMatch(/^And \d+ more accounts that were left out\.$/);
  });
});

describe('an upload of less than the whole', () => {
  const { audit, findings } = sampleAudit({ findings: 60 });
  const baseline = { replint: '0.1.0', finished: '2026-11-21T08:00:00.000Z', configuration: 'c' };
  const zero = { error: 0, warning: 0, note: 0 };
  const change = {
    ...{ baseline, new: zero, unchanged: zero, resolved: zero, carried: zero, unknownNow: 0, dropped: 0 },
    ...{ carriedAccounts: [], carriedRules: false, rules: {} },
  };
  const fails = findings.filter(({ outcome }) => outcome === 'fail');
  const away = fails
    .filter((_, index) => index % 3 === 0)
    .map((each) => ({ ...each, change: 'carried' as const }));
  const here = fails.filter((_, index) => index % 3 !== 0);

  async function runWith(of: Audit, own: readonly Finding[], carried: readonly Finding[]): Promise<Run> {
    const besides = { resolved: streamed(own.slice(0, 1)), carried: streamed(carried) };
    const log: unknown = JSON.parse(await written(sarif, of, streamed(own), besides));
    if (!validate(log)) throw new Error(ajv.errorsText(validate.errors));
    const [run] = log.runs;
    if (run === undefined) throw new Error('no run');
    return run;
  }

  const printsOf = (run: Run): readonly (string | undefined)[] =>
    (run.results ?? []).map((each) => each.partialFingerprints?.['primaryLocationLineHash']);

  test('closes no alert of what is carried along: it is among the results, worst first', async () => {
    const run = await runWith({ ...audit, change }, here, away);
    expect(printsOf(run).toSorted()).toEqual(fails.map(({ fingerprint }) => `${fingerprint}:1`).toSorted());
    const levels = (run.results ?? []).map(({ level }) => ['error', 'warning', 'note'].indexOf(level ?? ''));
    expect(levels).toEqual(levels.toSorted());
    expect(notes(run)[0]).toMatch(new RegExp(`^Carried along from the baseline: ${away.length} failures`));
    const marked = run.results?.filter(({ properties }) => properties?.['change'] === 'carried');
    expect(marked).toHaveLength(away.length);
  });

  test('holds the worst 5,000 of both', async () => {
    const many = sampleAudit({ findings: 9_000 }).findings.filter(({ outcome }) => outcome === 'fail');
    const [one, two] = [many.filter((_, at) => at % 2 === 0), many.filter((_, at) => at % 2 === 1)];
    const run = await runWith({ ...audit, change }, one, two);
    // Of equals, those that were found come before those that are carried.
    expect(run.results?.map(({ level }) => level)).toEqual(
      many.slice(0, 5_000).map(({ severity }) => severity),
    );
    expect(new Set(printsOf(run)).size).toBe(5_000);
    expect(notes(run)[0]).toContain(`the 5000 worst of ${many.length} stand here`);
  });

  test('knows the rules of what is carried, though they were not on', async () => {
    const rule = away[0]?.policy ?? away[0]?.rule ?? '';
    const { [rule]: info, ...rules } = audit.rules;
    if (info === undefined) throw new Error('no such rule');
    const of = { ...audit, rules, change: { ...change, rules: { [rule]: info } } };
    const run = await runWith(of, [], away.slice(0, 1));
    expect(run.results?.map(({ ruleId }) => ruleId)).toEqual([rule]);
  });

  const skipped = { status: 'skipped', why: 'left out' } as const;
  const partial = {
    ...audit,
    coverage: {
      ...audit.coverage,
      accounts: audit.coverage.accounts.map((each, at) => (at === 1 ? { ...each, ...skipped } : each)),
    },
  };
  const [, left] = audit.coverage.accounts;
  const narrowed = { ...audit, header: { ...audit.header, onlyRules: ['bucket-key-off'] } };

  const first: Audit = { ...partial, header: { ...partial.header, neverScanned: [left?.id ?? ''] } };
  const why =
    /^1 account \(\d{12}\) was not scanned: GitHub would close the alerts of what is left out\. .*--baseline/;
  const only = /^only 1 rule \(bucket-key-off\) was judged: GitHub would close/;

  test.each([
    ['nothing', audit, null, null],
    ['an account', partial, null, why],
    ['an account that the baseline does not know either', partial, { carriedAccounts: ['9'] }, why],
    ['an account that is carried', partial, { carriedAccounts: [left?.id ?? ''] }, null],
    ['an account that was never scanned', first, null, null],
    ['an account that was never scanned, and a baseline', first, {}, null],
    ['rules', narrowed, null, only],
    ['rules that the baseline has not either', narrowed, {}, only],
    ['rules that are carried', narrowed, { carriedRules: true }, null],
    ['rules, the first time', { ...narrowed, header: { ...narrowed.header, neverScanned: [] } }, null, null],
  ] as const)('that lacks %s is withheld or not: %#', (_, of, more, sentence) => {
    const said = sarif.withheld?.(more === null ? of : { ...of, change: { ...change, ...more } });
    if (sentence === null) expect(said).toBeUndefined();
    else expect(said).toMatch(sentence);
  });

  test('that lacks both, and many, names five of each', () => {
    const accounts = Array.from({ length: 9 }, (_, at) => ({ ...partial.coverage.accounts[1], id: `${at}` }));
    const many = { ...narrowed, coverage: { ...audit.coverage, accounts } } as Audit;
    expect(sarif.withheld?.(many)).toMatch(
      /^9 accounts \(0, 1, 2, 3, 4, …\) were not scanned, and only 1 rule /,
    );
  });

  test('lacks what is waived, and says so, and what is to be said of waivers', async () => {
    const waiver = { reason: 'r', owner: 'team', expires: '2027-01-31' };
    const [first, ...rest] = fails;
    if (first === undefined) throw new Error('no failing finding');
    const use = {
      ...{ ...waiver, rule: 'bucket-key-off', only: {}, failures: 0, undecided: 0 },
      state: 'in-force',
    } as const;
    const waivers = [
      { ...use, said: 'It matches nothing.' },
      { ...use, said: null },
    ];
    const run = await runWith({ ...audit, waivers }, [{ ...first, waiver }, ...rest], [{ ...first, waiver }]);
    expect(printsOf(run)).toEqual(rest.map(({ fingerprint }) => `${fingerprint}:1`));
    expect(notes(run).filter((note) => note?.includes('aive'))).toEqual([
      expect.stringMatching(/^Failures that are waived: 1\. They stand in the other reports/),
      'The waiver of bucket-key-off (team): It matches nothing.',
    ]);
  });
});

describe('the full variant', () => {
  const { audit, findings } = sampleAudit({ findings: 40 });
  const waiver = { reason: 'It moves.', owner: 'team', expires: '2027-01-31' };

  test('suppresses what is waived, leaves open what is unknown, and has the state of each', async () => {
    const [one, two, three] = findings.filter(({ outcome }) => outcome === 'fail');
    const unknown = findings.find(({ outcome }) => outcome === 'unknown');
    if (!one || !two || !three || !unknown) throw new Error('no such findings');
    const own = [
      { ...one, waiver, change: 'new' as const },
      { ...unknown, change: 'unknown-now' as const },
    ];
    const besides = {
      resolved: streamed([{ ...two, change: 'resolved' }]),
      carried: streamed([{ ...three, change: 'carried' }]),
    };
    const log: unknown = JSON.parse(await written(sarifFull, audit, streamed(own), besides));
    if (!validate(log)) throw new Error(ajv.errorsText(validate.errors));
    const [run] = log.runs;
    expect(
      run?.results?.map(({ kind, suppressions, baselineState }) => [kind, suppressions, baselineState]),
    ).toEqual([
      [
        'fail',
        [{ kind: 'external', status: 'accepted', justification: 'It moves. (team, until 2027-01-31)' }],
        'new',
      ],
      ['open', [], 'updated'],
      ['fail', [], 'unchanged'],
      ['fail', [], 'absent'],
    ]);
    expect(run?.results?.[1]?.level).toBe('none');
  });

  test('holds every finding, of hostile estates too, and satisfies the official schema', async () => {
    const sample = sampleAudit({ findings: 300, hostile: true });
    const log: unknown = JSON.parse(await written(sarifFull, sample.audit, streamed(sample.findings)));
    if (!validate(log)) throw new Error(ajv.errorsText(validate.errors));
    expect(log.runs[0]?.results).toHaveLength(300);
    expect(JSON.parse(await written(sarifFull, audit, streamed([])))).toMatchObject({
      runs: [{ results: [] }],
    });
  });

  test('is not for GitHub: it is written only where it is asked for', () => {
    expect(formats).toContain(sarifFull);
    expect(usualFormats).not.toContain(sarifFull);
  });
});

describe('a gap', () => {
  test.each([
    ['s3:GetBucketVersioning', 'denied', 's3:GetBucketVersioning: denied.'],
    ['s3:GetBucketVersioning', 's3:GetBucketVersioning was denied', 's3:GetBucketVersioning was denied.'],
    [undefined, 'not ours', 'not ours.'],
  ])('of the call %s, which was %s, is said', async (call, detail, said) => {
    const { audit } = sampleAudit({ findings: 0 });
    const reason = call === undefined ? 'outside-organization' : 'access-denied';
    const gap = { reason, ...(call === undefined ? {} : { call }), detail, count: 7, example: 'b' } as const;
    const run = await runOf({ ...audit, coverage: { ...audit.coverage, gaps: [gap] } }, []);
    expect(notes(run)).toEqual([`Facts not read: 7, for example of b: ${said}`]);
    expect(run.invocations?.[0]?.executionSuccessful).toBe(true);
  });
});

describe('a result', () => {
  const { audit, findings } = sampleAudit({ findings: 40 });
  const finding = oneOf(findings);

  async function resultOf(change: Partial<Finding>): Promise<NonNullable<Run['results']>[number]> {
    const [result] = (await runOf(audit, [{ ...finding, ...change }])).results ?? [];
    if (result === undefined) throw new Error('no result');
    return result;
  }

  async function uriOf(change: Partial<Finding['resource']>): Promise<string | undefined> {
    const result = await resultOf({ resource: { ...finding.resource, ...change } });
    return result.locations?.[0]?.physicalLocation?.artifactLocation?.uri;
  }

  test('says the message first, then what was expected, what there is, and the fix, as plain text', async () => {
    const text = {
      message: 'Set `Status` of a[0] \\ b',
      expected: 'on',
      actual: 'off\nand\toff',
      fix: { text: 'Put it on.' },
    };
    expect((await resultOf(text)).message.text).toBe(
      "Set 'Status' of a\\[0\\] \\\\ b. Expected: on. Actual: off and off. Fix: Put it on.",
    );
  });

  test('stands at a virtual path of its bucket', async () => {
    const { account, region, bucket } = finding.resource;
    expect(await uriOf({})).toBe(`aws/o-a1b2c3d4e5/${account}/${region ?? ''}/s3/${bucket}`);
    expect((await resultOf({})).properties).toEqual({ locationKind: 'virtual' });
  });

  test('stands in the committed inventory where its bucket does, and says so', async () => {
    const inventory = {
      path: 'infra/replint lock',
      lineOf: (name: string) => (name === 'here' ? 7 : undefined),
    };
    const besides = { resolved: streamed([]), carried: streamed([]), inventory };
    for (const format of [sarif, sarifFull]) {
      const both = ['here', 'elsewhere'].map((bucket) => ({
        ...finding,
        resource: { ...finding.resource, bucket },
      }));
      const log: unknown = JSON.parse(await written(format, audit, streamed(both), besides));
      if (!validate(log)) throw new Error(ajv.errorsText(validate.errors));
      const [here, elsewhere] = log.runs[0]?.results ?? [];
      expect(here?.locations?.[0]?.physicalLocation).toEqual({
        artifactLocation: { uri: 'infra/replint%20lock', uriBaseId: '%SRCROOT%' },
        region: { startLine: 7 },
      });
      expect([here, elsewhere].map((result) => result?.properties?.['locationKind'] as unknown)).toEqual([
        'inventory',
        'virtual',
      ]);
    }
  });

  test.each([
    ['..', '-..'],
    ['', '-'],
    ['a/b c', 'a%2Fb%20c'],
    ['é\ud800', '%C3%A9%EF%BF%BD'],
    ["x'(y)", 'x%27%28y%29'],
  ])('of a bucket named %j has a safe path', async (bucket, segment) => {
    expect(await uriOf({ bucket })).toMatch(new RegExp(`/s3/${segment}$`));
  });

  test('of an unknown Region has a path still', async () => {
    expect(await uriOf({ region: null })).toContain('/unknown-region/s3/');
  });

  test('has a fingerprint of its own, even where two findings share theirs', async () => {
    const other = { ...finding, message: 'Another.' };
    const run = await runOf(audit, [finding, other, { ...finding, fingerprint: 'f00' }]);
    expect(run.results?.map((result) => result.partialFingerprints?.['primaryLocationLineHash'])).toEqual([
      `${finding.fingerprint}:1`,
      `${finding.fingerprint}:2`,
      'f00:1',
    ]);
  });

  test("takes the finding's severity, and a policy's finding the policy as its rule", async () => {
    const policy = 'critical data lives in two Regions';
    const result = await resultOf({ rule: 'replication-required', policy, severity: 'note' });
    expect(result.level).toBe('note');
    expect(result.ruleId).toBe(policy);
  });
});

describe('a rule', () => {
  const { audit } = sampleAudit({ findings: 0 });

  async function ruleOf(
    change: Partial<Audit['rules'][string]>,
  ): Promise<NonNullable<Run['tool']['driver']['rules']>[number]> {
    const base = audit.rules['destination-versioning-off'];
    if (base === undefined) throw new Error('no such rule');
    const run = await runOf({ ...audit, rules: { 'a-rule': { ...base, ...change } } }, []);
    const [rule] = run.tool.driver.rules ?? [];
    if (rule === undefined) throw new Error('no rule');
    return rule;
  }

  test.each([
    ['error', '7.5'],
    ['warning', '5.5'],
    ['note', '2.0'],
  ] as const)('of severity %s has the security severity %s', async (severity, score) => {
    const rule = await ruleOf({ severity });
    expect(rule.properties?.['security-severity']).toBe(score);
    expect(rule.defaultConfiguration?.level).toBe(severity);
  });

  test('has its controls as tags, ten tags at most, and all of them in its help', async () => {
    const controls = Array.from({ length: 12 }, (_, index) => `NIST/${index}`);
    const rule = await ruleOf({ controls });
    expect(rule.properties?.tags).toEqual(['security', ...controls.slice(0, 9)]);
    expect(rule.help?.text).toContain('NIST/11');
    expect(rule.help?.markdown).toContain('NIST/11');
  });

  test('has long descriptions cut at a word', async () => {
    const rule = await ruleOf({ why: 'word '.repeat(500) });
    expect(rule.fullDescription?.text).toHaveLength(1_024 - 4);
    expect(rule.fullDescription?.text).toMatch(/ word…$/);
  });

  test('has help that says why, the fix, the failure reasons and the page', async () => {
    const rule = await ruleOf({
      why: 'Because *it* fails.',
      fix: 'Mend it',
      page: 'https://docs.aws.amazon.com/x.html',
    });
    expect(rule.help?.text).toMatch(/^Because \*it\* fails\.\n\nFix: Mend it\.\n\n.*DstBucketUnversioned/);
    expect(rule.help?.markdown).toMatch(/^Because \\\*it\\\* fails\.\n\n\*\*Fix\*\*: Mend it\./);
    expect(rule.help?.text).toContain('https://docs.aws.amazon.com/x.html');
    expect(rule.helpUri).toBe('https://docs.aws.amazon.com/x.html');
  });

  test.each([null, 'javascript:alert(1)', 'http://example.com/'])(
    'with the page %j has no link',
    async (page) => {
      const rule = await ruleOf({ page });
      expect(rule.helpUri).toBeUndefined();
      expect(rule.help?.markdown).toContain('none; the rule is a judgement.');
    },
  );

  test('without words has its id for a description', async () => {
    const rule = await ruleOf({ title: '', why: ' ' });
    expect(rule.shortDescription?.text).toBe('a-rule');
    expect(rule.fullDescription?.text).toBe('a-rule');
  });
});
