import { askingFor } from './permission/asking.ts';
import { mendKeys } from './permission/mend-keys.ts';
import { judgedOfKeys, wantsKeys } from './permission/both-keys.ts';
import { needsRole } from './permission/places.ts';
import { encryptionContext, judgedFor, reasonsOf } from './permission/reason.ts';
import { decryptingUnder, inContext } from './shared/example.ts';
import { defineRule, notApplicable, undetermined, unknown } from '../src/rule.ts';

export default defineRule({
  id: 'encryption-context-without-bucket-arn',
  title: "Policy takes the encryption context of objects, where a Bucket Key brings the bucket's",
  severity: 'error',
  scope: 'route',
  why: "With a Bucket Key the encryption context that S3 brings to KMS is the bucket's ARN, and no longer the object's. The role's policy or the key's takes `arn:aws:s3:::bucket/*` only, which the bucket's ARN does not match: the objects fail since the Bucket Key was switched on.",
  fix: "Let the condition on kms:EncryptionContext:aws:s3:arn take the bucket's ARN too; keep the objects' for those that were written before the Bucket Key. Then send the failed objects again with S3 Batch Replication.",
  page: 'AmazonS3/latest/userguide/bucket-key.html',
  predicts: ['SrcGetObjectNotPermitted', 'DstPutObjectNotPermitted'],
  needs: { ...needsRole, source: ['encryption'] },
  wants: wantsKeys,
  evaluate(view) {
    const { source, destination } = view;
    return judgedOfKeys(view, (keys) => {
      const { bucketKey } = keys;
      if (!bucketKey.source && bucketKey.replica === false) return notApplicable;
      const settled = [
        ...(bucketKey.source ? keys.source : []),
        ...(bucketKey.replica === true ? [...keys.replica, ...keys.verify] : []),
      ];
      const verdict = judgedFor(encryptionContext, settled, {
        because: (answer) =>
          `with a Bucket Key the encryption context is the bucket's ARN, and ${askingFor(answer, encryptionContext)}`,
        then: `Objects of '${source.name}' that are encrypted with KMS will not reach '${destination.name}'.`,
      });
      const isOpen =
        bucketKey.replica === null &&
        [...keys.replica, ...keys.verify].some((one) => reasonsOf(one).has(encryptionContext));
      if (!isOpen || verdict.outcome === 'fail') return verdict;
      return destination.encryption.known
        ? undetermined(openContext(destination.name))
        : unknown(destination.encryption);
    });
  },
  remedy: (view) => mendKeys(view, encryptionContext),
  examples: {
    bad: decryptingUnder(inContext('arn:aws:s3:::orders/*')),
    good: decryptingUnder(inContext('arn:aws:s3:::orders', 'arn:aws:s3:::orders/*')),
  },
});

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html#bucket-key-replication */
function openContext(destination: string): string {
  return `A Bucket Key is in play at one end only, and AWS's pages disagree whether the replicas in '${destination}' get one. The policies of the replicas' key take one of the two encryption contexts, and not the other.`;
}
