import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseConfiguration } from '../../src/config/read.ts';
import { exitCodes } from '../../src/cli/exit.ts';

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
