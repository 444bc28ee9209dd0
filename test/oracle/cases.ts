/**
 * Cases for two evaluators: a request of a replication role, and all policies that apply. What is generated is small and
 * alike, so that statements often meet their request.
 */
import fc from 'fast-check';

export const OURS = '111122223333';
export const THEIRS = '444455556666';
export const ROLE = `arn:aws:iam::${OURS}:role/replication`;
export const SESSION = `arn:aws:sts::${OURS}:assumed-role/replication/s3`;

type Json = Readonly<Record<string, unknown>>;

/** A policy document, as JSON. */
export interface Document {
  readonly Version: string;
  readonly Statement: readonly Json[];
}

/** A case: all that is asked, in words that both evaluators are given. */
export interface Case {
  readonly action: string;
  readonly resource: string;
  readonly account: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  readonly identity: readonly Document[];
  readonly boundary: Document | null;
  readonly serviceControl: readonly (readonly Document[])[];
  readonly resourceControl: readonly (readonly Document[])[];
  readonly policy: Document | null;
}

const KEY = `arn:aws:kms:us-east-1:${OURS}:key/1234`;
const asked: fc.Arbitrary<readonly [string, string]> = fc.constantFrom(
  ['s3:ReplicateObject', 'arn:aws:s3:::bucket/logs/a'],
  ['s3:ReplicateObject', 'arn:aws:s3:::bucket/a:b'],
  ['s3:GetObjectVersionAcl', 'arn:aws:s3:::bucket/logs/a'],
  ['s3:ListBucket', 'arn:aws:s3:::bucket'],
  ['kms:Decrypt', KEY],
  ['kms:Encrypt', KEY],
);

const actions = fc.constantFrom(
  '*',
  's3:*',
  'S3:REPLICATEOBJECT',
  's3:Replicate*',
  's3:?eplicateObject',
  's3:GetObject*',
  's3:ListBucket',
  'kms:*',
  'kms:Decrypt',
  'kms:?ncrypt',
  'KMS:de*',
  'ec2:*',
);
const resources = fc.constantFrom(
  '*',
  'arn:aws:s3:::bucket',
  'arn:aws:s3:::bucket/*',
  'arn:aws:s3:::bucket*',
  'arn:aws:s3:::*/logs/?',
  'arn:aws:s3:::bucket/${aws:PrincipalTag/team}/*',
  "arn:aws:s3:::${aws:PrincipalTag/team, 'bucket'}/*",
  'arn:aws:s3:::Bucket/*',
  'arn:aws:s3:::other/*',
  'arn:aws:kms:*:*:key/*',
  KEY,
  'arn:aws:kms:us-*-1:*:key/1234',
);
const principals: fc.Arbitrary<Json> = fc.constantFrom<Json[]>(
  { Principal: '*' },
  { Principal: { AWS: '*' } },
  { Principal: { AWS: ROLE } },
  { Principal: { AWS: [SESSION, THEIRS] } },
  { Principal: { AWS: OURS } },
  { Principal: { AWS: `arn:aws:iam::${OURS}:root` } },
  { Principal: { AWS: [THEIRS, `${ROLE}-other`] } },
  { Principal: { AWS: 'AROAEXAMPLEID' } },
  { Principal: { Service: 's3.amazonaws.com' } },
);
const exceptions: fc.Arbitrary<Json> = fc.constantFrom<Json[]>(
  { NotPrincipal: { AWS: [ROLE, OURS] } },
  { NotPrincipal: { AWS: [SESSION, `arn:aws:iam::${OURS}:root`] } },
  { NotPrincipal: { AWS: THEIRS } },
);

/** Keys of one kind, the values that they may have, and what policies compare them with. */
interface Kind {
  readonly keys: readonly string[];
  readonly operators: readonly string[];
  readonly actual: readonly string[];
  readonly wanted: readonly string[];
}

const KINDS: readonly Kind[] = [
  {
    keys: ['aws:PrincipalTag/team', 'aws:UserAgent'],
    operators: [
      'StringEquals',
      'StringNotEquals',
      'StringEqualsIgnoreCase',
      'StringNotEqualsIgnoreCase',
      'StringLike',
      'StringNotLike',
    ],
    actual: ['logs', 'Logs', 'data', 'a*'],
    wanted: [
      'logs',
      'LOGS',
      'l*',
      '?ata',
      '*',
      '${aws:PrincipalTag/team}',
      'a${*}',
      "${aws:UserAgent, 'data'}",
    ],
  },
  {
    keys: ['aws:PrincipalArn'],
    operators: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike', 'StringLike'],
    actual: [ROLE],
    wanted: [
      ROLE,
      `arn:aws:iam::${OURS}:role/*`,
      `arn:aws:iam::*:role/other`,
      'arn:*:iam::?????2223333:*',
      `arn:aws:iam:*`,
    ],
  },
  {
    keys: ['aws:SecureTransport', 'aws:ViaAWSService'],
    operators: ['Bool'],
    actual: ['true', 'false'],
    wanted: ['true', 'false', 'True'],
  },
  {
    keys: ['aws:MultiFactorAuthAge'],
    operators: ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map(
      (one) => `Numeric${one}`,
    ),
    actual: ['9', '10', '10.5'],
    wanted: ['10', '9', '11'],
  },
  {
    keys: ['aws:CurrentTime'],
    operators: ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map(
      (one) => `Date${one}`,
    ),
    actual: ['2026-11-22T00:00:00Z', '2026-11-22T12:00:00Z'],
    wanted: ['2026-11-22T00:00:00Z', '2026-11-23T00:00:00Z', '2020-01-01T00:00:00Z'],
  },
  {
    keys: ['aws:SourceIp'],
    operators: ['IpAddress', 'NotIpAddress'],
    actual: ['203.0.113.7', '198.51.100.1'],
    wanted: ['203.0.113.0/24', '203.0.113.7', '0.0.0.0/0', '203.0.113.8/31'],
  },
];
const SETS: Kind = {
  keys: ['aws:TagKeys', 'aws:PrincipalOrgPaths'],
  operators: ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIgnoreCase'],
  actual: ['a', 'b', 'ab'],
  wanted: ['a', 'b', 'a*', 'A'],
};

const one = <T>(items: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...items);
const some = <T>(from: fc.Arbitrary<T>, most = 2): fc.Arbitrary<readonly T[]> =>
  fc.uniqueArray(from, { minLength: 1, maxLength: most });
/** A list, or its one member without a list. */
const listed = <T>(from: fc.Arbitrary<T>): fc.Arbitrary<T | readonly T[]> => fc.oneof(from, some(from));

const plainCondition = fc.constantFrom(...KINDS).chain((kind) =>
  fc
    .tuple(
      one(kind.operators),
      fc.constantFrom('', '', 'IfExists'),
      one(kind.keys),
      fc.boolean(),
      listed(one(kind.wanted)),
    )
    .map(([operator, ending, key, capital, wanted]): Json => ({
      [operator + ending]: { [capital ? key.toUpperCase() : key]: wanted },
    })),
);
const setCondition = fc
  .tuple(
    fc.constantFrom('ForAllValues:', 'ForAnyValue:'),
    one(SETS.operators),
    fc.constantFrom('', 'IfExists'),
    one(SETS.keys),
    some(one(SETS.wanted)),
  )
  .map(([set, operator, ending, key, wanted]): Json => ({ [set + operator + ending]: { [key]: wanted } }));
const nullCondition = fc
  .tuple(one([...KINDS.flatMap(({ keys }) => keys), ...SETS.keys]), fc.constantFrom('true', 'false'))
  .map(([key, wanted]): Json => ({ Null: { [key]: wanted } }));
const conditions: fc.Arbitrary<Json> = fc
  .array(
    fc.oneof({ weight: 4, arbitrary: plainCondition }, { weight: 2, arbitrary: setCondition }, nullCondition),
    { maxLength: 2 },
  )
  .map((blocks) => (blocks.length === 0 ? {} : { Condition: Object.assign({}, ...blocks) as Json }));

const statement = (named: 'nobody' | 'somebody'): fc.Arbitrary<Json> =>
  fc
    .tuple(
      fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
      fc.tuple(fc.constantFrom('Action', 'Action', 'Action', 'NotAction'), listed(actions)),
      fc.tuple(fc.constantFrom('Resource', 'Resource', 'Resource', 'NotResource'), listed(resources)),
      fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, conditions),
      named === 'nobody' ? fc.constant({}) : principals,
      fc.tuple(exceptions, fc.nat(9)),
    )
    .map(
      ([
        Effect,
        [action, wantedActions],
        [resource, wantedResources],
        more,
        principal,
        [exception, chance],
      ]) => ({
        Effect,
        [action]: wantedActions,
        [resource]: wantedResources,
        ...more,
        ...(named === 'somebody' && Effect === 'Deny' && chance === 0 ? exception : principal),
      }),
    );

const document = (named: 'nobody' | 'somebody'): fc.Arbitrary<Document> =>
  fc
    .tuple(
      fc.constantFrom('2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17'),
      fc.array(statement(named), { minLength: 1, maxLength: 3 }),
    )
    .map(([Version, Statement]) => ({ Version, Statement }));

const full = (named: Json): Document => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*', ...named }],
});
const control: fc.Arbitrary<readonly Document[]> = fc
  .tuple(fc.nat(9), document('nobody'))
  .map(([chance, more]) => (chance === 0 ? [more] : chance < 4 ? [full({}), more] : [full({})]));

/** Of one's own they may only deny: orgs_manage_policies_rcps_syntax.html. RCPFullAWSAccess stands at every level. */
const restriction: fc.Arbitrary<readonly Document[]> = fc
  .tuple(fc.constantFrom('s3:*', 's3:Replicate*', 'kms:Decrypt'), listed(resources), conditions, fc.nat(9))
  .map(([Action, Resource, more, chance]) =>
    chance > 2
      ? []
      : [
          {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Deny', Principal: '*', Action, Resource, ...more }],
          },
        ],
  );

const contexts = fc
  .tuple(
    ...KINDS.flatMap(({ keys, actual }) =>
      keys.map((key) => fc.tuple(fc.constant(key), fc.option(one(actual), { freq: 3 }))),
    ),
    ...SETS.keys.map((key) => fc.tuple(fc.constant(key), fc.option(some(one(SETS.actual), 3), { freq: 3 }))),
  )
  .map((entries) => Object.fromEntries(entries.filter((entry) => entry[1] !== null)) as Case['context']);

export const cases: fc.Arbitrary<Case> = fc
  .record({
    asked,
    account: fc.constantFrom(OURS, THEIRS),
    context: contexts,
    identity: fc.array(document('nobody'), { maxLength: 2 }),
    boundary: fc.option(document('nobody'), { freq: 1 }),
    serviceControl: fc.array(control, { minLength: 1, maxLength: 2 }),
    resourceControl: fc.array(restriction, { minLength: 1, maxLength: 2 }),
    policy: fc.option(document('somebody'), { freq: 4 }),
  })
  .map(({ asked: [action, resource], policy, ...rest }) => ({
    ...rest,
    action,
    resource,
    // A key always has a policy: https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
    policy: policy ?? (action.startsWith('kms:') ? full({ Principal: { AWS: OURS } }) : null),
  }));

/** Every key that policies of the cases ask about. */
export const KEYS: readonly string[] = [...KINDS.flatMap(({ keys }) => keys), ...SETS.keys];
