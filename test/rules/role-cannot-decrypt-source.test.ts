import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import {
  deny,
  everyLayer,
  governed,
  ownStatements,
  ours,
  policyAnd,
  roleOf,
  without,
} from './permission/situations.ts';
import rule from '../../rules/role-cannot-decrypt-source.ts';
import {
  accountKeyPolicy,
  allow,
  describedKey,
  kmsSource,
  policyOf,
  sourceKeyArn,
  withReplicaKey,
} from '../../rules/shared/example.ts';
import { healthy, tryRule } from '../../src/tester.ts';

const action = 'kms:Decrypt';
const base = { source: { encryption: kmsSource }, replicationRule: withReplicaKey() };
const layers = everyLayer({ action, owner: 'sourceKey', base });
const silent = roleOf(without(ownStatements, action));
const grant = {
  GrantId: 'g-1',
  GranteePrincipal: healthy.role,
  Operations: ['Decrypt'],
};
const nobodysKey = policyOf({
  Effect: 'Allow',
  Principal: { AWS: ['arn:aws:iam::111122223333:role/admin'] },
  Action: 'kms:*',
  Resource: '*',
});

describeRule(rule, {
  ...layers,
  pass: [
    ...layers.pass,
    { name: 'the policy of the key names the role', ...base, role: silent },
    {
      name: 'the policy of the key leaves it to the account',
      ...base,
      sourceKey: { policy: accountKeyPolicy },
    },
    { name: 'a grant', ...base, role: silent, sourceKey: { policy: nobodysKey, grants: [grant] } },
    {
      name: 'a grant for the bucket, whose Bucket Key is on',
      ...base,
      role: silent,
      sourceKey: {
        policy: nobodysKey,
        grants: [
          { ...grant, Constraints: { EncryptionContextSubset: { 'aws:s3:arn': 'arn:aws:s3:::orders' } } },
        ],
      },
    },
    {
      name: 'trap 28: resource control policies do not limit AWS managed keys',
      ...base,
      ...governed(ours, 'resourceControlPolicies', [deny('kms:*', '*', { Principal: '*' })]),
      sourceKey: { description: describedKey(sourceKeyArn, { KeyManager: 'AWS' }) },
    },
  ],
  fail: [
    ...layers.fail,
    {
      name: 'the policy of the key leaves it to the account, and the role is silent',
      ...base,
      role: silent,
      sourceKey: { policy: accountKeyPolicy },
      message:
        "Role 'orders-replication' may not kms:Decrypt on 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555': no policy of the role allows it. Objects of 'orders' that this key encrypts will not be replicated.",
    },
    {
      name: 'the policy of the key leaves nothing to the account',
      ...base,
      sourceKey: { policy: nobodysKey },
      message: [
        "the policy of the key 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555', of account 111122223333, does not allow it.",
      ],
    },
    {
      name: 'a grant of something else',
      ...base,
      sourceKey: { policy: nobodysKey, grants: [{ ...grant, Operations: ['Encrypt'] }] },
      message: ['does not allow it'],
    },
  ],
  notApplicable: [
    { name: 'trap 5: objects that KMS does not encrypt', replicationRule: withReplicaKey(), role: silent },
    { name: 'the route leaves such objects out', source: { encryption: kmsSource }, role: silent },
    { name: 'the role does not exist', ...base, role: { definition: null, policies: null } },
    { name: 'the key does not exist', ...base, sourceKey: { description: null, policy: null, grants: null } },
    {
      name: 'the reason is a condition that has a rule of its own',
      ...base,
      sourceKey: { policy: accountKeyPolicy },
      role: roleOf([
        allow(action, sourceKeyArn, { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } }),
      ]),
    },
    {
      name: 'the key asks for a network, which has a rule of its own',
      ...base,
      sourceKey: {
        policy: policyAnd(
          'sourceKey',
          deny('kms:*', '*', {
            Principal: '*',
            Condition: { NotIpAddress: { 'aws:SourceIp': '198.51.100.0/24' } },
          }),
        ),
      },
    },
  ],
  unknown: [
    ...layers.unknown,
    {
      name: 'the grants are denied, and nothing else allows',
      ...base,
      sourceKey: { policy: nobodysKey },
      denied: ['sourceKey.grants'],
    },
  ],
});

it('mends the policy that is silent: of the role, or of the key', () => {
  const commands = (policy: string, role = roleOf(ownStatements)) => {
    const outcome = tryRule(rule, { ...base, role, sourceKey: { policy } });
    const fix = 'finding' in outcome ? outcome.finding.fix : { text: '' };
    return (fix.cli ?? '').match(/^aws \w+ put-\S+/gm);
  };
  expect(commands(accountKeyPolicy, silent)).toEqual(['aws iam put-role-policy']);
  expect(commands(nobodysKey)).toEqual(['aws kms put-key-policy']);
  expect(commands(nobodysKey, silent)).toEqual(['aws iam put-role-policy', 'aws kms put-key-policy']);
});
