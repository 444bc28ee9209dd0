/** What S3 does behind a write: the rules that take a version, and its replicas. */
import { childOf, childrenOf, textAt, type XmlElement } from '../../xml.ts';
import type { Bucket, ObjectVersion, World } from '../../world.ts';
import { storedDocument, versioningOf } from './stored-document.ts';
import { insert } from './versions.ts';

interface Tag {
  readonly key: string;
  readonly value: string;
}

/** A replication rule, as far as it decides what is copied and how. */
interface ReplicationRule {
  readonly destination: string;
  readonly priority: number;
  readonly prefix: string;
  readonly tags: readonly Tag[];
  readonly kmsObjects: boolean;
  readonly deleteMarkers: boolean;
  readonly storageClass: string | undefined;
  readonly replicaKey: string | undefined;
}

function tagsIn(place: XmlElement | undefined): Tag[] {
  return childrenOf(place, 'Tag').map((tag) => ({
    key: textAt(tag, 'Key') ?? '',
    value: textAt(tag, 'Value') ?? '',
  }));
}

function readRule(rule: XmlElement): ReplicationRule {
  const filter = childOf(rule, 'Filter');
  const and = childOf(filter, 'And');
  const destination = childOf(rule, 'Destination');
  const markers = textAt(rule, 'DeleteMarkerReplication', 'Status');
  const kms = textAt(rule, 'SourceSelectionCriteria', 'SseKmsEncryptedObjects', 'Status');
  return {
    destination: textAt(destination, 'Bucket') ?? '',
    priority: Number(textAt(rule, 'Priority') ?? 0),
    prefix: textAt(and, 'Prefix') ?? textAt(filter, 'Prefix') ?? textAt(rule, 'Prefix') ?? '',
    tags: [...tagsIn(filter), ...tagsIn(and)],
    kmsObjects: kms === 'Enabled',
    // A rule of the first version has no Filter, and replicates delete markers.
    deleteMarkers: filter === undefined || markers === 'Enabled',
    storageClass: textAt(destination, 'StorageClass'),
    replicaKey: textAt(destination, 'EncryptionConfiguration', 'ReplicaKmsKeyID'),
  };
}

const rulesOf = new WeakMap<XmlElement, readonly ReplicationRule[]>();

function enabledRules(bucket: Bucket): readonly ReplicationRule[] {
  const root = storedDocument(bucket, 'replication');
  if (!root) return [];
  const known = rulesOf.get(root);
  if (known) return known;
  const rules = childrenOf(root, 'Rule').filter((rule) => textAt(rule, 'Status') === 'Enabled');
  const read = rules.map(readRule);
  rulesOf.set(root, read);
  return read;
}

function takes(rule: ReplicationRule, { key, tags }: ObjectVersion): boolean {
  const hasTag = (wanted: Tag) => tags.some((tag) => tag.key === wanted.key && tag.value === wanted.value);
  return key.startsWith(rule.prefix) && rule.tags.every(hasTag);
}

function isEligible(rule: ReplicationRule, version: ObjectVersion): boolean {
  if (version.deleteMarker) return rule.deleteMarkers;
  const encryption = version.headers['x-amz-server-side-encryption'] ?? '';
  return rule.kmsObjects || !encryption.startsWith('aws:kms');
}

/** For each destination the rule of the highest priority that takes the version: the higher number wins. */
function rulesFor(bucket: Bucket, version: ObjectVersion): ReplicationRule[] {
  const best = new Map<string, ReplicationRule>();
  for (const rule of enabledRules(bucket)) {
    const other = best.get(rule.destination);
    if (takes(rule, version) && (!other || rule.priority > other.priority)) best.set(rule.destination, rule);
  }
  return [...best.values()].filter((rule) => isEligible(rule, version));
}

function replicaHeaders(version: ObjectVersion, rule: ReplicationRule): Readonly<Record<string, string>> {
  const name = 'x-amz-server-side-encryption-aws-kms-key-id';
  const isKms = (version.headers['x-amz-server-side-encryption'] ?? '').startsWith('aws:kms');
  return isKms && rule.replicaKey !== undefined
    ? { ...version.headers, [name]: rule.replicaKey }
    : version.headers;
}

/** Writes the replica; false where there is no versioned bucket to write it to. */
function copy(world: World, version: ObjectVersion, rule: ReplicationRule): boolean {
  const destination = world.buckets.get(rule.destination.split(':').at(-1) ?? '');
  if (!destination || versioningOf(destination) !== 'Enabled') return false;
  insert(destination, {
    ...version,
    headers: replicaHeaders(version, rule),
    storageClass: rule.storageClass ?? version.storageClass,
    replicationStatus: 'REPLICA',
  });
  return true;
}

/** Stores a new version, copies it where the bucket's rules say, and gives it with its status. */
export function write(world: World, bucket: Bucket, version: ObjectVersion): ObjectVersion {
  const rules = rulesFor(bucket, version);
  const copied = rules.map((rule) => copy(world, version, rule));
  const status = copied.every(Boolean) ? 'COMPLETED' : 'FAILED';
  const stored = rules.length === 0 ? version : { ...version, replicationStatus: status };
  insert(bucket, stored);
  return stored;
}
