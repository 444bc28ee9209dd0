import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deepRenamed, fixOf, renamed, type Names } from './renamed.ts';
import { asWord, commandsOf, stringsOfHcl, yamlOf } from './typed.ts';
import { rules } from '../../../rules/index.ts';
import type { Fix } from '../../../src/model/finding.ts';

/** Names that the examples use, of buckets, roles, replication rules, prefixes, statements and tags. */
const names = [
  'orders',
  'everything',
  'invoices',
  'archive',
  'replicate',
  'OfficeOnly',
  'NotLonger',
  'access-logs',
];

const nasty = [
  "it's",
  '"quoted"',
  '$(touch pwned)',
  '`touch pwned`',
  '; touch pwned #',
  '\n touch pwned\n',
  '${file("x")}',
  '$${x}',
  '%{if true}',
  '%%{x}',
  '{{x}}',
  'a: b',
  '- a',
  '# a',
  '&a *b',
  '!Ref a',
  '? a',
  '|',
  '>-',
  '@',
  '%YAML',
  'yes',
  'null',
  '~',
  '1e3',
  '0x10',
  '2026-01-01',
  '\t\r\b\f\v\u001b[2J',
  '\\',
  '\\n',
  "\\'",
  '"\\"',
  '\u202egnp.exe',
  '\u2028\u2029\u0085\ufeff',
  '\u{e0001}\u{1f600}',
  '\ud800',
  '\udc00x',
  '-rf',
  '--debug',
  '!!',
  '$HOME',
  '*?[a]',
  '~root',
  '{a,b}',
  '<(touch pwned)',
  '|| touch pwned',
  'EOF',
];

const long = '\'$(touch pwned)"`\\\n${x}%{y}'.repeat(4000);

interface Case {
  readonly rule: string;
  readonly names: Names;
  readonly plain: Fix;
  readonly hostile: Fix;
}

/** Every rule's bad example under these names, as far as it still fails. */
function casesOf(instead: readonly string[]): readonly Case[] {
  return rules.flatMap((rule) => {
    const replaced = names.map((name, index) => [name, instead[index % instead.length] ?? ''] as const);
    const [plain, hostile] = [fixOf(rule, []), fixOf(rule, replaced)];
    if (plain === null) throw new Error(`The bad example of ${rule.id} does not fail.`);
    return hostile === null ? [] : [{ rule: rule.id, names: replaced, plain, hostile }];
  });
}

const any = fc
  .array(fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary', maxLength: 8 })), {
    minLength: 1,
    maxLength: 4,
  })
  // A path ends at a slash, and no shell has a NUL.
  .map((parts) => parts.join('').replaceAll('/', '').replaceAll('\0', '').replaceAll('\u0001', ''))
  .filter((name) => name !== '');

const instead = fc.array(any, { minLength: names.length, maxLength: names.length });
/** Other names for each seed. */
const some = fc.sample(instead, { numRuns: 6, seed: Number(process.env['REPLINT_SEED'] ?? 1) });
const groups = Array.from({ length: Math.ceil(nasty.length / names.length) }, (_, index) =>
  nasty.slice(index * names.length, (index + 1) * names.length),
);
// No ARN is that long: a pattern with many stars against it would take its time.
const longest = names.map((name) => (name === 'orders' ? "it's" : long));
const all = [...groups, longest, ...some].flatMap(casesOf);

/** What both names of a case have in one language. */
function inBoth(
  kind: keyof Fix,
): readonly (Omit<Case, 'plain' | 'hostile'> & { plain: string; hostile: string })[] {
  return all.flatMap(({ plain, hostile, ...one }) => {
    const [mine, theirs] = [plain[kind], hostile[kind]];
    return mine === undefined || theirs === undefined ? [] : [{ ...one, plain: mine, hostile: theirs }];
  });
}

/** In few words: the names are long. */
function expectSame(rule: string, got: unknown, wanted: unknown): void {
  // That rule writes another prefix than the one that is there.
  if (rule === 'suspicious-prefix') return;
  const [mine, theirs] = [JSON.stringify(got), JSON.stringify(wanted)];
  if (mine === theirs) return;
  const at = Math.max(
    40,
    mine.split('').findIndex((unit, index) => unit !== theirs[index]),
  );
  expect.fail(`${rule}: ${mine.slice(at - 40, at + 200)}\n  instead of ${theirs.slice(at - 40, at + 200)}`);
}

it(`is asked of all rules, under names of every kind (seed ${process.env['REPLINT_SEED'] ?? '1'})`, () => {
  const asked = new Set(all.map(({ rule }) => rule));
  expect(rules.map(({ id }) => id).filter((id) => !asked.has(id))).toEqual([]);
  expect(all.length).toBeGreaterThan(rules.length * groups.length);
});

it('reaches aws and jq as it is, and a shell does nothing else', () => {
  const typed = inBoth('cli');
  const wanted = commandsOf(typed.map(({ plain }) => plain));
  const got = commandsOf(typed.map(({ hostile }) => hostile));
  expect(got).toHaveLength(typed.length);
  for (const [index, { rule, names: by }] of typed.entries()) {
    const commands = wanted[index]?.map((words) => words.map((word) => asWord(renamed(word, by))));
    expectSame(rule, got[index], commands);
    expect(commands?.length, rule).toBeGreaterThan(0);
  }
}, 120_000);

it('is a text in Terraform, and no template', () => {
  for (const { rule, names: by, plain, hostile } of inBoth('terraform'))
    expectSame(
      rule,
      stringsOfHcl(hostile),
      stringsOfHcl(plain).map((text) => renamed(text, by)),
    );
});

it('is a text in YAML, whichever it is', () => {
  for (const { rule, names: by, plain, hostile } of inBoth('cloudformation'))
    expectSame(rule, yamlOf(hostile), deepRenamed(yamlOf(plain), by));
});

it('is a text in the statements of a policy', () => {
  for (const { rule, names: by, plain, hostile } of inBoth('json'))
    expectSame(rule, JSON.parse(hostile), deepRenamed(JSON.parse(plain), by));
});

const environment = { ...process.env, CHECKPOINT_DISABLE: '1' };
const hasTerraform = spawnSync('terraform', ['version'], { env: environment, timeout: 20_000 }).status === 0;

it.skipIf(!hasTerraform)(
  'is taken by Terraform itself, where that is installed',
  () => {
    // It takes its time over long texts: of each rule one, each under other names.
    const short = inBoth('terraform').filter(({ hostile }) => hostile.length < 10_000);
    const ids = [...new Set(short.map(({ rule }) => rule))];
    const input = ids.flatMap((id, index) => {
      const own = short.filter(({ rule }) => rule === id);
      return [`of_a_rule {\n${own[index % own.length]?.hostile ?? ''}\n}`];
    });
    const { status, stderr } = spawnSync('terraform', ['fmt', '-'], {
      env: environment,
      input: input.join('\n'),
      timeout: 60_000,
    });
    expect(status, stderr.toString().slice(0, 2000)).toBe(0);
  },
  120_000,
);
