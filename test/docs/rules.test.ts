import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { generateRules } from '../../scripts/generate/rules.ts';
import type { Situation } from '../../src/rule.ts';
import { tryRule } from '../../src/tester.ts';

const folder = new URL('../../docs/rules/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

/** The text of each fenced block of a language, in order. */
function blocks(page: string, language: string): readonly string[] {
  const fences = page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)\\n\`\`\`$`, 'gms'));
  return [...fences].map(([, text = '']) => text);
}

/** A page's example, as a reader would copy it. */
function situation(json: string): Situation {
  // The page holds what the generator wrote; what is not a situation the engine would not judge as the page says.
  return JSON.parse(json) as Situation;
}

describe('the committed pages', () => {
  it('are those of the rules, and no others', () => {
    const ids = rules.map(({ id }) => `${id}.md`);
    expect(readdirSync(folder).toSorted()).toEqual(['README.md', ...ids].toSorted());
  });

  it('are what the generator writes', async () => {
    const generated = await generateRules();
    for (const [path, text] of generated) expect(read(path.slice('docs/rules/'.length))).toBe(text);
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))(
    '%s: the examples of the page do what it says',
    (id, rule) => {
      const page = read(`${id}.md`);
      const [bad = '', good = '', ...more] = blocks(page, 'json');
      const [message, ...others] = blocks(page, 'text');
      expect([...more, ...others]).toEqual([]);
      expect(tryRule(rule, situation(bad))).toMatchObject({ outcome: 'fail', finding: { message } });
      expect(tryRule(rule, situation(good))).toMatchObject({ outcome: 'pass' });
    },
  );

  it('say of a lint rule, and of no other, that AWS refuses what it is about', () => {
    const lint = rules.filter((rule) => rule.lint === true).map(({ id }) => id);
    const said = rules
      .filter(({ id }) => read(`${id}.md`).includes('- AWS refuses it when'))
      .map(({ id }) => id);
    expect(lint).toContain('duplicate-priority');
    expect(said).toEqual(lint);
  });

  it('link to every rule from the catalogue', () => {
    const linked = [...read('README.md').matchAll(/^\| \[([\w-]+)\]\(\1\.md\)/gm)].map(([, id]) => id);
    expect(linked.toSorted()).toEqual(rules.map(({ id }) => id));
  });
});

describe('the catalogue', () => {
  it('is sorted by id, and each id is its file', () => {
    const ids = rules.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted());
    const files = readdirSync(new URL('../../rules/', import.meta.url)).filter((name) =>
      name.endsWith('.ts'),
    );
    expect(files.toSorted()).toEqual([...ids.map((id) => `${id}.ts`), 'index.ts'].toSorted());
  });

  it('has a test for every rule', () => {
    const tests = readdirSync(new URL('../rules/', import.meta.url));
    for (const { id } of rules) expect(tests).toContain(`${id}.test.ts`);
  });

  it('maps Bucket Keys to no control: they are about cost', () => {
    expect(
      rules.filter(({ id }) => id.startsWith('bucket-key')).flatMap(({ controls = [] }) => controls),
    ).toEqual([]);
  });
});
