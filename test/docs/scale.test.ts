/** The page's commands are run, as they stand there. */
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { parse } from 'yaml';
import { estate, makeBucket, replicate, replicationRole, type Estate } from '../collect/estate.ts';
import { shellOf, type Shell } from './shell.ts';
import type { Audit } from '../../src/model/audit.ts';

const page = readFileSync(new URL('../../docs/scale.md', import.meta.url), 'utf8');

let org: Estate;
let shell: Shell;
let folder: string;

beforeAll(async () => {
  org = await estate(3);
  const [shop = '', vault = ''] = org.accounts;
  const s3 = await org.s3(shop, 'eu-west-1');
  await makeBucket(s3, 'orders');
  await makeBucket(await org.s3(vault, 'eu-central-1'), 'replica');
  await replicate(s3, 'orders', await replicationRole(await org.inside(shop), 'r'), 'replica');
});

afterAll(() => org.close());

beforeEach(() => {
  shell = shellOf(org.sandbox, 'npx');
  ({ folder } = shell);
  return shell.remove;
});

function expectWhole(): void {
  const text = readFileSync(join(folder, 'replint-out/audit.json'), 'utf8');
  // Our own file.
  const { coverage } = JSON.parse(text) as Audit;
  expect(coverage).toMatchObject({ complete: true, buckets: 2, routes: 1 });
  expect(coverage.accounts).toHaveLength(4);
}

/** The first block of a language. */
function block(language: string): string {
  return new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms').exec(page)?.[1] ?? '';
}

it('the script makes a whole audit', async () => {
  // The last command ends with 1 where there are findings.
  expect([0, 1]).toContain(await shell.run(block('sh')));
  expectWhole();
});

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
}

interface Job {
  readonly needs?: string;
  readonly strategy?: { readonly matrix: { readonly shard: readonly number[] } };
  readonly steps: readonly Step[];
}

/** What the artifact actions do: folders by name, or all that a pattern takes, merged. */
function transfer({ uses = '', with: how = {} }: Step, shard: string): void {
  const named = (text = ''): string => text.replace('${{ matrix.shard }}', shard);
  const { name, pattern, path = '' } = how;
  if (uses.startsWith('actions/upload-artifact')) {
    cpSync(join(folder, path), join(folder, 'artifacts', named(name)), { recursive: true });
  }
  if (!uses.startsWith('actions/download-artifact')) return;
  const taken = (one: string): boolean =>
    pattern === undefined ? one === named(name) : one.startsWith(pattern.replace('*', ''));
  for (const one of readdirSync(join(folder, 'artifacts')).filter(taken)) {
    cpSync(join(folder, 'artifacts', one), join(folder, path), { recursive: true });
  }
}

it('the workflow makes a whole audit', async () => {
  const { jobs } = parse(block('yaml')) as { readonly jobs: Readonly<Record<string, Job>> };
  expect(Object.keys(jobs)).toEqual(['accounts', 'buckets', 'ends', 'evaluate']);
  for (const [name, { strategy, steps }] of Object.entries(jobs)) {
    for (const shard of strategy?.matrix.shard ?? [1]) {
      // Each runs on a machine of its own.
      for (const left of ['list', 'buckets', 'ends', 'replint-out'])
        rmSync(join(folder, left), { recursive: true, force: true });
      for (const step of steps) {
        transfer(step, String(shard));
        if (step.run === undefined) continue;
        const code = await shell.run(step.run.replace('${{ matrix.shard }}', String(shard)));
        expect(name === 'evaluate' ? [0, 1] : [0]).toContain(code);
      }
    }
  }
  expectWhole();
});
