/** Whether a selector takes a bucket. */
import type { Tag } from '../model/aws.ts';
import type { Account, BucketRef } from '../model/estate.ts';
import type { Observed, Unknown } from '../model/facts.ts';
import type { Selector } from '../model/selector.ts';

/** What a selector asks about and nobody learnt. */
const notCollected = (detail: string, call?: string): Unknown => ({
  known: false,
  causes: [{ reason: 'not-collected', ...(call === undefined ? {} : { call }), detail }],
});

const noTags = notCollected('The tags that the selector asks for were not collected.', 's3:GetBucketTagging');
const noRegion = notCollected("The selector asks for the bucket's Region, which is not known.");
const noUnit = notCollected("The selector asks for the account's OU, which is not known.");

/** True, false, or the unknowns that would decide: what is known to differ decides without them. */
export function takes(
  selector: Selector,
  bucket: BucketRef,
  account: Account | undefined,
  tagging: Observed<readonly Tag[] | null> | undefined,
): boolean | Unknown {
  // Names and accounts are always known, and most selectors ask for no more.
  if (selector.buckets && !isLikeAny(selector.buckets, bucket.name)) return false;
  if (selector.accounts?.includes(bucket.account) === false) return false;
  if (!selector.regions && !selector.ous && !selector.tags) return true;
  const parts = [
    selector.regions && bucket.region === null
      ? noRegion
      : anyOf(selector.regions, (region) => region === bucket.region),
    selector.ous && (account?.ou ?? account?.ouId ?? null) === null
      ? noUnit
      : anyOf(selector.ous, (ou) => account !== undefined && within(ou, account)),
    tagsTake(selector, tagging ?? noTags),
  ];
  if (parts.includes(false)) return false;
  const causes = parts.flatMap((part) => (typeof part === 'boolean' ? [] : part.causes));
  return causes.length === 0 ? true : { known: false, causes };
}

function tagsTake({ tags }: Selector, observed: Observed<readonly Tag[] | null>): boolean | Unknown {
  if (!tags) return true;
  if (!observed.known) return observed;
  const values = new Map((observed.value ?? []).map((tag) => [tag.Key, tag.Value]));
  return Object.entries(tags).every(([key, pattern]) => {
    const value = values.get(key);
    return value !== undefined && like(pattern, value);
  });
}

function isLikeAny(patterns: readonly string[], text: string): boolean {
  for (const pattern of patterns) if (like(pattern, text)) return true;
  return false;
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

const compiled = new Map<string, (text: string) => boolean>();

/** A pattern in which `*` stands for any text; everything else is itself. */
export function like(pattern: string, text: string): boolean {
  let takes = compiled.get(pattern);
  if (takes === undefined) compiled.set(pattern, (takes = compile(pattern)));
  return takes(text);
}

/** Most patterns have one star, and need no regular expression. */
function compile(pattern: string): (text: string) => boolean {
  const parts = pattern.split('*');
  const [head = '', tail] = parts;
  if (tail === undefined) return (text) => text === pattern;
  if (parts.length === 2)
    return (text) => text.length >= head.length + tail.length && text.startsWith(head) && text.endsWith(tail);
  const source = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*');
  const regular = new RegExp(`^${source}$`, 'su');
  return (text) => regular.test(text);
}
