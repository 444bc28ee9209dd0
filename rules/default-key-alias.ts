import { nameDefaultKey } from './remedies/encryption.ts';
import { sourceKeyArn } from './shared/example.ts';
import { defaultEncryption } from './shared/encryption.ts';
import { isBareAlias, isOwnKey } from './shared/key.ts';
import { defineRule, fail, notApplicable, pass } from '../src/rule.ts';

export default defineRule({
  id: 'default-key-alias',
  title: 'Default key is named by an alias that says no account',
  severity: 'warning',
  scope: 'bucket',
  why: "KMS looks an alias up in the account of whoever writes the object. Who writes from another account encrypts under a key of that account, which the bucket's owner may not be able to use, or is refused for want of such an alias. S3 needs the key to replicate the object too.",
  fix: 'Name the key by its ARN in the default encryption. Objects that are there keep the key under which they were written.',
  page: 'AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html',
  needs: { bucket: ['encryption'] },
  evaluate({ bucket }) {
    const { key } = defaultEncryption(bucket.encryption);
    // To name S3's own key is to name none.
    if (key === null || isOwnKey(key)) return notApplicable;
    if (!isBareAlias(key)) return pass;
    return fail({
      message: `New objects of '${bucket.name}' may be encrypted under a key that is not its owner's: '${key}' is looked up in the account of whoever writes.`,
      expected: 'the ARN of a key',
      actual: key,
      at: ['bucket.encryption#/Rules/0/ApplyServerSideEncryptionByDefault/KMSMasterKeyID'],
    });
  },
  remedy: ({ bucket }) => nameDefaultKey(bucket.name, defaultEncryption(bucket.encryption).algorithm),
  examples: {
    bad: {
      source: {
        encryption: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/orders' },
            },
          ],
        },
      },
    },
    good: {
      source: {
        encryption: {
          Rules: [
            { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: sourceKeyArn } },
          ],
        },
      },
    },
  },
});
