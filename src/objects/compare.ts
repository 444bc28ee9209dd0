/**
 * Two listings held side by side: which versions of the source have no counterpart at the destination. A replica keeps
 * its source's key, version id and creation time, so no object need be read.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
 */
import { compareKeys, type Cursor, type ListedVersion, type Lister, type Page } from './listing.ts';
import { spreadMarkers } from './spread.ts';
import type { Backfill } from '../model/facts.ts';

/** What a comparison is asked. */
export interface Comparison {
  readonly source: Lister;
  readonly destination: Lister;
  readonly prefix: string;
  /** Whether this route replicates delete markers. */
  readonly deleteMarkers: boolean;
  /** Versions of the source to look at, at most. */
  readonly versions: number;
  readonly pendingMinutes: number;
  /** Milliseconds since 1970: what is younger than `pendingMinutes` by then is pending. */
  readonly now: number;
}

const pageSize = 1000;
const examplesKept = 5;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-what-is-isnot-replicated.html */
const archived: ReadonlySet<string> = new Set(['GLACIER', 'DEEP_ARCHIVE']);

/** A run of the source's versions, in order, and where it begins. */
interface Stretch {
  readonly after: Cursor | null;
  readonly versions: readonly ListedVersion[];
}

/** Compares all versions, or, where there are more than asked for, pages spread over the key space. */
export async function compare(asked: Comparison): Promise<Backfill> {
  const { stretches, whole } = await stretchesOf(asked);
  const count = { compared: 0, missing: 0, pending: 0, ineligible: 0 };
  const examples: { key: string; versionId: string }[] = [];
  let cut = false;
  for (const stretch of stretches) {
    const there = await versionsBeside(asked, stretch);
    for (const version of stretch.versions) {
      if (!isEligible(version, asked)) count.ineligible += 1;
      else if (there.until !== null && compareKeys(version.key, there.until) >= 0) cut = true;
      else {
        count.compared += 1;
        if (there.has(version)) continue;
        if (asked.now - version.modified < asked.pendingMinutes * 60_000) count.pending += 1;
        else {
          count.missing += 1;
          const { key, versionId } = version;
          if (examples.length < examplesKept) examples.push({ key, versionId });
        }
      }
    }
  }
  return { ...count, pendingMinutes: asked.pendingMinutes, exact: whole && !cut, examples };
}

function isEligible({ deleteMarker, storageClass }: ListedVersion, { deleteMarkers }: Comparison): boolean {
  return deleteMarker ? deleteMarkers : !archived.has(storageClass);
}

/** The whole source where it fits the bound; else its first page and others spread over its keys, as many as the bound allows. */
async function stretchesOf(
  asked: Comparison,
): Promise<{ readonly stretches: readonly Stretch[]; readonly whole: boolean }> {
  const first = await asked.source(null, Math.min(pageSize, asked.versions));
  const all = [...first.versions];
  let next = first.next;
  while (next !== null && all.length < asked.versions) {
    const page = await asked.source(next, Math.min(pageSize, asked.versions - all.length));
    all.push(...page.versions);
    next = page.next;
  }
  if (next === null) {
    return { stretches: [{ after: null, versions: all }], whole: true };
  }
  const others = Math.max(0, Math.floor(asked.versions / pageSize) - 1);
  const markers = await spreadMarkers(asked.source, asked.prefix, first.versions[0]?.key ?? '', others);
  const stretches: Stretch[] = [{ after: null, versions: first.versions }];
  for (const key of markers) {
    const after = { key, versionId: null };
    const { versions } = await asked.source(after, pageSize);
    stretches.push({ after, versions: versions.filter((version) => !isSeen(stretches, version)) });
  }
  return { stretches, whole: false };
}

/** Stretches may overlap where keys are few and far between: a version counts once. */
function isSeen(stretches: readonly Stretch[], { key }: ListedVersion): boolean {
  return stretches.some(({ after, versions }) => {
    const last = versions.at(-1)?.key;
    const begins = after === null || compareKeys(key, after.key) > 0;
    return begins && last !== undefined && compareKeys(key, last) <= 0;
  });
}

interface Beside {
  readonly has: (version: ListedVersion) => boolean;
  /** From this key on the destination was not listed; null where it was, to the stretch's end. */
  readonly until: string | null;
}

/** What the destination holds beside a stretch. It may hold other sources' objects too, so its pages are bounded. */
async function versionsBeside({ destination }: Comparison, { after, versions }: Stretch): Promise<Beside> {
  const last = versions.at(-1)?.key;
  const found = new Set<string>();
  const has = ({ key, versionId }: ListedVersion): boolean => found.has(`${versionId} ${key}`);
  if (last === undefined) return { has, until: null };
  const most = 3 * Math.ceil(versions.length / pageSize) + 2;
  let cursor = after;
  for (let pages = 0; pages < most; pages += 1) {
    const page: Page = await destination(cursor, pageSize);
    for (const { key, versionId } of page.versions) found.add(`${versionId} ${key}`);
    if (page.next === null || compareKeys(page.next.key, last) > 0) return { has, until: null };
    cursor = page.next;
  }
  return { has, until: cursor?.key ?? '' };
}
