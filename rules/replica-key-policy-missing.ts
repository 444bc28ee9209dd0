import type { Answer } from './permission/answer.ts';
import { askReplicaKey, encrypting, givesNothing, verifying } from './permission/keys.ts';
import { mistakenFor, mistakenly } from './permission/mistaken.ts';
import { needsRole, replicaKey, type Target } from './permission/places.ts';
import { judgedFor } from './permission/reason.ts';
import { alone } from './permission/supposed.ts';
import { takesKms } from './permission/written.ts';
import { allowInKey, remedyOf } from './remedies/permission.ts';
import { ownersKeyPolicy, withReplicaKey } from './shared/example.ts';
import { malformedAs } from './shared/malformed.ts';
import { isMalformed, type Malformed, type Policy } from '../src/iam/policy.ts';
import { defineRule, notApplicable, pass, undetermined } from '../src/rule.ts';

export default defineRule({
  id: 'replica-key-policy-missing',
  title: "Policy of another account's key does not let the role encrypt replicas",
  severity: 'error',
  scope: 'route',
  why: "The key of the replicas belongs to another account than the role, so its policy or a grant must let the role, or the role's account, use it. Neither does, or the policy means a role of another path or one that was deleted, and every object that is encrypted with KMS fails, whatever the role's own policies allow.",
  fix: "Let the owner of the key add the statement to the key's policy. Then send the failed objects again with S3 Batch Replication.",
  page: 'AmazonS3/latest/userguide/replication-troubleshoot.html',
  predicts: ['DstPutObjectNotPermitted'],
  needs: { ...needsRole, replicaKey: ['description', 'policy', 'grants'] },
  wants: { roleAccount: ['serviceControlPolicies'], replicaKeyAccount: ['resourceControlPolicies'] },
  evaluate(view) {
    const { source, destination, route, replicaKey: key } = view;
    const known = { known: true, account: '', at: '' } as const;
    const target = replicaKey({
      ...view,
      replicaKey: {
        ...key,
        policy: { ...known, value: key.policy },
        grants: { ...known, value: key.grants },
      },
    });
    if (target === null || !takesKms(route.rule) || target.place.account === target.replicator.account)
      return notApplicable;
    // Nobody can change the policy of AWS's own key: it is the finding of replica-key-aws-managed.
    if (key.description?.KeyManager === 'AWS') return notApplicable;
    const answers = encrypting.flatMap((action) => askReplicaKey(alone(target), action, route, true));
    const { resource } = target.layers;
    if (isPolicy(resource) && isMalformed(resource) && answers.some(isOpen))
      return undetermined(malformedAs(target.policyName, resource));
    if (!givesNothing(target, route)) return pass;
    const meant = mistakenIn(view.role, target);
    return judgedFor('permission', answers, {
      ...(meant === null
        ? {}
        : { because: () => `the ${target.policyName} ${mistakenly(meant, view.role)}` }),
      then: `Objects of '${source.name}' that are encrypted with KMS will not reach '${destination.name}'.`,
    });
  },
  remedy: ({ role, replicaKey: key }) =>
    remedyOf([
      allowInKey(key.description?.Arn ?? key.id, key.policy, key.region, {
        Sid: 'Replication',
        Effect: 'Allow',
        Principal: { AWS: role.arn },
        Action: [...encrypting, verifying],
        Resource: '*',
      }),
    ]),
  examples: {
    bad: { replicationRule: withReplicaKey(), replicaKey: { policy: ownersKeyPolicy } },
    good: { replicationRule: withReplicaKey() },
  },
});

function isPolicy(resource: Target['layers']['resource']): resource is Policy | Malformed {
  return resource !== null && resource !== 'unread';
}

function isOpen({ decision }: Answer): boolean {
  return decision.outcome === 'undetermined';
}

/** Whom the key's policy means in the role's stead. */
function mistakenIn(
  role: { readonly arn: string; readonly account: string },
  { layers: { resource } }: Target,
): string | null {
  if (!isPolicy(resource) || isMalformed(resource)) return null;
  return mistakenFor(role, resource, 'kms:Encrypt');
}
