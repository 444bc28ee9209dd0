import { describe, expect, test } from 'vitest';
import { csv } from '../../reports/csv.ts';
import type { Finding } from '../../src/model/finding.ts';
import { sampleAudit, streamed } from './sample.ts';
import { written } from './written.ts';

const columns = [
  ...['severity', 'outcome', 'rule', 'policy', 'account', 'account name', 'ou', 'region', 'bucket'],
  ...['replication rule', 'destination bucket', 'destination account', 'destination region', 'message'],
  ...['expected', 'actual', 'predicts', 'causes', 'fix', 'fingerprint'],
  ...['change', 'waiver reason', 'waiver owner', 'waiver expires'],
];

/** A reader of RFC 4180, character by character. */
function read(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const c = text.charAt(at);
    if (quoted && c === '"' && text.charAt(at + 1) === '"') {
      cell += c;
      at += 1;
    } else if (c === '"') quoted = !quoted;
    else if (quoted) cell += c;
    else if (c === ',') {
      row.push(cell);
      cell = '';
    } else if (c === '\r' && text.charAt(at + 1) === '\n') {
      rows.push([...row, cell]);
      row = [];
      cell = '';
      at += 1;
    } else cell += c;
  }
  if (quoted || cell !== '' || row.length > 0) throw new Error('the last line does not end');
  return rows;
}

async function rowsOf(findings: readonly Finding[]): Promise<string[][]> {
  return read(await written(csv, sampleAudit().audit, streamed(findings)));
}

/** The row of the sample's first finding, changed, by column. */
async function rowOf(change: Partial<Finding>): Promise<Readonly<Record<string, string>>> {
  const [finding] = sampleAudit().findings;
  if (finding === undefined) throw new Error('no finding');
  const [, row] = await rowsOf([{ ...finding, ...change }]);
  return Object.fromEntries(columns.map((name, index) => [name, row?.[index] ?? '']));
}

describe('csv', () => {
  test('is the golden one', async () => {
    const { audit, findings } = sampleAudit({ findings: 14, incomplete: true });
    await expect(await written(csv, audit, streamed(findings))).toMatchFileSnapshot('golden/findings.csv');
  });

  test('has a header, and a row for each fail and unknown, in their order', async () => {
    const { findings } = sampleAudit({ findings: 90 });
    const [header, ...rows] = await rowsOf(findings);
    expect(header).toEqual(columns);
    expect(rows.map((row) => [row[0], row[1], row[19]])).toEqual(
      findings.map((finding) => [finding.severity, finding.outcome, finding.fingerprint]),
    );
    expect(new Set(rows.map((row) => row[1]))).toEqual(new Set(['fail', 'unknown']));
  });

  test('says all of a finding', async () => {
    const { findings } = sampleAudit({ findings: 90 });
    const known = findings.find(
      (finding) =>
        finding.route?.destination.account !== undefined && finding.route.destination.account !== null,
    );
    if (known?.route === undefined) throw new Error('no such finding');
    const causes = [
      { reason: 'access-denied', call: 's3:GetBucketVersioning', account: '1', detail: 'denied' },
      { reason: 'outside-organization', detail: 'not ours' },
    ] as const;
    const waiver = { reason: 'r', owner: 'o', expires: '2027-01-31' };
    const row = await rowOf({ ...known, predicts: ['A', 'B'], causes, policy: 'p', change: 'new', waiver });
    expect(row).toEqual({
      ...{ severity: known.severity, outcome: known.outcome, rule: known.rule, policy: 'p' },
      ...{
        account: known.resource.account,
        'account name': known.resource.accountName,
        ou: known.resource.ou,
      },
      ...{
        region: known.resource.region,
        bucket: known.resource.bucket,
        'replication rule': known.route.replicationRule,
      },
      'destination bucket': known.route.destination.bucket,
      'destination account': known.route.destination.account,
      'destination region': known.route.destination.region,
      ...{ message: known.message, expected: known.expected, actual: known.actual, predicts: 'A; B' },
      causes: 'access-denied s3:GetBucketVersioning as 1: denied; outside-organization: not ours',
      ...{ fix: known.fix.text, fingerprint: known.fingerprint },
      ...{ change: 'new', 'waiver reason': 'r', 'waiver owner': 'o', 'waiver expires': '2027-01-31' },
    });
  });

  test('has the resolved and the carried after the rest', async () => {
    const { audit, findings } = sampleAudit({ findings: 9 });
    const [one, two, ...rest] = findings;
    if (!one || !two) throw new Error('no findings');
    const besides = {
      resolved: streamed([{ ...one, change: 'resolved' }]),
      carried: streamed([{ ...two, change: 'carried' }]),
    };
    const rows = read(await written(csv, audit, streamed(rest), besides));
    expect(rows.slice(-2).map((row) => [row[19], row[20]])).toEqual([
      [one.fingerprint, 'resolved'],
      [two.fingerprint, 'carried'],
    ]);
    expect(rows).toHaveLength(10);
  });

  test.each(['=1+1', '+1', '-1', '@x', ' =1', '\n =1', '\u00a0@x', '\t1', '\r1', '＝1'])(
    'takes %j for a formula',
    async (message) => {
      expect((await rowOf({ message }))['message']).toBe(`'${message}`);
    },
  );

  test.each(['a=1', '1-1', "it's", '"quoted", and\r\nlines', 'x;=1', ''])(
    'leaves %j as it is',
    async (message) => {
      expect((await rowOf({ message }))['message']).toBe(message);
    },
  );

  test('of a hostile estate has 24 cells in each row, none of which begins a formula or moves a terminal', async () => {
    const { findings } = sampleAudit({ findings: 400, hostile: true });
    const rows = await rowsOf(findings);
    expect(rows).toHaveLength(401);
    for (const row of rows) {
      expect(row).toHaveLength(24);
      for (const cell of row) {
        expect(/^\s*[=+\-@]|^[\t\r]/.test(cell)).toBe(false);
        expect(/[\u202a-\u202e\u2066-\u2069]|(?![\t\r\n])\p{Cc}|\p{Cs}/u.test(cell)).toBe(false);
      }
    }
  });

  test('ends every line with CRLF, and survives UTF-8', async () => {
    const { audit, findings } = sampleAudit({ findings: 100, hostile: true });
    const text = await written(csv, audit, streamed(findings));
    expect(text.endsWith('"\r\n')).toBe(true);
    expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text);
  });
});
