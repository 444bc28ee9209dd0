import { describe, expect, it } from 'vitest';
import { everyBucket } from './evaluate/memory.ts';
import { rules } from '../rules/index.ts';
import { hasOn, presetsOf } from '../src/preset.ts';
import type { Rule } from '../src/rule.ts';

const made = (more: Partial<Rule>): Rule => ({ ...everyBucket, ...more });
const noisy = made({ recommended: false });
const waiting = made({ policy: true, controls: ['ACME/1'] });
const controlled = made({ recommended: false, controls: ['ACME/1', 'ACME/2', 'Other/3/a'] });

describe('the presets', () => {
  it('are three, and the frameworks that controls name, each once and in order', () => {
    expect(presetsOf([controlled, made({ controls: ['AAA/1'] })])).toEqual([
      'recommended',
      'all',
      'strict',
      'AAA',
      'ACME',
      'Other',
    ]);
    expect(presetsOf(rules)).toEqual(expect.arrayContaining(['AWS-SecurityHub', 'NIST-800-53-r5']));
  });

  it('recommended leaves the noisy out, all and strict take them, none a rule of policies', () => {
    for (const [preset, on] of [
      ['recommended', [true, false, false]],
      ['all', [true, true, false]],
      ['strict', [true, true, false]],
    ] as const) {
      expect([everyBucket, noisy, waiting].map((rule) => hasOn(preset, rule))).toEqual(on);
    }
  });

  it('of a framework are the rules that name a control of it, and no other', () => {
    expect([everyBucket, noisy, waiting, controlled].map((rule) => hasOn('ACME', rule))).toEqual([
      false,
      false,
      false,
      true,
    ]);
    expect(hasOn('ACM', controlled)).toBe(false);
    const frameworks = presetsOf(rules).slice(3);
    for (const framework of frameworks)
      expect(rules.filter((rule) => hasOn(framework, rule))).not.toEqual([]);
  });
});
