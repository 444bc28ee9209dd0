import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { formats, usualFormats } from '../../reports/index.ts';
import { generateFrameworks } from '../../scripts/generate/frameworks.ts';

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

it('docs/frameworks.md is what the generator writes', () => {
  for (const [path, text] of generateFrameworks()) expect(read(path)).toBe(text);
});

it('docs/reports.md has a row for every format, and says which is not usual', () => {
  const page = read('docs/reports.md');
  for (const { name, file } of formats)
    expect(page).toMatch(new RegExp(`^\\| \`${name}\` +\\| \`${file}\` `, 'm'));
  const asked = formats.filter((format) => !usualFormats.includes(format)).map(({ file }) => file);
  expect(page).toContain(`Without\nit all are written but \`${asked.join('` and `')}\`.`);
});
