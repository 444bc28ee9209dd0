import { describe, expect, it } from 'vitest';
import type { AccountWork } from '../../src/collect/share.ts';
import { workOf } from '../../src/collect/work.ts';
import type { BucketLine } from '../../src/model/estate.ts';
import { bucketIn, having, known, shop, source, to, vault } from '../evaluate/memory.ts';

/** The shares, whole. */
function whole(lines: readonly BucketLine[], isMine?: (account: string) => boolean): readonly AccountWork[] {
  const ofOne = (account?: string): readonly BucketLine[] =>
    account === undefined ? lines : lines.filter((line) => line.account === account);
  const work = workOf(ofOne, isMine);
  return work.accounts.map(work.shareOf);
}

const accounts = (...lines: readonly BucketLine[]): readonly string[] =>
  whole(lines).map(({ account }) => account);

describe('the work of wave two', () => {
  it('is none where nothing replicates', () => {
    expect(accounts(source('a'), source('b', to('a', { Status: 'Disabled' })))).toEqual([]);
  });

  it('is shared out to the accounts of the ends, a bucket in both parts once', () => {
    const lines = [source('a', to('b')), source('b', to('c')), bucketIn(vault, null, 'c')];
    const [first, second] = whole(lines);
    const parts = [...(first?.ends.values() ?? [])].map((end) => [
      end.line.name,
      end.source,
      end.destination,
    ]);
    expect(parts).toEqual([
      ['a', true, false],
      ['b', true, true],
    ]);
    expect([...(second?.ends.keys() ?? [])]).toEqual(['c']);
    expect(second?.routes).toEqual([]);
    expect(first?.routes.map(({ source: from, destination }) => [from.name, destination?.account])).toEqual([
      ['a', shop],
      ['b', vault],
    ]);
    // What wave one told is read again when the share's turn comes, and not kept until then.
    expect(first?.ends.get('a')?.line).toEqual(lines[0]);
    expect(first?.ends.get('b')?.line.facts).toEqual(lines[1]?.facts);
  });

  it.each(['arn:aws:iam::../../x:role/r', 'arn:aws:iam:::role/r', 'role', ''])(
    'takes %j for no role of an account: that names a file',
    (Role) => {
      const replication = known({ Role, Rules: [to('b')] });
      const line = having(source('a'), { replication });
      expect(accounts(line)).toEqual([shop]);
      expect(whole([line])[0]?.roles.size).toBe(0);
    },
  );

  it('has a stranger asked for by whoever names it first, whosever share is asked for', () => {
    const other = { ...source('z', to('nowhere')), account: vault };
    const lines = [source('a', to('nowhere')), other];
    const strangers = (isMine?: (account: string) => boolean): readonly unknown[] =>
      whole(lines, isMine).map(({ account, strangers: names }) => [account, [...names]]);
    expect(strangers()).toEqual([
      [shop, ['nowhere']],
      [vault, []],
    ]);
    expect(strangers((account) => account === vault)).toEqual([[vault, []]]);
  });

  it('is cut in shares that are those of the whole', () => {
    const lines = [
      source('a', to('b'), to('c')),
      bucketIn(vault, 'eu-west-1', 'b'),
      { ...source('c', to('a'), to('b')), account: vault },
    ];
    const all = whole(lines);
    expect(all.map(({ account }) => account)).toEqual([shop, vault]);
    const shares = [shop, vault].flatMap((one) => whole(lines, (account) => account === one));
    expect(shares).toEqual(all);
  });
});
