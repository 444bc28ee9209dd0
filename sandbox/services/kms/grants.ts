/** Grants: kept and listed. Nothing in the sandbox uses a key, so nothing asks whether one holds. */
import { grantId, grantToken } from '../../ids.ts';
import { AwsError, notImplemented } from '../../service.ts';
import { flag, list, optionalText, text } from '../../wire/fields.ts';
import type { Call, Operations } from '../../wire/operation.ts';
import { keyOf } from './find.ts';
import { limited } from './keys.ts';
import { refuseAwsManaged, refusePendingDeletion } from './states.ts';

export const grants: Operations = {
  CreateGrant(call) {
    const key = keyOf(call, { otherAccounts: true });
    const { input, world, caller } = call;
    if (flag(input, 'DryRun')) throw notImplemented('DryRun of kms:CreateGrant');
    refuseAwsManaged(key);
    refusePendingDeletion(key);
    const operations = list(input, 'Operations');
    if (operations.length === 0) throw new AwsError('ValidationError', 400, 'A grant needs operations.');
    const id = grantId(world);
    key.grants.set(id, {
      KeyId: key.arn,
      GrantId: id,
      Name: optionalText(input, 'Name'),
      CreationDate: world.now(),
      GranteePrincipal: text(input, 'GranteePrincipal'),
      RetiringPrincipal: optionalText(input, 'RetiringPrincipal'),
      IssuingAccount: `arn:${world.partition}:iam::${caller.account}:root`,
      Operations: operations,
      Constraints: input['Constraints'],
    });
    return { GrantId: id, GrantToken: grantToken(world) };
  },

  ListGrants(call) {
    const key = keyOf(call, { otherAccounts: true });
    const id = optionalText(call.input, 'GrantId');
    const grantee = optionalText(call.input, 'GranteePrincipal');
    const all = [...key.grants.values()].filter(
      (grant) =>
        (id === null || grant['GrantId'] === id) &&
        (grantee === null || grant['GranteePrincipal'] === grantee),
    );
    return limited(call, 'Grants', all, 100, (grant) => grant);
  },

  RevokeGrant(call: Call) {
    const key = keyOf(call, { otherAccounts: true });
    const id = text(call.input, 'GrantId');
    if (!key.grants.delete(id)) throw new AwsError('NotFoundException', 400, `Grant ID ${id} not found`);
    return {};
  },
};
