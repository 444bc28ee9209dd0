import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Knowledge } from '../../src/iam/context.ts';
import { weighed } from '../../src/iam/decide.ts';
import { plainly } from '../../src/iam/plain.ts';
import type { Kind, Malformed, Policy } from '../../src/iam/policy.ts';
import type { Principal } from '../../src/iam/principal.ts';
import { UNGOVERNED, type Layers, type Request } from '../../src/iam/request.ts';
import { BUCKET, OURS, ROLE, THEIRS, allow, deny, layers, policy, request, role, to } from './build.ts';

const KEY = `arn:aws:kms:eu-west-1:${OURS}:key/1234`;
const SESSION = `arn:aws:sts::${OURS}:assumed-role/replication/s3`;
const EVERYTHING = policy('identity', 'everything', allow('*'));
const FULL = policy('identity', 'FullAWSAccess', allow('*'));
const service: Principal = { kind: 'service', name: 's3.amazonaws.com' };
const given = (Condition: object): object => ({ Condition });
const tls = { Bool: { 'aws:SecureTransport': 'true' } };
const noTls = { Bool: { 'aws:SecureTransport': 'false' } };
const known = { keys: { 'aws:SecureTransport': ['true'] } };
const broken: Malformed = { name: 'broken', malformed: 'It is none.', line: 1, column: 1 };
const across = { resourceAccount: THEIRS };
const ofKey = { action: 'kms:Decrypt', resource: KEY };
const ofService = { principal: service, action: 'sts:AssumeRole', resource: ROLE };
const own = { identity: [EVERYTHING] };
const bucket = (principal: object): Layers['resource'] =>
  policy('resource', 'given', allow('*', '*', principal));
const denying = (principal: object): Layers['resource'] =>
  policy('resource', 'denying', deny('*', '*', principal));
const trust = policy('trust', 'trust', {
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { Service: 's3.amazonaws.com' },
});

const named = (outcome: ReturnType<typeof plainly>): string | null => outcome?.statement?.policy ?? null;

describe('plainly', () => {
  it.each<[string, Partial<Layers>, string]>([
    ['the role', { identity: [EVERYTHING] }, 'everything'],
    [
      'the role, as every level and the boundary do',
      { identity: [EVERYTHING], serviceControl: [[FULL], [FULL]], boundary: FULL },
      'everything',
    ],
    [
      'the role, under a condition that holds',
      { identity: [policy('identity', 'conditioned', allow('*', '*', given(tls)))] },
      'conditioned',
    ],
    [
      'the role, where what would deny does not apply',
      {
        identity: [
          policy('identity', 'own', deny('*', '*', given(noTls)), deny('s3:*', 'arn:aws:s3:::x'), allow('*')),
        ],
      },
      'own',
    ],
  ])('says what allows it: %s', (_, some, name) => {
    expect(plainly(request(known), layers(some))).toMatchObject({
      truth: 'yes',
      statement: { policy: name },
    });
  });

  it.each<[string, Partial<Request>, Partial<Layers>, string]>([
    ['a bucket that denies another', {}, { ...own, resource: denying(to(THEIRS)) }, 'everything'],
    ['a bucket elsewhere that names everybody', across, { ...own, resource: bucket(to('*')) }, 'everything'],
    ['a bucket elsewhere that names the role', across, { ...own, resource: bucket(to(ROLE)) }, 'everything'],
    [
      'a bucket elsewhere that names its account',
      across,
      { ...own, resource: bucket(to(OURS)) },
      'everything',
    ],
    ['a key that names everybody', ofKey, { resource: bucket(to('*')) }, 'given'],
    ['a key that names the role', ofKey, { resource: bucket(to(ROLE)) }, 'given'],
    ['a key that leaves it to the account', ofKey, { ...own, resource: bucket(to(OURS)) }, 'given'],
    ['a role that a service may assume', ofService, { resource: trust }, 'trust'],
    ['… whatever limits the account', ofService, { resource: trust, serviceControl: [[]] }, 'trust'],
  ])('names what decides by the long way too: %s', (_, asked, some, name) => {
    expect(named(plainly(request(asked), layers(some)))).toBe(name);
    expect(weighed(request(asked), layers(some))).toMatchObject({
      outcome: 'allowed',
      statement: { policy: name },
    });
  });

  it.each<[string, Partial<Request>, Partial<Layers>]>([
    ['a key with grants', ofKey, { resource: bucket(to('*')), grants: [{ GrantId: 'g' }] }],
    ['a key whose grants are not read', ofKey, { resource: bucket(to('*')), grants: 'unread' }],
    ['a service with policies', ofService, { ...own, resource: trust }],
    ['a service with policies that are not read', ofService, { identity: 'unread', resource: trust }],
    ['a service with a boundary', ofService, { boundary: FULL, resource: trust }],
    ['a level with a malformed policy', {}, { ...own, serviceControl: [[broken, FULL]] }],
    ['a level of the resource with one', {}, { ...own, resourceControl: [[broken]] }],
    ['levels that are not read', {}, { ...own, serviceControl: 'unread' }],
    ['a malformed policy', {}, { identity: [EVERYTHING, broken] }],
    ['an Allow to a session of no known name', {}, { ...own, resource: bucket(to(SESSION)) }],
  ])('leaves to be weighed where more is asked: %s', (_, asked, some) => {
    expect(plainly(request(asked), layers(some))).toBeNull();
  });

  it.each<[string, Partial<Layers>]>([
    ['nothing', {}],
    ['a policy that could not be read', { identity: [EVERYTHING], resource: 'unread' }],
    ['a Deny', { identity: [EVERYTHING, policy('identity', 'guard', deny('s3:Replicate*'))] }],
    [
      'a Deny that may apply',
      {
        identity: [
          EVERYTHING,
          policy('identity', 'guard', deny('*', '*', given({ Bool: { 'aws:Open': 'true' } }))),
        ],
      },
    ],
    ['a level without an Allow', { identity: [EVERYTHING], serviceControl: [[FULL], []] }],
    [
      'a boundary that does not allow',
      { identity: [EVERYTHING], boundary: policy('identity', 'b', allow('kms:*')) },
    ],
    [
      'an Allow that may hold',
      { identity: [policy('identity', 'p', allow('*', '*', given({ Bool: { 'aws:Open': 'true' } })))] },
    ],
    [
      'an Allow before it that may hold',
      {
        identity: [
          policy('identity', 'p', allow('*', '*', given({ Bool: { 'aws:Open': 'true' } }))),
          EVERYTHING,
        ],
      },
    ],
  ])('leaves to be weighed: %s', (_, some) => {
    expect(plainly(request(known), layers(some))).toBeNull();
  });

  it('leaves a set to be weighed that a pattern divides', () => {
    const all = { resource: { under: `${BUCKET}/` } };
    const some = (Resource: string): Layers =>
      layers({ identity: [policy('identity', 'p', allow('*', Resource))] });
    expect(plainly(request(all), some(`${BUCKET}/logs/*`))).toBeNull();
    expect(named(plainly(request(all), some(`${BUCKET}/*`)))).toBe('p');
  });
});

const conditions = fc.constantFrom<object>(
  {},
  {},
  {},
  {},
  given(tls),
  given(noTls),
  given({ StringEquals: { 'aws:Open': 'x' } }),
  given({ StringNotEquals: { 'aws:Absent': 'x' } }),
  given({ ArnLike: { 'kms:EncryptionContext:aws:s3:arn': `${BUCKET}/*` } }),
  given({ ArnLike: { 'kms:EncryptionContext:aws:s3:arn': `${BUCKET}/logs/*` } }),
);
const principals = fc.constantFrom<object>(
  { Principal: '*' },
  { Principal: '*' },
  to(ROLE),
  { Principal: '*' },
  to(ROLE),
  to(OURS),
  to(SESSION),
  to(THEIRS),
  {
    Principal: { Service: 's3.amazonaws.com' },
  },
);
const statement = (kind: Kind): fc.Arbitrary<object> =>
  fc
    .record({
      Effect: fc.constantFrom(...Array.from({ length: 9 }, () => 'Allow'), 'Deny'),
      Action: fc.constantFrom('*', '*', '*', 's3:*', 's3:ReplicateObject', 'kms:*', 'sts:AssumeRole'),
      Resource: fc.constantFrom(
        '*',
        '*',
        '*',
        `${BUCKET}/*`,
        `${BUCKET}/logs/*`,
        `${BUCKET}/\${aws:Open}`,
        KEY,
      ),
      conditions,
      principal: principals,
    })
    .map(({ conditions: under, principal, Resource, ...rest }) => ({
      ...rest,
      ...under,
      ...(kind === 'trust' ? {} : { Resource }),
      ...(kind === 'identity' ? {} : principal),
    }));
const policies = (kind: Kind): fc.Arbitrary<Policy> =>
  fc.array(statement(kind), { minLength: 1, maxLength: 3 }).map((some) => policy(kind, kind, ...some));
const levels = (kind: Kind): fc.Arbitrary<readonly (readonly Policy[])[]> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    fc.array(fc.array(policies(kind), { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 }),
  );
const orNot = (kind: Kind): fc.Arbitrary<Policy | null> => fc.option(policies(kind), { nil: null });

const contexts = fc.constantFrom<Readonly<Record<string, Knowledge>>>(
  { 'aws:SecureTransport': ['true'], 'aws:Absent': [] },
  { 'aws:SecureTransport': ['true'], 'kms:EncryptionContext:aws:s3:arn': { under: `${BUCKET}/` } },
  { 'aws:Open': ['logs/a'], 'kms:EncryptionContext:aws:s3:arn': [BUCKET] },
);
const requests: fc.Arbitrary<Request> = fc
  .record({
    what: fc.constantFrom<Pick<Request, 'action' | 'resource'>>(
      { action: 's3:ReplicateObject', resource: `${BUCKET}/logs/a` },
      { action: 's3:ReplicateObject', resource: { under: `${BUCKET}/` } },
      { action: 's3:ReplicateObject', resource: { under: `${BUCKET}/logs/` } },
      { action: 'kms:Decrypt', resource: KEY },
    ),
    resourceAccount: fc.constantFrom(OURS, OURS, THEIRS),
    principal: fc.constantFrom<Principal>(role, role, {
      kind: 'role',
      arn: ROLE,
      account: OURS,
      session: 's3',
    }),
    keys: contexts,
  })
  .map(({ what, ...rest }) => request({ ...what, ...rest }));

describe('the short way and the long one', () => {
  const counted = { plain: 0, weighed: 0 };
  const isSame = (one: Request, some: Layers): void => {
    const short = plainly(one, some);
    counted[short === null ? 'weighed' : 'plain'] += 1;
    if (short === null) return;
    const { layer, statement: by, unknown } = short;
    expect(weighed(one, some)).toEqual({
      outcome: 'allowed',
      layer,
      statement: by,
      unknown,
      silent: [],
      leftOut: [],
    });
  };

  it('agree on what a role asks', () => {
    fc.assert(
      fc.property(
        requests,
        fc.array(policies('identity'), { minLength: 1, maxLength: 2 }),
        orNot('identity'),
        levels('identity'),
        levels('resource'),
        orNot('resource'),
        (one, identity, boundary, serviceControl, resourceControl, resource) => {
          isSame(one, { identity, boundary, serviceControl, resourceControl, resource, grants: [] });
        },
      ),
      { seed: 11, numRuns: 10_000 },
    );
    expect(counted.plain).toBeGreaterThan(200);
    expect(counted.weighed).toBeGreaterThan(200);
  });

  it('agree on what a service asks', () => {
    const before = counted.plain;
    fc.assert(
      fc.property(contexts, policies('trust'), levels('resource'), (keys, resource, resourceControl) => {
        const asked = request({ principal: service, action: 'sts:AssumeRole', resource: ROLE, keys });
        isSame(asked, { ...UNGOVERNED, resource, resourceControl });
      }),
      { seed: 12, numRuns: 1000 },
    );
    expect(counted.plain - before).toBeGreaterThan(50);
  });
});
