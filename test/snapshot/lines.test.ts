import fc from 'fast-check';
import { existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inFolder } from './estate.ts';
import {
  firstLine,
  readLines,
  StoredLines,
  UnreadableFile,
  writeLines,
  writeWhole,
} from '../../src/snapshot/lines.ts';

const first = { kind: 'first' };
const reading = (path: string): (() => readonly unknown[]) => {
  return () => [firstLine(path), ...readLines(path, asIs)];
};
const asIs = (body: unknown): object => body as object;
const write = (path: string, lines: readonly object[]): void => {
  writeLines(
    path,
    first,
    lines.map((line) => ({ head: Object.keys(line), body: line })),
  );
};
const stored = (path: string): StoredLines<object, unknown> => new StoredLines([path], () => undefined, asIs);

describe('lines', () => {
  it('come back as they were written, whatever is in them', () => {
    inFolder((folder) => {
      const path = join(folder, 'deep', 'lines.ndjson.gz');
      const line = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue());
      fc.assert(
        fc.property(fc.array(line), (lines) => {
          write(path, lines);
          expect(readFileSync(path).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
          const plain = JSON.parse(JSON.stringify(lines)) as readonly object[];
          const heads = plain.map((one) => Object.keys(one));
          expect(reading(path)()).toEqual([first, ...plain]);
          expect([...readLines<unknown>(path, asIs, (head) => head)]).toEqual(heads);
          expect([...stored(path)]).toEqual(plain);
          expect([...stored(path).heads()]).toEqual(heads);
        }),
        { numRuns: 50 },
      );
    });
  });

  it("are the owner's alone, under the final name only", () => {
    inFolder((folder) => {
      write(join(folder, 'sub', 'a.gz'), [{ a: 1 }]);
      expect(readdirSync(join(folder, 'sub'))).toEqual(['a.gz']);
      expect(statSync(join(folder, 'sub', 'a.gz')).mode & 0o777).toBe(0o600);
      expect(statSync(join(folder, 'sub')).mode & 0o777).toBe(0o700);
    });
  });

  it('are never wrong, whichever byte of the file is flipped', () => {
    inFolder((folder) => {
      const path = join(folder, 'a.gz');
      const lines = Array.from({ length: 20 }, (_, at) => ({ at, name: `bucket-${at}` }));
      write(path, lines);
      const good = readFileSync(path);
      let refused = 0;
      for (let at = 0; at < good.length; at += 1) {
        const bad = Buffer.from(good);
        bad[at] = (bad[at] ?? 0) ^ 0x55;
        writeFileSync(path, bad);
        try {
          // Some bytes of gzip's header (the time, the system) say nothing about the content.
          expect(reading(path)()).toEqual([first, ...lines]);
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableFile);
          refused += 1;
        }
      }
      expect(refused).toBeGreaterThan(good.length - 10);
    });
  });

  it('are refused where the file is cut, wherever that is', () => {
    inFolder((folder) => {
      const path = join(folder, 'a.gz');
      write(path, [{ a: 1 }, { b: 2 }]);
      const good = readFileSync(path);
      for (let length = 0; length < good.length; length += 1) {
        writeFileSync(path, good.subarray(0, length));
        expect(reading(path), `${length} bytes`).toThrow(UnreadableFile);
      }
    });
  });

  it.each([
    ['{"a":1}\n{"b":', 'its last line is cut off'],
    ['{"a":1}', 'its last line is cut off'],
    ['{}\n1\tnot JSON\n', 'it holds a line that is not JSON'],
    ['\n', 'it holds a line that is not JSON'],
    ['{}\n{"a":1}\n', 'a line in it has no head'],
    ['{}\n{"a":1}\n"b"\t{"b":1}\n', 'a line in it has no head'],
  ])('are refused in a sound file that holds %j', (text, why) => {
    inFolder((folder) => {
      const path = join(folder, 'a.gz');
      writeFileSync(path, gzipSync(text));
      expect(reading(path)).toThrow(`Cannot read '${path}': ${why}`);
    });
  });

  it('are refused where there is no file', () => {
    inFolder((folder) => {
      expect(reading(join(folder, 'none.gz'))).toThrow('ENOENT');
    });
  });
});

describe('a write that fails', () => {
  it.skipIf(!existsSync('/dev/full'))('leaves what was there before, and nothing half done', () => {
    inFolder((folder) => {
      const path = join(folder, 'manifest.json');
      symlinkSync('/dev/full', `${path}.unfinished`);
      expect(() => {
        writeWhole(path, 'text');
      }).toThrow('ENOSPC');
      expect(readdirSync(folder)).toEqual([]);
      writeWhole(path, 'old');
      symlinkSync('/dev/full', `${path}.unfinished`);
      expect(() => {
        writeWhole(path, 'new');
      }).toThrow('ENOSPC');
      expect(readdirSync(folder)).toEqual(['manifest.json']);
      expect(readFileSync(path, 'utf8')).toBe('old');
    });
  });

  it('leaves nothing half done where a folder has the final name', () => {
    inFolder((folder) => {
      writeWhole(join(folder, 'a', 'b'), 'x');
      expect(() => {
        writeWhole(join(folder, 'a'), 'x');
      }).toThrow();
      expect(readdirSync(folder)).toEqual(['a']);
    });
  });
});
