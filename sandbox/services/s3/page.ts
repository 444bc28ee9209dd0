/** A page of a listing: from where, which versions, and where it ends. */
import type { ObjectVersion } from '../../world.ts';
import { escapeXml } from '../../xml.ts';
import { invalidArgument } from './errors.ts';
import type { Call } from './operation.ts';
import { compareKeys, firstNot, startOf } from './versions.ts';

/** What both listings share of their parameters. */
export interface Asked {
  readonly prefix: string;
  readonly delimiter: string;
  readonly maxKeys: number;
  /** Writes a key: percent-encoded where `encoding-type=url` asks for it. */
  readonly write: (key: string) => string;
}

/** A page: entries and common prefixes, and the last thing on it. */
export interface Page {
  readonly versions: readonly { readonly version: ObjectVersion; readonly isLatest: boolean }[];
  readonly prefixes: readonly string[];
  readonly isTruncated: boolean;
  readonly last: { readonly key: string; readonly versionId: string | null } | null;
}

// S3 encodes as a form does: a space is a plus, and the slash stays.
function encodeKey(key: string): string {
  return encodeURIComponent(key)
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%20/g, '+')
    .replace(/%2F/g, '/');
}

/** Reads the parameters that both listings have. */
export function readAsked({ request: { query } }: Call): Asked {
  const encoding = query.get('encoding-type');
  if (encoding !== null && encoding !== 'url')
    throw invalidArgument('Invalid Encoding Method specified in Request');
  const most = query.get('max-keys') ?? '1000';
  if (!/^\d{1,10}$/.test(most))
    throw invalidArgument('Provided max-keys not an integer or within integer range');
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    maxKeys: Math.min(Number(most), 1000),
    write: encoding === 'url' ? (key) => escapeXml(encodeKey(key)) : escapeXml,
  };
}

function commonPrefix(key: string, { prefix, delimiter }: Asked): string | null {
  if (delimiter === '') return null;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? null : key.slice(0, at + delimiter.length);
}

/** The first index behind all keys that begin with `prefix`, from an index at which one does. */
function behindPrefix(versions: readonly ObjectVersion[], prefix: string): number {
  return firstNot(versions, ({ key }) => key.startsWith(prefix) || compareKeys(key, prefix) < 0);
}

function behindKey(versions: readonly ObjectVersion[], key: string): number {
  return firstNot(versions, (version) => compareKeys(version.key, key) <= 0);
}

/** Collects a page from `start` on; `takes` leaves versions out. */
export function collect(
  versions: readonly ObjectVersion[],
  start: number,
  asked: Asked,
  takes: (version: ObjectVersion, isLatest: boolean) => boolean,
): Page {
  const taken: { version: ObjectVersion; isLatest: boolean }[] = [];
  const prefixes: string[] = [];
  let last: Page['last'] = null;
  for (let at = start; ;) {
    const version = versions[at];
    if (!version?.key.startsWith(asked.prefix))
      return { versions: taken, prefixes, isTruncated: false, last };
    const isLatest = versions[at - 1]?.key !== version.key;
    if (!takes(version, isLatest)) {
      at += 1;
      continue;
    }
    if (taken.length + prefixes.length >= asked.maxKeys) {
      return { versions: taken, prefixes, isTruncated: asked.maxKeys > 0, last };
    }
    const prefix = commonPrefix(version.key, asked);
    if (prefix === null) {
      taken.push({ version, isLatest });
      last = { key: version.key, versionId: version.versionId };
      at += 1;
    } else {
      prefixes.push(prefix);
      last = { key: prefix, versionId: null };
      at = behindPrefix(versions, prefix);
    }
  }
}

/** Where a listing goes on behind a key, or behind a common prefix that a page ended with. */
export function startBehind({ bucket: { versions } }: Call, key: string, asked: Asked): number {
  if (commonPrefix(key, asked) === key) return behindPrefix(versions, key);
  return Math.max(behindKey(versions, key), startOf(versions, asked.prefix));
}

/** Where a listing goes on behind one version of a key. */
export function startBehindVersion(call: Call, key: string, versionId: string, asked: Asked): number {
  const { versions } = call.bucket;
  for (let at = startOf(versions, key); versions[at]?.key === key; at += 1) {
    if (versions[at]?.versionId === versionId) return at + 1;
  }
  return startBehind(call, key, asked);
}
