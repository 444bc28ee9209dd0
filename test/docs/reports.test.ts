/** The page's commands are run, as they stand there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { admit, estate, makeBucket, replicate, replicationRole, type Estate } from '../collect/estate.ts';
import { shellOf, type Shell } from './shell.ts';

const page = readFileSync(new URL('../../docs/reports.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block);

let org: Estate;
let shell: Shell;
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
  shell = shellOf(org.sandbox, 'replint');
  ({ folder } = shell);
  return shell.remove;
});

const made = ['step.md', 'replint.lock', 'replint-out/redacted/report.html'];

it('has as many blocks as are tried here', () => {
  expect(blocks).toHaveLength(made.length);
});

it.each(made)('the block that makes %s does', async (file) => {
  expect(await shell.run(blocks[made.indexOf(file)] ?? 'false')).toBe(0);
  expect(existsSync(join(folder, file))).toBe(true);
});
