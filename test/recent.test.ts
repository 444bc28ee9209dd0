import { describe, expect, it } from 'vitest';
import { Recent } from '../src/recent.ts';

describe('Recent', () => {
  it('keeps what was asked for last', () => {
    const recent = new Recent<string, number>(2);
    for (const [at, name] of ['a', 'b', 'c'].entries()) recent.set(name, at);
    expect(['a', 'b', 'c'].map((name) => recent.get(name))).toEqual([0, 1, 2]);
  });

  it('lets go of what nobody asks for, however often another is', () => {
    const recent = new Recent<string, number>(2);
    recent.set('often', 0);
    recent.set('once', 1);
    for (let at = 2; at < 10; at += 1) {
      expect(recent.get('often')).toBe(0);
      recent.set(`other ${at}`, at);
    }
    expect(recent.get('once')).toBeUndefined();
  });

  it('never holds more than twice as many as it keeps', () => {
    const recent = new Recent<number, number>(8);
    for (let at = 0; at < 100; at += 1) recent.set(at, at);
    const held = Array.from({ length: 100 }, (_, at) => at).filter((at) => recent.get(at) !== undefined);
    expect(held.length).toBeLessThanOrEqual(16);
    expect(held).toContain(99);
  });

  it('makes what it does not keep, once', () => {
    const recent = new Recent<string, string | null>(2);
    const made: string[] = [];
    const of = (name: string, one: string | null): string | null =>
      recent.of(name, (by) => {
        made.push(by);
        return one;
      });
    expect(['a', 'b', 'a', 'a', 'b'].map((name) => of(name, `${name}!`))).toEqual([
      'a!',
      'b!',
      'a!',
      'a!',
      'b!',
    ]);
    expect([of('none', null), of('none', 'other')]).toEqual([null, null]);
    expect(made).toEqual(['a', 'b', 'none']);
  });
});
