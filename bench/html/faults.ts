/** Routes with something wrong, of many kinds: the healthy pair, changed. */
import { healthy, type TestSituation } from '../../src/tester.ts';

type Source = NonNullable<TestSituation['source']>;

function kms(KMSMasterKeyID: string, BucketKeyEnabled: boolean): Source {
  return {
    encryption: {
      Rules: [
        { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID }, BucketKeyEnabled },
      ],
    },
  };
}

const Bucket = `arn:aws:s3:::${healthy.destination.name}`;
const encrypted: TestSituation = {
  source: kms(healthy.sourceKey, true),
  destination: kms(healthy.replicaKey, false),
  replicationRule: {
    SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
    Destination: { Bucket, EncryptionConfiguration: { ReplicaKmsKeyID: healthy.replicaKey } },
  },
};
const locked: Source = { objectLock: { ObjectLockEnabled: 'Enabled' } };
const noPolicies = { Inline: [], Attached: [], Boundary: null };
// As long as S3 allows, and of every alphabet.
const long =
  'Everything that the department of records keeps, änd mehr: 記録 <b>и всё остальное</b> & "more" '.repeat(
    3,
  );

/** One after another they are given to routes; the last is healthy. */
export const faults: readonly TestSituation[] = [
  { destination: { policy: null } },
  { destination: { versioning: { Status: 'Suspended' } } },
  { ...encrypted, replicaKey: { description: null } },
  { source: locked, destination: { requestPayment: { Payer: 'Requester' } } },
  { ...encrypted, role: { policies: noPolicies } },
  { role: { definition: null } },
  { source: locked },
  { source: kms(healthy.sourceKey, false) },
  { replicationRule: { ID: long.slice(0, 255), Filter: { Prefix: 'Tax' } } },
  { replicationRule: { Filter: { Prefix: `${'deep/'.repeat(200)}end` } }, destination: { policy: null } },
  { replicationRule: { Destination: { Bucket } } },
  { objects: { failedOperations: { from: healthy.at, to: healthy.at, sum: 1234, datapoints: 24 } } },
  { destination: { account: null } },
  { denied: ['destination.versioning', 'destination.policy'] },
  { denied: ['role.policies'] },
  { destination: { policyStatus: { IsPublic: true }, publicAccessBlock: null } },
  { ...encrypted, sourceKey: { grants: [] }, replicationRule: {} },
  { source: { lifecycle: null, versioning: { Status: 'Suspended' } } },
  { ...encrypted, destination: kms(healthy.replicaKey, true) },
  {},
];
