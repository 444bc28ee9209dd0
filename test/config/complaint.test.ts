import { describe, expect, it } from 'vitest';
import { nearest, nearestFew } from '../../src/config/complaint.ts';

const reasons = [
  'DstPutAclNotPermitted',
  'DstPutTaggingNotPermitted',
  'SrcGetAclNotPermitted',
  'SrcKeyNotFound',
];

describe('the nearest words', () => {
  it.each([
    ['srckeynotfond', ['SrcKeyNotFound']],
    ['dstgetaclnotpermitted', ['DstPutAclNotPermitted', 'SrcGetAclNotPermitted']],
    ['ACL', ['DstPutAclNotPermitted', 'SrcGetAclNotPermitted']],
    ['ac', []],
    ['nonsense', []],
    ['', []],
  ])('to %j are %j', (given, names) => {
    expect([...nearestFew(given, reasons)].sort()).toEqual(names);
  });

  it('come nearest first, and are no more than three', () => {
    expect(nearestFew('abcd', ['abxx', 'abcx', 'abcdef', 'abce', 'zzzz'])).toEqual(['abcx', 'abce', 'abxx']);
    expect(nearest('abcd', ['abxx', 'abcx'])).toBe('abcx');
  });
});
