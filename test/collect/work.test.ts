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
});
