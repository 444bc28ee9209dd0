import { describeRule } from './describe-rule.ts';
import {
  deny,
  everyLayer,
  ownStatements,
  policyAnd,
  roleAnd,
  roleOf,
  without,
} from './permission/situations.ts';
import rule from '../../rules/role-cannot-read-source-objects.ts';
import { allow, withReplicaKey } from '../../rules/shared/example.ts';
import type { ReplicationRule } from '../../src/model/aws.ts';

const forReplication = 's3:GetObjectVersionForReplication';
const layers = everyLayer({
  action: forReplication,
  owner: 'source',
  base: { replicationRule: withReplicaKey() },
});
const before = roleOf([
  ...without(ownStatements, forReplication),
  allow('s3:GetObjectVersion', 'arn:aws:s3:::orders/*'),
]);
const taking = (prefix: string, more: Partial<ReplicationRule> = {}): ReplicationRule => ({
  Status: 'Enabled',
  Priority: 1,
  Filter: { Prefix: prefix },
  DeleteMarkerReplication: { Status: 'Disabled' },
  Destination: { Bucket: 'arn:aws:s3:::orders-replica' },
  ...more,
});
const two = (own: object) => ({
  source: {
    replication: {
      Role: 'arn:aws:iam::111122223333:role/orders-replication',
      Rules: [taking('plain/'), taking('secret/', withReplicaKey())],
    },
  },
  role: roleOf([...without(ownStatements, forReplication), own]),
});

describeRule(rule, {
  ...layers,
  pass: [
    ...layers.pass,
    { name: 's3:GetObjectVersion reads what is not encrypted with KMS', role: before },
    {
      name: 'each prefix by the right that does for it',
      source: two({}).source,
      role: roleOf([
        ...without(ownStatements, forReplication),
        allow('s3:GetObjectVersion', 'arn:aws:s3:::orders/plain/*'),
        allow(forReplication, 'arn:aws:s3:::orders/secret/*'),
      ]),
    },
  ],
  fail: [
    ...layers.fail,
    {
      name: 's3:GetObjectVersion does not read what is encrypted with KMS',
      replicationRule: withReplicaKey(),
      role: before,
      message:
        "Role 'orders-replication' may not s3:GetObjectVersionForReplication on 'orders/*': no policy of the role allows it. Objects of 'orders' will not be replicated.",
    },
    {
      name: 'nor the prefix that is, beside one that is not',
      ...two(allow('s3:GetObjectVersion', 'arn:aws:s3:::orders/*')),
      message: ["may not s3:GetObjectVersionForReplication on 'orders/secret/*': no policy"],
    },
    {
      name: 'neither right',
      role: roleOf(without(ownStatements, forReplication)),
      message: ["may not s3:GetObjectVersionForReplication on 'orders/*'"],
    },
    {
      name: 'the access control lists',
      role: roleOf(without(ownStatements, 's3:GetObjectVersionAcl')),
      message: ["may not s3:GetObjectVersionAcl on 'orders/*': no policy of the role allows it"],
    },
  ],
  notApplicable: [{ name: 'the role does not exist', role: { definition: null, policies: null } }],
  undetermined: [
    ...layers.undetermined,
    {
      name: 'a network of the source has no rule of its own',
      source: {
        policy: policyAnd(
          'source',
          deny('s3:*', '*', {
            Principal: '*',
            Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
          }),
        ),
      },
      message: ["hangs on 'aws:SourceVpce'"],
    },
    {
      name: 'the right that does is in doubt, and the other is not there',
      role: roleAnd(deny(forReplication, '*', { Condition: { StringEquals: { 'aws:userid': 'x' } } })),
      message: [`may ${forReplication} on 'orders/*' hangs on`],
    },
  ],
});
