import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSettings, type Settings } from '../../src/cli/settings.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'replint-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function settings(text: string, ...rule: readonly string[]): Settings {
  const config = join(folder, 'replint.yaml');
  writeFileSync(config, text);
  return readSettings({ config, rule });
}

const policies = (...names: readonly string[]): string =>
  `policies: [${names.map((name) => `{ name: '${name}', rule: replication-required }`).join(', ')}]`;

describe('the settings', () => {
  it('name what is on, and change their hash with all that judges', () => {
    const one = settings(policies('a', 'b'));
    expect(one.selection.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['a', 'b', 'bucket-key-off']),
    );
    const hashes = [one, settings(policies('a')), settings('', 'role-missing'), settings('')].map(
      ({ hash }) => hash,
    );
    expect(new Set(hashes).size).toBe(4);
    expect(settings(policies('a', 'b')).hash).toBe(one.hash);
  });

  it('refuse two policies of one name, and a policy with the name of a rule', () => {
    expect(() => settings(policies('a', 'a'))).toThrow("are called 'a'");
    expect(() => settings(policies('bucket-key-off'))).toThrow("are called 'bucket-key-off'");
  });

  it('refuse a rule that there is not, and none at all', () => {
    expect(() => settings('', 'role-mising')).toThrow(
      "There is no rule 'role-mising'. Did you mean 'role-missing'?",
    );
    expect(() => settings('', 'zzzzzzzzzzzz')).toThrow(
      "There is no rule 'zzzzzzzzzzzz'. 'replint rules' lists them.",
    );
    expect(() => settings('rules: { role-missing: off }', 'role-missing')).toThrow('No rule is on');
  });
});
