/** What S3 does with the keys of a route: it decrypts with the source's, and encrypts with the replicas'. */
import { askKey, type Answer } from './answer.ts';
import type { Target } from './places.ts';
import { prefixesOf } from './prefix.ts';
import { reasonsOf, viaService } from './reason.ts';
import { alone, allowedByOwner } from './supposed.ts';
import { takesKms } from './written.ts';
import { defaultEncryption } from '../shared/encryption.ts';
import type { Statement } from '../remedies/permission.ts';
import { filterSet } from '../../src/filter.ts';
import type { Place } from '../../src/iam/replication.ts';
import type { EncryptionConfiguration } from '../../src/model/aws.ts';
import type { KeyRef } from '../../src/model/estate.ts';
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
    askKey(target, action, { bucket: placeOf(destination), prefix: filterSet(rule).prefix, bucketKey: one }),
  );
}

/** The rights that S3 needs of the replicas' key. */
export const encrypting = ['kms:Encrypt', 'kms:GenerateDataKey'];

/** S3 verifies a Bucket Key before it uses it. https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html#bk-replication */
export const verifying = 'kms:Decrypt';

/** Whether another account's key gives the role nothing at all, whatever the role itself is allowed. */
export function givesNothing(target: Target, route: Route): boolean {
  if (target.place.account === target.replicator.account) return false;
  const own = encrypting.flatMap((action) => askReplicaKey(alone(target), action, route, true));
  return own.every(
    (answer) => answer.decision.outcome === 'implicitlyDenied' && reasonsOf(answer).has('permission'),
  );
}

/** What the role's own side is asked: where the key gives nothing, which is the finding of replica-key-policy-missing, as if it gave all. */
export function sideOfRole<P extends string>(target: Target<P>, route: Route): Target<P> {
  return givesNothing(target, route) ? allowedByOwner(target) : target;
}

/** A condition for S3 alone; how S3 is called in China no page tells. */
export function viaS3({ id, region }: KeyRef): Pick<Statement, 'Condition'> {
  if (id.startsWith('arn:aws-cn:')) return {};
  return { Condition: { StringEquals: { [viaService]: `s3.${region}.amazonaws.com` } } };
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

/** Only the ARN of the place has a part in the encryption context. */
function placeOf({ arn, account, region }: Route['source'] | Route['destination']): Place {
  return { arn, account: account ?? '', region, organization: 'unknown' };
}
