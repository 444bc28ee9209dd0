import { nameReplicaKey } from './remedies/replica-key.ts';
import { replicaKeyArn, withReplicaKey } from './shared/example.ts';
import { accountOf } from '../src/arn.ts';
import { defineRule, fail, notApplicable, pass, undetermined } from '../src/rule.ts';

export default defineRule({
  id: 'replica-key-in-source-account',
  title: "Replica key is not the destination owner's",
  severity: 'warning',
  scope: 'route',
  why: "Where another account owns the destination, AWS asks for a key of that account. Under a key of anybody else the owner of the replicas reads them by somebody's leave: whoever loses the account of the source, or disables its key, loses the replicas too, which is what a copy in another account was to prevent.",
  fix: 'Name a customer managed key of the account that owns the destination, whose policy allows the replication role kms:Encrypt and kms:GenerateDataKey. Replicas that are there keep their key until they are copied.',
  page: 'AmazonS3/latest/userguide/replication-troubleshoot.html',
  needs: {},
  evaluate({ source, destination, route }) {
    const key = route.rule.Destination.EncryptionConfiguration?.ReplicaKmsKeyID;
    // Anything but an ARN says no account.
    if (!key?.startsWith('arn:') || destination.account === source.account) return notApplicable;
    const owner = accountOf(key);
    if (owner === destination.account) return pass;
    if (destination.account === null && owner !== source.account) {
      return undetermined(
        `The replica key is of account '${owner}', and the owner of '${destination.name}' is not known.`,
      );
    }
    return fail({
      message: `Replicas of '${source.name}' in '${destination.name}' can be read only as long as account '${owner}' lets them: it owns the key '${key}', and not the bucket.`,
      expected: `a key of ${destination.account ?? 'the account that owns the bucket'}`,
      actual: key,
      at: [`source.replication#/Rules/${route.index}/Destination/EncryptionConfiguration/ReplicaKmsKeyID`],
    });
  },
  remedy: ({ route }) => nameReplicaKey(route),
  examples: {
    bad: {
      replicationRule: withReplicaKey(
        'arn:aws:kms:eu-central-1:111122223333:key/66666666-7777-8888-9999-000000000000',
      ),
    },
    good: { replicationRule: withReplicaKey(replicaKeyArn) },
  },
});
