/** What to add where the keys are allowed under a condition only that S3 does not meet. */
import type { Answer } from './answer.ts';
import { askKeys, type Ends } from './both-keys.ts';
import { encrypting, verifying, viaS3 } from './keys.ts';
import { added, type Want } from './mend.ts';
import { encryptionContext, refusedFor, type Reason } from './reason.ts';
import { allowInKey, allowRole, type Statement } from '../remedies/permission.ts';
import type { Remedy } from '../../src/rule.ts';

type Key = Ends['sourceKey'];

/** Lets the role use both keys under conditions that S3 does meet, as far as one reason keeps it from that. */
export function mendKeys(view: Ends, reason: Reason): Remedy {
  const keys = askKeys(view);
  if (keys === null || 'known' in keys) return {};
  const { role, sourceKey, replicaKey, route } = view;
  const { source, destination, index } = route;
  const want = (
    answers: readonly Answer[],
    key: Key,
    bucket: string,
    of: string,
    statement: Named,
  ): Want[] => {
    const refused = refusedFor(reason, answers);
    const [first] = refused;
    if (first === undefined) return [];
    return [
      { refused, ...additions(role.arn, { ...key, id: first.target.place.arn }, bucket, of, statement) },
    ];
  };
  return added([
    ...want([...keys.source, ...keys.earlier], sourceKey, source.arn, source.name, {
      Sid: 'DecryptSourceInContext',
      Action: [verifying],
    }),
    ...want([...keys.replica, ...keys.verify], replicaKey, destination.arn, `${source.name}-${index}`, {
      Sid: 'EncryptReplicasInContext',
      Action: [...encrypting, verifying],
    }),
  ]);
}

type Named = Pick<Statement, 'Sid' | 'Action'>;

/** The context is the bucket's ARN with a Bucket Key, and the object's without: either is taken. */
function additions(
  role: string,
  key: Key,
  bucket: string,
  of: string,
  named: Named,
): Pick<Want, 'role' | 'owner'> {
  const { id } = key;
  const { Condition } = viaS3(key);
  const statement: Statement = {
    ...named,
    Effect: 'Allow',
    Resource: id,
    Condition: { ...Condition, StringLike: { [encryptionContext]: [bucket, `${bucket}/*`] } },
  };
  const own: Statement = { ...statement, Principal: { AWS: role }, Resource: '*' };
  return {
    role: allowRole(role, of, statement),
    owner: key.policy.known ? allowInKey(id, key.policy.value, key.region, own) : null,
  };
}
