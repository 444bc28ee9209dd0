import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { account, bucket, inFolder, role, shop, vault, writeAccount, writeSnapshot } from './estate.ts';
import type { Account, Snapshot } from '../../src/model/estate.ts';
import type { BucketsManifest, EndsManifest } from '../../src/model/shard.ts';
import { joinBuckets, openSnapshots } from '../../src/snapshot/join.ts';
import { clearShard, fallsTo, shardOf, writeShard } from '../../src/snapshot/shards.ts';
import { clearSnapshot, fileOf, snapshotFormat, writeEnds } from '../../src/snapshot/snapshot.ts';

/** Falls to the second of two shards, as does `vault`; `shop` falls to the first. */
const third = '777788889999';
const caller = { account: shop, arn: `arn:aws:iam::${shop}:user/admin` };

const made = (
  minute: number,
): Pick<BucketsManifest, 'format' | 'replint' | 'started' | 'finished' | 'caller' | 'configuration'> => ({
  format: snapshotFormat,
  replint: '0.0.0',
  started: `2026-01-01T00:0${minute}:00.000Z`,
  finished: `2026-01-01T00:0${minute + 2}:00.000Z`,
  caller,
  configuration: 'hash',
});

function writeWaveOne(
  folder: string,
  index: number,
  ids: readonly string[],
  more: Partial<BucketsManifest> = {},
): void {
  for (const id of ids) writeAccount(folder, id, [bucket(`b-${id}`, id)]);
  const all = [shop, vault, third];
  writeShard(folder, {
    ...made(index),
    wave: 'buckets',
    shard: { index, of: 2 },
    partition: 'aws',
    member: { id: 'o-exampleorg', management: shop, policyTypes: [], unitsUnknown: null },
    accounts: ids.map(account),
    others: all.filter((id) => !ids.includes(id)),
    facts: { bucket: ['replication'] },
    ...more,
  });
}

function writeWaveTwo(
  folder: string,
  index: number,
  buckets: string,
  more: Partial<EndsManifest> = {},
): void {
  const id = index === 1 ? shop : vault;
  writeEnds(folder, id, id === shop ? [role] : [bucket(`b-${id}`, id)]);
  const shard = { index, of: 2 };
  writeShard(folder, { ...made(index + 4), wave: 'ends', shard, buckets, accounts: [id], ...more });
}

/** Both waves of two shards in one folder. */
function writeShards(folder: string): void {
  writeWaveOne(folder, 1, [shop]);
  writeWaveOne(folder, 2, [vault, third]);
  const { hash } = joinBuckets([folder]);
  writeWaveTwo(folder, 1, hash);
  writeWaveTwo(folder, 2, hash);
}

/** Leaves the folders of a snapshot, and nothing in them. */
function clearFiles(folder: string): void {
  for (const id of [shop, vault]) rmSync(fileOf(folder, 'buckets', id));
  rmSync(fileOf(folder, 'ends', shop));
  rmSync(join(folder, 'manifest.json'));
}

const names = ({ buckets }: Pick<Snapshot, 'buckets'>): readonly string[] =>
  [...buckets()].map(({ name }) => name);

const shards = <T>(use: (folder: string) => T): T =>
  inFolder((folder) => {
    writeShards(folder);
    return use(folder);
  });

describe('an account', () => {
  it('falls to the shard that its SHA-256 says, whoever computes it', () => {
    // python3 -c 'import hashlib; print(int(hashlib.sha256(b"111122223333").hexdigest(), 16) % 8 + 1)'
    expect([shop, vault, third].map((id) => shardOf(id, 8))).toEqual([3, 6, 2]);
    expect([shop, vault, third].map((id) => shardOf(id, 2))).toEqual([1, 2, 2]);
    expect(shardOf(shop, 1)).toBe(1);
  });

  it('falls to one shard only, and many accounts to each', () => {
    const ids = Array.from({ length: 8000 }, (_, at) => String(100_000_000_000 + at * 7919));
    const counts = new Map<number, number>();
    for (const id of ids) {
      const mine = [1, 2, 3, 4, 5, 6, 7, 8].filter((index) => fallsTo({ index, of: 8 }, id));
      expect(mine).toHaveLength(1);
      counts.set(mine[0] ?? 0, (counts.get(mine[0] ?? 0) ?? 0) + 1);
    }
    expect(Math.min(...counts.values())).toBeGreaterThan(900);
    expect(Math.max(...counts.values())).toBeLessThan(1100);
  });
});

describe('shards', () => {
  it('come back as one snapshot: in the order of accounts, from the first beginning to the last end', () => {
    shards((folder) => {
      const opened = openSnapshots([folder]);
      expect(names(opened)).toEqual([shop, vault, third].map((id) => `b-${id}`));
      expect([...opened.ends()]).toEqual([role, bucket(`b-${vault}`, vault)]);
      expect(opened.manifest).toMatchObject({
        started: '2026-01-01T00:01:00.000Z',
        finished: '2026-01-01T00:08:00.000Z',
        organization: { id: 'o-exampleorg', caller, accounts: [shop, vault, third].map(account) },
      });
    });
  });

  it('lie in one folder or in many', () => {
    shards((folder) => {
      inFolder((other) => {
        // Makes the folders.
        writeSnapshot(other);
        clearFiles(other);
        for (const wave of ['buckets', 'ends'] as const) {
          renameSync(join(folder, `${wave}.2-of-2.json`), join(other, `${wave}.2-of-2.json`));
        }
        for (const id of [vault, third])
          renameSync(fileOf(folder, 'buckets', id), fileOf(other, 'buckets', id));
        renameSync(fileOf(folder, 'ends', vault), fileOf(other, 'ends', vault));
        expect(names(openSnapshots([other, folder]))).toEqual([shop, vault, third].map((id) => `b-${id}`));
      });
    });
  });

  it('read no file that none of them wrote', () => {
    shards((folder) => {
      writeAccount(folder, '999999999999', [bucket('left-over', '999999999999')]);
      expect(names(openSnapshots([folder]))).not.toContain('left-over');
    });
  });

  it('say of an account that only others saw that it was not read', () => {
    shards((folder) => {
      writeWaveOne(folder, 1, [shop], { others: [vault, third, '888888888888'] });
      const { manifest, member } = joinBuckets([folder]);
      const late = manifest.organization.accounts.find(({ id }) => id === '888888888888');
      expect(late).toMatchObject({
        status: 'skipped',
        state: 'UNKNOWN',
        why: 'Shard 1 of 2 saw it in the organization, its own shard did not: the organization changed in between.',
      });
      expect(member.accounts).toEqual(manifest.organization.accounts);
    });
  });

  it('ask for a kind of policy on whose state they disagree', () => {
    shards((folder) => {
      const member = { id: 'o-exampleorg', management: shop, unitsUnknown: null };
      writeWaveOne(folder, 1, [shop], { member: { ...member, policyTypes: ['SERVICE_CONTROL_POLICY'] } });
      expect(joinBuckets([folder]).member.policyTypes).toBeNull();
    });
  });

  it.each<[string, (folder: string) => void, string]>([
    [
      'missing',
      (at) => {
        rmSync(join(at, 'buckets.2-of-2.json'));
      },
      "of 2 shards 2/2 did not finish: 'replint collect --wave buckets --shard 2/2' reads one.",
    ],
    [
      'without ends',
      (at) => {
        rmSync(join(at, 'ends.1-of-2.json'));
        rmSync(join(at, 'ends.2-of-2.json'));
      },
      "'replint collect --wave ends' reads them",
    ],
    [
      'with half the ends',
      (at) => {
        rmSync(join(at, 'ends.1-of-2.json'));
      },
      "of 2 shards 1/2 did not finish: 'replint collect --wave ends --shard 1/2' reads one.",
    ],
    [
      'of another division',
      (at) => {
        writeWaveOne(at, 1, [], { shard: { index: 1, of: 3 } });
      },
      'take the shards of one division',
    ],
    [
      'of another version',
      (at) => {
        writeWaveOne(at, 2, [vault, third], { replint: '0.0.1' });
      },
      'one version has to write all shards',
    ],
    [
      'of another configuration',
      (at) => {
        writeWaveOne(at, 2, [vault, third], { configuration: 'other' });
      },
      'it was read with another configuration',
    ],
    [
      'of another organization',
      (at) => {
        writeWaveOne(at, 2, [vault, third], {
          member: { id: 'o-other', management: null, policyTypes: [], unitsUnknown: null },
        });
      },
      `it was read of organization o-other by account ${shop}, and `,
    ],
    [
      'of another caller',
      (at) => {
        writeWaveOne(at, 2, [vault, third], { caller: { ...caller, account: vault } });
      },
      `of organization o-exampleorg by account ${vault}, and `,
    ],
    [
      'with an account of the other',
      (at) => {
        writeWaveOne(at, 2, [vault, third, shop]);
      },
      `account ${shop} does not fall to this shard`,
    ],
    [
      'whose ends rest on other buckets',
      (at) => {
        writeWaveOne(at, 2, [vault]);
      },
      'it was worked out from other buckets than these',
    ],
    [
      'whose ends another version read',
      (at) => {
        writeWaveTwo(at, 2, joinBuckets([at]).hash, { replint: '0.0.1' });
      },
      'one version has to write all shards',
    ],
    [
      'whose ends another configuration asked for',
      (at) => {
        writeWaveTwo(at, 2, joinBuckets([at]).hash, { configuration: 'other' });
      },
      'it was read with another configuration',
    ],
    [
      'that lost a file',
      (at) => {
        rmSync(fileOf(at, 'buckets', third));
      },
      `${third}.ndjson.gz': it is not there`,
    ],
    [
      'that lost a file of ends',
      (at) => {
        rmSync(fileOf(at, 'ends', vault));
      },
      `${vault}.ndjson.gz': it is not there`,
    ],
    [
      'of another format',
      (at) => {
        writeFileSync(join(at, 'ends.1-of-2.json'), '{"format":2}');
      },
      'it is no snapshot of format 1',
    ],
    [
      'under another name',
      (at) => {
        writeFileSync(join(at, 'ends.1-of-2.json'), readFileSync(join(at, 'buckets.1-of-2.json')));
      },
      'it is no snapshot of format 1',
    ],
    [
      'changed in one letter',
      (at) => {
        const path = join(at, 'buckets.1-of-2.json');
        writeFileSync(path, readFileSync(path, 'utf8').replace('scanned', 'skipped'));
      },
      'it was changed after it was written',
    ],
    [
      'cut off',
      (at) => {
        writeFileSync(join(at, 'ends.1-of-2.json'), '{"format":1,');
      },
      'it holds a line that is not JSON',
    ],
  ])('%s are refused', (_, harm, sentence) => {
    shards((folder) => {
      harm(folder);
      expect(() => openSnapshots([folder])).toThrow(sentence);
    });
  });

  it('there twice, or beside a whole scan, are refused', () => {
    shards((folder) => {
      expect(() => openSnapshots([folder, folder])).toThrow('is the same shard: take one of them');
      inFolder((other) => {
        writeSnapshot(other);
        expect(() => openSnapshots([other, folder])).toThrow('it is a whole scan');
        expect(() => openSnapshots([other, other])).toThrow('it is a whole scan');
      });
    });
  });

  it('are gone when a whole scan begins', () => {
    shards((folder) => {
      clearSnapshot(folder);
      expect(() => openSnapshots([folder])).toThrow('holds no finished snapshot');
    });
  });
});

describe('a shard that begins', () => {
  const nothing = { accounts: [], configuration: 'hash' };
  const left = (folder: string): readonly boolean[] =>
    [
      fileOf(folder, 'buckets', shop),
      fileOf(folder, 'buckets', vault),
      fileOf(folder, 'buckets', third),
      fileOf(folder, 'ends', shop),
      fileOf(folder, 'ends', vault),
    ].map((path) => existsSync(path));

  it('takes its own files away, and none of another', () => {
    shards((folder) => {
      clearShard(folder, 'buckets', { index: 2, of: 2 }, nothing);
      expect(left(folder)).toEqual([true, false, false, true, false]);
      expect(existsSync(join(folder, 'ends.2-of-2.json'))).toBe(false);
      expect(() => openSnapshots([folder])).toThrow('of 2 shards 2/2 did not finish');
    });
  });

  it('with wave two keeps wave one', () => {
    shards((folder) => {
      clearShard(folder, 'ends', { index: 2, of: 2 }, nothing);
      expect(left(folder)).toEqual([true, true, true, true, false]);
    });
  });

  it('again keeps the accounts that the same configuration finished', () => {
    shards((folder) => {
      clearShard(folder, 'buckets', { index: 2, of: 2 }, { accounts: [vault], configuration: 'hash' });
      expect(left(folder)).toEqual([true, true, false, true, false]);
      clearShard(folder, 'buckets', { index: 2, of: 2 }, { accounts: [vault], configuration: 'other' });
      expect(left(folder)).toEqual([true, false, false, true, false]);
    });
  });

  it('takes away the manifest of a whole scan, which would hide it', () => {
    inFolder((folder) => {
      writeSnapshot(folder);
      const accounts: readonly Account[] = openSnapshots([folder]).manifest.organization.accounts;
      expect(accounts).toHaveLength(2);
      clearShard(folder, 'buckets', { index: 1, of: 2 }, nothing);
      expect(() => openSnapshots([folder])).toThrow('holds no finished snapshot');
    });
  });
});
