import { describeRule } from './describe-rule.ts';
import rule from '../../rules/replica-key-wrong-type.ts';
import { describedKey, replicaKeyArn, withReplicaKey } from '../../rules/shared/example.ts';
import type { TestSituation } from '../../src/tester.ts';

const ofType = (KeySpec: string, KeyUsage: string): TestSituation => ({
  replicationRule: withReplicaKey(),
  replicaKey: { description: describedKey(replicaKeyArn, { KeySpec, KeyUsage }) },
});

describeRule(rule, {
  pass: [{ name: 'a symmetric key', replicationRule: withReplicaKey() }],
  fail: [
    {
      name: 'a key that signs',
      ...ofType('RSA_2048', 'SIGN_VERIFY'),
      message: `Objects of 'orders' that are encrypted with KMS will not reach 'orders-replica': the key for its replicas, '${replicaKeyArn}', is of the type RSA_2048 for SIGN_VERIFY.`,
    },
    {
      name: 'an asymmetric key that encrypts',
      ...ofType('RSA_4096', 'ENCRYPT_DECRYPT'),
      actual: 'RSA_4096 for ENCRYPT_DECRYPT',
      message: ['RSA_4096 for ENCRYPT_DECRYPT'],
    },
    { name: 'a key for codes', ...ofType('HMAC_256', 'GENERATE_VERIFY_MAC'), message: ['HMAC_256'] },
  ],
  notApplicable: [
    { name: 'no replica key' },
    {
      name: 'the key does not exist: another rule says so',
      replicationRule: withReplicaKey(),
      replicaKey: { description: null },
    },
  ],
  unknown: [
    { name: 'the key is denied', replicationRule: withReplicaKey(), denied: ['replicaKey.description'] },
  ],
});
