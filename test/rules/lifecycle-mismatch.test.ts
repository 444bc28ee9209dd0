import { describeRule } from './describe-rule.ts';
import rule from '../../rules/lifecycle-mismatch.ts';
import type { LifecycleRule } from '../../src/model/aws.ts';

const lifecycle = (...Rules: readonly Partial<LifecycleRule>[]): object => ({
  lifecycle: { Rules: Rules.map((one) => ({ Status: 'Enabled', ...one })) },
});
const year = { ID: 'a year', Expiration: { Days: 365 } };
const cold = { ID: 'cold', Transitions: [{ Days: 90, StorageClass: 'GLACIER' }] };

describeRule(rule, {
  pass: [
    {
      name: 'both ends do the same under other names',
      source: lifecycle(year),
      destination: lifecycle({ ...year, ID: 'b' }),
    },
    {
      name: 'an expiration at the source only is said elsewhere',
      source: lifecycle(year, cold),
      destination: lifecycle(cold),
    },
    {
      name: 'a prefix is written in two ways',
      source: lifecycle({ ...cold, Prefix: 'logs/' }),
      destination: lifecycle({ ...cold, Filter: { Prefix: 'logs/' } }),
    },
    {
      name: 'tags stand in another order',
      source: lifecycle({
        ...cold,
        Filter: {
          And: {
            Tags: [
              { Key: 'a', Value: '1' },
              { Key: 'b', Value: '2' },
            ],
          },
        },
      }),
      destination: lifecycle({
        ...cold,
        Filter: {
          And: {
            Tags: [
              { Key: 'b', Value: '2' },
              { Key: 'a', Value: '1' },
            ],
          },
        },
      }),
    },
  ],
  fail: [
    {
      name: 'replicas expire earlier',
      source: lifecycle(year),
      destination: lifecycle({ Expiration: { Days: 30 } }),
      message:
        "Lifecycle treats objects of 'orders' and their replicas in 'orders-replica' differently: the source has expiration after 365 days where the destination has expiration after 30 days.",
    },
    {
      name: 'replicas alone expire',
      destination: lifecycle(year),
      message: ['the source has nothing where the destination has expiration after 365 days'],
    },
    {
      name: 'they expire on other dates',
      source: lifecycle({ Expiration: { Date: '2027-01-01T00:00:00.000Z' } }),
      destination: lifecycle({ Expiration: { Date: '2028-01-01T00:00:00.000Z' } }),
      message: ['on 2027-01-01', 'on 2028-01-01'],
    },
    {
      name: 'other objects move',
      severity: 'note',
      source: lifecycle({ ...cold, Filter: { Prefix: 'logs/' } }),
      destination: lifecycle({ ...cold, Filter: { Tag: { Key: 'cold', Value: 'yes' } } }),
      message: ["GLACIER after 90 days (prefix 'logs/')", "GLACIER after 90 days (tag 'cold'='yes')"],
    },
    {
      name: 'only large objects move at one end',
      severity: 'note',
      source: lifecycle({ ...cold, Filter: { ObjectSizeGreaterThan: 1000 } }),
      destination: lifecycle({
        ...cold,
        Filter: { And: { ObjectSizeGreaterThan: 1000, ObjectSizeLessThan: 9000 } },
      }),
      message: ['(above 1000 bytes)', '(above 1000 bytes, below 9000 bytes)'],
    },
    {
      name: 'only replicas move to a colder class',
      severity: 'note',
      destination: lifecycle(cold),
      message: ['the source has nothing where the destination has GLACIER after 90 days'],
    },
  ],
  notApplicable: [
    { name: 'neither end has a lifecycle' },
    { name: 'the rules are disabled', source: lifecycle({ ...year, Status: 'Disabled' }) },
    {
      name: 'the rules are about objects that do not take this route',
      source: lifecycle({ ...cold, Filter: { Prefix: 'logs/' } }),
      replicationRule: { Filter: { Prefix: 'invoices/' } },
    },
    {
      name: 'only noncurrent versions go',
      destination: lifecycle({ NoncurrentVersionExpiration: { NoncurrentDays: 30 } }),
    },
  ],
  unknown: [
    { name: "the source's lifecycle is denied", denied: ['source.lifecycle'] },
    { name: "the destination's lifecycle is denied", denied: ['destination.lifecycle'] },
  ],
});
