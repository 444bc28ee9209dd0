/** A JSON file that says itself what it should be: whichever byte of it is changed, it is refused. */
import { createHash } from 'node:crypto';
import { parsed, UnreadableFile } from './lines.ts';

/** The text of a file: the value, and last of all the checksum of what stands before it. */
export function sealed(value: object, spaces = 2): string {
  return `${JSON.stringify({ ...value, sha256: checksum(value) }, null, spaces)}\n`;
}

/** The value of such a file; throws {@link UnreadableFile} where it is not what was written. */
export function unsealed(path: string, text: string, spaces = 2): unknown {
  const { sha256, ...rest } = { ...Object(parsed(path, text)) } as Readonly<Record<string, unknown>>;
  // What means the same but is not the same text was written by somebody else.
  if (sha256 !== checksum(rest) || sealed(rest, spaces) !== text) {
    throw new UnreadableFile(path, 'it was changed after it was written; collect again.');
  }
  return rest;
}

function checksum(value: object): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
