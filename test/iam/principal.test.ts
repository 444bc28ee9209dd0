import { describe, expect, it } from 'vitest';
import type { Truth, Unknown } from '../../src/iam/context.ts';
import { accountOfPrincipal, namedOf, reach, spares, type Principal } from '../../src/iam/principal.ts';
import { OURS, ROLE, THEIRS, role } from './build.ts';

const named = (
  negated: boolean,
  lists: Readonly<Record<string, readonly string[]>>,
): ReturnType<typeof namedOf> => namedOf(negated, new Map(Object.entries(lists)));
const ROOT = `arn:aws:iam::${OURS}:root`;
const SESSION = `arn:aws:sts::${OURS}:assumed-role/replication/s3`;
const service: Principal = { kind: 'service', name: 's3.amazonaws.com' };
const inSession: Principal = { kind: 'role', arn: ROLE, account: OURS, session: 's3' };

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
describe('reach', () => {
  it.each<[string, Principal, Readonly<Record<string, readonly string[]>>, Truth, string]>([
    ['everybody', role, { AWS: ['*'] }, 'yes', 'direct'],
    ['the role', role, { AWS: [ROLE] }, 'yes', 'role'],
    ['the role without its path', role, { AWS: [ROLE.replace('service-role/', '')] }, 'no', 'direct'],
    ['the role in other letters', role, { AWS: [ROLE.toUpperCase()] }, 'no', 'direct'],
    ['part of a name', role, { AWS: [`arn:aws:iam::${OURS}:role/*`] }, 'no', 'direct'],
    ['the account', role, { AWS: [OURS] }, 'yes', 'account'],
    ['the account by its root', role, { AWS: [ROOT] }, 'yes', 'account'],
    ['the account in another partition', role, { AWS: [ROOT.replace('aws', 'aws-cn')] }, 'yes', 'account'],
    ['what begins like the account', role, { AWS: [`${ROOT}ling`] }, 'no', 'direct'],
    ['what ends like the account', role, { AWS: [`x${ROOT}`] }, 'no', 'direct'],
    ['what begins like the account and ends so', role, { AWS: [`${ROOT}:root`] }, 'no', 'direct'],
    ['what ends like a session', role, { AWS: [`x${SESSION}`] }, 'no', 'direct'],
    ['another account', role, { AWS: [THEIRS] }, 'no', 'direct'],
    ['the role before its account', role, { AWS: [OURS, ROLE] }, 'yes', 'role'],
    ['the id of a role that is gone', role, { AWS: ['AROAEXAMPLEID'] }, 'no', 'direct'],
    ['a session, whose name is not known', role, { AWS: [SESSION] }, 'maybe', 'direct'],
    ['the role beside such a session', role, { AWS: [SESSION, ROLE] }, 'yes', 'role'],
    ['the session', inSession, { AWS: [ROLE, SESSION] }, 'yes', 'direct'],
    ['another session', inSession, { AWS: [SESSION.replace('/s3', '/s4')] }, 'no', 'direct'],
    ['a session of another role', role, { AWS: [SESSION.replace('replication/', 'other/')] }, 'no', 'direct'],
    ['a session of another account', role, { AWS: [SESSION.replace(OURS, THEIRS)] }, 'no', 'direct'],
    ['a canonical user', role, { CanonicalUser: ['79a5'] }, 'maybe', 'account'],
    ['a canonical user beside the account', role, { CanonicalUser: ['79a5'], AWS: [OURS] }, 'yes', 'account'],
    ['a service', role, { Service: ['s3.amazonaws.com'] }, 'no', 'direct'],
    ['a federation', role, { Federated: [ROLE] }, 'no', 'direct'],
    ['the service', service, { Service: ['ec2.amazonaws.com', 's3.amazonaws.com'] }, 'yes', 'direct'],
    ['another service', service, { Service: ['ec2.amazonaws.com'] }, 'no', 'direct'],
    ['a service among the accounts', service, { AWS: ['s3.amazonaws.com'] }, 'no', 'direct'],
    ['everybody, of whom a service is one', service, { AWS: ['*'] }, 'yes', 'direct'],
  ])('%s', (_, principal, lists, truth, by) => {
    const unknown: Unknown[] = [];
    expect(reach(named(false, lists), principal, unknown)).toEqual({ truth, by });
    expect(unknown.length).toBe(truth === 'maybe' ? 1 : 0);
  });

  it('says what is not known', () => {
    const unknown: Unknown[] = [];
    reach(named(false, { AWS: [SESSION] }), role, unknown);
    reach(named(false, { CanonicalUser: ['79a5'] }), role, unknown);
    expect(unknown).toEqual([
      { what: 'principal', name: 'the name of the session' },
      { what: 'principal', name: "whose account the canonical user '79a5' is" },
    ]);
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
describe('spares', () => {
  it.each<[string, Principal, Readonly<Record<string, readonly string[]>>, Truth, Truth]>([
    ['everybody', role, { AWS: ['*'] }, 'no', 'yes'],
    ['the role and its account', role, { AWS: [ROLE, OURS] }, 'no', 'yes'],
    ['the session and its account', inSession, { AWS: [SESSION, OURS] }, 'no', 'yes'],
    ['the role alone', role, { AWS: [ROLE] }, 'no', 'maybe'],
    ['the account alone', role, { AWS: [OURS] }, 'no', 'maybe'],
    ['a session, whose name is not known', role, { AWS: [SESSION] }, 'no', 'maybe'],
    ['a canonical user', role, { CanonicalUser: ['79a5'] }, 'no', 'maybe'],
    ['another account', role, { AWS: [THEIRS] }, 'no', 'no'],
    // "will always deny any IAM principal that has a permissions boundary policy attached"
    ['the role and its account, under a boundary', role, { AWS: [ROLE, OURS] }, 'yes', 'no'],
    ['the role and its account, perhaps under a boundary', role, { AWS: [ROLE, OURS] }, 'maybe', 'maybe'],
    ['another account, perhaps under a boundary', role, { AWS: [THEIRS] }, 'maybe', 'no'],
    ['the service', service, { Service: ['s3.amazonaws.com'] }, 'no', 'yes'],
    ['another service', service, { Service: ['ec2.amazonaws.com'] }, 'no', 'no'],
  ])('%s', (_, principal, lists, bounded, truth) => {
    const unknown: Unknown[] = [];
    expect(spares(named(true, lists), principal, bounded, unknown)).toBe(truth);
    const doubt =
      bounded === 'maybe'
        ? { what: 'layer', name: 'boundary' }
        : { what: 'documentation', name: 'NotPrincipal that names the role or its account, but not both' };
    expect(unknown).toEqual(truth === 'maybe' ? [doubt] : []);
  });
});

describe('accountOfPrincipal', () => {
  it.each<[string, Principal, string | null]>([
    ['the account that is told', { ...inSession, account: THEIRS }, THEIRS],
    ['that of the ARN, where none is told', { ...inSession, account: '' }, OURS],
    ['none of a service', service, null],
  ])('%s', (_, principal, account) => {
    expect(accountOfPrincipal(principal)).toBe(account);
  });
});
