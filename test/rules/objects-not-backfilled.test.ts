import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import rule from '../../rules/objects-not-backfilled.ts';
import type { LifecycleRule } from '../../src/model/aws.ts';
import type { Backfill } from '../../src/model/facts.ts';
import { tryRule } from '../../src/tester.ts';

const compared = (changed: Partial<Backfill>): { readonly backfill: Backfill } => ({
  backfill: {
    compared: 3000,
    missing: 0,
    pending: 0,
    pendingMinutes: 1440,
    ineligible: 0,
    exact: true,
    examples: [],
    ...changed,
  },
});
const missing = compared({ missing: 7 });
const lifecycle = (rule: Partial<LifecycleRule>): object => ({
  lifecycle: { Rules: [{ Status: 'Enabled', ...rule }] },
});
const removed = "The destination's lifecycle may have removed some of them.";
const marked = "Some may be delete markers of the source's lifecycle, which never replicate.";

describeRule(rule, {
  pass: [
    { name: 'nothing is missing' },
    { name: 'trap 19a: young versions are pending, not missing', objects: compared({ pending: 400 }) },
    { name: 'nothing is missing in what was looked at', objects: compared({ exact: false }) },
  ],
  fail: [
    {
      name: 'every version was looked at',
      objects: compared({ missing: 1204, pending: 12, ineligible: 3 }),
      message:
        "1,204 of 3,000 compared versions of 'orders' are not in 'orders-replica': every version that the replication rule takes was looked at; 12 more are pending (younger than 1,440 minutes) and 3 cannot replicate.",
    },
    {
      name: 'pages of the key space were looked at',
      objects: compared({ missing: 7, exact: false, pendingMinutes: 15 }),
      message: ['7 of 3,000', 'a lower bound', 'younger than 15 minutes'],
    },
    {
      name: "trap 19a: the destination's lifecycle removes versions",
      objects: missing,
      destination: lifecycle({ NoncurrentVersionExpiration: { NoncurrentDays: 30 } }),
      message: [removed],
    },
    {
      name: "the source's lifecycle makes delete markers, and delete markers replicate",
      objects: missing,
      source: lifecycle({ Expiration: { Days: 30 } }),
      replicationRule: { DeleteMarkerReplication: { Status: 'Enabled' } },
      message: [marked],
    },
    {
      name: "the source's lifecycle makes delete markers on a date",
      objects: missing,
      source: lifecycle({ Expiration: { Date: '2026-01-01T00:00:00.000Z' } }),
      replicationRule: { DeleteMarkerReplication: { Status: 'Enabled' } },
      message: [marked],
    },
    {
      name: "the destination's lifecycle removes delete markers",
      objects: missing,
      destination: lifecycle({ Expiration: { ExpiredObjectDeleteMarker: true } }),
      message: [removed],
    },
    {
      name: 'trap 1: without a Filter it is V1, and delete markers replicate',
      objects: missing,
      source: lifecycle({ Expiration: { Days: 30 } }),
      replicationRule: { Filter: undefined, Prefix: '' },
      message: [marked],
    },
    {
      name: "trap 27: the destination's lifecycle is denied, so nothing is said of it",
      objects: missing,
      denied: ['destination.lifecycle'],
      message: ["Whether the destination's lifecycle removed some of them is not known."],
    },
  ],
  notApplicable: [{ name: 'the replication rule takes no version', objects: compared({ compared: 0 }) }],
  unknown: [{ name: 'a listing is denied', denied: ['objects.backfill'] }],
});

const silent = [
  { name: 'no lifecycle', situation: {} },
  {
    name: 'a lifecycle rule that is disabled',
    situation: {
      destination: lifecycle({ Status: 'Disabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 } }),
    },
  },
  {
    name: 'an expiration at the destination, which leaves the version where it is',
    situation: { destination: lifecycle({ Expiration: { Days: 30 } }) },
  },
  {
    name: 'trap 1: `Filter: {}` is V2, where delete markers do not replicate by themselves',
    situation: { source: lifecycle({ Expiration: { Days: 30 } }), replicationRule: { Filter: {} } },
  },
];

it.each(silent)('does not blame lifecycle: $name', ({ situation }) => {
  const outcome = tryRule(rule, { ...situation, objects: missing });
  const message = 'finding' in outcome ? outcome.finding.message : '';
  expect(message).toMatch(/^7 of 3,000/);
  expect(message).not.toContain('lifecycle');
});

it('names the Region of the batch job where it is known', () => {
  const cli = (situation: object): string => {
    const outcome = tryRule(rule, { objects: missing, ...situation });
    return 'finding' in outcome ? (outcome.finding.fix.cli ?? '') : '';
  };
  expect(cli({})).toContain(' --region eu-west-1 ');
  expect(cli({ source: { region: 'ap-south-1' } })).toContain(' --region ap-south-1 ');
});

it('trap 21: with a second route the batch job asks for COMPLETED objects too', () => {
  const to = (name: string): object => ({
    Status: 'Enabled',
    Filter: {},
    Destination: { Bucket: `arn:aws:s3:::${name}` },
  });
  const statuses = (situation: object): string => {
    const outcome = tryRule(rule, { objects: missing, ...situation });
    const cli = 'finding' in outcome ? (outcome.finding.fix.cli ?? '') : '';
    return /"ObjectReplicationStatuses":(\[[^\]]*\])/.exec(cli)?.[1] ?? '';
  };
  expect(statuses({})).toBe('["NONE","FAILED"]');
  expect(
    statuses({
      source: { replication: { Role: 'arn:aws:iam::111122223333:role/r', Rules: [to('one'), to('two')] } },
    }),
  ).toBe('["NONE","FAILED","COMPLETED"]');
});
