/**
 * What PutBucketReplication refuses: API pages PutBucketReplication, ReplicationRule, Destination, and the
 * replication-related list of ErrorResponses. The Region of ReplicaKmsKeyID is not checked, as AWS does not.
 */
import { childOf, childrenOf, malformedXml, textAt, type XmlElement } from '../../xml.ts';
import type { Accept } from './documents.ts';
import { uniqueIds, versioningOf, withIds } from './stored-document.ts';
import { invalidArgument, invalidRequest } from './errors.ts';
import type { Call } from './operation.ts';

const replicaClasses = new Set([
  'STANDARD',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'GLACIER_IR',
  'DEEP_ARCHIVE',
  'REDUCED_REDUNDANCY',
]);

const schema = 'for this version of the Cross Region Replication configuration schema.';

function checkStatus(owner: XmlElement | undefined): void {
  if (!owner) return;
  const status = textAt(owner, 'Status');
  if (status !== 'Enabled' && status !== 'Disabled') throw malformedXml();
}

function checkFilter(filter: XmlElement): void {
  if (filter.children.length > 1) throw malformedXml();
  const and = childOf(filter, 'And');
  if (and && and.children.length < 2) throw malformedXml();
}

function hasTags(filter: XmlElement): boolean {
  return [filter, childOf(filter, 'And')].some((place) => childrenOf(place, 'Tag').length > 0);
}

/** A rule with Filter is of the second version, one with Prefix of the first. */
function checkVersion(rule: XmlElement): void {
  const filter = childOf(rule, 'Filter');
  if (Boolean(filter) === Boolean(childOf(rule, 'Prefix'))) throw malformedXml();
  const markers = childOf(rule, 'DeleteMarkerReplication');
  const priority = textAt(rule, 'Priority');
  if (!filter) {
    if (markers) throw invalidRequest(`DeleteMarkerReplication cannot be used ${schema}`);
    if (priority !== undefined) throw invalidRequest(`Priority cannot be used ${schema}`);
    return;
  }
  checkFilter(filter);
  if (priority === undefined) throw invalidRequest(`Priority must be specified ${schema}`);
  if (!/^\d{1,10}$/.test(priority)) throw malformedXml();
  if (!markers) throw invalidRequest(`DeleteMarkerReplication must be specified ${schema}`);
  if (textAt(markers, 'Status') === 'Enabled' && hasTags(filter)) {
    throw invalidRequest('Delete marker replication is not supported if any Tag filter is specified.');
  }
}

function checkEncryption(rule: XmlElement): void {
  const criteria = childOf(childOf(rule, 'SourceSelectionCriteria'), 'SseKmsEncryptedObjects');
  const key = textAt(rule, 'Destination', 'EncryptionConfiguration', 'ReplicaKmsKeyID');
  if (key !== undefined && !criteria) {
    throw invalidRequest('SseKmsEncryptedObjects must be specified if EncryptionConfiguration is present.');
  }
  if (textAt(criteria, 'Status') === 'Enabled' && (key ?? '') === '') {
    throw invalidRequest(
      'EncryptionConfiguration must be specified if SseKmsEncryptedObjects tag is present.',
    );
  }
}

function checkTimeControl(destination: XmlElement): void {
  const time = childOf(destination, 'ReplicationTime');
  const metrics = childOf(destination, 'Metrics');
  const threshold = textAt(metrics, 'EventThreshold', 'Minutes');
  if (threshold !== undefined && threshold !== '15') {
    throw invalidArgument('EventThreshold-ReplicationTimeValue-Minutes value must be 15.');
  }
  if (!time) return;
  if (textAt(time, 'Time', 'Minutes') !== '15') {
    throw invalidArgument('Replication-ReplicationTimeValue-Minutes value must be 15.');
  }
  if (!metrics) {
    throw invalidRequest(
      'The replication destination must contain both ReplicationTime and Metrics or neither.',
    );
  }
  if (threshold === undefined) throw invalidArgument('ReplicationMetrics must contain an EventThreshold.');
  if (textAt(time, 'Status') !== textAt(metrics, 'Status')) {
    throw invalidRequest('ReplicationTime and ReplicationMetrics must have the same status.');
  }
}

function checkAccount(destination: XmlElement, owner: string): void {
  const account = textAt(destination, 'Account');
  if (account === undefined) {
    if (childOf(destination, 'AccessControlTranslation')) {
      throw invalidRequest('Account must be specified when AccessControlTranslation has an Owner.');
    }
    return;
  }
  if (!/^\d{12}$/.test(account)) throw invalidArgument('Account must contain a valid account ID.');
  if (account !== owner) {
    throw invalidArgument('The AWS account in Account must match the destination bucket owner.');
  }
}

function checkDestination(destination: XmlElement | undefined, { world, bucket }: Call): void {
  if (!destination) throw malformedXml();
  const arn = /^arn:([a-z-]+):s3:::([^/:]+)$/.exec(textAt(destination, 'Bucket') ?? '');
  if (!arn) throw invalidArgument('Invalid bucket ARN.');
  if (arn[1] !== world.partition) throw invalidArgument('Destination bucket must be in the same partition.');
  if (arn[2] === bucket.name)
    throw invalidRequest('Destination bucket cannot be the same as the source bucket.');
  const storageClass = textAt(destination, 'StorageClass');
  if (storageClass !== undefined && !replicaClasses.has(storageClass)) throw malformedXml();
  checkTimeControl(destination);
  const found = world.buckets.get(arn[2] ?? '');
  if (!found) throw invalidRequest('Destination bucket must exist.');
  if (versioningOf(found) !== 'Enabled')
    throw invalidRequest('Destination bucket must have versioning enabled.');
  checkAccount(destination, found.account);
}

function checkRule(rule: XmlElement, call: Call): void {
  checkStatus(rule);
  const criteria = childOf(rule, 'SourceSelectionCriteria');
  const destination = childOf(rule, 'Destination');
  checkStatus(childOf(rule, 'DeleteMarkerReplication'));
  checkStatus(childOf(criteria, 'SseKmsEncryptedObjects'));
  checkStatus(childOf(criteria, 'ReplicaModifications'));
  checkStatus(childOf(destination, 'Metrics'));
  checkStatus(childOf(destination, 'ReplicationTime'));
  if (childOf(rule, 'ExistingObjectReplication')) {
    throw invalidRequest('ExistingObjectReplication is no longer supported.');
  }
  checkVersion(rule);
  checkEncryption(rule);
  checkDestination(destination, call);
}

/** Priorities are compared only among the rules of one destination. */
function checkPriorities(rules: readonly XmlElement[]): void {
  const seen = new Set<string>();
  for (const rule of rules) {
    const priority = textAt(rule, 'Priority');
    if (priority === undefined) continue;
    const key = `${Number(priority)} ${textAt(rule, 'Destination', 'Bucket') ?? ''}`;
    if (seen.has(key)) throw invalidRequest(`Found duplicate priority ${priority}.`);
    seen.add(key);
  }
}

/** The configuration as it is stored: as it came, with an ID for each rule that has none. */
export const acceptReplication: Accept = (root, call) => {
  const rules = childrenOf(root, 'Rule');
  if (rules.length === 0) throw malformedXml();
  if (rules.length > 1000) throw invalidRequest('A replication configuration can have at most 1000 rules.');
  if (!/^arn:[a-z-]+:iam::\d{12}:role\/.+$/.test(textAt(root, 'Role') ?? '')) {
    throw invalidArgument('Invalid Role ARN.');
  }
  if (versioningOf(call.bucket) !== 'Enabled') {
    throw invalidRequest("Versioning must be 'Enabled' on the bucket to apply a replication configuration");
  }
  const withFilter = rules.filter((rule) => childOf(rule, 'Filter')).length;
  if (withFilter > 0 && withFilter < rules.length) {
    throw invalidRequest('Rules with Filter and rules without it cannot be mixed.');
  }
  for (const rule of rules) checkRule(rule, call);
  uniqueIds(rules);
  checkPriorities(rules);
  return withIds(root, 'Rule', 'ID', call);
};
