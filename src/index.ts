/** What rules of one's own import as `replint`: all that ours do. */
export * from './rule.ts';
export { accountOf, bucketArn, bucketName, partitionOf } from './arn.ts';
export { isMalformed, parsePolicy, type Malformed, type Policy, type Statement } from './iam/policy.ts';
export { mayAssume, withStatement } from './iam/trust.ts';
export type * from './model/aws.ts';
export type {
  AccountFacts,
  BucketFacts,
  Cause,
  DestinationFacts,
  KeyFacts,
  ObjectFacts,
  RoleFacts,
} from './model/facts.ts';
