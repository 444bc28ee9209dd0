import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { ocsf } from '../../reports/ocsf.ts';
import type { Audit } from '../../src/model/audit.ts';
import type { Finding } from '../../src/model/finding.ts';
import { sampleAudit, streamed } from './sample.ts';
import type { SampleOptions } from './sample.ts';
import { written } from './written.ts';

const ajv = new Ajv2020({ allErrors: true, strictRequired: false });
// Ours is narrower: made from OCSF's documentation, it asks for texts that are not empty. test/outside holds the events to OCSF's own.
const valid = ajv.compile(
  JSON.parse(readFileSync(new URL('ocsf.schema.json', import.meta.url), 'utf8')) as object,
);

interface Event {
  readonly message: string;
  readonly severity_id: number;
  readonly time: number;
  readonly metadata: { readonly uid: string };
  readonly cloud: Readonly<Record<string, unknown>>;
  readonly compliance: Readonly<Record<string, unknown>>;
  readonly resources: readonly Readonly<Record<string, unknown>>[];
  readonly remediation: Readonly<Record<string, unknown>>;
  readonly unmapped: Readonly<Record<string, unknown>>;
}

async function eventsOf(audit: Audit, findings: readonly Finding[]): Promise<readonly Event[]> {
  // Held to the schema below.
  return JSON.parse(await written(ocsf, audit, streamed(findings))) as readonly Event[];
}

describe('ocsf', () => {
  test.each<SampleOptions>([
    { findings: 200, incomplete: true },
    { findings: 400, hostile: true },
    { findings: 0 },
  ])('of %o holds to the class', async (options) => {
    const { audit, findings } = sampleAudit(options);
    const events = await eventsOf(audit, findings);
    for (const event of events) expect(valid(event), ajv.errorsText(valid.errors)).toBe(true);
    expect(events.map(({ metadata }) => metadata.uid)).toEqual(
      findings.map(({ fingerprint }) => fingerprint),
    );
  });

  test.each(['class_uid', 'time', 'metadata', 'finding_info', 'compliance'])(
    'would not hold without %s',
    async (name) => {
      const { audit, findings } = sampleAudit({ findings: 1 });
      const [event] = await eventsOf(audit, findings);
      expect(valid({ ...event, [name]: undefined })).toBe(false);
      expect(valid({ ...event, stranger: 1 })).toBe(false);
    },
  );

  test('says of a failure which controls it fails, where, what was found and how to mend it', async () => {
    const { audit, findings } = sampleAudit({ findings: 60 });
    const finding = findings.find(
      ({ rule, outcome }) => rule === 'destination-versioning-off' && outcome === 'fail',
    );
    if (finding?.route === undefined) throw new Error('no such finding');
    const [event] = await eventsOf(audit, [finding]);
    expect(event).toMatchObject({
      message: finding.message,
      severity_id: 4,
      time: Date.parse(audit.header.finished),
      compliance: {
        control: 'destination-versioning-off',
        standards: ['AWS-SecurityHub', 'NIST-800-53-r5', 'SOC2'],
        status_id: 3,
        status_detail: finding.actual,
      },
      resources: [
        { uid: finding.resource.arn, owner: { account: { uid: finding.resource.account } } },
        { name: finding.route.destination.bucket, group: { name: 'destination' } },
      ],
      remediation: { desc: finding.fix.text, references: [audit.rules[finding.rule]?.page] },
      unmapped: { outcome: 'fail', evidence: finding.evidence, fix: { cli: finding.fix.cli } },
    });
  });

  test('says of an unknown that information was missing, and never that it failed', async () => {
    const { audit, findings } = sampleAudit({ findings: 90 });
    const unknowns = findings.filter(({ outcome }) => outcome === 'unknown');
    const events = await eventsOf(audit, unknowns);
    expect(events.length).toBeGreaterThan(0);
    for (const { compliance } of events)
      expect(compliance).toMatchObject({ status_id: 2, status: 'Warning' });
    expect(events[0]?.compliance['status_detail']).toContain(unknowns[0]?.causes[0]?.detail);
  });

  test('of a rule without controls names a standard of our own, since the class asks for one', async () => {
    const { audit, findings } = sampleAudit({ findings: 60 });
    const events = await eventsOf(
      audit,
      findings.filter(({ rule }) => rule === 'bucket-key-off'),
    );
    expect(events[0]?.compliance).toMatchObject({ standards: ['replint'], requirements: [] });
  });

  test('keeps no control character, no mark that turns the writing about, and no half of a pair', async () => {
    const { audit, findings } = sampleAudit({ findings: 400, hostile: true });
    const events = await eventsOf(audit, findings);
    const bad: string[] = [];
    JSON.stringify(events, (_key, value: unknown) => {
      const hidden = /[\u202a-\u202e\u2066-\u2069]|(?![\t\r\n])\p{Cc}|\p{Cs}/u;
      if (typeof value === 'string' && hidden.test(value)) bad.push(value.slice(0, 80));
      return value;
    });
    expect(bad).toEqual([]);
  });
});
