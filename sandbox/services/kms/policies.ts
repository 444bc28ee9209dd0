/** Keys' policies, which are given back byte for byte. */
import { rawStatements } from '../../policy.ts';
import { AwsError } from '../../service.ts';
import { optionalText, text } from '../../wire/fields.ts';
import type { Call, Operations } from '../../wire/operation.ts';
import { keyOf } from './find.ts';
import { refuseAwsManaged } from './states.ts';

export const keyPolicies: Operations = {
  GetKeyPolicy(call) {
    const key = keyOf(call);
    return { Policy: key.policy, PolicyName: policyName(call) };
  },

  PutKeyPolicy(call) {
    const key = keyOf(call);
    policyName(call);
    refuseAwsManaged(key);
    key.policy = documentOf(text(call.input, 'Policy'));
    return {};
  },
};

/** A key has one policy, and it is called `default`. */
function policyName({ input }: Call): string {
  const name = optionalText(input, 'PolicyName') ?? 'default';
  if (name !== 'default') throw new AwsError('NotFoundException', 400, `No such policy exists`);
  return name;
}

export function documentOf(policy: string): string {
  const statements = rawStatements(policy);
  if (
    statements?.every(
      (statement) => statement['Principal'] !== undefined || statement['NotPrincipal'] !== undefined,
    ) !== true
  ) {
    throw new AwsError(
      'MalformedPolicyDocumentException',
      400,
      'Policy contains a statement with one or more invalid principals, or is no policy.',
    );
  }
  return policy;
}
