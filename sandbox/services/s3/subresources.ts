/** The sub-resources of a bucket, as data: names, IAM actions, and what S3 answers when nothing was put. */
import { AwsError } from '../../service.ts';
import { element, s3Document } from '../../xml.ts';
import {
  type Accept,
  acceptEncryption,
  acceptIdentified,
  acceptLifecycle,
  acceptLogging,
  acceptNotification,
  acceptObjectLock,
  acceptOwnership,
  acceptPublicAccessBlock,
  acceptRequestPayment,
  acceptTagging,
  acceptVersioning,
} from './documents.ts';
import { acceptReplication } from './replication-document.ts';

/** A sub-resource that is one XML document. */
export interface SubResource {
  /** Its name in the query string. */
  readonly query: string;
  readonly root: string;
  /** The operations' name behind Get, Put and Delete. */
  readonly name: string;
  /** The operation that deletes, where it is not Delete and the name. */
  readonly deleteName?: string;
  /** The IAM actions' name behind Get and Put; deleting takes the right to put. */
  readonly action: string;
  readonly deletes: boolean;
  readonly accept: Accept;
  /** What is answered when nothing was put: a document, or an error. */
  readonly absent: string | AwsError;
  readonly putStatus?: number;
}

function notFound(code: string, message: string): AwsError {
  return new AwsError(code, 404, message);
}

// Since January 2023 every bucket has a default encryption: https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html
const sseS3 = s3Document(
  element('ServerSideEncryptionConfiguration', [
    element('Rule', [
      element('ApplyServerSideEncryptionByDefault', [element('SSEAlgorithm', 'AES256')]),
      element('BucketKeyEnabled', 'false'),
    ]),
  ]),
);

// Since April 2023 new buckets have both: https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html
/** What a bucket has from its creation. */
export const initialDocuments: Readonly<Record<string, string>> = {
  ownershipControls: ownershipControls('BucketOwnerEnforced'),
  publicAccessBlock: s3Document(
    element('PublicAccessBlockConfiguration', [
      element('BlockPublicAcls', 'true'),
      element('IgnorePublicAcls', 'true'),
      element('BlockPublicPolicy', 'true'),
      element('RestrictPublicBuckets', 'true'),
    ]),
  ),
};

/** The ownership controls' document. */
export function ownershipControls(ownership: string): string {
  return s3Document(element('OwnershipControls', [element('Rule', [element('ObjectOwnership', ownership)])]));
}

/** The sub-resources that are one document each. */
export const subResources: readonly SubResource[] = [
  {
    query: 'replication',
    root: 'ReplicationConfiguration',
    name: 'BucketReplication',
    action: 'ReplicationConfiguration',
    deletes: true,
    accept: acceptReplication,
    absent: notFound('ReplicationConfigurationNotFoundError', 'The replication configuration was not found'),
  },
  {
    query: 'encryption',
    root: 'ServerSideEncryptionConfiguration',
    name: 'BucketEncryption',
    action: 'EncryptionConfiguration',
    deletes: true,
    accept: acceptEncryption,
    absent: sseS3,
  },
  {
    query: 'versioning',
    root: 'VersioningConfiguration',
    name: 'BucketVersioning',
    action: 'BucketVersioning',
    deletes: false,
    accept: acceptVersioning,
    absent: s3Document(element('VersioningConfiguration')),
  },
  {
    query: 'object-lock',
    root: 'ObjectLockConfiguration',
    name: 'ObjectLockConfiguration',
    action: 'BucketObjectLockConfiguration',
    deletes: false,
    accept: acceptObjectLock,
    absent: notFound(
      'ObjectLockConfigurationNotFoundError',
      'Object Lock configuration does not exist for this bucket',
    ),
  },
  {
    query: 'ownershipControls',
    root: 'OwnershipControls',
    name: 'BucketOwnershipControls',
    action: 'BucketOwnershipControls',
    deletes: true,
    accept: acceptOwnership,
    absent: notFound('OwnershipControlsNotFoundError', 'The bucket ownership controls were not found'),
  },
  {
    query: 'publicAccessBlock',
    root: 'PublicAccessBlockConfiguration',
    name: 'PublicAccessBlock',
    action: 'BucketPublicAccessBlock',
    deletes: true,
    accept: acceptPublicAccessBlock,
    absent: notFound(
      'NoSuchPublicAccessBlockConfiguration',
      'The public access block configuration was not found',
    ),
  },
  {
    query: 'requestPayment',
    root: 'RequestPaymentConfiguration',
    name: 'BucketRequestPayment',
    action: 'BucketRequestPayment',
    deletes: false,
    accept: acceptRequestPayment,
    absent: s3Document(element('RequestPaymentConfiguration', [element('Payer', 'BucketOwner')])),
  },
  {
    query: 'lifecycle',
    root: 'LifecycleConfiguration',
    name: 'BucketLifecycleConfiguration',
    deleteName: 'DeleteBucketLifecycle',
    action: 'LifecycleConfiguration',
    deletes: true,
    accept: acceptLifecycle,
    absent: notFound('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist'),
  },
  {
    query: 'notification',
    root: 'NotificationConfiguration',
    name: 'BucketNotificationConfiguration',
    action: 'BucketNotification',
    deletes: false,
    accept: acceptNotification,
    absent: s3Document(element('NotificationConfiguration')),
  },
  {
    query: 'tagging',
    root: 'Tagging',
    name: 'BucketTagging',
    action: 'BucketTagging',
    deletes: true,
    accept: acceptTagging,
    absent: notFound('NoSuchTagSet', 'The TagSet does not exist'),
    putStatus: 204,
  },
  {
    query: 'logging',
    root: 'BucketLoggingStatus',
    name: 'BucketLogging',
    action: 'BucketLogging',
    deletes: false,
    accept: acceptLogging,
    absent: s3Document(element('BucketLoggingStatus')),
  },
];

/** A sub-resource of which a bucket has many, each with an id. */
export interface ListedSubResource {
  readonly query: string;
  readonly root: string;
  readonly listRoot: string;
  readonly name: string;
  readonly listName: string;
  readonly action: string;
  readonly accept: Accept;
}

export const listedSubResources: readonly ListedSubResource[] = [
  {
    query: 'inventory',
    root: 'InventoryConfiguration',
    listRoot: 'ListInventoryConfigurationsResult',
    name: 'BucketInventoryConfiguration',
    listName: 'ListBucketInventoryConfigurations',
    action: 'InventoryConfiguration',
    accept: acceptIdentified,
  },
  {
    query: 'intelligent-tiering',
    root: 'IntelligentTieringConfiguration',
    listRoot: 'ListBucketIntelligentTieringConfigurationsOutput',
    name: 'BucketIntelligentTieringConfiguration',
    listName: 'ListBucketIntelligentTieringConfigurations',
    action: 'IntelligentTieringConfiguration',
    accept: acceptIdentified,
  },
];
