/** What S3 makes of a sub-resource's document when it is put: refuses it, or stores it with what S3 fills in. */
import { AwsError } from '../../service.ts';
import { childOf, childrenOf, element, malformedXml, textAt, withChild, type XmlElement } from '../../xml.ts';
import { invalidArgument, invalidBucketState } from './errors.ts';
import type { Call } from './operation.ts';
import { uniqueIds, versioningOf, withIds } from './stored-document.ts';

/** Takes the document that was put; gives the document that is stored. */
export type Accept = (root: XmlElement, call: Call) => XmlElement;

/** Text that must be one of a few. */
function oneOf(text: string | undefined, ...values: readonly string[]): void {
  if (text === undefined || !values.includes(text)) throw malformedXml();
}

/** Versioning can't be suspended under a replication configuration or Object Lock. */
export const acceptVersioning: Accept = (root, { bucket }) => {
  const status = textAt(root, 'Status');
  if (status === undefined) {
    throw new AwsError(
      'IllegalVersioningConfigurationException',
      400,
      'The Versioning element must be specified',
    );
  }
  oneOf(status, 'Enabled', 'Suspended');
  if (status === 'Enabled') return root;
  const present = bucket.documents.has('replication')
    ? 'A replication configuration'
    : bucket.documents.has('object-lock')
      ? 'An Object Lock configuration'
      : null;
  if (present === null) return root;
  throw invalidBucketState(
    `${present} is present on this bucket, so the versioning state cannot be changed.`,
  );
};

/** S3 answers BucketKeyEnabled even where it was not put. */
export const acceptEncryption: Accept = (root) => {
  const rules = childrenOf(root, 'Rule').map((rule) => {
    const byDefault = childOf(rule, 'ApplyServerSideEncryptionByDefault');
    const algorithm = textAt(byDefault, 'SSEAlgorithm');
    if (byDefault) oneOf(algorithm, 'AES256', 'aws:kms', 'aws:kms:dsse');
    if (algorithm === 'AES256' && childOf(byDefault, 'KMSMasterKeyID')) {
      throw invalidArgument('a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms');
    }
    return childOf(rule, 'BucketKeyEnabled') ? rule : withChild(rule, element('BucketKeyEnabled', 'false'));
  });
  if (rules.length === 0) throw malformedXml();
  return { ...root, children: rules };
};

export const acceptObjectLock: Accept = (root, { bucket }) => {
  oneOf(textAt(root, 'ObjectLockEnabled'), 'Enabled');
  if (versioningOf(bucket) !== 'Enabled') {
    throw invalidBucketState(
      "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
    );
  }
  const rule = childOf(root, 'Rule');
  if (!rule) return root;
  const retention = childOf(rule, 'DefaultRetention');
  oneOf(textAt(retention, 'Mode'), 'GOVERNANCE', 'COMPLIANCE');
  const periods = [textAt(retention, 'Days'), textAt(retention, 'Years')].filter(
    (text) => text !== undefined,
  );
  if (periods.length !== 1) throw malformedXml();
  if (!(Number(periods[0]) > 0))
    throw invalidArgument('Default retention period must be a positive integer value.');
  return root;
};

export const acceptOwnership: Accept = (root) => {
  oneOf(
    textAt(root, 'Rule', 'ObjectOwnership'),
    'BucketOwnerEnforced',
    'BucketOwnerPreferred',
    'ObjectWriter',
  );
  return root;
};

const blocks = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];

/** All four are answered, whichever were put. */
export const acceptPublicAccessBlock: Accept = (root) => ({
  ...root,
  children: blocks.map((name) => element(name, (textAt(root, name) ?? 'false').toLowerCase())),
});

export const acceptRequestPayment: Accept = (root) => {
  oneOf(textAt(root, 'Payer'), 'BucketOwner', 'Requester');
  return root;
};

export const acceptLifecycle: Accept = (root, call) => {
  const rules = childrenOf(root, 'Rule');
  if (rules.length === 0) throw malformedXml();
  for (const rule of rules) {
    oneOf(textAt(rule, 'Status'), 'Enabled', 'Disabled');
    if (Boolean(childOf(rule, 'Filter')) === Boolean(childOf(rule, 'Prefix'))) throw malformedXml();
  }
  uniqueIds(rules);
  return withIds(root, 'Rule', 'ID', call);
};

const targets = ['TopicConfiguration', 'QueueConfiguration', 'CloudFunctionConfiguration'];

export const acceptNotification: Accept = (root, call) => {
  for (const target of targets.flatMap((name) => childrenOf(root, name))) {
    if (!childOf(target, 'Event')) throw malformedXml();
  }
  return targets.reduce((document, name) => withIds(document, name, 'Id', call), root);
};

export const acceptTagging: Accept = (root) => {
  const tags = childrenOf(childOf(root, 'TagSet'), 'Tag').map((tag) => textAt(tag, 'Key'));
  if (!childOf(root, 'TagSet') || tags.includes(undefined)) throw malformedXml();
  if (tags.length > 50) throw new AwsError('BadRequest', 400, 'Bucket tag count cannot be greater than 50');
  if (new Set(tags).size < tags.length) {
    throw new AwsError('InvalidTag', 400, 'Cannot provide multiple Tags with the same key');
  }
  return root;
};

/** The id in the document is the id in the query string. */
export const acceptIdentified: Accept = (root, { request }) => {
  if (textAt(root, 'Id') !== request.query.get('id')) {
    throw invalidArgument('The ID in the request does not match the ID in the configuration.');
  }
  return root;
};

export const acceptLogging: Accept = (root, { world, bucket }) => {
  const target = textAt(root, 'LoggingEnabled', 'TargetBucket');
  if (childOf(root, 'LoggingEnabled') && target === undefined) throw malformedXml();
  const found = target === undefined ? undefined : world.buckets.get(target);
  if (
    target !== undefined &&
    (!found || found.account !== bucket.account || found.region !== bucket.region)
  ) {
    throw invalidRequestTarget();
  }
  return root;
};

function invalidRequestTarget(): AwsError {
  return new AwsError(
    'InvalidTargetBucketForLogging',
    400,
    'The target bucket for logging does not exist, is not owned by you, or is in another Region.',
  );
}
