/** Every part, one after another, at a size that takes minutes; with `--json FILE` all figures in one file. `npm run bench` */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const parts = [
  ['collect', '--accounts', '200'],
  ['evaluate', '--buckets', '100000'],
  ['iam'],
  ['html'],
  ['sarif'],
] as const;

const { values } = parseArgs({ options: { json: { type: 'string' } } });
const folder = mkdtempSync(join(tmpdir(), 'replint-bench-'));
const figures: Record<string, unknown> = {};
try {
  for (const [part, ...size] of parts) {
    const json = join(folder, `${part}.json`);
    const args = [join(import.meta.dirname, `${part}.js`), ...size, '--json', json];
    execFileSync(process.execPath, args, { stdio: 'inherit' });
    Object.assign(figures, JSON.parse(readFileSync(json, 'utf8')));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
