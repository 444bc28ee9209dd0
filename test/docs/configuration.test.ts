import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseConfiguration } from '../../src/config/read.ts';
import { rules } from '../../rules/index.ts';
import { exitCodes } from '../../src/cli/exit.ts';
import { presetsOf } from '../../src/preset.ts';

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

it('every example of docs/configuration.md is a valid configuration', () => {
  const blocks = [...read('docs/configuration.md').matchAll(/```yaml\n(.*?)```/gs)].map(
    ([, text = '']) => text,
  );
  expect(blocks.length).toBeGreaterThan(0);
  for (const block of blocks)
    expect(Object.keys(parseConfiguration(block, 'docs/configuration.md'))).not.toEqual([]);
});

it("the README's table of exit codes is the command's", () => {
  const table = [...read('README.md').matchAll(/^\| (\d+) +\|/gm)].map(([, code]) => Number(code));
  expect(table).toEqual(Object.values(exitCodes));
});

it('docs/configuration.md names every preset, those of frameworks too', () => {
  const table = read('docs/configuration.md').match(/^\| preset .*?\n\n/ms)?.[0] ?? '';
  for (const preset of presetsOf(rules)) expect(table).toContain(`\`${preset}\``);
});
