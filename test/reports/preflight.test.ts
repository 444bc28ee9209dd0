import type { Log } from 'sarif';
import { beforeAll, describe, expect, test } from 'vitest';
import { preflight } from '../../reports/sarif/preflight.ts';
import { sarif } from '../../reports/sarif.ts';
import { limits } from './preflight/limits.ts';
import { at, partsOf, results, some } from './preflight/parts.ts';
import { locations, ofResults } from './preflight/results.ts';
import { rules } from './preflight/rules.ts';
import { ignored, runs } from './preflight/runs.ts';
import { written } from './written.ts';
import { sampleAudit, streamed } from './sample.ts';

let good: Log;

beforeAll(async () => {
  const { audit, findings } = sampleAudit({ findings: 30, incomplete: true });
  // What sarif writes is a Log; the official schema says so in sarif.test.ts.
  good = JSON.parse(await written(sarif, audit, streamed(findings))) as Log;
});

describe('preflight', () => {
  test('takes what sarif writes', () => {
    expect(preflight(good)).toEqual([]);
  });

  test('takes two runs of two categories, and the scheme file', () => {
    const log = structuredClone(good);
    log.runs.push({ ...structuredClone(some(log.runs[0])), automationDetails: { id: 'replint/another/' } });
    at('file:///work/x.tf')(partsOf(log));
    expect(preflight(log)).toEqual([]);
  });

  test('takes 5,000 results, 100 locations and 10 tags', () => {
    const log = structuredClone(good);
    const { run, rule, result, location } = partsOf(log);
    run.results = results(result, 5_000);
    some(run.results[0]).locations = Array.from({ length: 100 }, () => location);
    rule.properties = { ...rule.properties, tags: ['security', ...'a b c d e f g h i'.split(' ')] };
    expect(preflight(log)).toEqual([]);
  });

  test.each([...limits, ...rules, ...locations, ...ofResults, ...ignored, ...runs])(
    'refuses %s',
    (_says, change, complaint) => {
      const log = structuredClone(good);
      change(partsOf(log));
      const complaints = preflight(log);
      expect(complaints).toHaveLength(1);
      expect(complaints[0]).toMatch(complaint);
    },
  );

  test('refuses a location that is logical only', () => {
    const log = structuredClone(good);
    partsOf(log).result.locations = [{ logicalLocations: [{ name: 'b' }] }];
    expect(preflight(log)).toEqual([
      'runs[0].results[0].locations[0]: has no physical location; GitHub refuses one that is logical only.',
      'runs[0].results[0].locations[0].logicalLocations: GitHub ignores this property; leave it out.',
    ]);
  });

  test.each([
    null,
    undefined,
    7,
    'x',
    [],
    {},
    { runs: [null] },
    { version: '2.1.0', runs: [{ results: [null, 7] }] },
  ])('refuses %j without falling over', (document) => {
    expect(preflight(document)).not.toEqual([]);
  });
});
