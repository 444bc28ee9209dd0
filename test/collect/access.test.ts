import { expect, it } from 'vitest';
import { silent } from './estate.ts';
import { Access } from '../../src/collect/access.ts';
import { Limiters } from '../../src/collect/limiters.ts';

const caller = { account: '111122223333', arn: 'arn:aws:iam::111122223333:user/admin', partition: 'aws' };
const surroundings = {
  region: 'eu-west-1',
  pathStyle: true,
  callsPerSecond: 20,
  limiters: new Limiters(20),
  progress: silent,
  signal: new AbortController().signal,
};
const access = new Access({
  caller,
  base: () => Promise.reject(new Error('Nobody is asked.')),
  role: 'ReplintAudit',
  externalId: undefined,
  surroundings,
});

it.each([
  ['o-acme', 'outside-organization'],
  [null, 'not-collected'],
])('of an account that is not listed, in organization %s, it says %s', (organization, reason) => {
  expect(access.sessions([], organization)('999900001111')).toMatchObject({
    known: false,
    causes: [{ reason, account: '999900001111' }],
  });
});
