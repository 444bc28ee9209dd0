/** Whether a selector takes a bucket. */
import type { Tag } from '../model/aws.ts';
import type { Account, BucketRef } from '../model/estate.ts';
import type { Observed, Unknown } from '../model/facts.ts';
import type { Selector } from '../model/selector.ts';

const notCollected: Unknown = {
  known: false,
  causes: [
    {
      reason: 'not-collected',
      call: 's3:GetBucketTagging',
      detail: 'The tags that the selector asks for were not collected.',
    },
  ],
};

/** True, false, or the unknown tags that would decide. */
export function takes(
  selector: Selector,
  bucket: BucketRef,
  account: Account | undefined,
  tagging: Observed<readonly Tag[] | null> | undefined,
): boolean | Unknown {
  const plain =
    anyOf(selector.buckets, (pattern) => like(pattern, bucket.name)) &&
    anyOf(selector.accounts, (id) => id === bucket.account) &&
    anyOf(selector.regions, (region) => region === bucket.region) &&
    anyOf(selector.ous, (ou) => account !== undefined && within(ou, account));
  if (!plain || !selector.tags) return plain;
  const observed = tagging ?? notCollected;
  if (!observed.known) return observed;
  const values = new Map((observed.value ?? []).map((tag) => [tag.Key, tag.Value]));
  return Object.entries(selector.tags).every(([key, pattern]) => {
    const value = values.get(key);
    return value !== undefined && like(pattern, value);
  });
}

function anyOf(wanted: readonly string[] | undefined, holds: (one: string) => boolean): boolean {
  return wanted === undefined || wanted.some(holds);
}

function within(ou: string, account: Account): boolean {
  return (
    account.ou === ou ||
    (account.ou?.startsWith(`${ou}/`) ?? false) ||
    (account.ouId?.split('/').includes(ou) ?? false)
  );
}

/** A pattern in which `*` stands for any text; everything else is itself. */
function like(pattern: string, text: string): boolean {
  if (!pattern.includes('*')) return pattern === text;
  const source = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${source.join('.*')}$`, 'su').test(text);
}
