import { describe, expect, it } from 'vitest';
import { workOf } from '../../src/collect/work.ts';
import type { BucketLine } from '../../src/model/estate.ts';
import { bucketIn, having, known, shop, source, to, vault } from '../evaluate/memory.ts';

const accounts = (...lines: readonly BucketLine[]): readonly string[] =>
  workOf(() => lines).map(({ account }) => account);

describe('the work of wave two', () => {
  it('is none where nothing replicates', () => {
    expect(accounts(source('a'), source('b', to('a', { Status: 'Disabled' })))).toEqual([]);
  });

  it('is shared out to the accounts of the ends, a bucket in both parts once', () => {
    const lines = [source('a', to('b')), source('b', to('c')), bucketIn(vault, null, 'c')];
    const [first, second] = workOf(() => lines);
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
  });

  it.each(['arn:aws:iam::../../x:role/r', 'arn:aws:iam:::role/r', 'role', ''])(
    'takes %j for no role of an account: that names a file',
    (Role) => {
      const replication = known({ Role, Rules: [to('b')] });
      const line = having(source('a'), { replication });
      expect(accounts(line)).toEqual([shop]);
      expect(workOf(() => [line])[0]?.roles.size).toBe(0);
    },
  );

  it('has a stranger asked for by whoever names it first, whosever share is asked for', () => {
    const other = { ...source('z', to('nowhere')), account: vault };
    const buckets = (): readonly BucketLine[] => [source('a', to('nowhere')), other];
    const strangers = (isMine?: (account: string) => boolean): readonly unknown[] =>
      workOf(buckets, isMine).map(({ account, strangers: names }) => [account, [...names]]);
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
    const whole = workOf(() => lines);
    expect(whole.map(({ account }) => account)).toEqual([shop, vault]);
    const shares = [shop, vault].flatMap((one) =>
      workOf(
        () => lines,
        (account) => account === one,
      ),
    );
    expect(shares).toEqual(whole);
  });
});
