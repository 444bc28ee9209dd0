import { describe, expect, it } from 'vitest';
import { rules } from '../rules/index.ts';
import type { Configuration } from '../src/model/configuration.ts';
import { select, selectorsOf } from '../src/selection.ts';

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

  it('keeps a list of settings in its order, each with its own selector, severity and options', () => {
    const [first] = rules;
    if (!first) throw new Error('There are rules.');
    const rule = { ...first, id: 'made', options: { schema: {}, defaults: { a: 1, b: 2 } } };
    const only = { buckets: ['acme-*'] };
    const cases = [
      { only, severity: 'off' },
      { only: { regions: ['eu-west-1'] }, severity: 'note', options: { b: 3 } },
      { options: { b: 4 } },
    ] as const;
    const [selected, ...more] = select([rule], { rules: { made: cases } });
    expect(more).toEqual([]);
    expect(selected).toMatchObject({ severity: rule.severity, only: null, options: { a: 1, b: 2 } });
    expect(selected?.cases).toMatchObject([
      { only, selected: null },
      { only: { regions: ['eu-west-1'] }, selected: { severity: 'note', options: { a: 1, b: 3 } } },
      { only: null, selected: { name: 'made', severity: rule.severity, options: { a: 1, b: 4 } } },
    ]);
    expect(selected && selectorsOf(selected)).toEqual([only, { regions: ['eu-west-1'] }]);
  });

  it('makes warnings errors under strict, but for those whose severity is set', () => {
    const severities = ['error', 'warning', 'note'] as const;
    const [first] = rules;
    if (!first) throw new Error('There are rules.');
    const made = severities.map((severity) => ({ ...first, id: severity, severity }));
    const policies = [
      { name: 'raised', rule: 'warning' },
      { name: 'set', rule: 'warning', severity: 'warning' as const },
    ];
    const of = (configuration: Configuration): readonly string[] =>
      select(made, configuration).map(({ severity }) => severity);
    expect(of({ preset: 'strict' })).toEqual(['error', 'error', 'note']);
    expect(of({ preset: 'strict', rules: { warning: 'warning' } })).toEqual(['error', 'warning', 'note']);
    expect(of({ preset: 'strict', policies }).slice(3)).toEqual(['error', 'warning']);
    expect(of({ preset: 'all' })).toEqual(['error', 'warning', 'note']);
  });

  it('takes the rules of a framework, and those that are named beside it', () => {
    const ids = idsOf(rules, { preset: 'PCI-DSS-4.0.1', rules: { 'bucket-key-off': 'note' } });
    // A rule of policies has controls too, and still waits for a policy.
    const named = rules.filter(
      ({ controls = [], policy }) =>
        policy !== true && controls.some((one) => one.startsWith('PCI-DSS-4.0.1/')),
    );
    expect(named).not.toEqual([]);
    expect([...ids].sort()).toEqual(['bucket-key-off', ...named.map(({ id }) => id)].sort());
  });
});
