import { policyOf, withReplicaKey } from './shared/example.ts';
import { defaultEncryption, isKms } from './shared/encryption.ts';
import { allowByNetwork, denyByNetwork, type Limit } from './shared/network.ts';
import { nameOf } from './shared/statement.ts';
import { isMalformed } from '../src/iam/policy.ts';
import { ofText } from '../src/iam/remembered.ts';
import { defineRule, fail, notApplicable, pass, undetermined, unknown } from '../src/rule.ts';

export default defineRule({
  id: 'key-policy-network-condition',
  title: 'Policy of a key asks for a network that replication does not come from',
  severity: 'warning',
  scope: 'route',
  why: "The policy of the key of the source or of the replicas ties its use to addresses, to endpoints of a network or to access points. S3 uses both keys when it replicates, and comes from none of these; AWS warns that such policies can make replication fail, and names no failure reason: DstPutObjectNotPermitted is what we expect of the replicas' key.",
  fix: 'Let the replication role out of the statement with a condition on aws:PrincipalArn, or ask for kms:ViaService instead of a network. Then send the failed objects again with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/replication-troubleshoot.html',
  predicts: ['DstPutObjectNotPermitted'],
  needs: { source: ['encryption'], replicaKey: ['policy'] },
  // Without SSE-KMS as its default the source names no key.
  wants: { sourceKey: ['policy'] },
  evaluate({ source, destination, role, sourceKey, replicaKey }) {
    if (replicaKey.policy === null) return notApplicable;
    const ofReplicas = limitOf(replicaKey.policy, role, [
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:Decrypt',
    ]);
    if (typeof ofReplicas === 'string')
      return undetermined(`The policy of the key '${replicaKey.id}' cannot be read: ${ofReplicas}`);
    const from = `Objects of '${source.name}' that are encrypted with KMS may not reach '${destination.name}'`;
    if (ofReplicas !== null)
      return fail({ ...found(from, replicaKey.id, ofReplicas), at: ['replicaKey.policy'] });
    if (!isKms(defaultEncryption(source.encryption).algorithm)) return pass;
    if (!sourceKey.policy.known) return unknown(sourceKey.policy);
    const ofSource =
      sourceKey.policy.value === null ? null : limitOf(sourceKey.policy.value, role, ['kms:Decrypt']);
    if (typeof ofSource === 'string')
      return undetermined(`The policy of the key '${sourceKey.id}' cannot be read: ${ofSource}`);
    return ofSource === null
      ? pass
      : fail({ ...found(from, sourceKey.id, ofSource), at: ['sourceKey.policy'] });
  },
  examples: {
    bad: {
      replicationRule: withReplicaKey(),
      replicaKey: {
        policy: policyOf(
          { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' },
          {
            Sid: 'OfficeOnly',
            Effect: 'Deny',
            Principal: '*',
            Action: 'kms:*',
            Resource: '*',
            Condition: { NotIpAddress: { 'aws:SourceIp': '198.51.100.0/24' } },
          },
        ),
      },
    },
    good: { replicationRule: withReplicaKey() },
  },
});

interface Role {
  readonly arn: string;
  readonly account: string;
}

/** The first limit on one of the actions; a text says why the policy cannot be read. */
function limitOf(text: string, role: Role, actions: readonly string[]): Limit | string | null {
  const policy = ofText(text, 'key policy', 'resource');
  if (isMalformed(policy)) return policy.malformed;
  for (const action of actions) {
    const limit = denyByNetwork(policy, role, action, 'kms') ?? allowByNetwork(policy, role, action);
    if (limit !== null) return limit;
  }
  return null;
}

function found(
  from: string,
  key: string,
  { statement, key: condition }: Limit,
): { readonly message: string; readonly expected: string; readonly actual: string } {
  const does =
    statement.effect === 'Deny'
      ? 'denies the role what its condition'
      : 'allows the role only what its condition';
  return {
    message: `${from}: ${nameOf(statement)} in the policy of the key '${key}' ${does} on ${condition} decides, and replication comes from no such network.`,
    expected: 'no condition on a network for the replication role',
    actual: `${statement.effect} on ${condition}`,
  };
}
