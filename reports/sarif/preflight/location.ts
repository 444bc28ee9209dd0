/** A result's location, line by line of GitHub's list. One that is wrong loses the whole file. */
import { entries, field, isText } from './values.ts';
import { mostLocations } from '../limits.ts';

export function* locationsComplaints(locations: unknown, path: string): Iterable<string> {
  const all = entries(locations);
  if (all.length === 0)
    yield `${path}: a result needs a location; without one GitHub refuses the whole file.`;
  if (all.length > mostLocations) yield `${path}: GitHub keeps ${mostLocations} locations of a result only.`;
  for (const [index, location] of all.entries()) yield* locationComplaints(location, `${path}[${index}]`);
}

function* locationComplaints(location: unknown, path: string): Iterable<string> {
  const physical = field(location, 'physicalLocation');
  if (physical === undefined) {
    yield `${path}: has no physical location; GitHub refuses one that is logical only.`;
    return;
  }
  const uri = field(physical, 'artifactLocation', 'uri');
  const fault = isText(uri) ? uriFault(uri) : 'a location needs a URI';
  if (fault !== undefined) yield `${path}.physicalLocation.artifactLocation.uri: ${fault}.`;
  const line = field(physical, 'region', 'startLine');
  if (typeof line !== 'number' || !Number.isInteger(line) || line < 1) {
    yield `${path}.physicalLocation.region.startLine: must be a line number from 1.`;
  }
}

/** What is wrong with a URI: it must be relative to the repository's root, or of the scheme `file`. */
function uriFault(uri: string): string | undefined {
  if (!/^(?:[\w\-.~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})+$/.test(uri)) return 'is not percent-encoded';
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(uri)?.[1];
  if (scheme !== undefined) {
    return scheme === 'file' ? undefined : `GitHub refuses the scheme '${scheme}'`;
  }
  if (uri.startsWith('/')) return "must be relative to the repository's root";
  const segments = uri.split('/').map((segment) => segment.replaceAll(/%2e/gi, '.'));
  return segments.some((segment) => ['', '.', '..'].includes(segment))
    ? 'has an empty segment, or one that leads elsewhere'
    : undefined;
}
