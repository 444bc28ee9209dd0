import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { address, date, numeric } from '../../src/iam/compare.ts';

describe('address', () => {
  it.each([
    ['2001:DB8:1234:5678::1', '2001:DB8:1234:5678::/64', true],
    ['2001:db8:1234:5679::1', '2001:DB8:1234:5678::/64', false],
    ['2001:db8:1234:5678:0:0:0:1', '2001:DB8:1234:5678::1', true],
    ['::ffff:203.0.113.1', '::ffff:203.0.113.0/120', true],
    ['::1', '::/127', true],
    ['::2', '::/127', false],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8/128', true],
    ['203.0.113.1', '::/0', false],
    ['::1', '0.0.0.0/0', false],
    ['203.0.113.1', '0.0.0.0/0', true],
    ['203.0.113.1', '203.0.113.1/33', false],
    ['203.0.113.1', '203.0.113.1/-1', false],
    ['203.0.113.1', '203.0.113.1/x', false],
    ['203.0.113.129', '203.0.113.128/25', true],
    ['203.0.113.127', '203.0.113.128/25', false],
    ['203.0.113', '203.0.113', false],
    ['203.0.113.256', '203.0.113.256', false],
    ['203.0.113.x', '203.0.113.x', false],
    ['203.0.113.1e1', '203.0.113.10', false],
    ['203.0.113.0x1', '203.0.113.1', false],
    ['203.0.113.+1', '203.0.113.1', false],
    ['203.0.113.1', 'g::', false],
    ['g::1', '::1', false],
    ['::g', '::', false],
    ['1:2:3:4:5:6::', '1:2:3:4:5:6:0:0', true],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0', true],
    ['1::2::3', '1::2::3', false],
    ['1:2:3', '1:2:3', false],
    ['1:2:3:4:5:6:7::8:9', '1:2:3:4:5:6:7::8:9', false],
    ['g::', 'g::', false],
    ['12345::', '12345::', false],
    ['', '', false],
  ])('%s in %s: %s', (actual, wanted, lies) => {
    expect(address(actual, wanted)).toBe(lies);
  });

  it('agrees with arithmetic on four bytes', () => {
    const four = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));
    const number = (bytes: readonly number[]): number => bytes.reduce((sum, byte) => sum * 256 + byte, 0);
    fc.assert(
      fc.property(four, four, fc.nat(32), fc.nat(32), (one, other, shared, bits) => {
        const size = 2 ** (32 - shared);
        // The two agree in as many leading bits as are shared, so that both answers come up.
        const near = Math.floor(number(one) / size) * size + (number(other) % size);
        const bytes = [24, 16, 8, 0].map((shift) => Math.floor(near / 2 ** shift) % 256);
        const block = 2 ** (32 - bits);
        const same = Math.floor(number(one) / block) === Math.floor(near / block);
        expect(address(bytes.join('.'), `${one.join('.')}/${bits}`)).toBe(same);
      }),
      { seed: 3, numRuns: 2_000 },
    );
  });
});

describe('numbers and dates', () => {
  it.each([
    ['1e3', '1000', true],
    ['-.5', '-0.5', true],
    ['+5', '5', true],
    ['5.', '5', true],
    ['0x10', '16', false],
    ['.25', '0.25', true],
    ['1e+03', '1000', true],
    ['1e-03', '0.001', true],
    ['1e10', '10000000000', true],
    ['', '0', false],
    [' 5', '5', false],
    ['Infinity', 'Infinity', false],
  ])('%s equals %s: %s', (actual, wanted, equal) => {
    expect(numeric('Equals')(actual, wanted)).toBe(equal);
  });

  it.each([
    ['2020-01-01T00:00:00.5Z', '1577836800.5', true],
    ['1577836800.25', '2020-01-01T00:00:00.25Z', true],
    ['2020-02', '2020-02-01T00:00:00Z', true],
    ['-1', '1969-12-31T23:59:59Z', true],
    ['2020-01-01T00:00:00', '2020-01-01T00:00:00', false],
    ['2020-13', '2020-13', false],
    ['2020-02-01T10:00Z', '2020-02-01T10:00:00Z', true],
    ['1577836800', '1577836801', false],
  ])('%s is %s: %s', (actual, wanted, equal) => {
    expect(date('Equals')(actual, wanted)).toBe(equal);
  });
});
