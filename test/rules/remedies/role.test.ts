import { expect, it } from 'vitest';
import { batchRole } from '../../../rules/remedies/batch-role.ts';
import { makeRole } from '../../../rules/remedies/role.ts';

const role = 'arn:aws:iam::111122223333:role/path/shared';
const policies = (commands: readonly (string | undefined)[]): readonly (string | undefined)[] =>
  commands.map((cli) => /put-role-policy --role-name shared --policy-name (\S+) /.exec(cli ?? '')?.[1]);
const bucketOf = (name: string) => ({ name, arn: `arn:aws:s3:::${name}`, account: '1', region: null });

it('gives one role a policy for each source, so that none replaces another', () => {
  const made = ['a', 'b'].map((name) => makeRole(role, bucketOf(name), []).cli);
  const batch = ['a', 'b'].map((name) => batchRole(bucketOf(name).arn, role).cli);
  expect(policies([...made, ...batch])).toEqual([
    'replication-a',
    'replication-b',
    'batch-replication-a',
    'batch-replication-b',
  ]);
});
