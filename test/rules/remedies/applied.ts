/** What remedies make of a policy, run one after the other. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Remedies change policies with jq; where it is not installed, nobody can run them. */
export const hasJq = spawnSync('jq', ['--version'], { timeout: 20_000 }).status === 0;

/** What AWS keeps; null: no policy. `denied`: whoever types may not read it. */
export interface Kept {
  readonly policy: string | null;
  readonly denied?: boolean;
}

/** The policy after the commands, each typed whatever became of the one before, as in a terminal. */
export function applied(remedies: readonly (string | undefined)[], { policy, denied }: Kept): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'applied-'));
  const live = join(folder, 'live');
  try {
    if (policy !== null) writeFileSync(live, policy);
    const env = { ...process.env, REASON: denied === true ? 'AccessDenied' : 'NoSuchBucketPolicy' };
    const script = [denied === true ? `${aws}\nread_it() { return 1; }` : aws, ...remedies, ''].join('\n');
    execFileSync('bash', ['--norc', '-c', `${script}\ntrue`], { cwd: folder, env, stdio: 'pipe' });
    return existsSync(live) ? readFileSync(live, 'utf8') : null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Like AWS it refuses an empty document, and keeps the policies of roles elsewhere. */
const aws = `
read_it() { cat live 2> /dev/null; }
aws() {
  local file="\${!#}"
  case "$2" in
    get-*) read_it || { printf '\\nAn error occurred (%s) when calling it\\n' "$REASON" >&2; return 254; } ;;
    put-role-policy) ;;
    put-*-policy | update-*-policy) test -s "\${file#file://}" && cp "\${file#file://}" live ;;
    *) return 252 ;;
  esac
}`;
