/** Where a finding "is", for a reader who thinks in files. */
import type { Location } from 'sarif';
import type { Finding } from '../../src/model/finding.ts';
import { clean, clip } from '../escape.ts';
import type { Inventory } from '../format.ts';

/** A location, and how it was found: the result's properties say it. */
export interface Located {
  readonly kind: 'inventory' | 'virtual';
  readonly location: Location;
}

/** What is known of places. */
export interface Places {
  /** What virtual paths begin with. */
  readonly scope: string;
  readonly inventory?: Inventory | undefined;
}

type Locator = (finding: Finding, places: Places) => Located | undefined;

/** From the best place to the last resort. The line that defines a bucket (Terraform, CloudFormation) would be tried first. */
const locators: readonly Locator[] = [inInventory];

/** The place of a finding: a line of the repository where there is one. */
export function locate(finding: Finding, places: Places): Located {
  for (const locator of locators) {
    const located = locator(finding, places);
    if (located) return located;
  }
  return virtual(finding, places);
}

/** The bucket's line in the committed inventory. */
function inInventory({ resource }: Finding, { inventory }: Places): Located | undefined {
  const line = inventory?.lineOf(resource.bucket);
  if (inventory === undefined || line === undefined) return undefined;
  return { kind: 'inventory', location: at(inventory.path.split('/'), line) };
}

/** A path that is in no repository, but stable and unique to the bucket. */
function virtual({ resource: { account, region, bucket } }: Finding, { scope }: Places): Located {
  const path = ['aws', scope, account, region ?? 'unknown-region', 's3', bucket];
  return { kind: 'virtual', location: at(path, 1) };
}

function at(path: readonly string[], startLine: number): Location {
  const artifactLocation = { uri: path.map(segment).join('/'), uriBaseId: '%SRCROOT%' };
  return { physicalLocation: { artifactLocation, region: { startLine } } };
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
