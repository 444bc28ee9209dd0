/** The page's commands are run, as they stand there. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { admit, estate, makeBucket, replicate, replicationRole, type Estate } from '../collect/estate.ts';

const page = readFileSync(new URL('../../docs/reports.md', import.meta.url), 'utf8');
const main = join(import.meta.dirname, '../../dist/src/cli/main.js');
const blocks = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block);

let org: Estate;
let folder: string;

beforeAll(async () => {
  org = await estate(2);
  const [shop = '', vault = ''] = org.accounts;
  const s3 = await org.s3(shop, 'eu-west-1');
  await makeBucket(s3, 'orders');
  const far = await org.s3(vault, 'eu-central-1');
  await makeBucket(far, 'replica');
  const role = await replicationRole(await org.inside(shop), 'r');
  await replicate(s3, 'orders', role, 'replica');
  await admit(far, 'replica', role);
});

afterAll(() => org.close());

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'replint-reports-'));
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin/replint'), `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`);
  chmodSync(join(folder, 'bin/replint'), 0o755);
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
});

function shell(script: string): Promise<number | null> {
  const { sandbox } = org;
  const env = {
    PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
    HOME: folder,
    GITHUB_STEP_SUMMARY: join(folder, 'step.md'),
    AWS_ENDPOINT_URL: sandbox.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: sandbox.administrator.accessKeyId,
    AWS_SECRET_ACCESS_KEY: sandbox.administrator.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  return new Promise((resolve) => {
    spawn('bash', ['-euc', script], { cwd: folder, env, stdio: 'ignore' }).on('close', resolve);
  });
}

const made = ['step.md', 'replint.lock', 'replint-out/redacted/report.html'];

it('has as many blocks as are tried here', () => {
  expect(blocks).toHaveLength(made.length);
});

it.each(made)('the block that makes %s does', async (file) => {
  expect(await shell(blocks[made.indexOf(file)] ?? 'false')).toBe(0);
  expect(existsSync(join(folder, file))).toBe(true);
});
