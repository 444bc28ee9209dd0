import { describeRule } from './describe-rule.ts';
import rule from '../../rules/network-condition-blocks-role.ts';
import { policyOf } from '../../rules/shared/example.ts';
import { healthy, type TestSituation } from '../../src/tester.ts';

const objects = 'arn:aws:s3:::orders-replica/*';
const endpoint = { StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } };
const deny = (Condition: object, more: object = {}): Pick<TestSituation, 'destination'> => ({
  destination: {
    policy: policyOf({
      Sid: 'Fence',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: objects,
      Condition,
      ...more,
    }),
  },
});

describeRule(rule, {
  pass: [
    { name: 'no policy', destination: { policy: null } },
    { name: 'a policy without a Deny' },
    { name: 'a Deny on something else', ...deny({ Bool: { 'aws:SecureTransport': 'false' } }) },
    { name: 'trap 14: a Deny of s3:PutObject', ...deny(endpoint, { Action: 's3:PutObject' }) },
    { name: 'a Deny about the bucket alone', ...deny(endpoint, { Resource: 'arn:aws:s3:::orders-replica' }) },
    { name: 'a Deny to somebody else', ...deny(endpoint, { Principal: { AWS: '444455556666' } }) },
    {
      name: 'a Deny of what a service forwards, which replication is not',
      ...deny({ ...endpoint, Bool: { 'aws:ViaAWSService': 'true' } }),
    },
    {
      name: 'a Deny that lets the role out',
      ...deny({ ...endpoint, ArnNotEquals: { 'aws:PrincipalArn': healthy.role } }),
    },
    {
      name: 'a Deny to all but the role',
      ...deny(endpoint, {
        Principal: undefined,
        NotPrincipal: { AWS: [healthy.role, '111122223333'] },
      }),
    },
    {
      name: 'a Deny of what comes from a network',
      ...deny({ IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } }),
    },
    {
      name: 'an Allow for a network takes nothing away',
      ...deny({ StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } }, { Effect: 'Allow' }),
    },
  ],
  fail: [
    {
      name: 'an endpoint',
      ...deny(endpoint),
      actual: 'a Deny on aws:SourceVpce',
      message:
        "Objects of 'orders' may not reach 'orders-replica': the statement 'Fence' of the destination's policy denies s3:ReplicateObject to all that its condition on aws:SourceVpce does not know, and the role 'arn:aws:iam::111122223333:role/orders-replication' is not let out.",
    },
    {
      name: 'a network, in another case and where there is one only',
      ...deny({ StringNotEqualsIfExists: { 'AWS:SOURCEVPC': 'vpc-1a2b3c4d' } }),
      message: ['AWS:SOURCEVPC'],
    },
    {
      name: 'the data perimeter of AWS’s own examples, which spares forwarded requests alone',
      ...deny({
        NotIpAddressIfExists: { 'aws:SourceIp': '198.51.100.0/24' },
        StringNotEqualsIfExists: { 'aws:SourceVpc': 'vpc-1a2b3c4d' },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' },
      }),
      message: ['aws:SourceIp'],
    },
    {
      name: 'addresses',
      ...deny({ NotIpAddress: { 'aws:SourceIp': '198.51.100.0/24' } }),
      message: ['aws:SourceIp'],
    },
    {
      name: 'access points',
      ...deny({ ArnNotLike: { 's3:DataAccessPointArn': 'arn:aws:s3:*:444455556666:accesspoint/*' } }),
      message: ['s3:DataAccessPointArn'],
    },
    {
      name: 'what comes through no endpoint at all',
      ...deny({ Null: { 'aws:SourceVpce': 'true' } }),
      message: ['aws:SourceVpce'],
    },
    {
      name: 'the account of the role is denied',
      ...deny(endpoint, { Principal: { AWS: '111122223333' }, Action: 's3:Replicate*' }),
      message: ['Fence'],
    },
    {
      name: 'another role is let out',
      ...deny({ ...endpoint, ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/backup' } }),
      message: ['Fence'],
    },
    {
      name: 'a Deny of all but some objects',
      ...deny(endpoint, { Resource: undefined, NotResource: `${objects}x` }),
      message: ['Fence'],
    },
  ],
  notApplicable: [
    { name: 'the destination does not exist', destination: { account: null, presence: { status: 404 } } },
  ],
  unknown: [{ name: 'the policy is denied', denied: ['destination.policy'] }],
  undetermined: [
    {
      name: 'the policy cannot be read',
      destination: { policy: '{' },
      message: ["The policy of 'orders-replica' is malformed at line 1, column 2, "],
    },
  ],
});
