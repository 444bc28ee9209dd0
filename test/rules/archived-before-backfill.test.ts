import { describeRule } from './describe-rule.ts';
import rule from '../../rules/archived-before-backfill.ts';
import type { IntelligentTiering, LifecycleRule } from '../../src/model/aws.ts';
import { objectFacts } from '../../src/tester/healthy.ts';

const waiting = { objects: { backfill: { ...objectFacts.backfill, missing: 1204 } } };
const lifecycle = (rule: Partial<LifecycleRule>): object => ({
  lifecycle: { Rules: [{ ID: 'cold', Status: 'Enabled', ...rule }] },
});
const to = (StorageClass: string): Partial<LifecycleRule> => ({ Transitions: [{ Days: 90, StorageClass }] });
const tiering = (more: Partial<IntelligentTiering> = {}): object => ({
  intelligentTiering: [
    { Id: 'deep', Status: 'Enabled', Tierings: [{ Days: 90, AccessTier: 'ARCHIVE_ACCESS' }], ...more },
  ],
});

describeRule(rule, {
  pass: [
    { name: 'nothing waits, and lifecycle archives', source: lifecycle(to('GLACIER')) },
    { name: 'nothing waits, and a tier archives', source: tiering() },
    { name: 'nothing waits, whatever lifecycle does', denied: ['source.lifecycle'] },
  ],
  fail: [
    {
      name: 'a transition into an archive',
      ...waiting,
      source: lifecycle(to('DEEP_ARCHIVE')),
      message:
        "Versions of 'orders' that are not in 'orders-replica' yet are being archived, and then cannot be replicated: the lifecycle rule 'cold' moves to DEEP_ARCHIVE. At least 1,204 wait.",
    },
    {
      name: 'a transition of noncurrent versions',
      ...waiting,
      source: lifecycle({ NoncurrentVersionTransitions: [{ NoncurrentDays: 1, StorageClass: 'GLACIER' }] }),
      message: ['moves to GLACIER'],
    },
    {
      name: 'an archive tier of Intelligent-Tiering',
      ...waiting,
      source: tiering(),
      message: ["the Intelligent-Tiering configuration 'deep' moves what is in that class to ARCHIVE_ACCESS"],
    },
    {
      name: 'lifecycle archives, and the tiers are denied',
      ...waiting,
      source: lifecycle(to('GLACIER')),
      denied: ['source.intelligentTiering'],
      message: ['moves to GLACIER'],
    },
  ],
  notApplicable: [
    { name: 'nothing archives, and some wait', ...waiting },
    { name: 'nothing archives, whatever waits', denied: ['objects.backfill'] },
    {
      name: 'Glacier Instant Retrieval is no archive: its objects replicate',
      ...waiting,
      source: lifecycle(to('GLACIER_IR')),
    },
    { name: 'the rule is disabled', ...waiting, source: lifecycle({ ...to('GLACIER'), Status: 'Disabled' }) },
    {
      name: 'what is archived does not take this route',
      ...waiting,
      source: lifecycle({ ...to('GLACIER'), Filter: { Prefix: 'logs/' } }),
      replicationRule: { Filter: { Prefix: 'invoices/' } },
    },
    {
      name: 'what the tiers archive does not take this route',
      ...waiting,
      source: tiering({ Filter: { Prefix: 'logs/' } }),
      replicationRule: { Filter: { Prefix: 'invoices/' } },
    },
    { name: 'the tiers are disabled', ...waiting, source: tiering({ Status: 'Disabled' }) },
  ],
  unknown: [
    { name: 'a listing is denied', source: lifecycle(to('GLACIER')), denied: ['objects.backfill'] },
    { name: 'the lifecycle is denied', ...waiting, denied: ['source.lifecycle'] },
    { name: 'the tiers are denied', ...waiting, denied: ['source.intelligentTiering'] },
    {
      name: 'neither what waits nor what archives is told',
      denied: ['objects.backfill', 'source.lifecycle'],
    },
  ],
});
