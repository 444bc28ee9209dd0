import { describe, expect, it } from 'vitest';
import { rules } from '../rules/index.ts';
import { select } from '../src/selection.ts';

const idsOf = (...parameters: Parameters<typeof select>): readonly string[] =>
  select(...parameters).map(({ name }) => name);

describe('the selection', () => {
  it('is every rule but those that wait for a policy, and the noisy', () => {
    const waiting = rules
      .filter(({ policy, recommended }) => policy === true || recommended === false)
      .map(({ id }) => id);
    expect(waiting).toContain('replication-required');
    expect(idsOf(rules, {})).toEqual(rules.map(({ id }) => id).filter((id) => !waiting.includes(id)));
  });

  it('leaves out what is off, and takes the severity that is set', () => {
    const selection = select(rules, { rules: { 'bucket-key-off': 'off', 'role-missing': 'note' } });
    expect(selection.map(({ name }) => name)).not.toContain('bucket-key-off');
    expect(selection.find(({ name }) => name === 'role-missing')?.severity).toBe('note');
  });

  it("names a policy by its own name, with its options over the rule's", () => {
    const policy = { name: 'two Regions', rule: 'replication-required', options: { otherRegion: true } };
    const twin = { name: 'two accounts', rule: 'replication-required', severity: 'note' as const };
    const selection = select(rules, { policies: [policy, twin] });
    expect(selection.filter(({ policy: name }) => name !== null)).toMatchObject([
      { name: 'two Regions', policy: 'two Regions', severity: 'error', options: { otherRegion: true } },
      { name: 'two accounts', severity: 'note', options: {} },
    ]);
  });

  it('takes a noisy rule only under the preset all, or where it is named', () => {
    const [rule] = rules;
    if (!rule) throw new Error('no rule');
    const noisy = { ...rule, recommended: false as const };
    expect(idsOf([noisy], {})).toEqual([]);
    expect(idsOf([noisy], { preset: 'recommended' })).toEqual([]);
    expect(idsOf([noisy], { preset: 'all' })).toEqual([rule.id]);
    expect(idsOf([noisy], { rules: { [rule.id]: 'note' } })).toEqual([rule.id]);
  });

  it('is narrowed by --rule', () => {
    expect(idsOf(rules, {}, ['role-missing', 'bucket-key-off'])).toEqual(['bucket-key-off', 'role-missing']);
  });

  it("takes a rule's severity, selector and options, over its defaults", () => {
    const [first] = rules;
    if (!first) throw new Error('There are rules.');
    const rule = {
      ...first,
      id: 'made',
      severity: 'warning' as const,
      options: { schema: {}, defaults: { a: 1, b: 2 } },
    };
    const only = { buckets: ['acme-*'] };
    const detail = { severity: 'note', only, options: { b: 3 } } as const;
    expect(select([rule], { rules: { made: detail } })).toMatchObject([
      { name: 'made', policy: null, severity: 'note', only, options: { a: 1, b: 3 } },
    ]);
    expect(select([rule], {})).toMatchObject([
      { severity: rule.severity, only: null, options: { a: 1, b: 2 } },
    ]);
  });
});
