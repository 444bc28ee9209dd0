/** Which of GitHub's categories a scan belongs to. */
import { createHash } from 'node:crypto';
import type { AccountCoverage, Audit } from '../../src/model/audit.ts';

/** States in which an account can be read; of the others nobody expects it. */
const readable: readonly string[] = ['ACTIVE', 'PENDING_CLOSURE'];

/** The organization, or the account where there is none: what paths and categories begin with. */
export function scopeOf(audit: Audit): string {
  return audit.header.organization ?? audit.header.caller.account;
}

/** Accounts whose buckets a whole scan would have shown. */
export function leftOut(audit: Audit): readonly AccountCoverage[] {
  return audit.coverage.accounts.filter(
    (account) =>
      account.status === 'unreadable' || (account.status === 'skipped' && readable.includes(account.state)),
  );
}

/** What is neither in the audit's findings nor carried along from a baseline: accounts, and whether rules are. */
function missing(audit: Audit): readonly string[] {
  const carried = new Set(audit.change?.carriedAccounts);
  const accounts = leftOut(audit)
    .map(({ id }) => id)
    .filter((id) => !carried.has(id));
  const { onlyRules } = audit.header;
  const rules = audit.change?.carriedRules === true ? [] : onlyRules.map((id) => `only ${id}`);
  return [...accounts, ...rules].sort();
}

/** Of a report that is narrowed to a framework, for the same reason; such names are ours or a rule's, and may hold anything. */
function narrowedTo({ header: { framework } }: Audit): string {
  return framework === undefined ? '' : `framework-${framework.replace(/[^\w.-]/g, '_')}/`;
}

/**
 * The category, which ends with its last `/`. GitHub closes every alert of a category that a later upload of the same
 * category lacks. A scan that left accounts or rules out knows nothing of their alerts, and must not close them: unless it
 * carries them along from a baseline it gets a category of its own, the same each time that the same is left out.
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function categoryOf(audit: Audit): string {
  const whole = `replint/${scopeOf(audit)}/${narrowedTo(audit)}`;
  const unseen = missing(audit);
  if (unseen.length === 0) return whole;
  const digest = createHash('sha256').update(unseen.join('\n')).digest('hex');
  return `${whole}partial-${digest.slice(0, 8)}/`;
}
