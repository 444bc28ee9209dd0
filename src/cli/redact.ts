/** `--redact`: what it needs. */
import { CannotRun } from '../model/cannot-run.ts';
import type { Redaction as Extent } from '../model/audit.ts';
import { Redaction } from '../redact/redaction.ts';

/** The environment's variable that has the key: arguments stand in lists of processes, and files get committed. */
export const redactionKey = 'REPLINT_REDACT_KEY';

/** An account's id is one of a million million: a short key could be tried out with them. */
const shortestKey = 32;

/** The redaction that is asked for; `catalogue` are the ids of rules. */
export function redactionOf(extent: Extent | undefined, catalogue: readonly string[]): Redaction | undefined {
  if (extent === undefined) return undefined;
  const key = process.env[redactionKey] ?? '';
  if (key.length < shortestKey) {
    throw new CannotRun(
      `--redact needs a secret of ${shortestKey} characters or more in ${redactionKey} ('openssl rand -hex 32' makes one). ` +
        'Keep it: under another key every token and every finding is a new one, and who has it can find out what a token stands for.',
    );
  }
  return new Redaction(extent, key, new Set(catalogue));
}
