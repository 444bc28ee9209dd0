import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { auditKinds, findingKinds, frameworkKinds } from './kinds.ts';
import type { Kind } from './kinds.ts';
import { sampleAudit } from './sample.ts';
import { everyBucket, everyRoute, judged, selected, source, to } from '../evaluate/memory.ts';

interface Definition {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly required: readonly string[];
}

function schemaOf(name: string): Definition & { readonly $defs: Readonly<Record<string, Definition>> } {
  // The test below compiles the schemas; here they are only looked at.
  return JSON.parse(
    readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), 'utf8'),
  ) as ReturnType<typeof schemaOf>;
}

const schemas = { finding: schemaOf('finding'), audit: schemaOf('audit'), framework: schemaOf('framework') };
const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
ajv.addSchema(schemas.finding);
ajv.addSchema(schemas.framework);
ajv.addSchema(schemas.audit);

function valid(name: 'finding' | 'audit', value: unknown): boolean {
  return ajv.validate(`${name}.schema.json`, value);
}

describe('the schemas and the types agree', () => {
  const cases: readonly (readonly [string, Definition | undefined, Kind])[] = [
    ['finding', schemas.finding, findingKinds.top],
    ['audit', schemas.audit, auditKinds.top],
    ['framework', schemas.framework, frameworkKinds.top],
    ...Object.entries(frameworkKinds.below).map(
      ([name, kind]) => [name, schemas.framework.$defs[name], kind] as const,
    ),
    ...Object.entries(findingKinds.below).map(
      ([name, kind]) => [name, schemas.finding.$defs[name], kind] as const,
    ),
    ...Object.entries(auditKinds.below).map(
      ([name, kind]) => [name, schemas.audit.$defs[name], kind] as const,
    ),
  ];

  test.each(cases)('%s', (_name, definition, kind) => {
    const properties = Object.keys(definition?.properties ?? {});
    expect(properties.toSorted()).toEqual(Object.keys(kind).toSorted());
    expect(definition?.required.toSorted()).toEqual(
      properties.filter((key) => kind[key] === 'required').toSorted(),
    );
  });

  test('no definition is left out of the comparison', () => {
    expect(Object.keys(schemas.finding.$defs).toSorted()).toEqual(Object.keys(findingKinds.below).toSorted());
    expect(Object.keys(schemas.audit.$defs).toSorted()).toEqual(Object.keys(auditKinds.below).toSorted());
    expect(Object.keys(schemas.framework.$defs).toSorted()).toEqual(
      Object.keys(frameworkKinds.below).toSorted(),
    );
  });
});

describe('an audit with waivers, held against another', () => {
  const waiver = { reason: 'r', owner: 'o', expires: '2025-12-31' };
  const policy = selected(everyBucket, { policy: 'p', name: 'p' });
  const only = {
    ...{ tags: { a: 'b' }, buckets: ['a'], accounts: [], ous: [], regions: [], destinations: ['b'] },
  };
  const waivers = [
    { ...waiver, rule: 'every-route', only },
    { ...waiver, rule: 'every-bucket', policy: 'p', only: { buckets: ['a'] }, expires: '2026-02-28' },
  ];
  const before = judged(
    { buckets: [source('a', to('x')), source('b')] },
    { selection: [policy, selected(everyRoute)] },
  );
  const baseline = { audit: before.audit, findings: () => before.findings };
  const after = judged(
    { buckets: [source('a')] },
    { selection: [policy], waivers, baseline, onlyRules: ['every-bucket'] },
  );

  test('validates', () => {
    expect(after.findings.map(({ change, waiver: has }) => [change, has !== undefined])).toEqual([
      ['unchanged', true],
      ['carried', false],
      ['resolved', false],
    ]);
    expect(valid('audit', after.audit), ajv.errorsText()).toBe(true);
    for (const each of after.findings) expect(valid('finding', each), ajv.errorsText()).toBe(true);
  });

  test('fails once a property is added or removed', () => {
    const survived = changed(after.audit, 'audit').filter((path) => /^.\/(change|waivers|header)/.test(path));
    expect(survived.toSorted()).toEqual(
      [
        ...Object.keys(only).map((name) => `-/waivers/0/only/${name}`),
        ...['-/waivers/1/only/buckets', '-/waivers/1/policy', '-/change'],
        ...['-/waivers/0/only/tags/a', '-/change/rules/every-route', '-/header/neverScanned'],
      ].toSorted(),
    );
  });
});

describe('samples', () => {
  test.each([
    {},
    { findings: 0, accounts: 1 },
    { findings: 400, accounts: 40, incomplete: true },
    { findings: 300, accounts: 30, incomplete: true, hostile: true },
  ])('%o validate', (options) => {
    const sample = sampleAudit(options);
    expect(valid('audit', sample.audit), ajv.errorsText()).toBe(true);
    for (const each of sample.findings) expect(valid('finding', each), ajv.errorsText()).toBe(true);
  });

  const sample = sampleAudit({ findings: 20, accounts: 9, incomplete: true });

  test('an audit fails once a property is added or removed', () => {
    const dictionary =
      /^(.)(\/rules|\/tallies\/rules|\/compliance\/frameworks\/n\/sources)\/[^/]+|^(.)(\/compliance\/subjects)\/(?!.*\/(?:title|rules)$).+/;
    const kept = changed(sample.audit, 'audit').map((path) =>
      path.replaceAll(/\d+/g, 'n').replace(dictionary, '$1$3$2$4/*'),
    );
    expect([...new Set(kept)].toSorted()).toEqual(
      [
        // Entries of dictionaries may go; a surprise in one is no entry of the right type.
        ...['-/rules/*', '-/tallies/rules/*'],
        ...['-/compliance/frameworks/n/sources/*', '-/compliance/subjects/*'],
        ...['-/coverage/gaps/n/call', '-/coverage/gaps/n/account'],
        ...['-/coverage/accounts/n/causes/n/call', '-/coverage/accounts/n/causes/n/account'],
      ].toSorted(),
    );
  });

  test.each([
    { status: 'scanned', causes: [] },
    { status: 'scanned', why: 'w' },
    { status: 'unreadable', causes: [], why: 'w' },
    { status: 'skipped', causes: [], why: 'w' },
  ])('an account that is %o fails', (status) => {
    const identity = { id: '111122220000', name: 'n', state: 'ACTIVE', ou: null, ouId: null, buckets: 0 };
    const coverage = { ...sample.audit.coverage, accounts: [{ ...identity, ...status }] };
    expect(valid('audit', { ...sample.audit, coverage })).toBe(false);
  });

  test('a finding fails once a property is added or removed', () => {
    const kept = new Set(
      sample.findings.flatMap((each) => changed(each, 'finding')).map((path) => path.replace(/\d+/, 'n')),
    );
    expect([...kept].toSorted()).toEqual(
      [
        '/route',
        '/expected',
        '/actual',
        '/policy',
        '/fix/cli',
        '/fix/terraform',
        '/fix/cloudformation',
        '/causes/n/call',
        '/causes/n/account',
      ]
        .map((path) => `-${path}`)
        .toSorted(),
    );
  });
});

/** The changes that a document survives: `-/path` a property removed, `+/path` one added. */
function changed(document: object, schema: 'finding' | 'audit'): readonly string[] {
  const copy = structuredClone(document);
  const survived: string[] = [];
  visit(copy, '', (at, path) => {
    at['surprise'] = 1;
    if (valid(schema, copy)) survived.push(`+${path}`);
    Reflect.deleteProperty(at, 'surprise');
    for (const [key, value] of Object.entries(at)) {
      Reflect.deleteProperty(at, key);
      if (valid(schema, copy)) survived.push(`-${path}/${key}`);
      at[key] = value;
    }
  });
  return survived;
}

function visit(value: unknown, path: string, see: (at: Record<string, unknown>, path: string) => void): void {
  if (typeof value !== 'object' || value === null) return;
  // An object that JSON can write is a record; arrays are only walked through.
  if (!Array.isArray(value)) see(value as Record<string, unknown>, path);
  for (const [key, each] of Object.entries(value)) visit(each, `${path}/${key}`, see);
}
