/** What must hold of every finding, whatever rule it is of. */
import { expect } from 'vitest';
import type { Evidence, Finding } from '../../src/model/finding.ts';

/** A failure rests on what AWS answered, and says what to type or that there is nothing; an unknown names the call. */
export function expectWhole(finding: Finding): void {
  if (finding.outcome === 'fail') {
    expect(finding.evidence).not.toEqual([]);
    finding.evidence.forEach(expectEvidence);
    expectMended(finding);
    return;
  }
  expect(finding.causes).not.toEqual([]);
  for (const { reason, call, account, detail } of finding.causes) {
    expect(detail).not.toBe('');
    // Where no call was made there is none to name.
    if (reason !== 'access-denied' && reason !== 'throttled' && reason !== 'failed') continue;
    expect(call).toMatch(operation);
    expect(account).toMatch(/^\d{12}$/);
  }
}

const operation = /^[a-z0-9]+:[A-Z]\w+$/;

function expectEvidence(one: Evidence): void {
  expect(one.call).toMatch(operation);
  expect(one.resource).not.toBe('');
  expect(one.account).toMatch(/^\d{12}$/);
  expect(new Date(one.time).toISOString()).toBe(one.time);
  expect(one.pointer).toMatch(/^(?:\/(?:[^~/]|~[01])*)*$/);
  // A pointer leads to something in the answer; nothing at all is what AWS says of what is not configured.
  expect(one.value).toBeDefined();
  if (one.pointer !== '') expect(one.value).not.toBeNull();
}

const languages = { cli: 'the AWS CLI', terraform: 'Terraform', cloudformation: 'CloudFormation' } as const;

const changesPolicy = / (?:put-bucket-policy|put-key-policy|put-role-policy|update-assume-role-policy) /;

/** A language in which nothing is typed is named in words, and no other is; a statement is there as JSON too. */
function expectMended({ rule, fix }: Finding): void {
  if (changesPolicy.test(fix.cli ?? '')) {
    const statements = [JSON.parse(fix.json ?? 'null') as unknown].flat();
    for (const one of statements) expect(one, rule).toMatchObject({ Effect: expect.any(String) as string });
  }
  const kinds = ['cli', 'terraform', 'cloudformation'] as const;
  const lacking = kinds.filter((kind) => fix[kind] === undefined).map((kind) => languages[kind]);
  const [, where = '', why = ''] = / There is nothing to type((?: in [^:]+)?): (.+\.)$/s.exec(fix.text) ?? [];
  if (lacking.length === 0) {
    expect(fix.text, rule).not.toContain('nothing to type');
    return;
  }
  expect(why, `${rule} lacks ${lacking.join(', ')}`).not.toBe('');
  expect(where, rule).toBe(lacking.length === kinds.length ? '' : ` in ${lacking.join(' and ')}`);
}
