import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lockOf, placesIn } from '../src/lock.ts';
import type { Account } from '../src/model/estate.ts';

const account = (id: string, status: Account['status']): Account =>
  // A status has causes or a reason besides; both do no harm here.
  ({ ...{ id, name: '', state: 'ACTIVE', ou: null, ouId: null, causes: [], why: '' }, status });
const scanned = ['1', '2'].map((id) => account(id, 'scanned'));
const bucket = (id: string, name: string): { account: string; region: string | null; name: string } => ({
  ...{ account: id, region: 'eu-west-1', name },
});

describe('replint.lock', () => {
  test('has a line a bucket, sorted', () => {
    const text = lockOf(
      '',
      [bucket('2', 'a'), { ...bucket('1', 'z'), region: null }, bucket('1', 'b')],
      scanned,
    );
    expect(text).toBe('1 - z\n1 eu-west-1 b\n2 eu-west-1 a\n');
    expect([...placesIn(text)]).toEqual([
      ['z', 1],
      ['b', 2],
      ['a', 3],
    ]);
  });

  test('loses what is gone from accounts that were scanned, and of accounts that have left', () => {
    const before = '1 eu-west-1 gone\n3 eu-west-1 left\n';
    expect(lockOf(before, [bucket('1', 'b')], scanned)).toBe('1 eu-west-1 b\n');
  });

  test.each(['unreadable', 'skipped'] as const)('keeps the lines of an account that is %s', (status) => {
    const before = '2 eu-west-1 kept\r\n';
    const text = lockOf(before, [bucket('1', 'b')], [account('1', 'scanned'), account('2', status)]);
    expect(text).toBe('1 eu-west-1 b\n2 eu-west-1 kept\n');
  });

  test('is the same whatever the order, and stays as it is when nothing changes', () => {
    const some = fc.array(
      fc.record({ id: fc.constantFrom('1', '2'), name: fc.stringMatching(/^[a-z0-9.-]{3,9}$/) }),
    );
    fc.assert(
      fc.property(
        some.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          const of = (list: typeof all): string =>
            lockOf(
              '',
              list.map(({ id, name }) => bucket(id, name)),
              scanned,
            );
          expect(of(shuffled)).toBe(of(all));
          expect(
            lockOf(
              of(all),
              all.map(({ id, name }) => bucket(id, name)),
              scanned,
            ),
          ).toBe(of(all));
          expect(placesIn(of(all)).size).toBe(new Set(all.map(({ name }) => name)).size);
        },
      ),
    );
  });
});
