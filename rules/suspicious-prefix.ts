import { setPrefix } from './remedies/filter.ts';
import { filterSet } from '../src/filter.ts';
import { defineRule, fail, notApplicable, pass } from '../src/rule.ts';

export default defineRule({
  id: 'suspicious-prefix',
  title: 'Prefix that no key is likely to begin with',
  severity: 'warning',
  scope: 'route',
  why: 'A prefix is the beginning of a key, letter by letter. It knows no wildcard, keys do not begin with a slash unless somebody wrote one, and the name of the bucket is no part of them. Such a prefix is allowed and usually takes nothing, so that the rule replicates nothing and nothing fails.',
  fix: 'Write the beginning of the keys that are meant. Where keys do begin like that, switch this rule off for the bucket.',
  page: 'AmazonS3/latest/userguide/replication-troubleshoot.html',
  needs: {},
  evaluate({ source, destination, route }) {
    const { prefix } = filterSet(route.rule);
    if (prefix === '') return notApplicable;
    const why = suspicion(prefix);
    if (why === null) return pass;
    return fail({
      message: `Objects of '${source.name}' will probably not reach '${destination.name}': the replication rule takes keys that begin with '${prefix}', which ${why}.`,
      expected: `a prefix such as '${plain(prefix)}'`,
      actual: prefix,
      at: [`source.replication#/Rules/${route.index}`],
    });
  },
  remedy: ({ route }) => setPrefix(route, plain(filterSet(route.rule).prefix)),
  examples: {
    bad: { replicationRule: { Filter: { Prefix: '/invoices/' } } },
    good: { replicationRule: { Filter: { Prefix: 'invoices/' } } },
  },
});

function suspicion(prefix: string): string | null {
  if (prefix.startsWith('s3://')) return 'is an address and no beginning of a key';
  if (prefix.startsWith('/')) return 'begins with a slash';
  return prefix.includes('*') ? 'holds an asterisk, and an asterisk stands for nothing but itself' : null;
}

/** What was probably meant. */
function plain(prefix: string): string {
  return prefix
    .replace(/^s3:\/\/[^/]*/, '')
    .replace(/^\/+/, '')
    .replace(/\*.*$/s, '');
}
