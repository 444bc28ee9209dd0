import { describeRule } from './describe-rule.ts';
import rule from '../../rules/key-policy-network-condition.ts';
import { policyOf, replicaKeyArn, sourceKeyArn, withReplicaKey } from '../../rules/shared/example.ts';
import { healthy, type TestSituation } from '../../src/tester.ts';

const office = { 'aws:SourceIp': '198.51.100.0/24' };
const all = { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' };
const deny = (Condition: object): object => ({ ...all, Sid: 'Office', Effect: 'Deny', Condition });
const replicas = (...statements: readonly object[]): TestSituation => ({
  replicationRule: withReplicaKey(),
  replicaKey: { policy: policyOf(...statements) },
});
const underKms = {
  encryption: {
    Rules: [
      { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: sourceKeyArn } },
    ],
  },
};
const source = (...statements: readonly object[]): TestSituation => ({
  replicationRule: withReplicaKey(),
  source: underKms,
  sourceKey: { policy: policyOf(...statements) },
});

describeRule(rule, {
  pass: [
    { name: 'neither key asks for a network', replicationRule: withReplicaKey(), source: underKms },
    { name: 'trap 7: the source names no key', replicationRule: withReplicaKey() },
    {
      name: 'a Deny that lets the role out',
      ...replicas(all, deny({ NotIpAddress: office, ArnNotEquals: { 'aws:PrincipalArn': healthy.role } })),
    },
    {
      name: 'a Deny of what comes not by way of an AWS service',
      ...replicas(all, deny({ NotIpAddress: office, Bool: { 'aws:ViaAWSService': 'false' } })),
    },
    {
      name: 'an Allow for a network beside one for everywhere',
      ...replicas({ ...all, Condition: { IpAddress: office } }, all),
    },
    {
      name: 'a Deny of administering',
      ...replicas(all, { ...deny({ NotIpAddress: office }), Action: 'kms:Put*' }),
    },
    {
      name: "the source's key does not exist: another rule says so",
      replicationRule: withReplicaKey(),
      source: underKms,
      sourceKey: { policy: null },
    },
  ],
  fail: [
    {
      name: "the replicas' key denies what comes from elsewhere",
      ...replicas(all, deny({ NotIpAddress: office })),
      actual: 'Deny on aws:SourceIp',
      message: `Objects of 'orders' that are encrypted with KMS may not reach 'orders-replica': the statement 'Office' in the policy of the key '${replicaKeyArn}' denies the role what its condition on aws:SourceIp decides, and replication comes from no such network.`,
    },
    {
      name: "the replicas' key allows nothing from elsewhere",
      ...replicas({ ...all, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } } }),
      actual: 'Allow on aws:SourceVpce',
      message: ['allows the role only what its condition on aws:SourceVpce'],
    },
    {
      name: "the source's key denies it",
      ...source(all, deny({ StringNotEquals: { 'aws:SourceVpc': 'vpc-1a2b3c4d' } })),
      message: [sourceKeyArn],
    },
    {
      name: "the replicas' key denies it, and the source's is denied",
      ...replicas(all, deny({ NotIpAddress: office })),
      source: underKms,
      denied: ['sourceKey.policy'],
      message: [replicaKeyArn],
    },
  ],
  notApplicable: [
    { name: 'no replica key: objects under KMS are left out', source: underKms },
    {
      name: 'the replica key does not exist',
      replicationRule: withReplicaKey(),
      replicaKey: { policy: null },
    },
  ],
  unknown: [
    { name: 'the replica key is denied', replicationRule: withReplicaKey(), denied: ['replicaKey.policy'] },
    {
      name: "the source's key is denied",
      replicationRule: withReplicaKey(),
      source: underKms,
      denied: ['sourceKey.policy'],
    },
  ],
  undetermined: [
    {
      name: "the replicas' policy cannot be read",
      replicationRule: withReplicaKey(),
      replicaKey: { policy: '{' },
      message: [`The policy of the key '${replicaKeyArn}' is malformed at line 1, column 2, `],
    },
    {
      name: "the source's policy cannot be read",
      replicationRule: withReplicaKey(),
      source: underKms,
      sourceKey: { policy: '{' },
      message: [`The policy of the key '${sourceKeyArn}' is malformed at line 1, column 2, `],
    },
  ],
});
