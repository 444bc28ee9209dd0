import { viaS3 } from './permission/keys.ts';
import { allowInKey, remedyOf } from './remedies/permission.ts';
import { keyPolicy } from './remedies/policy.ts';
import { spare } from './remedies/let-out.ts';
import { policyOf, withReplicaKey } from './shared/example.ts';
import { defaultEncryption, isKms } from './shared/encryption.ts';
import { malformedAs } from './shared/malformed.ts';
import { allowByNetwork, denyByNetwork, type Limit } from './shared/network.ts';
import { nameOf } from './shared/statement.ts';
import { isMalformed, type Malformed } from '../src/iam/policy.ts';
import { ofText } from '../src/iam/remembered.ts';
import type { KeyDescription } from '../src/model/aws.ts';
import type { KeyRef } from '../src/model/estate.ts';
import {
  defineRule,
  fail,
  notApplicable,
  pass,
  undetermined,
  unknown,
  type Observed,
  type Remedy,
} from '../src/rule.ts';

const ofReplicas = ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:Decrypt'];
const ofSource = ['kms:Decrypt'];

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
  wants: { sourceKey: ['policy', 'description'], replicaKey: ['description'] },
  evaluate({ source, destination, role, sourceKey, replicaKey }) {
    if (replicaKey.policy === null) return notApplicable;
    const there = limitOf(replicaKey.policy, role, ofReplicas);
    if (there !== null && 'malformed' in there)
      return undetermined(malformedAs(`policy of the key '${replicaKey.id}'`, there));
    const from = `Objects of '${source.name}' that are encrypted with KMS may not reach '${destination.name}'`;
    if (there !== null) return fail({ ...found(from, replicaKey.id, there), at: ['replicaKey.policy'] });
    if (!isKms(defaultEncryption(source.encryption).algorithm)) return pass;
    if (!sourceKey.policy.known) return unknown(sourceKey.policy);
    const here = sourceKey.policy.value === null ? null : limitOf(sourceKey.policy.value, role, ofSource);
    if (here !== null && 'malformed' in here)
      return undetermined(malformedAs(`policy of the key '${sourceKey.id}'`, here));
    return here === null ? pass : fail({ ...found(from, sourceKey.id, here), at: ['sourceKey.policy'] });
  },
  remedy({ role, sourceKey, replicaKey }) {
    const own = sourceKey.policy.known ? sourceKey.policy.value : null;
    const here = mendOf(replicaKey, replicaKey.policy, role, ofReplicas);
    return here ?? mendOf(sourceKey, own, role, ofSource) ?? {};
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

interface Key extends KeyRef {
  readonly description: Observed<KeyDescription | null>;
}

/** A policy is put by the ARN of its key, and by no alias. */
function arnOf({ id, description }: Key): string {
  return (description.known ? description.value?.Arn : undefined) ?? id;
}

interface Role {
  readonly arn: string;
  readonly account: string;
}

/** The first limit on one of the actions. */
function limitOf(text: string, role: Role, actions: readonly string[]): Limit | Malformed | null {
  const policy = ofText(text, 'key policy', 'resource');
  if (isMalformed(policy)) return policy;
  for (const action of actions) {
    const limit = denyByNetwork(policy, role, action, 'kms') ?? allowByNetwork(policy, role, action);
    if (limit !== null) return limit;
  }
  return null;
}

/** Lets the role out of a Deny; of an Allow it gets another, for what comes through S3. */
function mendOf(key: Key, policy: string | null, role: Role, actions: readonly string[]): Remedy | null {
  const limit = policy === null ? null : limitOf(policy, role, actions);
  if (policy === null || limit === null || 'malformed' in limit) return null;
  const id = arnOf(key);
  if (limit.statement.effect === 'Deny')
    return spare(keyPolicy(id, key.region), policy, limit.statement.index, role.arn);
  const statement = {
    Sid: 'Replication',
    Effect: 'Allow',
    Principal: { AWS: role.arn },
    Action: actions,
    Resource: '*',
    ...viaS3({ ...key, id }),
  } as const;
  return remedyOf([allowInKey(id, policy, key.region, statement)]);
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
