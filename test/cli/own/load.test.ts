import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadCatalogue, loadSettings, type Settings } from '../../../src/cli/settings.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'replint-own-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const ruleText = (id: string, more = ''): string =>
  `{ id: '${id}', title: 'Ours', severity: 'warning', scope: 'bucket', why: 'Why.', fix: 'Mend it.', page: 'judgement',
     needs: {}, evaluate: () => ({ outcome: 'pass' }), examples: { bad: {}, good: {} }, ${more} }`;

function module(name: string, ...rules: readonly string[]): void {
  writeFileSync(join(folder, name), `export default [${rules.join(', ')}];\n`);
}

function configuration(text: string): { readonly config: string } {
  const config = join(folder, 'replint.yaml');
  writeFileSync(config, text);
  return { config };
}

const settings = (text: string, ...rule: readonly string[]): Promise<Settings> =>
  loadSettings({ ...configuration(text), rule });

const limit = `options: { defaults: { most: 3 }, schema: { type: 'object', additionalProperties: false, properties: { most: { type: 'integer' } } } }`;

describe("rules of one's own", () => {
  it('are set as ours are, under rules, under policies and by --rule', async () => {
    module('a.mjs', ruleText('ours', limit), ruleText('asked', `policy: true, ${limit}`));
    const text = `
use: [./a.mjs]
rules: { ours: { severity: note, options: { most: 5 } } }
policies: [{ name: few, rule: asked, options: { most: 7 } }, { name: two Regions, rule: replication-required }]`;
    const { selection } = await settings(text);
    expect(selection.filter(({ rule }) => ['ours', 'asked'].includes(rule.id))).toMatchObject([
      { name: 'ours', severity: 'note', options: { most: 5 } },
      { name: 'few', severity: 'warning', options: { most: 7 } },
    ]);
    expect(selection.length).toBeGreaterThan(30);
    expect((await settings(text, 'ours')).selection.map(({ name }) => name)).toEqual(['ours']);
    expect((await loadCatalogue(configuration(text))).slice(-2).map(({ id }) => id)).toEqual([
      'ours',
      'asked',
    ]);
  });

  it("make presets of their controls' frameworks", async () => {
    module('a.mjs', ruleText('ours', "controls: ['ACME/1']"));
    const { selection, preset } = await settings('use: [./a.mjs]\npreset: ACME');
    expect([preset, selection.map(({ name }) => name)]).toEqual(['ACME', ['ours']]);
    await expect(settings('use: [./a.mjs]\npreset: ACM')).rejects.toThrow("Did you mean 'ACME'?");
  });

  it('change the hash of what judged with their text, the configuration being the same', async () => {
    const hashes = await Promise.all(
      ['pass', 'notApplicable'].map(async (outcome) => {
        mkdirSync(join(folder, outcome));
        module(`${outcome}/a.mjs`, ruleText('ours').replace("'pass'", `'${outcome}'`));
        const config = join(folder, outcome, 'replint.yaml');
        writeFileSync(config, 'use: [./a.mjs]');
        return (await loadSettings({ config })).hash;
      }),
    );
    expect(new Set(hashes).size).toBe(2);
  });

  it.each([
    ['rules:\n  oers: off', "replint.yaml:3:3: 'oers' is not allowed in rules. Did you mean 'ours'?"],
    [
      'rules: { ours: { options: { mots: 1 } } }',
      "'mots' is not allowed in rules.ours.options. Did you mean 'most'?",
    ],
    ['rules: { ours: [{ options: { most: x } }] }', 'rules.ours.0.options.most must be integer.'],
    ['policies: [{ name: x, rule: ours, options: { most: x } }]', 'policies.0.options.most must be integer.'],
    ['rules: { role-missing: { options: {} } }', "'options' is not allowed in rules.role-missing."],
    ['rules: { bucket-key-of: off }', "Did you mean 'bucket-key-off'?"],
  ])('are held to their options and ids: %j', async (text, complaint) => {
    module('a.mjs', ruleText('ours', limit));
    await expect(settings(`use: [./a.mjs]\n${text}`)).rejects.toThrow(complaint);
  });

  it('are unknown where no module brings them', async () => {
    await expect(settings('rules: { ours: off }')).rejects.toThrow("'ours' is not allowed in rules.");
    await expect(settings('', 'ours')).rejects.toThrow("There is no rule 'ours'.");
  });

  it('are refused with all that is wrong, each with the line that names the module', async () => {
    module('a.mjs', ruleText('Ours'), '5', ruleText('role-missing'));
    module('b.mjs', ruleText('twice'), ruleText('twice'));
    module('c.mjs');
    const text = 'use:\n  - ./a.mjs\n  - ./b.mjs\n  - ./c.mjs\n  - ./d.mjs\nrules: { nothing: off }';
    const { message } = await settings(text).then(
      () => new Error('It was to be refused.'),
      (error: unknown) => error as Error,
    );
    expect(message.replaceAll(`${folder}/`, '').split('\n')).toEqual([
      "replint.yaml:2:5: './a.mjs': rule 'Ours': id must be lower-case words with hyphens between them.",
      "replint.yaml:2:5: './a.mjs': rule #2: is no rule: a rule is an object, as defineRule takes it.",
      "replint.yaml:2:5: './a.mjs': rule 'role-missing': there is a rule of that id, of replint.",
      "replint.yaml:3:5: './b.mjs': rule 'twice': there is a rule of that id, in './b.mjs'.",
      "replint.yaml:4:5: './c.mjs': its list of rules is empty.",
      "replint.yaml:5:5: './d.mjs': There is no such file.",
    ]);
  });
});
