import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { junit } from '../../reports/junit.ts';
import { sampleAudit, streamed } from './sample.ts';
import type { SampleOptions } from './sample.ts';
import { written } from './written.ts';

interface Case {
  readonly '@classname': string;
  readonly '@name': string;
  readonly failure?: { readonly '@message': string; readonly '@type': string; readonly '#text': string };
  readonly skipped?: { readonly '@message': string };
}

interface Suite {
  readonly '@tests': string;
  readonly '@failures': string;
  readonly '@skipped': string;
  readonly '@time': string;
  readonly testcase: readonly Case[];
}

async function suiteOf(options: SampleOptions): Promise<{ suite: Suite; text: string }> {
  const { audit, findings } = sampleAudit(options);
  const text = await written(junit, audit, streamed(findings));
  // Deprecated for a package that would be one more to depend on.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  expect(XMLValidator.validate(text)).toBe(true);
  const parser = new XMLParser({
    ...{ ignoreAttributes: false, attributeNamePrefix: '@', parseTagValue: false, trimValues: false },
    isArray: (name) => name === 'testcase',
    processEntities: { enabled: true, maxTotalExpansions: 1_000_000, maxExpandedLength: 100_000_000 },
  });
  // The shape that the assertions below look into.
  const { testsuites } = parser.parse(text) as { testsuites: { testsuite: Suite } };
  return { suite: testsuites.testsuite, text };
}

describe('junit', () => {
  test('has a case for each finding, and for each rule that passed somewhere', async () => {
    const { audit, findings } = sampleAudit({ findings: 90 });
    const { suite } = await suiteOf({ findings: 90 });
    const passed = Object.values(audit.tallies.rules).filter(({ pass }) => pass > 0).length;
    const fails = findings.filter(({ outcome }) => outcome === 'fail');
    expect(suite.testcase).toHaveLength(90 + passed);
    expect(suite.testcase.filter(({ failure }) => failure !== undefined)).toHaveLength(fails.length);
    expect(suite).toMatchObject({
      '@tests': String(90 + passed),
      '@failures': String(fails.length),
      '@skipped': String(90 - fails.length),
      '@time': '451',
    });
    expect(new Set(suite.testcase.map((each) => `${each['@classname']} ${each['@name']}`)).size).toBe(
      90 + passed,
    );
  });

  test('says of a failure what was expected, found and read, and of an unknown why', async () => {
    const { findings } = sampleAudit({ findings: 90 });
    const { suite } = await suiteOf({ findings: 90 });
    const of = (fingerprint = ''): Case | undefined =>
      suite.testcase.find((each) => each['@name'].endsWith(`[${fingerprint}]`));
    const fail = findings.find(({ outcome }) => outcome === 'fail');
    const failure = of(fail?.fingerprint)?.failure;
    expect(failure?.['@message']).toBe(fail?.message);
    expect(failure?.['@type']).toBe(fail?.severity);
    for (const said of [
      fail?.expected,
      fail?.actual,
      fail?.fix.text,
      fail?.fix.cli,
      fail?.evidence[0]?.call,
    ]) {
      expect(failure?.['#text']).toContain(said);
    }
    const unknown = findings.find(({ outcome }) => outcome === 'unknown');
    expect(of(unknown?.fingerprint)).toMatchObject({ skipped: { '@message': unknown?.message } });
  });

  test('of a hostile estate is XML, without markup of anybody else', async () => {
    const { suite, text } = await suiteOf({ findings: 400, hostile: true });
    expect(suite.testcase.length).toBeGreaterThanOrEqual(400);
    expect(/[\u202a-\u202e\u2066-\u2069]|(?![\t\r\n])\p{Cc}|\p{Cs}|[\ufffe\uffff]/u.test(text)).toBe(false);
    const elements = new Set([...text.matchAll(/<\/?([^\s/>?]+)/g)].map(([, name]) => name));
    expect([...elements].sort()).toEqual(['failure', 'skipped', 'testcase', 'testsuite', 'testsuites']);
    expect(text.length).toBeLessThan(3_000_000);
  });

  test('of nothing found is a suite of passes', async () => {
    const { suite } = await suiteOf({ findings: 0 });
    expect(suite).toMatchObject({ '@failures': '0', '@skipped': '0' });
  });
});
