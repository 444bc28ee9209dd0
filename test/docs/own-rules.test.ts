/** docs/own-rules.md, done by the page: its files written, its commands run, in a folder that has the packed package installed. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Audit } from '../../src/model/audit.ts';
import type { Finding } from '../../src/model/finding.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'docs/own-rules.md'), 'utf8');

interface Block {
  readonly language: string;
  readonly file: string | undefined;
  readonly text: string;
}

const blocks: readonly Block[] = [...page.matchAll(/^```(\w+)(?: (\S+))?\n(.*?)\n```$/gms)].map(
  ([, language = '', file, text = '']) => ({ language, file, text }),
);

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'replint-page-'));
  install();
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What `npm install --save-dev replint` leaves: the package as it is published, and what it depends on, and nothing besides. */
function install(): void {
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, 'replint'), { recursive: true });
  mkdirSync(join(modules, '.bin'));
  const tarball = join(folder, packed.trim().split('\n').at(-1) ?? '');
  execFileSync('tar', ['xzf', tarball, '-C', join(modules, 'replint'), '--strip-components', '1']);
  // The shape of our own package.json.
  const { dependencies, bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
    readonly bin: { readonly replint: string };
  };
  const names = Object.keys(dependencies).map((name) => name.split('/')[0] ?? '');
  // The types of Node are what a project in TypeScript has.
  for (const name of new Set([...names, '@types'])) {
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
  const main = join(modules, 'replint', bin.replint);
  execFileSync('chmod', ['+x', main]);
  symlinkSync(main, join(modules, '.bin/replint'));
  write('package.json', '{ "name": "ours", "private": true, "type": "module" }\n');
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(command: string): Ended {
  const { status, stdout, stderr } = spawnSync('bash', ['-ec', command], {
    cwd: folder,
    encoding: 'utf8',
    // Nothing on this page needs the network.
    env: { ...process.env, npm_config_offline: 'true' },
  });
  return { code: status, out: stdout, err: stderr };
}

function audit(out: string): Audit {
  // The command wrote it a moment ago.
  return JSON.parse(readFileSync(join(folder, out, 'audit.json'), 'utf8')) as Audit;
}

function findings(out: string): readonly Finding[] {
  const lines = readFileSync(join(folder, out, 'findings.ndjson'), 'utf8')
    .trimEnd()
    .split('\n');
  // As above.
  return lines.map((line) => JSON.parse(line) as Finding);
}

describe('docs/own-rules.md', () => {
  it('does what it says, from the first block to the last', () => {
    let said = '';
    for (const { language, file, text } of blocks) {
      if (file !== undefined) write(file, `${text}\n`);
      else if (language === 'sh') {
        const { code, out, err } = run(text);
        expect({ text, code, err: code === 0 ? '' : err + out }).toEqual({ text, code: 0, err: '' });
        said = out;
      } else {
        expect(language).toBe('text');
        for (const line of text.split('\n')) expect(said).toContain(line);
      }
    }
    expect(blocks.map(({ language }) => language)).toEqual([
      'js',
      'js',
      'sh',
      'yaml',
      'sh',
      'text',
      'sh',
      'ts',
    ]);
  });

  it('leaves an audit that knows the rule, and reports that need no configuration', () => {
    const { rules, tallies } = audit('ours');
    expect(Object.keys(rules)).toEqual(['source-team-tag-missing']);
    expect(rules['source-team-tag-missing']).toMatchObject({
      title: 'Replicating bucket names no team',
      page: null,
    });
    expect(tallies.rules['source-team-tag-missing']).toMatchObject({
      pass: expect.any(Number) as number,
      fail: findings('ours').length,
    });
    expect(tallies.pass).toBeGreaterThan(0);
    expect(findings('ours')[0]?.message).toContain("carries no tag 'team'.");
    const reported = run('cd ours && npx replint report . --out ../again --format sarif-full,html');
    expect(reported).toMatchObject({ code: 0 });
    for (const file of ['findings.full.sarif', 'report.html']) {
      expect(readFileSync(join(folder, 'again', file), 'utf8')).toContain('source-team-tag-missing');
    }
  });

  it('has the role ask for what the rule takes', () => {
    const only = 'npx replint policy --rule source-team-tag-missing';
    expect(run(only).out).toContain('s3:GetBucketTagging');
    expect(run('npx replint policy --rule role-missing').out).not.toContain('s3:GetBucketTagging');
  });

  it('is a test that fails where the rule is wrong', () => {
    const rule = readFileSync(join(folder, 'rules/source-team-tag-missing.mjs'), 'utf8');
    const broken = rule.replace('return pass;', 'throw new Error("a slip");');
    write('broken/source-team-tag-missing.mjs', broken);
    const test = readFileSync(join(folder, 'rules/source-team-tag-missing.test.mjs'), 'utf8');
    write('broken/a.test.mjs', test);
    const { code, out } = run('node --test broken/a.test.mjs');
    expect(code).toBe(1);
    expect(out).toContain('a slip');
    expect(out).toMatch(/broken\/source-team-tag-missing\.mjs:\d+/);
  });
});

describe('a rule in TypeScript', () => {
  const flags = '--strict --module nodenext --target es2022 --types node';
  const tsc = (more: string): Ended =>
    run(`node ${join(root, 'node_modules/typescript/bin/tsc')} ${flags} ${more}`);

  it('compiles under strict with the types of the package, and runs as what tsc makes of it', () => {
    expect(tsc('rules/replicas-leave-europe.ts')).toEqual({ code: 0, out: '', err: '' });
    write('europe.yaml', 'use: [./rules/replicas-leave-europe.js]\npreset: ACME-Data\n');
    const judged = run(
      'npx replint evaluate demo/snapshot -c europe.yaml --out europe --fail-on never --allow-incomplete',
    );
    expect(judged).toMatchObject({ code: 0 });
    expect(Object.keys(audit('europe').rules)).toEqual(['replicas-leave-europe']);
    expect(audit('europe').header.preset).toBe('ACME-Data');
    expect(audit('europe').tallies.pass).toBeGreaterThan(0);
  });

  it('does not compile where it reads what it did not declare', () => {
    const rule = readFileSync(join(folder, 'rules/replicas-leave-europe.ts'), 'utf8');
    write(
      'rules/undeclared.ts',
      rule.replace('destination.region === null', 'destination.versioning === null'),
    );
    const { code, out } = tsc('--noEmit rules/undeclared.ts');
    expect(code).toBe(2);
    expect(out).toContain("Property 'versioning' does not exist");
  });

  it('has the types of the tester', () => {
    write(
      'rules/types.test.ts',
      `import { describe, it } from 'node:test';
import { describeRule, type Cases } from 'replint/tester';
import rule from './replicas-leave-europe.js';
const cases: Cases = {
  pass: [{ name: 'within' }],
  fail: [{ name: 'out', destination: { region: 'us-east-1' }, message: ['us-east-1'] }],
  notApplicable: [{ name: 'never in', source: { region: 'us-east-1' } }],
  unknown: [{ name: 'denied', denied: ['source.replication'] }],
};
describeRule(rule, cases, { describe, it });
// @ts-expect-error A test without an unknown case.
export const untested: Cases = { pass: cases.pass, fail: cases.fail, notApplicable: 'never: it is an example' };
`,
    );
    expect(tsc('rules/types.test.ts')).toEqual({ code: 0, out: '', err: '' });
    expect(run('node --test rules/types.test.js')).toMatchObject({ code: 0 });
  });
});

describe('a rule that is broken', () => {
  const made = (evaluate: string): string =>
    `export default { id: 'slips', title: 'Slips', severity: 'error', scope: 'bucket', why: 'Why.', fix: 'Mend it.',
  page: 'judgement', needs: {}, examples: { bad: {}, good: {} },
  evaluate: ${evaluate},
};\n`;

  it('and throws ends nothing: its stack is told once, and the audit stands', () => {
    write('slips.mjs', made('({ bucket }) => bucket.nothing.at(0)'));
    write('slips.yaml', 'use: [./slips.mjs]\n');
    const { code, err } = run(
      'npx replint evaluate demo/snapshot -c slips.yaml --out slips --rule slips --rule bucket-key-off --quiet --allow-incomplete',
    );
    expect(code).toBe(0);
    const { buckets } = audit('slips').coverage;
    expect(audit('slips').tallies.rules['slips']).toMatchObject({ unknown: buckets });
    expect(audit('slips').tallies.rules['bucket-key-off']?.fail).toBeGreaterThan(0);
    expect(err.match(/TypeError/g)).toHaveLength(1);
    expect(err).toContain(`the rule 'slips' threw ${buckets} times`);
    expect(err).toMatch(/slips\.mjs:3:\d+/);
  });

  it('and does not load is refused before any call, with both places', () => {
    write('slips.mjs', made('('));
    const { code, err } = run('npx replint scan -c slips.yaml --out never');
    expect(code).toBe(2);
    expect(err).toMatch(
      /replint: slips\.yaml:1:7: '\.\/slips\.mjs': It does not load: slips\.mjs:\d: SyntaxError/,
    );
  });
});
