import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hcl, sh, yamlString } from '../src/quote.ts';
import { parse } from 'yaml';

const nasty = [
  'plain-bucket.1',
  "it's",
  'two words',
  '$(touch /tmp/pwned)',
  '`id`',
  'a b\tc\nd',
  '<img src=x onerror=alert(1)>',
  '-rf',
  '',
  '\u202Egnp.exe',
  '\u001b[2J',
  "'$\\'",
  '!!',
];

/** What bash makes of a command's words. */
function wordsOf(command: string): readonly string[] {
  const out = execFileSync('bash', ['--norc', '-c', `printf '%s\\0' ${command}`], {
    env: { LC_ALL: 'C.UTF-8' },
  });
  return out.toString('utf8').split('\0').slice(0, -1);
}

describe('quoting', () => {
  it('gives a shell every value back as one word', () => {
    for (const value of nasty) expect(wordsOf(sh`x ${value} y`)).toEqual(['x', value, 'y']);
  });

  it('does so for any text', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((value) => !value.includes('\0'));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 30 }), (values) => {
        const command = values.map((value) => sh`${value}`).join(' ');
        expect(wordsOf(command)).toEqual(values);
      }),
      { numRuns: 30 },
    );
  });

  it('leaves simple values bare, for people to read', () => {
    expect(sh`aws s3api get-bucket-versioning --bucket ${'acme-logs'}`).toBe(
      'aws s3api get-bucket-versioning --bucket acme-logs',
    );
  });

  it('shows nothing invisible to whoever reads the command', () => {
    for (const value of nasty) expect(sh`${value}`).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('gives Terraform a literal in which no template begins', () => {
    expect(hcl('${file("/etc/passwd")} %{if} "q"')).toBe('"$${file(\\"/etc/passwd\\")} %%{if} \\"q\\""');
    for (const value of nasty)
      expect(
        JSON.parse(
          hcl(value)
            .replaceAll('$${', () => '${')
            .replaceAll('%%{', '%{'),
        ),
      ).toBe(value);
  });

  it('gives YAML every value back', () => {
    for (const value of nasty) expect(parse(yamlString(value))).toBe(value);
  });
});
