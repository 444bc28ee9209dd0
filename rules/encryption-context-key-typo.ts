import { askingFor } from './permission/asking.ts';
import { mendKeys } from './permission/mend-keys.ts';
import { judgedOfKeys, usesOf, wantsKeys } from './permission/both-keys.ts';
import { needsRole } from './permission/places.ts';
import { misspelt } from './permission/answer.ts';
import { judgedFor } from './permission/reason.ts';
import { decryptingUnder, inContext } from './shared/example.ts';
import { defineRule } from '../src/rule.ts';

export default defineRule({
  id: 'encryption-context-key-typo',
  title: 'Condition on an encryption context that S3 never brings',
  severity: 'error',
  scope: 'route',
  why: "S3 brings the encryption context under the key `aws:s3:arn`. The role's policy or the key's asks for kms:EncryptionContext:arn:aws:arn, as one of AWS's own pages prints it, and no request ever has that: what the statement allows it allows nobody.",
  fix: 'Write kms:EncryptionContext:aws:s3:arn in the condition. Then send the failed objects again with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/replication-troubleshoot.html',
  predicts: ['SrcGetObjectNotPermitted', 'DstPutObjectNotPermitted'],
  needs: { ...needsRole, source: ['encryption'] },
  wants: wantsKeys,
  evaluate(view) {
    const { source, destination } = view;
    return judgedOfKeys(view, (keys) =>
      judgedFor(misspelt, usesOf(keys), {
        because: (answer) => `${askingFor(answer, misspelt)}, and S3 brings kms:EncryptionContext:aws:s3:arn`,
        then: `Objects of '${source.name}' that are encrypted with KMS will not reach '${destination.name}'.`,
      }),
    );
  },
  remedy: (view) => mendKeys(view, misspelt),
  examples: {
    bad: decryptingUnder({
      StringLike: { 'kms:EncryptionContext:arn:aws:arn': 'arn:aws:s3:::orders/*' },
    }),
    good: decryptingUnder(inContext('arn:aws:s3:::orders', 'arn:aws:s3:::orders/*')),
  },
});
