/** What hangs on where a request comes from, and has rules of its own. */
import { ifUnknown, type Answer } from './answer.ts';
import { isMalformed, type Statement } from '../../src/iam/policy.ts';
import { networkKeys } from '../shared/network.ts';
import { takesAction } from '../shared/statement.ts';

/**
 * Whether nothing but a network stands in the way: of a destination the finding of network-condition-blocks-role, of a key
 * that of key-policy-network-condition. Of a source there is no such rule.
 */
export function isOfNetworks(answer: Answer): boolean {
  if (answer.decision.outcome === 'allowed' || answer.target.facts.resource === 'source.policy') return false;
  const { outcome, layer, unknown } = ifUnknown(answer, networkKeys).decision;
  if (outcome !== 'undetermined' || layer !== 'resource') return false;
  if (!unknown.every(({ name }) => networkKeys.includes(name.toLowerCase()))) return false;
  if (answer.action.startsWith('kms:')) return true;
  const statement = statementOf(ifUnknown(answer, networkKeys));
  return statement?.effect === 'Deny' && takesAction(statement, 's3:ReplicateObject');
}

function statementOf({ decision, target: { layers } }: Answer): Statement | undefined {
  const { resource } = layers;
  if (resource === null || resource === 'unread' || isMalformed(resource)) return undefined;
  return resource.statements.find(({ index }) => index === decision.statement?.index);
}
