/** CreateBucket, DeleteBucket, HeadBucket, GetBucketLocation. */
import { authorise } from '../../authorise.ts';
import { AwsError, notImplemented } from '../../service.ts';
import { childOf, element, parseXml, s3Document, textAt, withChild, type XmlElement } from '../../xml.ts';
import type { Bucket } from '../../world.ts';
import { accessDenied, invalidArgument } from './errors.ts';
import {
  arnOf,
  type BucketOperation,
  type EarlyCall,
  type EarlyOperation,
  emptyResponse,
  xmlResponse,
} from './operation.ts';
import { initialDocuments, ownershipControls } from './subresources.ts';

const ownerships = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'];

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
function checkName(name: string): void {
  const wellFormed = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !name.includes('..');
  const reserved = /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name);
  if (wellFormed && !reserved && !/^\d+\.\d+\.\d+\.\d+$/.test(name)) return;
  throw new AwsError('InvalidBucketName', 400, 'The specified bucket is not valid.');
}

/** Names with an account and a Region in them: https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html */
function checkNamespace({ request, bucketName }: EarlyCall, region: string): void {
  if (request.headers['x-amz-bucket-namespace'] !== 'account-regional') return;
  if (!bucketName.endsWith(`-${request.caller.account}-${region}-an`)) {
    throw new AwsError(
      'InvalidBucketName',
      400,
      'The name does not end as one of the account-regional namespace does.',
    );
  }
}

function regionOf({ request, world }: EarlyCall, configuration: XmlElement | undefined): string {
  const asked = textAt(configuration, 'LocationConstraint') ?? '';
  if (asked === 'EU') return 'eu-west-1';
  const isRegion = /^[a-z]{2}(-[a-z]+)+-\d$/.test(asked);
  const partition = asked.startsWith('cn-') ? 'aws-cn' : asked.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  if (isRegion && partition === world.partition && asked !== 'us-east-1') return asked;
  if (asked !== '') {
    throw new AwsError('InvalidLocationConstraint', 400, 'The specified location-constraint is not valid');
  }
  if (request.region === 'us-east-1') return request.region;
  throw new AwsError(
    'IllegalLocationConstraintException',
    400,
    'The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.',
  );
}

function ownershipOf({ request }: EarlyCall): string {
  const ownership = request.headers['x-amz-object-ownership'] ?? 'BucketOwnerEnforced';
  if (ownerships.includes(ownership)) return ownership;
  throw invalidArgument('Invalid x-amz-object-ownership header.');
}

/** Object Lock switches versioning on: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-configure.html */
function lockDocuments(): [string, string][] {
  return [
    ['versioning', s3Document(element('VersioningConfiguration', [element('Status', 'Enabled')]))],
    [
      'object-lock',
      s3Document(element('ObjectLockConfiguration', [element('ObjectLockEnabled', 'Enabled')])),
    ],
  ];
}

function tagDocuments(configuration: XmlElement | undefined): [string, string][] {
  const tags = childOf(configuration, 'Tags');
  if (!tags) return [];
  return [['tagging', s3Document(withChild(element('Tagging'), element('TagSet', tags.children)))]];
}

function checkFree({ world, request, bucketName }: EarlyCall): void {
  const taken = world.buckets.get(bucketName);
  if (!taken) return;
  throw taken.account === request.caller.account
    ? new AwsError(
        'BucketAlreadyOwnedByYou',
        409,
        'Your previous request to create the named bucket succeeded and you already own it.',
      )
    : new AwsError('BucketAlreadyExists', 409, 'The requested bucket name is not available.');
}

function newBucket(call: EarlyCall, configuration: XmlElement | undefined): Bucket {
  const { request, world, bucketName } = call;
  const region = regionOf(call, configuration);
  checkNamespace(call, region);
  const lock = request.headers['x-amz-bucket-object-lock-enabled']?.toLowerCase() === 'true';
  const documents = new Map<string, string>([
    ...Object.entries(initialDocuments),
    ['ownershipControls', ownershipControls(ownershipOf(call))],
    ...(lock ? lockDocuments() : []),
    ...tagDocuments(configuration),
  ]);
  return {
    name: bucketName,
    account: request.caller.account,
    region,
    created: world.now(),
    objectLockAtCreation: lock,
    documents,
    versions: [],
  };
}

export const createBucket: EarlyOperation = {
  name: 'CreateBucket',
  early: (call) => {
    const { world, request, bucketName } = call;
    checkName(bucketName);
    const arn = arnOf(world, bucketName);
    authorise(world, request.caller, 's3:CreateBucket', arn, request.caller.account, null);
    const acl = request.headers['x-amz-acl'] ?? 'private';
    if (acl !== 'private') throw notImplemented(`the ACL ${acl}`);
    checkFree(call);
    const text = request.body.toString();
    const configuration = text === '' ? undefined : parseXml(text, 'CreateBucketConfiguration');
    if (childOf(configuration, 'Bucket')) throw notImplemented('directory buckets');
    world.buckets.set(bucketName, newBucket(call, configuration));
    return emptyResponse(200, { location: `/${bucketName}`, 'x-amz-bucket-arn': arn });
  },
};

export const deleteBucket: BucketOperation = {
  name: 'DeleteBucket',
  actions: () => ['DeleteBucket'],
  handle: ({ world, bucket, request }) => {
    // A policy of the bucket's own does not open this to others.
    if (request.caller.account !== bucket.account) throw accessDenied();
    if (bucket.versions.length > 0) {
      throw new AwsError('BucketNotEmpty', 409, 'The bucket you tried to delete is not empty.');
    }
    world.buckets.delete(bucket.name);
    return emptyResponse(204);
  },
};

export const headBucket: BucketOperation = {
  name: 'HeadBucket',
  actions: () => ['ListBucket'],
  handle: ({ bucket }) =>
    emptyResponse(200, { 'x-amz-bucket-region': bucket.region, 'x-amz-access-point-alias': 'false' }),
};

export const getBucketLocation: BucketOperation = {
  name: 'GetBucketLocation',
  actions: () => ['GetBucketLocation'],
  // It is the call with which clients find the Region, and can't need it.
  anyRegion: true,
  handle: ({ bucket }) => {
    const constraint = bucket.region === 'us-east-1' ? '' : bucket.region;
    return xmlResponse(s3Document(element('LocationConstraint', constraint)));
  },
};
