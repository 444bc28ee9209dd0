/**
 * The context that S3 brings when it replicates with a role.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html says of each key when it is
 * there; what it says of none is not known: addresses, networks, MFA, the session's name, tags of objects and keys.
 */
import { partitionOf } from '../arn.ts';
import { contextOf, type Context, type Knowledge } from './context.ts';

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

/** Keys as people write them, with what is known of each. */
export type Brought = Readonly<Record<string, Knowledge>>;

/** A context of several parts, the later ones before the earlier. */
export function together(...parts: readonly Brought[]): Context {
  return contextOf(...parts);
}

/** Each is "always included in the request context"; only of the first the value is known. */
export const alwaysThere: Brought = {
  // "The encrypted objects are transmitted securely via SSL": https://aws.amazon.com/s3/faqs/
  'aws:SecureTransport': ['true'],
  'aws:CurrentTime': 'present',
  'aws:EpochTime': 'present',
  'aws:UserAgent': 'present',
  'aws:ViaAWSService': 'present',
};

export function principalContext({ arn, account, organization, tags }: Replicator): Brought {
  return {
    // #condition-keys-principalarn: of a session, the role's.
    'aws:PrincipalArn': [arn],
    'aws:PrincipalAccount': [account],
    'aws:PrincipalType': ['AssumedRole'],
    'aws:PrincipalOrgID': organizationOf(organization),
    'aws:PrincipalOrgPaths': pathsOf(organization),
    'aws:userid': 'present',
    'aws:TokenIssueTime': 'present',
    // #condition-keys-principalisawsservice: "set to false if the service uses a service role".
    'aws:PrincipalIsAWSService': ['false'],
    'aws:PrincipalServiceName': [],
    'aws:PrincipalServiceNamesList': [],
    // reference_policies_variables.html#principaltable: an assumed role has none.
    'aws:username': [],
    // #condition-keys-sourcearn and the like: only where a service principal itself calls.
    'aws:SourceArn': [],
    'aws:SourceAccount': [],
    'aws:SourceOrgID': [],
    'aws:SourceOrgPaths': [],
    ...tagsOf(tags),
  };
}

function tagsOf(tags: Replicator['tags']): Brought {
  if (tags === 'unknown') return {};
  const known = Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, [value]] as const);
  return { 'aws:PrincipalTag/*': [], ...Object.fromEntries(known) };
}

export function placeContext({ account, region, organization }: Place): Brought {
  return {
    'aws:ResourceAccount': ownerOf(account),
    'aws:ResourceOrgID': organizationOf(organization),
    'aws:ResourceOrgPaths': pathsOf(organization),
    'aws:RequestedRegion': region === null ? 'present' : [region],
  };
}

function ownerOf(account: string): Knowledge {
  return account === '' ? 'present' : [account];
}

function organizationOf(membership: Membership): Knowledge {
  return membership === 'unknown' ? 'unknown' : listOf(membership.id);
}

function pathsOf(membership: Membership): Knowledge {
  if (membership === 'unknown') return 'unknown';
  return membership.id === null ? [] : 'present';
}

/** S3 asks S3, with a service role and at a bucket, never at an access point. */
export function s3Context({ account }: Place, { encryption, key, lock }: Written): Brought {
  return {
    's3:ResourceAccount': ownerOf(account),
    // #condition-keys-calledvia: "not present if the service uses a service role".
    'aws:CalledVia': [],
    'aws:CalledViaFirst': [],
    'aws:CalledViaLast': [],
    // API PutBucketReplication, Destination: "the Amazon Resource Name (ARN) of the bucket".
    's3:DataAccessPointArn': [],
    's3:DataAccessPointAccount': [],
    's3:AccessPointNetworkOrigin': [],
    's3:x-amz-server-side-encryption': encryption === undefined ? 'unknown' : listOf(encryption),
    's3:x-amz-server-side-encryption-aws-kms-key-id': key === undefined ? 'unknown' : listOf(key),
    ...lockContext(lock),
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html#object-lock-managing-retention-limits */
function lockContext(lock: Written['lock']): Brought {
  if (lock === undefined) return {};
  const remaining = lock?.remainingDays?.toString();
  return {
    's3:object-lock-mode': lock === null ? [] : known(lock.mode),
    's3:object-lock-legal-hold': lock === null ? [] : known(lock.legalHold),
    's3:object-lock-remaining-retention-days': lock === null ? [] : known(remaining),
    's3:object-lock-retain-until-date': lock === null ? [] : 'unknown',
  };
}

function known(value: string | undefined): Knowledge {
  return value === undefined ? 'unknown' : [value];
}

function listOf(value: string | null): readonly string[] {
  return value === null ? [] : [value];
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html */
export function keyContext(replicator: Replicator, key: Place): Brought {
  return {
    'kms:ViaService': viaOf(key),
    'kms:CallerAccount': [replicator.account],
    // Only symmetric keys encrypt objects: API PutBucketReplication, EncryptionConfiguration.
    'kms:EncryptionAlgorithm': ['SYMMETRIC_DEFAULT'],
  };
}

/** How the name ends in China no page tells. */
function viaOf({ arn, region }: Place): Knowledge {
  if (region === null || partitionOf(arn) === 'aws-cn') return 'present';
  return [`s3.${region}.amazonaws.com`];
}

/** S3 as a service, for the sake of a bucket. */
export function sourceContext(source: Place, service: string): Brought {
  return {
    'aws:SourceArn': [source.arn],
    'aws:SourceAccount': [source.account],
    'aws:SourceOrgID': organizationOf(source.organization),
    'aws:SourceOrgPaths': pathsOf(source.organization),
    'aws:PrincipalIsAWSService': ['true'],
    'aws:PrincipalServiceName': [service],
  };
}
