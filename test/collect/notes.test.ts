import { describe, expect, it } from 'vitest';
import { Notes } from '../../src/collect/notes.ts';

describe('notes', () => {
  it("are an account's own, in the order in which they came", () => {
    const notes = new Notes<{ readonly name: string }>();
    notes.add('222', { name: 'a' });
    notes.add('111', { name: 'ü – 漢字' });
    notes.add('222', { name: 'b' });
    expect(notes.of('222')).toEqual([{ name: 'a' }, { name: 'b' }]);
    expect(notes.of('111')).toEqual([{ name: 'ü – 漢字' }]);
    expect(notes.of('333')).toEqual([]);
    expect(notes.accounts()).toEqual(['111', '222']);
  });

  it('are all there however many they are', () => {
    const notes = new Notes<string>();
    const text = (account: number, at: number): string => `note ${at} of ${account} ${'x'.repeat(at)}`;
    for (let at = 0; at < 200; at += 1)
      for (let account = 0; account < 50; account += 1) notes.add(String(account), text(account, at));
    for (let account = 0; account < 50; account += 1) {
      expect(notes.of(String(account))).toEqual(Array.from({ length: 200 }, (_, at) => text(account, at)));
    }
  });

  it('are noted once where neighbours note the same, of each account', () => {
    const notes = new Notes<string>();
    for (let at = 0; at < 5000; at += 1) {
      notes.add('111', 'the same');
      notes.add('222', 'the same');
    }
    expect([notes.of('111'), notes.of('222')]).toEqual([['the same'], ['the same']]);
  });
});
