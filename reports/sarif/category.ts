/** Which of GitHub's categories an audit belongs to, and whether an upload would close what it must not. */
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

/**
 * The category, which ends with its last `/`: the organization's, or that of a framework or a part of it where a report is
 * narrowed to one.
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function categoryOf(audit: Audit): string {
  const { framework, part } = audit.header;
  const parts = ['replint', scopeOf(audit), ...(framework === undefined ? [] : [`framework-${framework}`])];
  return [...parts, ...(part === undefined ? [] : [part])].map((one) => `${plain(one)}/`).join('');
}

/** Names of frameworks are ours or a rule's, and may hold anything. */
function plain(name: string): string {
  return name.replace(/[^\w.-]/g, '_');
}

/**
 * GitHub closes every alert of a category that a later upload of the same category lacks. An audit that left accounts or rules
 * out knows nothing of their alerts: unless it carries them along from a baseline, or nothing of them was ever uploaded, its
 * upload is withheld.
 */
export function withheld(audit: Audit): string | undefined {
  const accounts = unseen(audit);
  const rules = unjudged(audit);
  if (accounts.length + rules.length === 0) return undefined;
  const why = [
    ...(accounts.length === 0 ? [] : [`${named(accounts, 'account')} not scanned`]),
    ...(rules.length === 0 ? [] : [`only ${named(rules, 'rule')} judged`]),
  ];
  return (
    `${why.join(', and ')}: GitHub would close the alerts of what is left out. ` +
    'Name the last audit with --baseline, which carries them along, or say --baseline none where nothing was uploaded before.'
  );
}

function unseen(audit: Audit): readonly string[] {
  const spared = new Set([...(audit.change?.carriedAccounts ?? []), ...(audit.header.neverScanned ?? [])]);
  return leftOut(audit)
    .map(({ id }) => id)
    .filter((id) => !spared.has(id));
}

function unjudged({ header: { onlyRules, neverScanned }, change }: Audit): readonly string[] {
  if (change) return change.carriedRules ? [] : onlyRules;
  // There was no audit before this one.
  return neverScanned ? [] : onlyRules;
}

const mostNamed = 5;

function named(ids: readonly string[], what: string): string {
  const shown = ids.slice(0, mostNamed).join(', ');
  const more = ids.length > mostNamed ? ', …' : '';
  const one = ids.length === 1;
  return `${ids.length} ${what}${one ? '' : 's'} (${shown}${more}) ${one ? 'was' : 'were'}`;
}
