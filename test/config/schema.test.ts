import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { rules } from '../../rules/index.ts';
import { ajvOptions, schemaOf } from '../../src/config/schema.ts';

const published: unknown = JSON.parse(
  readFileSync(new URL('../../schemas/configuration.schema.json', import.meta.url), 'utf8'),
);

const takes = (schema: object): ((text: string) => boolean) => {
  const validate = new Ajv2020(ajvOptions).compile(schema);
  return (text) => validate(parse(text));
};
const open = takes(schemaOf(rules, { open: true }));
const closed = takes(schemaOf(rules, { open: false }));

describe("the configuration's schema", () => {
  it('is published open, for editors, which load no modules', () => {
    expect(published).toEqual(schemaOf(rules, { open: true }));
  });

  it.each([
    'rules: { ours: off }',
    'rules: { ours: [{ severity: off, options: { most: 3 } }] }',
    'policies: [{ name: x, rule: ours, options: { most: 3 } }]',
    'waivers: [{ rule: ours, only: { buckets: [a] }, reason: r, owner: o, expires: 2027-01-31 }]',
    'preset: ACME',
  ])('takes %j where it is open alone', (text) => {
    expect([open(text), closed(text)]).toEqual([true, false]);
  });

  it.each([
    'rules: { ours: fatal }',
    'rules: { ours: { sevrity: note } }',
    'rules: { role-missing: { options: {} } }',
    'policies: [{ name: x, rule: ours, optoins: {} }]',
    'policies: [{ name: x, rule: replication-required, options: { most: 3 } }]',
    'waivers: [{ rule: role-missing, reason: r, owner: o, expires: 2027-01-31 }]',
    'waivers: [{ rule: role-missing, only: {}, reason: r, owner: o, expires: 2027-01-31 }]',
    "waivers: [{ rule: role-missing, only: { buckets: [a] }, reason: '', owner: o, expires: 2027-01-31 }]",
    'waivers: [{ rule: role-missing, only: { buckets: [a] }, reason: r, expires: 2027-01-31 }]',
    'waivers: [{ rule: role-missing, only: { buckets: [a] }, reason: r, owner: o }]',
    'waivers: [{ rule: role-missing, only: { buckets: [a] }, reason: r, owner: o, expires: spring }]',
    'waivers: [{ rule: role-missing, only: { bucket: a }, reason: r, owner: o, expires: 2027-01-31 }]',
    'policies: [{ name: x, rule: replication-required, only: { destinations: [a] } }]',
    'use: [3]',
    'rules: { role-missing: [note] }',
    'rules: { role-missing: [] }',
  ])('refuses %j either way', (text) => {
    expect([open(text), closed(text)]).toEqual([false, false]);
  });

  it.each([
    'waivers: []',
    'waivers: [{ rule: role-missing, only: { destinations: [a] }, reason: r, owner: o, expires: 2027-01-31 }]',
    'preset: strict',
    'preset: NIST-800-53-r5',
    'use: [./a.mjs]',
    'rules: { role-missing: [{}] }',
  ])('takes %j either way', (text) => {
    expect([open(text), closed(text)]).toEqual([true, true]);
  });
});
