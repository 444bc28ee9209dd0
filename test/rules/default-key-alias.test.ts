import { describeRule } from './describe-rule.ts';
import rule from '../../rules/default-key-alias.ts';
import { sourceKeyArn } from '../../rules/shared/example.ts';

const under = (KMSMasterKeyID?: string, SSEAlgorithm = 'aws:kms'): object => ({
  source: {
    encryption: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm, KMSMasterKeyID } }] },
  },
});

describeRule(rule, {
  pass: [
    { name: 'the ARN of a key', ...under(sourceKeyArn) },
    { name: 'the ARN of an alias', ...under('arn:aws:kms:eu-west-1:111122223333:alias/orders') },
    { name: 'a bare key id is no alias', ...under('11111111-2222-3333-4444-555555555555') },
  ],
  fail: [
    {
      name: 'an alias',
      ...under('alias/orders'),
      message:
        "New objects of 'orders' may be encrypted under a key that is not its owner's: 'alias/orders' is looked up in the account of whoever writes.",
    },
    {
      name: 'DSSE-KMS looks it up as well',
      ...under('alias/orders', 'aws:kms:dsse'),
      message: ['alias/orders'],
    },
  ],
  notApplicable: [
    { name: 'trap 10: no key id is aws/s3', ...under() },
    { name: "S3's own key by its alias is the same", ...under('alias/aws/s3') },
    { name: 'SSE-S3 has no key', ...under(undefined, 'AES256') },
    { name: 'no default encryption', source: { encryption: null } },
  ],
  unknown: [{ name: 'the encryption is denied', denied: ['bucket.encryption'] }],
});
