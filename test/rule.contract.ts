/**
 * What must not compile. `npm run check:types` holds it: each line under `@ts-expect-error` is an error today, and one that
 * stops being an error is reported.
 */
import type { Tellings } from '../src/facts.ts';
import type { BucketFacts, RoleFacts } from '../src/model/facts.ts';
import { defineRule, fail, pass } from '../src/rule.ts';
import type { Cases } from './rules/describe-rule.ts';

const rule = {
  id: 'example',
  title: '',
  severity: 'error',
  scope: 'route',
  why: '',
  fix: '',
  page: '',
  examples: { bad: {}, good: {} },
} as const;
const found = { message: '', expected: '', actual: '' };

export const contract = [
  defineRule({
    ...rule,
    needs: { destination: ['versioning'] },
    // @ts-expect-error Object Lock was not declared.
    evaluate: ({ destination }) => (destination.objectLock ? pass : pass),
  }),
  defineRule({
    ...rule,
    needs: { destination: ['versioning'] },
    // @ts-expect-error Versioning may be null: AWS answered "not configured".
    evaluate: ({ destination }) => (destination.versioning.Status === 'Enabled' ? pass : pass),
  }),
  defineRule({
    ...rule,
    // @ts-expect-error There is no such fact.
    needs: { destination: ['versionin'] },
    evaluate: () => pass,
  }),
  defineRule({
    ...rule,
    scope: 'bucket',
    // @ts-expect-error A bucket rule has no destination.
    needs: { destination: ['versioning'] },
    evaluate: () => pass,
  }),
  defineRule({
    ...rule,
    needs: { destination: ['versioning'] },
    // @ts-expect-error It points at a fact that it did not declare.
    evaluate: () => fail({ ...found, at: ['destination.objectLock'] }),
  }),
  defineRule({
    ...rule,
    needs: {},
    wants: { destination: ['lifecycle'] },
    // @ts-expect-error A wanted fact comes as observed, and may be unknown.
    evaluate: ({ destination }) => (destination.lifecycle.value === null ? pass : pass),
  }),
  defineRule({
    ...rule,
    needs: { destination: ['versioning'] },
    // @ts-expect-error Where the destination's replication may be unknown, nobody knows the ways on from there.
    evaluate: ({ onward }) => (onward.length === 0 ? pass : pass),
  }),
  defineRule({
    ...rule,
    scope: 'source',
    needs: {},
    wants: { destinations: ['objectLock'] },
    // @ts-expect-error Of the destinations no versioning was wanted.
    evaluate: ({ routes }) => (routes[0]?.destination.versioning ? pass : pass),
  }),
  defineRule({
    ...rule,
    scope: 'source',
    // @ts-expect-error One of many destinations cannot be needed: where it is unknown, the others would not be asked.
    needs: { destinations: ['objectLock'] },
    evaluate: () => pass,
  }),
  defineRule({
    ...rule,
    needs: {},
    // @ts-expect-error A route has one destination.
    wants: { destinations: ['objectLock'] },
    evaluate: () => pass,
  }),
];

const call = { call: 's3:X', action: 's3:X' } as const;

// @ts-expect-error A nullable fact must say which answer means "not configured".
export const lacksAbsent: Tellings<Pick<BucketFacts, 'versioning'>> = { versioning: call };
export const hasAbsentInVain: Tellings<Pick<BucketFacts, 'requestPayment'>> = {
  // @ts-expect-error A fact that is never null must not.
  requestPayment: { ...call, absent: 'NoSuchThing' },
};
// @ts-expect-error A fact without a call that tells it.
export const untold: Tellings<RoleFacts> = {};

// @ts-expect-error A rule's test without an unknown case.
export const untested: Cases = {
  pass: [{ name: '' }],
  fail: [{ name: '', message: '' }],
  notApplicable: 'never: it is an example',
};
