/**
 * The context that S3 brings when it replicates with a role.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html says of each key when it is
 * there; what it says of none is not known: addresses, networks, MFA, the session's name, tags of objects and keys.
 */
import { partitionOf } from '../arn.ts';
import type { Knowledge, Part } from './context.ts';

/** The organization of an account; null where it is in none. */
export type Membership = { readonly id: string | null } | 'unknown';

/** The role with which S3 replicates. */
export interface Replicator {
  readonly arn: string;
  readonly account: string;
  readonly organization: Membership;
  readonly tags: Readonly<Record<string, string>> | 'unknown';
}

/** A bucket or a key, and where it is. */
export interface Place {
  readonly arn: string;
  /** Empty where it is not known. */
  readonly account: string;
  /** Null where it is not known. */
  readonly region: string | null;
  readonly organization: Membership;
}

/** What S3 writes with a replica; what is left out is not known. */
export interface Written {
  /** `AES256`, `aws:kms`, `aws:kms:dsse`; null where nothing is encrypted, as of a delete marker. */
  readonly encryption?: string | null;
  /** The key's ARN; null where there is none. */
  readonly key?: string | null;
  /** Null where the source has no Object Lock, so that no replica is locked. */
  readonly lock?: null | {
    readonly mode?: string;
    readonly legalHold?: string;
    readonly remainingDays?: number;
  };
}

/** Tells of keys, as people write them, when they are asked. */
function telling<From>(
  keys: Readonly<Record<string, (from: From) => Knowledge | undefined>>,
): (from: From) => Part {
  const byKey = new Map(Object.entries(keys).map(([key, tell]) => [key.toLowerCase(), tell]));
  return (from) => ({ get: (key) => byKey.get(key)?.(from) });
}

const present = (): Knowledge => 'present';
const absent = (): Knowledge => [];

/** Each is "always included in the request context"; only of the first the value is known. */
export const alwaysThere: Part = telling({
  // "The encrypted objects are transmitted securely via SSL": https://aws.amazon.com/s3/faqs/
  'aws:SecureTransport': () => ['true'],
  'aws:CurrentTime': present,
  'aws:EpochTime': present,
  'aws:UserAgent': present,
  'aws:ViaAWSService': present,
})(null);

export const principalPart = telling<Replicator>({
  // #condition-keys-principalarn: of a session, the role's.
  'aws:PrincipalArn': ({ arn }) => [arn],
  'aws:PrincipalAccount': ({ account }) => [account],
  'aws:PrincipalType': () => ['AssumedRole'],
  'aws:PrincipalOrgID': ({ organization }) => organizationOf(organization),
  'aws:PrincipalOrgPaths': ({ organization }) => pathsOf(organization),
  'aws:userid': present,
  'aws:TokenIssueTime': present,
  // #condition-keys-principalisawsservice: "set to false if the service uses a service role".
  'aws:PrincipalIsAWSService': () => ['false'],
  'aws:PrincipalServiceName': absent,
  'aws:PrincipalServiceNamesList': absent,
  // reference_policies_variables.html#principaltable: an assumed role has none.
  'aws:username': absent,
  // #condition-keys-sourcearn and the like: only where a service principal itself calls.
  'aws:SourceArn': absent,
  'aws:SourceAccount': absent,
  'aws:SourceOrgID': absent,
  'aws:SourceOrgPaths': absent,
});

const TAG = 'aws:principaltag/';

/** A tag that a role does not have is absent, where its tags are known. */
export function tagsPart({ tags }: Replicator): Part {
  return {
    get: (key) => {
      if (tags === 'unknown' || !key.startsWith(TAG)) return undefined;
      const found = Object.entries(tags).findLast(([name]) => name.toLowerCase() === key.slice(TAG.length));
      return found === undefined ? [] : [found[1]];
    },
  };
}

export const placePart = telling<Place>({
  'aws:ResourceAccount': ({ account }) => ownerOf(account),
  'aws:ResourceOrgID': ({ organization }) => organizationOf(organization),
  'aws:ResourceOrgPaths': ({ organization }) => pathsOf(organization),
  'aws:RequestedRegion': ({ region }) => (region === null ? 'present' : [region]),
});

function ownerOf(account: string): Knowledge {
  return account === '' ? 'present' : [account];
}

function organizationOf(membership: Membership): Knowledge {
  if (membership === 'unknown') return 'unknown';
  return membership.id === null ? [] : [membership.id];
}

function pathsOf(membership: Membership): Knowledge {
  if (membership === 'unknown') return 'unknown';
  return membership.id === null ? [] : 'present';
}

/** S3 asks S3, with a service role and at a bucket, never at an access point. */
export const bucketPart = telling<Place>({
  's3:ResourceAccount': ({ account }) => ownerOf(account),
  // #condition-keys-calledvia: "not present if the service uses a service role".
  'aws:CalledVia': absent,
  'aws:CalledViaFirst': absent,
  'aws:CalledViaLast': absent,
  // #condition-keys-viaawsservice: true of forward access sessions only, and a service role's is none.
  'aws:ViaAWSService': () => ['false'],
  // API PutBucketReplication, Destination: "the Amazon Resource Name (ARN) of the bucket".
  's3:DataAccessPointArn': absent,
  's3:DataAccessPointAccount': absent,
  's3:AccessPointNetworkOrigin': absent,
});

export const writtenPart = telling<Written>({
  's3:x-amz-server-side-encryption': ({ encryption }) => (encryption === null ? [] : known(encryption)),
  's3:x-amz-server-side-encryption-aws-kms-key-id': ({ key }) => (key === null ? [] : known(key)),
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html#object-lock-managing-retention-limits
  's3:object-lock-mode': ({ lock }) => ofLock(lock, lock?.mode),
  's3:object-lock-legal-hold': ({ lock }) => ofLock(lock, lock?.legalHold),
  's3:object-lock-remaining-retention-days': ({ lock }) => ofLock(lock, lock?.remainingDays?.toString()),
  's3:object-lock-retain-until-date': ({ lock }) => ofLock(lock, undefined),
});

function ofLock(lock: Written['lock'], value: string | undefined): Knowledge {
  return lock === null ? [] : known(value);
}

function known(value: string | undefined): Knowledge {
  return value === undefined ? 'unknown' : [value];
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html */
export const keyPart = telling<{ readonly replicator: Replicator; readonly key: Place }>({
  'kms:ViaService': ({ key }) => viaOf(key),
  // access_forward_access_sessions.html: "FAS is used by Amazon S3 to make calls to AWS Key Management Service".
  'aws:ViaAWSService': () => ['true'],
  'kms:CallerAccount': ({ replicator }) => [replicator.account],
  // Only symmetric keys encrypt objects: API PutBucketReplication, EncryptionConfiguration.
  'kms:EncryptionAlgorithm': () => ['SYMMETRIC_DEFAULT'],
});

/** How the name ends in China no page tells. */
function viaOf({ arn, region }: Place): Knowledge {
  if (region === null || partitionOf(arn) === 'aws-cn') return 'present';
  return [`s3.${region}.amazonaws.com`];
}

/** S3 as a service, for the sake of a bucket. */
export const sourcePart = telling<{ readonly source: Place; readonly service: string }>({
  'aws:SourceArn': ({ source }) => [source.arn],
  'aws:SourceAccount': ({ source }) => [source.account],
  'aws:SourceOrgID': ({ source }) => organizationOf(source.organization),
  'aws:SourceOrgPaths': ({ source }) => pathsOf(source.organization),
  'aws:PrincipalIsAWSService': () => ['true'],
  'aws:PrincipalServiceName': ({ service }) => [service],
  // #condition-keys-principalorgid: "only if the principal is a member of an organization".
  'aws:PrincipalOrgID': absent,
  'aws:PrincipalOrgPaths': absent,
});
