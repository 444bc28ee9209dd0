import type { Answer } from './permission/answer.ts';
import { askingFor } from './permission/asking.ts';
import { mendKeys } from './permission/mend-keys.ts';
import { judgedOfKeys, wantsKeys } from './permission/both-keys.ts';
import { needsRole } from './permission/places.ts';
import { encryptionContext, judgedFor, reasonsOf } from './permission/reason.ts';
import { decryptingUnder, inContext } from './shared/example.ts';
import { defineRule, unknown } from '../src/rule.ts';

export default defineRule({
  id: 'encryption-context-without-object-arn',
  title: 'Policy takes the encryption context of the bucket, where objects bring their own',
  severity: 'warning',
  scope: 'route',
  why: "Objects that were written before the Bucket Key was switched on, or without it, have their own ARN as their encryption context. The role's policy or the key's takes another only: those objects fail when they are replicated, by S3 Batch Replication above all. Where no Bucket Key is on, that is every object.",
  fix: 'Let the condition on kms:EncryptionContext:aws:s3:arn take `arn:aws:s3:::bucket/*` too. Then send the failed objects again with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/UsingKMSEncryption.html',
  predicts: ['SrcGetObjectNotPermitted', 'DstPutObjectNotPermitted'],
  needs: { ...needsRole, source: ['encryption'] },
  wants: wantsKeys,
  evaluate(view) {
    const { source, destination } = view;
    return judgedOfKeys(view, (keys) => {
      const { bucketKey } = keys;
      const because = (answer: Answer): string =>
        `without a Bucket Key the encryption context is the object's ARN, and ${askingFor(answer, encryptionContext)}`;
      // Where the destination's encryption was not read, replicas may come either way, and both were asked.
      const unread = bucketKey.replica === null && !destination.encryption.known;
      const hangsOnIt = unread && keys.replica.some((one) => reasonsOf(one).has(encryptionContext));
      const now = [
        ...(bucketKey.source ? [] : keys.source),
        ...(bucketKey.replica === false || (unread && !hangsOnIt) ? keys.replica : []),
      ];
      const verdict = judgedFor(encryptionContext, now, {
        because,
        then: `Objects of '${source.name}' that are encrypted with KMS will not reach '${destination.name}'.`,
        severity: 'error',
      });
      if (verdict.outcome === 'fail') return verdict;
      if (hangsOnIt) return unknown(destination.encryption);
      if (!bucketKey.source) return verdict;
      return judgedFor(encryptionContext, keys.earlier, {
        because,
        then: `Objects of '${source.name}' from before its Bucket Key will not reach '${destination.name}'.`,
      });
    });
  },
  remedy: (view) => mendKeys(view, encryptionContext),
  examples: {
    bad: decryptingUnder(inContext('arn:aws:s3:::orders')),
    good: decryptingUnder(inContext('arn:aws:s3:::orders', 'arn:aws:s3:::orders/*')),
  },
});
