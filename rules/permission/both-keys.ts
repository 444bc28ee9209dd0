/** What a route asks of both keys, for the rules about conditions on their use. */
import type { Answer } from './answer.ts';
import {
  askReplicaKey,
  askSourceKey,
  encrypting,
  hasBucketKey,
  replicasHaveBucketKey,
  verifying,
} from './keys.ts';
import { replicaKey, sourceKey, type Target } from './places.ts';
import { takesKms } from './written.ts';
import { defaultEncryption, isKms } from '../shared/encryption.ts';
import type { EncryptionConfiguration } from '../../src/model/aws.ts';
import type { Unknown } from '../../src/model/facts.ts';
import { Recent } from '../../src/recent.ts';
import { notApplicable, unknown, type Observed, type Route, type Verdict } from '../../src/rule.ts';

/** What rules about both keys want; a route may name either, both or none. */
export const wantsKeys = {
  roleAccount: ['serviceControlPolicies'],
  sourceKey: ['description', 'policy', 'grants'],
  sourceKeyAccount: ['resourceControlPolicies'],
  replicaKey: ['description', 'policy', 'grants'],
  replicaKeyAccount: ['resourceControlPolicies'],
  destination: ['encryption'],
} as const;

export type Ends = Parameters<typeof sourceKey>[0] &
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
  /** Of the Bucket Key of the destination; none where neither end has one. */
  readonly verify: readonly Answer<Fact>[];
  /** Whether replicas have a Bucket Key; null where that is open. */
  readonly bucketKey: { readonly source: boolean; readonly replica: boolean | null };
}

const asked = new Recent<Ends['replicaKey'], KeyAnswers | Unknown | null>(2);

/** Judges what a route asks of both keys, where it asks anything and what has to be known of the keys is. */
export function judgedOfKeys<P extends string>(
  view: Ends,
  judge: (keys: KeyAnswers) => Verdict<P>,
): Verdict<P> {
  const keys = askKeys(view);
  if (keys === null) return notApplicable;
  return 'known' in keys ? unknown(keys) : judge(keys);
}

/** Every use of the keys as objects are written now. */
export function usesOf({ source, replica, verify }: KeyAnswers): KeyAnswers['source'] {
  return [...source, ...replica, ...verify];
}

/**
 * Asks both keys; null where the route takes no objects encrypted with KMS, or the role does not exist. Each rule about a
 * condition needs and wants the same of a route, and is shown the same, so that they ask once.
 */
export function askKeys(view: Ends): KeyAnswers | Unknown | null {
  return asked.of(view.replicaKey, () => answersOf(view));
}

function answersOf(view: Ends): KeyAnswers | Unknown | null {
  const { source, destination, route } = view;
  if (view.role.policies === null || !takesKms(route.rule)) return null;
  const isEncrypted = isKms(defaultEncryption(source.encryption).algorithm);
  const isNamed = route.rule.Destination.EncryptionConfiguration?.ReplicaKmsKeyID !== undefined;
  for (const [isAsked, { description }] of [
    [isEncrypted, view.sourceKey],
    [isNamed, view.replicaKey],
  ] as const)
    if (isAsked && description !== null && 'known' in description && !description.known) return description;
  const own = isEncrypted ? sourceKey(view) : null;
  const theirs = isNamed ? replicaKey(view) : null;
  const hasOwn = hasBucketKey(source.encryption);
  const hasAny = hasOwn || (destination.encryption.known && hasBucketKey(destination.encryption.value));
  const encryption = { known: true, value: source.encryption, account: '', at: '' } as const;
  const hasTheirs = replicasHaveBucketKey(encryption, destination.encryption);
  return {
    source: own === null ? [] : askSourceKey(own, [route], hasOwn),
    earlier: own === null || !hasOwn ? [] : askSourceKey(own, [route], false),
    replica:
      theirs === null ? [] : encrypting.flatMap((action) => askReplicaKey(theirs, action, route, hasTheirs)),
    verify: theirs === null || !hasAny ? [] : askReplicaKey(theirs, verifying, route, true),
    bucketKey: { source: hasOwn, replica: hasTheirs },
  };
}
