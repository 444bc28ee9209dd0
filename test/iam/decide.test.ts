import { describe, expect, it } from 'vitest';
import type { Unknown } from '../../src/iam/context.ts';
import { decide, type Outcome } from '../../src/iam/decide.ts';
import { parsePolicy } from '../../src/iam/policy.ts';
import type { Layers, Request } from '../../src/iam/request.ts';
import { BUCKET, OURS, ROLE, THEIRS, allow, deny, layers, policy, request, role, to } from './build.ts';

const OBJECTS = `${BUCKET}/*`;
const ALL = policy('identity', 'FullAWSAccess', allow('*'));
const RCP_ALL = policy('resource', 'RCPFullAWSAccess', allow('*', '*', { Principal: '*' }));
const grants = policy('identity', 'role', allow('s3:ReplicateObject', OBJECTS));
const silent = policy('identity', 'other', allow('s3:GetObject', OBJECTS));
const forbids = policy('identity', 'guard', allow('*'), deny('s3:Replicate*', '*', { Sid: 'NoReplicas' }));
const bucket = (principal: string, ...more: readonly object[]) =>
  policy('resource', 'bucket', allow('s3:ReplicateObject', OBJECTS, to(principal)), ...more);
const bucketForbids = policy('resource', 'bucket', deny('s3:*', OBJECTS, { Sid: 'Out', ...to('*') }));
const conditioned = (effect: 'Allow' | 'Deny', key: string) =>
  policy('identity', 'conditioned', {
    Effect: effect,
    Action: '*',
    Resource: '*',
    Condition: { StringEquals: { [key]: 'x' } },
  });

type Case = readonly [string, Partial<Layers>, Outcome, string];

function run(cases: readonly Case[], more: Partial<Request> = {}): void {
  it.each(cases)('%s', (_, given, outcome, layer) => {
    const decision = decide(request(more), layers(given));
    expect({ outcome: decision.outcome, layer: decision.layer }).toEqual({ outcome, layer });
  });
}

const session = { ...role, session: 's3' } as const;
const SESSION = `arn:aws:sts::${OURS}:assumed-role/replication/s3`;

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
describe('in one account', () => {
  run([
    ['nothing: denied by default', {}, 'implicitlyDenied', 'identity'],
    ['the role allows', { identity: [grants] }, 'allowed', 'identity'],
    ['one of its policies allows', { identity: [silent, grants] }, 'allowed', 'identity'],
    ['the role allows something else', { identity: [silent] }, 'implicitlyDenied', 'identity'],
    ['a deny beats an allow', { identity: [grants, forbids] }, 'explicitlyDenied', 'identity'],
    ['the bucket names the role', { resource: bucket(ROLE) }, 'allowed', 'resource'],
    ['the bucket names everybody', { resource: bucket('*') }, 'allowed', 'resource'],
    [
      'the bucket names the account: it delegates',
      { resource: bucket(OURS) },
      'implicitlyDenied',
      'identity',
    ],
    ['… and the role allows', { resource: bucket(OURS), identity: [grants] }, 'allowed', 'identity'],
    ['the bucket names another', { resource: bucket(THEIRS) }, 'implicitlyDenied', 'identity'],
    ['the bucket denies', { identity: [grants], resource: bucketForbids }, 'explicitlyDenied', 'resource'],
  ]);

  describe('with a boundary', () => {
    run([
      ['that allows', { identity: [grants], boundary: ALL }, 'allowed', 'identity'],
      ['that does not', { identity: [grants], boundary: silent }, 'implicitlyDenied', 'boundary'],
      ['that denies', { identity: [grants], boundary: forbids }, 'explicitlyDenied', 'boundary'],
      ['that allows, and nobody else does', { boundary: ALL }, 'implicitlyDenied', 'identity'],
      // "limited by an implicit deny in a permissions boundary"
      [
        'that does not, and the bucket names the role',
        { boundary: silent, resource: bucket(ROLE) },
        'implicitlyDenied',
        'boundary',
      ],
      [
        'that does, and the bucket names the role',
        { boundary: ALL, resource: bucket(ROLE) },
        'allowed',
        'resource',
      ],
      // "do not limit permissions granted using the aws:PrincipalArn condition key with a wildcard(*) in the Principal element"
      [
        'that does not, and the bucket names everybody',
        { boundary: silent, resource: bucket('*') },
        'allowed',
        'resource',
      ],
      [
        'that denies, and the bucket names everybody',
        { boundary: forbids, resource: bucket('*') },
        'explicitlyDenied',
        'boundary',
      ],
    ]);
  });

  describe('with a boundary, and a session whose name is known', () => {
    // "Permissions granted directly to a session are not limited by an implicit deny in … a permissions boundary"
    run(
      [
        [
          'the bucket names the session',
          { boundary: silent, resource: bucket(SESSION) },
          'allowed',
          'resource',
        ],
      ],
      { principal: session },
    );
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
describe('across accounts', () => {
  run(
    [
      ['both allow', { identity: [grants], resource: bucket(ROLE) }, 'allowed', 'identity'],
      [
        'both allow, the bucket the account',
        { identity: [grants], resource: bucket(OURS) },
        'allowed',
        'identity',
      ],
      [
        'both allow, the bucket everybody',
        { identity: [grants], resource: bucket('*') },
        'allowed',
        'identity',
      ],
      ['the bucket alone', { resource: bucket(ROLE) }, 'implicitlyDenied', 'identity'],
      ['the role alone', { identity: [grants] }, 'implicitlyDenied', 'resource'],
      [
        'the bucket names another',
        { identity: [grants], resource: bucket(THEIRS) },
        'implicitlyDenied',
        'resource',
      ],
      [
        'a boundary does not',
        { identity: [grants], boundary: silent, resource: bucket('*') },
        'implicitlyDenied',
        'boundary',
      ],
      [
        'a boundary does',
        { identity: [grants], boundary: ALL, resource: bucket('*') },
        'allowed',
        'identity',
      ],
      ['the bucket denies', { identity: [grants], resource: bucketForbids }, 'explicitlyDenied', 'resource'],
      ['neither', {}, 'implicitlyDenied', 'identity'],
    ],
    { resourceAccount: THEIRS },
  );

  // The page's own example: role Demo, its policies and the bucket's.
  describe("AWS's example", () => {
    const demo = 'arn:aws:iam::111111111111:role/Demo';
    const identity = [
      policy(
        'identity',
        'Demo',
        allow('s3:ListAllMyBuckets'),
        allow('s3:*Object*', 'arn:aws:s3:::amzn-s3-demo-bucket-production/*'),
        deny('s3:*', ['arn:aws:s3:::*log*', 'arn:aws:s3:::*log*/*'], { Sid: 'DenyS3Logs' }),
      ),
    ];
    const resource = policy(
      'resource',
      'production',
      allow(
        ['s3:GetObject*', 's3:PutObject*', 's3:ReplicateObject', 's3:RestoreObject'],
        'arn:aws:s3:::amzn-s3-demo-bucket-production/*',
        to(demo),
      ),
    );
    const ask = (name: string, policies: Partial<Layers>) =>
      decide(
        request({
          principal: { kind: 'role', arn: demo, account: '111111111111', session: null },
          action: 's3:PutObject',
          resource: `arn:aws:s3:::amzn-s3-demo-bucket-production${name}/file`,
          resourceAccount: '222222222222',
        }),
        layers({ identity, ...policies }),
      );
    it('denies the bucket of logs, and names the statement', () => {
      expect(ask('-logs', {})).toMatchObject({
        outcome: 'explicitlyDenied',
        statement: { policy: 'Demo', sid: 'DenyS3Logs', index: 2 },
      });
    });
    it('allows the production bucket', () => {
      expect(ask('', { resource }).outcome).toBe('allowed');
    });
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
describe("AWS's example in a single account", () => {
  const mine = 'arn:aws:s3:::amzn-s3-demo-bucket-carlossalazar';
  const identity = [
    policy(
      'identity',
      'carlossalazar',
      allow('s3:*', [mine, `${mine}/*`]),
      deny('s3:*', 'arn:aws:s3:::*log*', { Sid: 'DenyS3Logs' }),
    ),
  ];
  const resource = policy('resource', 'bucket', allow('s3:*', [mine, `${mine}/*`], to(ROLE)));
  it('a deny settles it', () => {
    const decision = decide(request({ resource: `${mine}-logs/file` }), layers({ identity }));
    expect(decision).toMatchObject({
      outcome: 'explicitlyDenied',
      statement: { sid: 'DenyS3Logs', index: 1 },
    });
  });
  it.each([
    ['both allow', { identity, resource }],
    ['the identity alone allows', { identity }],
    ['the bucket alone allows', { resource }],
  ])('%s', (_, given) => {
    expect(decide(request({ resource: `${mine}/file` }), layers(given)).outcome).toBe('allowed');
  });
});

// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
describe('service control policies', () => {
  const s3 = policy('identity', 'AllowS3', allow('s3:*'));
  const ec2 = policy('identity', 'AllowEC2', allow('ec2:*'));
  const noS3 = policy('identity', 'DenyS3', deny('s3:*'));
  const scp = (...serviceControl: Layers['serviceControl'] & readonly unknown[]): Partial<Layers> => ({
    identity: [grants],
    serviceControl,
  });
  run([
    ['scenario 1: a deny at the unit', scp([ALL], [ALL, noS3], [ALL]), 'explicitlyDenied', 'serviceControl'],
    [
      'scenario 2: an allow of something else at the unit',
      scp([ALL], [ec2], [ALL]),
      'implicitlyDenied',
      'serviceControl',
    ],
    [
      'scenario 3: no allow at the root',
      scp([policy('identity', 'DenyEC2', deny('ec2:*'))], [ALL], [ALL]),
      'implicitlyDenied',
      'serviceControl',
    ],
    [
      'scenario 4: a deny elsewhere',
      scp([ALL], [ALL], [ALL, policy('identity', 'DenyEC2', deny('ec2:*'))]),
      'allowed',
      'identity',
    ],
    ['scenario 5: allowed by the service at the unit', scp([ALL], [s3], [ALL]), 'allowed', 'identity'],
    ['scenario 6: a deny at the root', scp([ALL, noS3], [s3], [ALL]), 'explicitlyDenied', 'serviceControl'],
    ['scenario 7: two lists at the root', scp([ec2, s3], [ALL], [ALL]), 'allowed', 'identity'],
    ['a level without policies', scp([ALL], [], [ALL]), 'implicitlyDenied', 'serviceControl'],
    ['none: the management account', scp(), 'allowed', 'identity'],
    ['they grant nothing', { serviceControl: [[ALL]] }, 'implicitlyDenied', 'identity'],
  ]);
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
describe('resource control policies', () => {
  const outsiders = policy(
    'resource',
    'perimeter',
    deny('s3:*', '*', {
      Sid: 'Outsiders',
      Principal: '*',
      Condition: {
        StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-ours' },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    }),
  );
  const asked = (organization: readonly string[] | null) =>
    decide(
      request({
        keys: {
          ...(organization === null ? {} : { 'aws:PrincipalOrgID': organization }),
          'aws:PrincipalIsAWSService': ['false'],
        },
      }),
      layers({ identity: [grants], resourceControl: [[RCP_ALL], [RCP_ALL, outsiders]] }),
    );
  it.each([
    ['of the organization', ['o-ours'], 'allowed'],
    ['of another', ['o-other'], 'explicitlyDenied'],
    ['of none: a negated operator with IfExists still holds', [], 'explicitlyDenied'],
    ['of one that is not known', null, 'undetermined'],
  ])('a principal %s', (_, organization, outcome) => {
    expect(asked(organization).outcome).toBe(outcome);
  });
  it('names the key that is not known, and the statement', () => {
    expect(asked(null)).toMatchObject({
      layer: 'resourceControl',
      statement: { policy: 'perimeter', sid: 'Outsiders', index: 0 },
      unknown: [{ what: 'key', name: 'aws:PrincipalOrgID' }],
    });
  });
  run(
    [
      [
        'without an allow',
        { identity: [grants], resourceControl: [[outsiders]] },
        'implicitlyDenied',
        'resourceControl',
      ],
    ],
    {
      context: request({ keys: { 'aws:PrincipalOrgID': ['o-ours'] } }).context,
    },
  );
});

// https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html and policy-evaluation.html
describe('keys', () => {
  const key = `arn:aws:kms:us-east-1:${OURS}:key/1234`;
  const uses = policy('identity', 'role', allow('kms:Decrypt', key));
  const keyPolicy = (principal: string) => policy('resource', 'key', allow('kms:*', '*', to(principal)));
  const grant = { GrantId: 'g-1', GranteePrincipal: ROLE, Operations: ['Decrypt'] };
  const question: Partial<Request> = { action: 'kms:Decrypt', resource: key };
  describe('in one account', () => {
    run(
      [
        ['the policy names the role', { resource: keyPolicy(ROLE) }, 'allowed', 'resource'],
        ['the policy names everybody', { resource: keyPolicy('*') }, 'allowed', 'resource'],
        [
          'example 1: it delegates, and nobody allows',
          { resource: keyPolicy(OURS) },
          'implicitlyDenied',
          'identity',
        ],
        [
          'it delegates, and the role allows',
          { resource: keyPolicy(OURS), identity: [uses] },
          'allowed',
          'resource',
        ],
        [
          'it does not delegate',
          { resource: keyPolicy(`${ROLE}-other`), identity: [uses] },
          'implicitlyDenied',
          'resource',
        ],
        [
          'it delegates, and the boundary does not allow',
          { resource: keyPolicy(OURS), identity: [uses], boundary: silent },
          'implicitlyDenied',
          'boundary',
        ],
        [
          'it names the role, and the boundary does not allow',
          { resource: keyPolicy(ROLE), boundary: silent },
          'implicitlyDenied',
          'boundary',
        ],
        ['a grant', { resource: keyPolicy(THEIRS), grants: [grant] }, 'allowed', 'grants'],
        [
          'a grant, and a deny',
          {
            resource: keyPolicy(THEIRS),
            grants: [grant],
            identity: [policy('identity', 'p', deny('kms:*'))],
          },
          'explicitlyDenied',
          'identity',
        ],
        [
          'a grant that a boundary may limit',
          { resource: keyPolicy(THEIRS), grants: [grant], boundary: silent },
          'undetermined',
          'grants',
        ],
        [
          'a grant under a boundary that allows',
          { resource: keyPolicy(THEIRS), grants: [grant], boundary: ALL },
          'allowed',
          'grants',
        ],
        [
          'a service control policy does not',
          { resource: keyPolicy(ROLE), serviceControl: [[silent]] },
          'implicitlyDenied',
          'serviceControl',
        ],
      ],
      question,
    );
  });
  describe('across accounts', () => {
    run(
      [
        ['example 2: both', { resource: keyPolicy(OURS), identity: [uses] }, 'allowed', 'identity'],
        [
          'the key names the role, which does not',
          { resource: keyPolicy(ROLE) },
          'implicitlyDenied',
          'identity',
        ],
        ['the role alone', { resource: keyPolicy(THEIRS), identity: [uses] }, 'implicitlyDenied', 'resource'],
        ['a grant alone', { resource: keyPolicy(THEIRS), grants: [grant] }, 'allowed', 'grants'],
      ],
      { ...question, resourceAccount: THEIRS },
    );
  });
  it('says what is not known of a grant under a boundary, and who is silent', () => {
    const named = layers({ resource: keyPolicy(THEIRS), grants: [grant], boundary: silent });
    expect(decide(request(question), named).unknown).toEqual([
      { what: 'documentation', name: 'a grant to a role under a permissions boundary' },
    ]);
    const nothing = layers({ resource: keyPolicy(THEIRS), boundary: silent });
    expect(decide(request(question), nothing).silent).toEqual(['resource', 'identity', 'boundary']);
  });
  it('grants are for keys alone', () => {
    const given = layers({ grants: [{ GranteePrincipal: ROLE, Operations: ['ReplicateObject'] }] });
    expect(decide(request(), given).outcome).toBe('implicitlyDenied');
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-cross-account-resource-access.html
describe('trust', () => {
  const trust = (principal: object, more: object = {}) =>
    policy('trust', 'trust', { Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...more });
  const service = { Service: 's3.amazonaws.com' };
  const question: Partial<Request> = {
    principal: { kind: 'service', name: 's3.amazonaws.com' },
    action: 'sts:AssumeRole',
    resource: ROLE,
  };
  run(
    [
      ['the service is named', { resource: trust(service) }, 'allowed', 'resource'],
      ['it is not', { resource: trust({ AWS: OURS }) }, 'implicitlyDenied', 'resource'],
      [
        'service control policies do not bind a service',
        { resource: trust(service), serviceControl: [[silent]] },
        'allowed',
        'resource',
      ],
      [
        'resource control policies do',
        {
          resource: trust(service),
          resourceControl: [[policy('resource', 'rcp', allow('s3:*', '*', { Principal: '*' }))]],
        },
        'implicitlyDenied',
        'resourceControl',
      ],
    ],
    question,
  );
  it('names the silent layer', () => {
    const decision = decide(request(question), layers({ resource: trust({ AWS: OURS }) }));
    expect(decision.silent).toEqual(['resource']);
  });
  it('must be given for every way to assume a role', () => {
    const given = layers({
      identity: [policy('identity', 'role', allow('sts:*'))],
      resource: trust(service),
    });
    const web = request({ ...question, principal: role, action: 'sts:AssumeRoleWithWebIdentity' });
    expect(decide(web, given)).toMatchObject({ outcome: 'implicitlyDenied', layer: 'resource' });
  });
  describe('of a role, which must be named or delegated to', () => {
    const assume = policy('identity', 'role', allow('sts:AssumeRole'));
    run(
      [
        [
          'its own permission is not enough',
          { identity: [assume], resource: trust(service) },
          'implicitlyDenied',
          'resource',
        ],
        [
          'the account is trusted',
          { identity: [assume], resource: trust({ AWS: OURS }) },
          'allowed',
          'resource',
        ],
      ],
      { ...question, principal: role },
    );
  });
});

describe('what is not known', () => {
  const keyUnknown: readonly Unknown[] = [{ what: 'key', name: 'aws:SourceVpc' }];
  const layerUnknown = (name: string): readonly Unknown[] => [{ what: 'layer', name }];
  const vpc = (effect: 'Allow' | 'Deny') => conditioned(effect, 'aws:SourceVpc');
  it.each<[string, Partial<Layers>, Outcome, readonly Unknown[]]>([
    ['a condition of the only allow', { identity: [vpc('Allow')] }, 'undetermined', keyUnknown],
    ['another policy allows', { identity: [vpc('Allow'), grants] }, 'allowed', []],
    ['a condition of a deny', { identity: [vpc('Deny'), grants] }, 'undetermined', keyUnknown],
    ['a condition of a deny, and no allow', { identity: [vpc('Deny')] }, 'implicitlyDenied', []],
    ['a condition of a deny, and another deny', { identity: [vpc('Deny'), forbids] }, 'explicitlyDenied', []],
    ['of both, one key twice', { identity: [vpc('Allow'), vpc('Deny')] }, 'undetermined', keyUnknown],
    [
      'the bucket policy was not read',
      { identity: [grants], resource: 'unread' },
      'undetermined',
      layerUnknown('resource'),
    ],
    ['… and the role denies', { identity: [forbids], resource: 'unread' }, 'explicitlyDenied', []],
    [
      '… and the service control policies do not allow',
      { identity: [grants], resource: 'unread', serviceControl: [[]] },
      'implicitlyDenied',
      [],
    ],
    [
      'the identity was not read',
      { identity: 'unread', resource: bucket(ROLE) },
      'undetermined',
      layerUnknown('identity'),
    ],
    [
      'the boundary was not read',
      { identity: [grants], boundary: 'unread' },
      'undetermined',
      layerUnknown('boundary'),
    ],
    ['the boundary was not read, and nobody allows', { boundary: 'unread' }, 'implicitlyDenied', []],
    [
      'the service control policies were not read',
      { identity: [grants], serviceControl: 'unread' },
      'undetermined',
      layerUnknown('serviceControl'),
    ],
    [
      'the resource control policies were not read',
      { identity: [grants], resourceControl: 'unread' },
      'undetermined',
      layerUnknown('resourceControl'),
    ],
    [
      'a policy is malformed',
      { identity: [grants, parsePolicy('{', 'broken', 'identity')] },
      'undetermined',
      layerUnknown('identity: broken'),
    ],
    [
      'two layers were not read',
      { identity: 'unread', serviceControl: 'unread' },
      'undetermined',
      [...layerUnknown('serviceControl'), ...layerUnknown('identity')],
    ],
  ])('%s', (_, given, outcome, unknown) => {
    const decision = decide(request(), layers(given));
    expect({ outcome: decision.outcome, unknown: decision.unknown }).toEqual({ outcome, unknown });
  });

  it('grants that were not read may allow, and do not deny', () => {
    const key = { action: 'kms:Decrypt', resource: `arn:aws:kms:us-east-1:${OURS}:key/1` };
    expect(decide(request(key), layers({ grants: 'unread' }))).toMatchObject({
      outcome: 'undetermined',
      unknown: layerUnknown('grants'),
    });
    const named = policy('resource', 'key', allow('kms:*', '*', to(ROLE)));
    expect(decide(request(key), layers({ grants: 'unread', resource: named })).outcome).toBe('allowed');
  });
});

describe('what a decision tells', () => {
  it('the statement that allows: policy, Sid and place', () => {
    const identity = [
      silent,
      policy('identity', 'second', deny('s3:Put*'), allow('S3:replicateobject', OBJECTS, { Sid: 'Yes' })),
    ];
    expect(decide(request(), layers({ identity }))).toEqual({
      outcome: 'allowed',
      layer: 'identity',
      statement: { policy: 'second', sid: 'Yes', index: 1 },
      unknown: [],
      silent: [],
      leftOut: [],
    });
  });

  it('every layer that would have to allow and is silent', () => {
    const given = layers({
      identity: [silent],
      boundary: silent,
      serviceControl: [[]],
      resourceControl: [[]],
    });
    const decision = decide(request({ resourceAccount: THEIRS }), given);
    expect(decision.silent).toEqual([
      'resourceControl',
      'serviceControl',
      'identity',
      'boundary',
      'resource',
    ]);
    expect(decide(request(), layers({ identity: [silent] })).silent).toEqual(['identity']);
  });

  it('a statement of NotAction, NotResource or NotPrincipal', () => {
    const identity = [
      policy('identity', 'not', {
        Effect: 'Allow',
        NotAction: 's3:Get*',
        NotResource: 'arn:aws:s3:::other/*',
      }),
    ];
    const ask = (more: Partial<Request>): Outcome => decide(request(more), layers({ identity })).outcome;
    expect([ask({}), ask({ action: 's3:GetObject' }), ask({ resource: 'arn:aws:s3:::other/a' })]).toEqual([
      'allowed',
      'implicitlyDenied',
      'implicitlyDenied',
    ]);
    const but = (AWS: readonly string[]) => ({
      identity: [grants],
      resource: policy('resource', 'bucket', {
        Effect: 'Deny',
        NotPrincipal: { AWS },
        Action: '*',
        Resource: '*',
      }),
    });
    expect(decide(request(), layers(but([ROLE, OURS]))).outcome).toBe('allowed');
    expect(decide(request(), layers(but([THEIRS]))).outcome).toBe('explicitlyDenied');
    expect(decide(request(), layers({ ...but([ROLE, OURS]), boundary: ALL })).outcome).toBe(
      'explicitlyDenied',
    );
    expect(decide(request(), layers({ ...but([ROLE, OURS]), boundary: 'unread' })).outcome).toBe(
      'undetermined',
    );
  });

  it('a variable without a value in NotResource is not decided by the documentation', () => {
    const but = (...NotResource: readonly string[]) =>
      layers({ identity: [policy('identity', 'but', { Effect: 'Allow', Action: '*', NotResource })] });
    const keys = { 'aws:PrincipalTag/*': [] };
    const home = `${BUCKET}/\${aws:PrincipalTag/team}/*`;
    expect(decide(request({ keys }), but(home, 'arn:aws:s3:::other'))).toMatchObject({
      outcome: 'undetermined',
      unknown: [{ what: 'documentation', name: 'a variable without a value in NotResource' }],
    });
    expect(decide(request({ keys }), but(home, `${BUCKET}/*`)).outcome).toBe('implicitlyDenied');
    expect(decide(request({ keys: { 'aws:PrincipalTag/team': ['a'] } }), but(home)).outcome).toBe('allowed');
  });

  it('variables in a Resource: known, absent, and not known', () => {
    const identity = [policy('identity', 'home', allow('s3:*', `${BUCKET}/\${aws:PrincipalTag/team}/*`))];
    const ask = (keys: Readonly<Record<string, readonly string[]>>, resource = `${BUCKET}/a/key`) =>
      decide(request({ resource, keys }), layers({ identity }));
    expect(ask({ 'aws:PrincipalTag/team': ['a'] }).outcome).toBe('allowed');
    expect(ask({ 'aws:PrincipalTag/team': ['b'] }).outcome).toBe('implicitlyDenied');
    expect(ask({ 'aws:PrincipalTag/*': [] }).outcome).toBe('implicitlyDenied');
    expect(ask({})).toMatchObject({
      outcome: 'undetermined',
      unknown: [{ what: 'key', name: 'aws:PrincipalTag/team' }],
    });
    expect(ask({}, `${BUCKET}/key`).outcome).toBe('implicitlyDenied');
  });
});

describe("resources of the role's policies", () => {
  const given = (Resource: string): Partial<Layers> => ({
    identity: [policy('identity', 'role', allow('*', Resource))],
  });
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html: no wildcard spans two segments
  run([
    [
      'a wildcard ends with its segment',
      given('arn:aws:s3*:amzn-s3-demo-bucket/key'),
      'implicitlyDenied',
      'identity',
    ],
  ]);
  run([['all, where what is asked names no resource', given('*'), 'allowed', 'identity']], {
    action: 's3:ListAllMyBuckets',
    resource: '*',
  });
});
