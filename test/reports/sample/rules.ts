/** Rules of the sample: ids, severities and reasons as in the catalogue, the prose shorter. */
import type { RuleInfo } from '../../../src/model/audit.ts';
import type { Severity } from '../../../src/model/finding.ts';
import type { Taint } from './hostile.ts';

const guide = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide';

interface Seed {
  readonly title: string;
  readonly severity: Severity;
  readonly scope: 'bucket' | 'route';
  /** Absent where the rule is a judgement. */
  readonly page?: string;
  /** The user's policy that asks for it. */
  readonly policy?: string;
  readonly predicts?: readonly string[];
  readonly controls?: readonly string[];
  readonly says: string;
  readonly expected: string;
  readonly actual: string;
  readonly call: string;
  readonly pointer: string;
}

/** Each rule, and what a finding of it says; `%s` is the bucket. */
export const seeds: Readonly<Record<string, Seed>> = {
  'destination-versioning-off': {
    title: 'The destination keeps no versions',
    severity: 'error',
    scope: 'route',
    page: 'replication-requirements',
    predicts: ['DstBucketUnversioned'],
    controls: ['AWS-SecurityHub/S3.14', 'NIST-800-53-r5/CP-9', 'NIST-800-53-r5/AU-9(2)', 'SOC2/A1.2'],
    says: 'The destination of %s has versioning Suspended',
    expected: 'versioning Enabled',
    actual: 'versioning Suspended',
    call: 's3:GetBucketVersioning',
    pointer: '/Status',
  },
  'kms-objects-not-selected': {
    title: 'Objects encrypted with KMS are left out of replication',
    severity: 'error',
    scope: 'route',
    page: 'replication-config-for-kms-objects',
    controls: ['AWS-SecurityHub/S3.7', 'NIST-800-53-r5/CP-6'],
    says: '%s encrypts with aws:kms by default, and its replication rule does not select such objects',
    expected: 'SourceSelectionCriteria.SseKmsEncryptedObjects.Status Enabled',
    actual: 'not configured',
    call: 's3:GetBucketReplication',
    pointer: '/Rules/0/SourceSelectionCriteria',
  },
  'role-cannot-replicate': {
    title: 'The role may not write replicas',
    severity: 'error',
    scope: 'route',
    page: 'setting-repl-config-perm-overview',
    predicts: ['DstPutObjectNotPermitted', 'DstPutAclNotPermitted', 'DstPutTaggingNotPermitted'],
    controls: ['AWS-SecurityHub/S3.7'],
    says: 'The replication role of %s is not allowed s3:ReplicateObject on the destination',
    expected: 's3:ReplicateObject allowed by the role and by the bucket policy',
    actual: 'no statement of the bucket policy allows it',
    call: 's3:GetBucketPolicy',
    pointer: '/Policy/Statement/0',
  },
  'destination-public': {
    title: 'The destination is public',
    severity: 'error',
    scope: 'route',
    page: 'access-control-block-public-access',
    controls: ['AWS-SecurityHub/S3.8', 'NIST-800-53-r5/SC-7'],
    says: 'The destination of %s is open to the public',
    expected: 'no public bucket policy, or a public access block',
    actual: 'PolicyStatus.IsPublic true',
    call: 's3:GetBucketPolicyStatus',
    pointer: '/PolicyStatus/IsPublic',
  },
  'replication-required': {
    policy: 'critical data lives in two Regions',
    title: 'A bucket that must be replicated is not',
    severity: 'error',
    scope: 'bucket',
    page: 'replication',
    controls: [
      'AWS-SecurityHub/S3.7',
      'NIST-800-53-r5/CP-6(2)',
      'HIPAA/164.308(a)(7)(i)',
      'ISO-27001-2022/A.8.14',
    ],
    says: '%s has no route to another Region',
    expected: 'one destination in another Region and another account',
    actual: 'no replication configuration',
    call: 's3:GetBucketReplication',
    pointer: '',
  },
  'objects-not-backfilled': {
    title: 'Objects that were there before are not at the destination',
    severity: 'warning',
    scope: 'route',
    page: 's3-batch-replication-batch',
    says: '1,204 versions in %s have no replica',
    expected: 'every version that the filter takes is at the destination',
    actual: '1,204 of 88,120 versions are missing',
    call: 's3:ListObjectVersions',
    pointer: '',
  },
  'replication-metrics-off': {
    title: 'Nobody measures the replication',
    severity: 'warning',
    scope: 'route',
    page: 'replication-metrics-events',
    says: '%s replicates without metrics',
    expected: 'Destination.Metrics.Status Enabled',
    actual: 'not configured',
    call: 's3:GetBucketReplication',
    pointer: '/Rules/0/Destination/Metrics',
  },
  'deletes-reach-unlocked-replica': {
    title: 'Deletes reach a replica that nothing locks',
    severity: 'warning',
    scope: 'route',
    page: 'delete-marker-replication',
    controls: ['AWS-SecurityHub/S3.15'],
    says: 'Delete markers of %s replicate to a bucket without Object Lock',
    expected: 'Object Lock at the destination, or no delete markers',
    actual: 'DeleteMarkerReplication Enabled, Object Lock not configured',
    call: 's3:GetObjectLockConfiguration',
    pointer: '',
  },
  'noncurrent-versions-kept-forever': {
    title: 'Old versions are kept for ever',
    severity: 'warning',
    scope: 'bucket',
    page: 'replication-requirements',
    controls: ['AWS-SecurityHub/S3.13'],
    says: '%s never expires noncurrent versions',
    expected: 'an enabled rule with NoncurrentVersionExpiration',
    actual: 'no lifecycle configuration',
    call: 's3:GetLifecycleConfiguration',
    pointer: '',
  },
  'destination-unverifiable': {
    title: 'Nobody can say whose the destination is',
    severity: 'note',
    scope: 'route',
    says: 'The destination of %s is in no scanned account, and answers 403',
    expected: 'a destination in an account that is scanned',
    actual: 'HTTP status 403',
    call: 's3:ListBucket',
    pointer: '',
  },
  'bucket-key-off': {
    title: 'The Bucket Key is off',
    severity: 'note',
    scope: 'bucket',
    page: 'bucket-key',
    says: '%s encrypts with KMS and has no Bucket Key',
    expected: 'BucketKeyEnabled true',
    actual: 'BucketKeyEnabled false',
    call: 's3:GetBucketEncryption',
    pointer: '/ServerSideEncryptionConfiguration/Rules/0/BucketKeyEnabled',
  },
  'prefix-without-delimiter': {
    title: 'A prefix takes more than it seems to',
    severity: 'note',
    scope: 'route',
    page: 'replication-add-config',
    says: "The prefix 'Tax' of %s also takes 'Taxes/'",
    expected: 'a prefix that ends in a delimiter',
    actual: "'Tax'",
    call: 's3:GetBucketReplication',
    pointer: '/Rules/1/Filter/Prefix',
  },
};

/** What the audit calls each rule: its id, or the name of the policy that asks for it. */
export function keysOf(taint: Taint): ReadonlyMap<string, string> {
  const entries = Object.entries(seeds);
  return new Map(entries.map(([id, { policy }]) => [id, policy === undefined ? id : taint(policy)]));
}

/** The rules as the audit carries them. */
export function ruleInfos(keys: ReadonlyMap<string, string>, taint: Taint): Record<string, RuleInfo> {
  const entries = Object.entries(seeds);
  return Object.fromEntries(entries.map(([id, seed]) => [keys.get(id) ?? id, ruleInfo(seed, taint)]));
}

function ruleInfo(seed: Seed, taint: Taint): RuleInfo {
  return {
    title: taint(seed.title),
    severity: seed.severity,
    why: taint(
      `${seed.title}. S3 says nothing about it until an object fails, and then only where somebody looks.`,
    ),
    fix: taint(`Change it so that there is: ${seed.expected}.`),
    page: seed.page === undefined ? null : `${guide}/${seed.page}.html`,
    predicts: seed.predicts ?? [],
    controls: (seed.controls ?? []).map(taint),
    calls: [seed.call],
  };
}
