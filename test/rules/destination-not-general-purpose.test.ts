import { describeRule } from './describe-rule.ts';
import rule from '../../rules/destination-not-general-purpose.ts';
import { toReplica } from '../../rules/shared/example.ts';
import type { ReplicationRule } from '../../src/model/aws.ts';

const to = (Bucket: string): { readonly replicationRule: Partial<ReplicationRule> } => ({
  replicationRule: { Destination: toReplica({ Bucket }) },
});

describeRule(rule, {
  pass: [
    { name: 'a bucket' },
    { name: 'a bucket of another partition', ...to('arn:aws-cn:s3:::orders-replica') },
    {
      name: 'a bucket of a regional namespace',
      ...to('arn:aws:s3:::orders-replica-444455556666-eu-central-1-an'),
    },
    {
      name: 'a name with points and a name that only looks like one',
      ...to('arn:aws:s3:::s3alias.mrap.x-s3'),
    },
  ],
  fail: [
    {
      name: 'an access point',
      ...to('arn:aws:s3:eu-central-1:444455556666:accesspoint/replicas'),
      actual: 'arn:aws:s3:eu-central-1:444455556666:accesspoint/replicas',
      message:
        "Objects of 'orders' will not be replicated: the destination 'arn:aws:s3:eu-central-1:444455556666:accesspoint/replicas' is an access point, and no general purpose bucket.",
    },
    {
      name: 'the alias of an access point',
      ...to('arn:aws:s3:::replicas-abcdefgh1234567890-s3alias'),
      message: ['is the alias of an access point'],
    },
    {
      name: 'a Multi-Region Access Point',
      ...to('arn:aws:s3::444455556666:accesspoint/abcdef.mrap'),
      message: ['is an access point'],
    },
    {
      name: 'a directory bucket by its ARN',
      ...to('arn:aws:s3express:eu-central-1:444455556666:bucket/orders--euc1-az1--x-s3'),
      message: ['is a directory bucket'],
    },
    {
      name: 'a directory bucket by its name',
      ...to('arn:aws:s3:::orders--euc1-az1--x-s3'),
      message: ['is a directory bucket'],
    },
    {
      name: 'a table bucket',
      ...to('arn:aws:s3tables:eu-central-1:444455556666:bucket/orders'),
      message: ['is a table bucket'],
    },
    {
      name: 'Outposts',
      ...to('arn:aws:s3-outposts:eu-central-1:444455556666:outpost/op-1/bucket/orders'),
      message: ['on Outposts'],
    },
    { name: 'a bare name', ...to('orders-replica'), message: ['is no ARN of a bucket'] },
    { name: 'an object', ...to('arn:aws:s3:::orders-replica/x'), message: ['is no ARN of a bucket'] },
  ],
  notApplicable: 'never: every route has a destination',
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});
