import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  account,
  bucket,
  inFolder,
  manifest,
  role,
  shop,
  vault,
  writeAccount,
  writeSnapshot,
} from './estate.ts';
import type { Account } from '../../src/model/estate.ts';
import {
  clearSnapshot,
  finishedAccount,
  finishedEnds,
  keepEnds,
  keepFinished,
  openSnapshot,
  readBuckets,
  writeBuckets,
  writeEnds,
  writeManifest,
} from '../../src/snapshot/snapshot.ts';

/** A sound snapshot in a folder of its own. */
const snapshot = <T>(use: (folder: string) => T): T =>
  inFolder((folder) => {
    writeSnapshot(folder);
    return use(folder);
  });

const file = (folder: string, wave: 'buckets' | 'ends', id: string): string =>
  join(folder, wave, `${id}.ndjson.gz`);

describe('a snapshot', () => {
  it('comes back whole: buckets in the order of accounts, without the headers', () => {
    snapshot((folder) => {
      const opened = openSnapshot(folder);
      expect([...opened.buckets()]).toEqual([bucket('orders'), bucket('plain'), bucket('replica', vault)]);
      expect([...opened.ends()]).toEqual([bucket('orders'), role]);
      expect(opened.manifest).toEqual(manifest([account(shop), account(vault)]));
    });
  });

  it('gives each end again, in any order, of more files than it keeps unpacked', () => {
    snapshot((folder) => {
      const ids = Array.from({ length: 40 }, (_, at) => (200_000_000_000 + at).toString());
      for (const id of ids) writeEnds(folder, id, [bucket(`first-${id}`, id), bucket(`last-${id}`, id)]);
      const ends = openSnapshot(folder).ends();
      const before = [...ends].length - 2 * ids.length;
      const names = ids.flatMap((id) => [`first-${id}`, `last-${id}`]);
      for (const at of [0, 79, 1, 78, 40, 0])
        expect(ends.again(before + at)).toEqual(bucket(names[at] ?? '', ids[Math.floor(at / 2)]));
    });
  });

  it('can be read again and again', () => {
    snapshot((folder) => {
      const { buckets } = openSnapshot(folder);
      expect([...buckets()]).toEqual([...buckets()]);
    });
  });

  it('without a manifest is none', () => {
    snapshot((folder) => {
      rmSync(join(folder, 'manifest.json'));
      expect(() => openSnapshot(folder)).toThrow('holds no finished snapshot');
    });
  });

  it.each([
    ['{"format":2}', 'it is no snapshot of format 1'],
    ['{}', 'it is no snapshot of format 1'],
    ['null', 'it is no snapshot of format 1'],
    ['[1]', 'it is no snapshot of format 1'],
    ['{"format":1', 'it holds a line that is not JSON'],
  ])('whose manifest is %s is refused', (text, why) => {
    snapshot((folder) => {
      writeFileSync(join(folder, 'manifest.json'), text);
      expect(() => openSnapshot(folder)).toThrow(why);
    });
  });

  it('that has lost the file of a scanned account is refused; of another there may be none', () => {
    snapshot((folder) => {
      const skipped: Account = { ...account('777788889999'), status: 'skipped', why: 'Excluded.' };
      writeManifest(folder, manifest([account(shop), account(vault), skipped]));
      expect([...openSnapshot(folder).buckets()]).toHaveLength(3);
      rmSync(file(folder, 'buckets', vault));
      expect(() => openSnapshot(folder)).toThrow(`${vault}.ndjson.gz': it is not there`);
    });
  });

  it.each(['buckets', 'ends'] as const)('with a damaged file of %s is refused when it is read', (wave) => {
    snapshot((folder) => {
      const path = file(folder, wave, shop);
      const bytes = readFileSync(path);
      bytes[bytes.length - 5] = (bytes[bytes.length - 5] ?? 0) ^ 1;
      writeFileSync(path, bytes);
      expect(() => [...openSnapshot(folder)[wave]()]).toThrow(`Cannot read '${path}'`);
    });
  });

  it('does not take an unfinished file for one of its own', () => {
    snapshot((folder) => {
      copyFileSync(file(folder, 'buckets', vault), `${file(folder, 'buckets', '777788889999')}.unfinished`);
      expect([...openSnapshot(folder).buckets()]).toHaveLength(3);
    });
  });
});

it('is never trusted, whichever byte of its manifest is flipped', () => {
  snapshot((folder) => {
    const path = join(folder, 'manifest.json');
    const good = readFileSync(path);
    for (let at = 0; at < good.length; at += 1) {
      const bad = Buffer.from(good);
      bad[at] = (bad[at] ?? 0) ^ (1 << (at % 8));
      writeFileSync(path, bad);
      expect(() => openSnapshot(folder), `byte ${at}`).toThrow(`Cannot read '${path}'`);
    }
  });
});

describe('what a resumed scan goes on from', () => {
  it('is no account of which any byte is flipped, unless it says the same', () => {
    snapshot((folder) => {
      for (const [wave, isFinished] of [
        ['buckets', () => finishedAccount(folder, shop, 'hash') !== null],
        ['ends', () => finishedEnds(folder, shop, '')],
      ] as const) {
        const path = file(folder, wave, shop);
        const good = readFileSync(path);
        const lines = [...openSnapshot(folder)[wave]()];
        expect(isFinished()).toBe(true);
        for (let at = 0; at < good.length; at += 1) {
          const bad = Buffer.from(good);
          bad[at] = (bad[at] ?? 0) ^ (1 << (at % 8));
          writeFileSync(path, bad);
          if (!isFinished()) continue;
          // Bytes of gzip's header say when and where it was packed, and nothing of what is in it.
          const read = [...openSnapshot(folder)[wave]()];
          expect(read, `byte ${at} of ${wave}`).toEqual(lines);
        }
        writeFileSync(path, good);
      }
    });
  });

  it('is an account that the same configuration finished', () => {
    snapshot((folder) => {
      expect(finishedAccount(folder, shop, 'hash')).toMatchObject({
        id: shop,
        status: { status: 'scanned' },
      });
      expect(finishedAccount(folder, shop, 'another')).toBeNull();
      expect(finishedAccount(folder, '777788889999', 'hash')).toBeNull();
    });
  });

  it('is no file of another version, and no damaged one', () => {
    snapshot((folder) => {
      const status = { status: 'scanned' } as const;
      writeBuckets(folder, { kind: 'account', format: 2, id: shop, configuration: 'hash', status }, []);
      expect(finishedAccount(folder, shop, 'hash')).toBeNull();
      writeFileSync(file(folder, 'buckets', vault), 'rubbish');
      expect(finishedAccount(folder, vault, 'hash')).toBeNull();
    });
  });

  it('is nothing of accounts that are left out now, of another configuration, or of wave two', () => {
    snapshot((folder) => {
      const status = { status: 'scanned' } as const;
      const id = '777788889999';
      writeBuckets(folder, { kind: 'account', format: 1, id, configuration: 'older', status }, [
        bucket('stale', id),
      ]);
      keepFinished(folder, [shop, id], 'hash');
      expect([...readBuckets(folder)].map(({ name }) => name)).toEqual(['orders', 'plain']);
      keepEnds(folder, []);
      expect(readdirSync(join(folder, 'ends'))).toEqual([]);
      expect(readdirSync(folder)).toEqual(['buckets', 'ends']);
    });
  });

  it('may be nothing at all', () => {
    inFolder((folder) => {
      keepFinished(join(folder, 'none'), [shop], 'hash');
      expect(readdirSync(folder)).toEqual([]);
    });
  });
});

it('clearing takes the snapshot away and leaves what is not its own', () => {
  snapshot((folder) => {
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    clearSnapshot(folder);
    expect(readdirSync(folder)).toEqual(['notes.txt']);
    writeAccount(folder, shop, []);
    expect([...readBuckets(folder)]).toEqual([]);
  });
});
