import { nameReplicaKey } from './remedies/replica-key.ts';
import { replicaKeyArn, withReplicaKey } from './shared/example.ts';
import { isBareAlias } from './shared/key.ts';
import { defineRule, fail, notApplicable, pass } from '../src/rule.ts';

export default defineRule({
  id: 'replica-key-alias',
  title: 'Replica key is named by an alias that says no account',
  severity: 'warning',
  scope: 'route',
  why: 'KMS looks an alias up in the account of whoever asks, and here that is the role of the source: replicas end up under a key that is not the one that was meant, or under none. An alias can also be moved to another key, and no policy can be written for it. Of a missing key AWS says DstKmsKeyNotFound; whether an alias that is looked up elsewhere counts as one is our expectation. The ARN of an alias names its account and its Region, and AWS takes it.',
  fix: 'Name the key by its ARN in the replication rule. Then send what failed again with S3 Batch Replication.',
  page: 'AmazonS3/latest/API/API_EncryptionConfiguration.html',
  predicts: ['DstKmsKeyNotFound'],
  needs: {},
  evaluate({ source, destination, route }) {
    const key = route.rule.Destination.EncryptionConfiguration?.ReplicaKmsKeyID;
    if (key === undefined) return notApplicable;
    if (!isBareAlias(key)) return pass;
    return fail({
      message: `Objects of '${source.name}' that are encrypted with KMS may not reach '${destination.name}', or under another key than was meant: '${key}' is looked up in the account of the replication role.`,
      expected: 'the ARN of a key',
      actual: key,
      at: [`source.replication#/Rules/${route.index}/Destination/EncryptionConfiguration/ReplicaKmsKeyID`],
    });
  },
  remedy: ({ route }) => nameReplicaKey(route),
  examples: {
    bad: { replicationRule: withReplicaKey('alias/replicas') },
    good: { replicationRule: withReplicaKey(replicaKeyArn) },
  },
});
