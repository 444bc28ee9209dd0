/** Where a finding "is", for a reader who thinks in files. */
import type { Location } from 'sarif';
import type { Finding } from '../../src/model/finding.ts';
import { clean, clip } from '../escape.ts';

/** A location, and how it was found: the result's properties say it. */
export interface Located {
  readonly kind: 'virtual';
  readonly location: Location;
}

/**
 * The place of a finding: today a path that is in no repository, but stable and unique to the bucket. The line that
 * defines the bucket, or its line in a committed inventory, would be found here, and tried first.
 */
export function locate(finding: Finding, scope: string): Located {
  const { account, region, bucket } = finding.resource;
  const path = ['aws', scope, account, region ?? 'unknown-region', 's3', bucket].map(segment).join('/');
  const artifactLocation = { uri: path, uriBaseId: '%SRCROOT%' };
  return { kind: 'virtual', location: { physicalLocation: { artifactLocation, region: { startLine: 1 } } } };
}

/** A path's segment that means itself: percent-encoded, never empty, never `..`. */
function segment(text: string): string {
  const short = clip(clean(text), 255);
  if (/^\.*$/.test(short)) return `-${short}`;
  return encodeURIComponent(short).replace(
    /['()*!]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
