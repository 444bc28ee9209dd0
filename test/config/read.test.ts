import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../src/config/read.ts';
import { CannotRun } from '../../src/model/cannot-run.ts';

function complaintOf(text: string): string {
  try {
    parseConfiguration(text, 'replint.yaml');
  } catch (error) {
    if (error instanceof CannotRun) return error.message;
    throw error;
  }
  throw new Error('The configuration was to be refused, and was not.');
}

describe('a configuration', () => {
  it('is read whole', () => {
    const text = `
organization:
  role: audit/Replint
  externalId: a-b
  include: { accounts: ['111122223333'], ous: [Root/Workloads] }
  exclude: { accounts: [], ous: [] }
preset: all
rules:
  bucket-key-off: off
  replication-metrics-off: note
  destination-requester-pays: { severity: warning, only: { tags: { data: critical } } }
  role-missing: [{ only: { buckets: ['acme-*'] }, severity: off }, { severity: note }]
policies:
  - name: critical data lives in two Regions
    rule: replication-required
    severity: error
    only: { tags: { data: critical }, buckets: ['acme-*'], accounts: ['111122223333'], regions: [eu-west-1] }
    options: { otherRegion: true, otherAccount: true, destinations: 2 }
limits: { accountsAtOnce: 16, callsPerSecond: 20 }
objects: { mode: listing, versions: 3000, pendingMinutes: 0 }
`;
    expect(parseConfiguration(text, 'replint.yaml')).toMatchObject({
      organization: { role: 'audit/Replint' },
      rules: { 'bucket-key-off': 'off' },
      policies: [{ options: { destinations: 2 } }],
      objects: { pendingMinutes: 0 },
    });
  });

  it('may be empty', () => {
    expect(parseConfiguration('', 'replint.yaml')).toEqual({});
    expect(parseConfiguration('# nothing yet\n', 'replint.yaml')).toEqual({});
  });

  it.each([
    [
      'preset: recomended',
      "replint.yaml:1:1: preset has a value that is not allowed. Did you mean 'recommended'? Allowed: recommended, all, strict, AWS-SecurityHub",
    ],
    [
      'rules:\n  bucket-key-of: off',
      "replint.yaml:2:3: 'bucket-key-of' is not allowed in rules. Did you mean 'bucket-key-off'?",
    ],
    [
      'rules:\n  role-missing: fatal',
      'replint.yaml:2:3: rules.role-missing has a value that is not allowed. Allowed: error, warning, note, off.',
    ],
    [
      'rules:\n  role-missing:\n    onyl: {}',
      "replint.yaml:3:5: 'onyl' is not allowed in rules.role-missing. Did you mean 'only'?",
    ],
    [
      'rules:\n  role-missing:\n    - only: {}\n      severity: fatal',
      'replint.yaml:4:7: rules.role-missing.0.severity has a value that is not allowed. Allowed: error, warning, note, off.',
    ],
    [
      'rules:\n  role-missing:\n    - { onyl: {} }',
      "replint.yaml:3:9: 'onyl' is not allowed in rules.role-missing.0.",
    ],
    [
      'rules:\n  role-missing: { severity: off }',
      'replint.yaml:2:19: rules.role-missing.severity has a value that is not allowed. Allowed: error, warning, note.',
    ],
    [
      'policies: [{ name: x, rule: replication-requird }]',
      "replint.yaml:1:23: policies.0.rule has a value that is not allowed. Did you mean 'replication-required'?",
    ],
    ['use: ./rules/ours.mjs', 'replint.yaml:1:1: use must be array.'],
    ['policies:\n  - rule: replication-required', "replint.yaml:2:5: policies.0 lacks 'name'."],
    [
      'policies:\n  - name: x\n    rule: replication-required\n    options:\n      otherRegoin: true',
      "replint.yaml:5:7: 'otherRegoin' is not allowed in policies.0.options. Did you mean 'otherRegion'?",
    ],
    [
      'policies:\n  - name: x\n    rule: role-missing\n    options: {}',
      "replint.yaml:4:5: 'options' is not allowed in policies.0.",
    ],
    ['limits:\n  accountsAtOnce: 0', 'replint.yaml:2:3: limits.accountsAtOnce must be >= 1.'],
    [
      'organization:\n  include:\n    accounts: [12]',
      'replint.yaml:3:16: organization.include.accounts.0 must be string.',
    ],
    ['preset: all\npreset: all', 'replint.yaml:2:1: Map keys must be unique'],
    ['a: [1', 'replint.yaml:1:6: Flow sequence'],
    ['- a', 'replint.yaml:1:1: the configuration must be object.'],
  ])('%j is refused with its place and what is allowed', (text, complaint) => {
    expect(complaintOf(text)).toContain(complaint);
  });

  it('says everything that is wrong at once', () => {
    expect(complaintOf('preset: x\nlimit: {}').split('\n')).toHaveLength(2);
  });

  it.each([
    ['rules: *nothing\n', 'replint.yaml: Unresolved alias'],
    ['preset: !secret all\n', 'replint.yaml:1:9: Unresolved tag'],
    [
      `a: &a [${'1,'.repeat(20)}]\nb: &b [${'*a,'.repeat(20)}]\nc: &c [${'*b,'.repeat(20)}]\nd: [${'*c,'.repeat(20)}]\n`,
      'replint.yaml: Excessive alias count',
    ],
  ])('that YAML itself cannot unfold is refused in a sentence', (text, why) => {
    expect(complaintOf(text)).toContain(why);
  });
});
