import { describe, expect, test } from 'vitest';
import { frameworkNames, narrowed } from '../../reports/narrow.ts';
import type { Narrowed } from '../../reports/narrow.ts';
import { categoryOf } from '../../reports/sarif/category.ts';
import { formats } from '../../reports/index.ts';
import type { Finding } from '../../src/model/finding.ts';
import { sampleAudit, streamed } from './sample.ts';
import { written } from './written.ts';

const sample = sampleAudit({ findings: 300 });
const names = Object.entries(sample.audit.rules)
  .filter(([, { controls }]) => controls.some((control) => control.startsWith('AWS-SecurityHub/')))
  .map(([name]) => name);

async function hub(): Promise<Narrowed & { readonly all: readonly Finding[] }> {
  const whole = await narrowed(sample.audit, streamed(sample.findings), 'AWS-SecurityHub');
  const { findings } = whole;
  const all: Finding[] = [];
  for await (const finding of findings()) all.push(finding);
  return { ...whole, all };
}

describe('an audit narrowed to a framework', () => {
  test('has the findings of its rules, in their order, each time that they are asked for', async () => {
    const { all, findings } = await hub();
    expect(names.length).toBeLessThan(Object.keys(sample.audit.rules).length);
    expect(all).toEqual(sample.findings.filter(({ rule, policy }) => names.includes(policy ?? rule)));
    const again: Finding[] = [];
    for await (const finding of findings()) again.push(finding);
    expect(again).toEqual(all);
  });

  test('counts them and no others', async () => {
    const { audit, all } = await hub();
    expect(Object.keys(audit.rules)).toEqual(names);
    expect(Object.keys(audit.tallies.rules)).toEqual(names);
    const failed = all.filter(({ outcome }) => outcome === 'fail');
    const { error, warning, note } = audit.tallies.fail;
    expect([error, warning, note]).toEqual(
      ['error', 'warning', 'note'].map((one) => failed.filter(({ severity }) => severity === one).length),
    );
    expect(error + warning + note).toBeGreaterThan(0);
    expect(audit.tallies.unknown).toBe(all.length - failed.length);
    const passes = names.map((name) => sample.audit.tallies.rules[name]?.pass ?? 0);
    expect(audit.tallies.pass).toBe(passes.reduce((sum, one) => sum + one, 0));
  });

  test('keeps that framework alone, and says so in every report that has a word for it', async () => {
    const { audit, findings } = await hub();
    expect(frameworkNames(audit)).toEqual(['AWS-SecurityHub']);
    for (const format of formats.filter(({ name }) => ['html', 'markdown', 'sarif'].includes(name))) {
      const text = await written(format, audit, findings);
      // Markdown escapes hyphens.
      expect(text.replaceAll('\\', '')).toContain('AWS-SecurityHub');
    }
  });

  test('has a category of its own in code scanning: it must not close the alerts of the whole', async () => {
    const { audit } = await hub();
    expect(categoryOf(audit)).toBe(`${categoryOf(sample.audit)}framework-AWS-SecurityHub/`);
    const odd = { ...audit, header: { ...audit.header, framework: 'a/b c' } };
    expect(categoryOf(odd)).toBe(`${categoryOf(sample.audit)}framework-a_b_c/`);
  });
});
