/** What S3 does with the keys of a route: it decrypts with the source's, and encrypts with the replicas'. */
import { askKey, type Answer } from './answer.ts';
import { alone, replicaKey, sourceKey, type Target } from './places.ts';
import { prefixesOf, prefixOf } from './prefix.ts';
import { reasonsOf } from './reason.ts';
import { takesKms } from './written.ts';
import { defaultEncryption, isKms } from '../shared/encryption.ts';
import type { Place } from '../../src/iam/replication.ts';
import type { EncryptionConfiguration } from '../../src/model/aws.ts';
import type { Unknown } from '../../src/model/facts.ts';
import type { Observed, Route } from '../../src/rule.ts';

/** What rules about the source's key want. */
export const wantsSourceKey = {
  roleAccount: ['serviceControlPolicies'],
  sourceKey: ['policy', 'grants'],
  sourceKeyAccount: ['resourceControlPolicies'],
} as const;
/** What rules about the replicas' key want: whether a Bucket Key is in play both ends' encryption tells. */
export const wantsReplicaKey = {
  roleAccount: ['serviceControlPolicies'],
  replicaKey: ['policy', 'grants'],
  replicaKeyAccount: ['resourceControlPolicies'],
  source: ['encryption'],
  destination: ['encryption'],
} as const;
/** What rules about both keys want; a route may name either, both or none. */
export const wantsKeys = {
  roleAccount: ['serviceControlPolicies'],
  sourceKey: ['description', 'policy', 'grants'],
  sourceKeyAccount: ['resourceControlPolicies'],
  replicaKey: ['description', 'policy', 'grants'],
  replicaKeyAccount: ['resourceControlPolicies'],
  destination: ['encryption'],
} as const;

/** The routes whose rules take objects encrypted with KMS. */
export function kmsRoutes(routes: readonly Route[]): readonly Route[] {
  return routes.filter(({ rule }) => takesKms(rule));
}

/** S3 decrypts what the source's key encrypted, a prefix at a time. */
export function askSourceKey<P extends string>(
  target: Target<P>,
  routes: readonly Route[],
  bucketKey: boolean,
): readonly Answer<P>[] {
  return routes
    .slice(0, 1)
    .flatMap(({ source }) =>
      prefixesOf(routes).map((prefix) =>
        askKey(target, 'kms:Decrypt', { bucket: placeOf(source), prefix, bucketKey }),
      ),
    );
}

/** One question for each way in which replicas may be encrypted: with a Bucket Key, without, or either where that is open. */
export function askReplicaKey<P extends string>(
  target: Target<P>,
  action: string,
  { rule, destination }: Route,
  bucketKey: boolean | null,
): readonly Answer<P>[] {
  const ways = bucketKey === null ? [true, false] : [bucketKey];
  return ways.map((one) =>
    askKey(target, action, { bucket: placeOf(destination), prefix: prefixOf(rule), bucketKey: one }),
  );
}

/** The rights that S3 needs of the replicas' key. */
export const encrypting = ['kms:Encrypt', 'kms:GenerateDataKey'];

/** Whether another account's key gives the role nothing at all, whatever the role itself is allowed. */
export function givesNothing(target: Target, route: Route): boolean {
  if (target.place.account === target.replicator.account) return false;
  const own = encrypting.flatMap((action) => askReplicaKey(alone(target), action, route, true));
  return own.every(
    (answer) => answer.decision.outcome === 'implicitlyDenied' && reasonsOf(answer).has('permission'),
  );
}

/** Whether a bucket's default encryption has a Bucket Key. DSSE-KMS has none. */
export function hasBucketKey(encryption: EncryptionConfiguration | null): boolean {
  const { algorithm, bucketKey } = defaultEncryption(encryption);
  return algorithm === 'aws:kms' && bucketKey;
}

/**
 * Whether replicas have a Bucket Key; null where that is open: AWS's pages disagree on a Bucket Key at one end only.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html#bucket-key-replication
 */
export function replicasHaveBucketKey(
  source: Observed<EncryptionConfiguration | null>,
  destination: Observed<EncryptionConfiguration | null>,
): boolean | null {
  if (!source.known || !destination.known) return null;
  const [one, other] = [hasBucketKey(source.value), hasBucketKey(destination.value)];
  return one === other ? one : null;
}

type Ends = Parameters<typeof sourceKey>[0] &
  Parameters<typeof replicaKey>[0] & {
    readonly source: { readonly encryption: EncryptionConfiguration | null };
    readonly destination: { readonly encryption: Observed<EncryptionConfiguration | null> };
    readonly route: Route;
  };

type Fact =
  | (typeof sourceKey extends (view: never) => Target<infer P> | null ? P : never)
  | (typeof replicaKey extends (view: never) => Target<infer P> | null ? P : never);

/** What a route asks of both keys, as far as it names them. */
export interface KeyAnswers {
  /** Of objects as the source writes them now. */
  readonly source: readonly Answer<Fact>[];
  /** Of objects from before the source's Bucket Key; none where it has none. */
  readonly earlier: readonly Answer<Fact>[];
  readonly replica: readonly Answer<Fact>[];
  /** Whether replicas have a Bucket Key; null where that is open. */
  readonly bucketKey: { readonly source: boolean; readonly replica: boolean | null };
}

/** Asks both keys; null where the route takes no objects encrypted with KMS, or the role does not exist. */
export function askKeys(view: Ends): KeyAnswers | Unknown | null {
  const { source, destination, route } = view;
  if (view.role.policies === null || !takesKms(route.rule)) return null;
  const isEncrypted = isKms(defaultEncryption(source.encryption).algorithm);
  const isNamed = route.rule.Destination.EncryptionConfiguration?.ReplicaKmsKeyID !== undefined;
  for (const [asked, { description }] of [
    [isEncrypted, view.sourceKey],
    [isNamed, view.replicaKey],
  ] as const)
    if (asked && description !== null && 'known' in description && !description.known) return description;
  const own = isEncrypted ? sourceKey(view) : null;
  const theirs = isNamed ? replicaKey(view) : null;
  const hasOwn = hasBucketKey(source.encryption);
  const encryption = { known: true, value: source.encryption, account: '', at: '' } as const;
  const hasTheirs = replicasHaveBucketKey(encryption, destination.encryption);
  return {
    source: own === null ? [] : askSourceKey(own, [route], hasOwn),
    earlier: own === null || !hasOwn ? [] : askSourceKey(own, [route], false),
    replica:
      theirs === null ? [] : encrypting.flatMap((action) => askReplicaKey(theirs, action, route, hasTheirs)),
    bucketKey: { source: hasOwn, replica: hasTheirs },
  };
}

/** Only the ARN of the place has a part in the encryption context. */
function placeOf({ arn, account, region }: Route['source'] | Route['destination']): Place {
  return { arn, account: account ?? '', region, organization: 'unknown' };
}
