import { describeRule } from './describe-rule.ts';
import { describedKey, sourceKeyArn } from '../../rules/shared/example.ts';
import rule from '../../rules/source-key-unusable.ts';
import type { TestSituation } from '../../src/tester.ts';

const under = (KMSMasterKeyID?: string, SSEAlgorithm = 'aws:kms'): Pick<TestSituation, 'source'> => ({
  source: {
    encryption: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm, KMSMasterKeyID } }] },
  },
});
const inState = (KeyState: string): TestSituation => ({
  ...under(sourceKeyArn),
  sourceKey: { description: describedKey(sourceKeyArn, { KeyState }) },
});
const gone = { sourceKey: { description: null } };

describeRule(rule, {
  pass: [
    { name: 'the key is enabled', ...under(sourceKeyArn) },
    { name: 'a key that is being updated decrypts', ...inState('Updating') },
    { name: 'trap 10: no key id is aws/s3, which is enabled', ...under() },
  ],
  fail: [
    {
      name: 'the key is disabled',
      ...inState('Disabled'),
      actual: 'Disabled',
      message: `Objects of 'orders' under its default key will not be replicated, nor can they be read: '${sourceKeyArn}' is in the state Disabled.`,
    },
    { name: 'it waits to be deleted', ...inState('PendingDeletion'), message: ['PendingDeletion'] },
    { name: 'it is gone', ...under(sourceKeyArn), ...gone, message: ['does not exist'] },
    {
      name: 'DSSE-KMS needs its key as well',
      ...under(sourceKeyArn, 'aws:kms:dsse'),
      ...gone,
      message: ['does not exist'],
    },
  ],
  notApplicable: [
    { name: 'SSE-S3 names no key' },
    { name: 'no default encryption', source: { encryption: null } },
    { name: "S3's own key was never made", ...under(), ...gone },
  ],
  unknown: [{ name: 'the key is denied', ...under(sourceKeyArn), denied: ['sourceKey.description'] }],
  undetermined: [
    {
      name: 'trap: an alias is looked up in the account of whoever writes',
      ...under('alias/orders'),
      ...gone,
      message: ["no 'alias/orders' in account '111122223333'"],
    },
  ],
});
