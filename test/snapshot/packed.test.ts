import { describe, expect, it } from 'vitest';
import { bucket } from './estate.ts';
import { packed, unpacked, type PackedLine } from '../../src/snapshot/packed.ts';
import { healthy } from '../../src/tester.ts';
import { endLines, sourceLine } from '../../src/tester/lines.ts';
import type { BucketLine } from '../../src/model/estate.ts';

const source = sourceLine({ denied: ['source.policy'] });
const other = healthy.destination.account;

/** As it comes back from the disk. */
const written = (line: Parameters<typeof packed>[0]): PackedLine =>
  JSON.parse(JSON.stringify(packed(line))) as PackedLine;

describe('a packed line', () => {
  it.each([source, bucket('plain'), ...endLines({}, source), { ...source, facts: {} }])(
    'comes back as it was',
    (line) => {
      expect(unpacked(written(line))).toEqual(line);
    },
  );

  it('names who asked once', () => {
    const text = JSON.stringify(packed({ ...source, account: '' }));
    expect(text.split(`"${healthy.source.account}"`)).toHaveLength(3);
  });

  it('keeps apart what another asked for', () => {
    const facts: BucketLine['facts'] = {
      ...source.facts,
      versioning: { known: true, value: { Status: 'Enabled' }, account: other, at: healthy.at },
    };
    expect(unpacked(written({ ...source, facts }))).toEqual({ ...source, facts });
  });
});
