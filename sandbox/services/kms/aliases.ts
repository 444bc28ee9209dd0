/** Aliases: an account's names for its keys, a Region at a time. */
import { AwsError } from '../../service.ts';
import { text } from '../../wire/fields.ts';
import { allow } from '../../wire/operation.ts';
import type { Call, Operations } from '../../wire/operation.ts';
import { keyOf } from './find.ts';
import { limited } from './keys.ts';

export const aliases: Operations = {
  CreateAlias(call) {
    const { input, account, region } = call;
    const name = text(input, 'AliasName');
    if (!/^alias\/[\w/-]+$/.test(name)) {
      throw new AwsError(
        'InvalidAliasNameException',
        400,
        'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
      );
    }
    if (name.startsWith('alias/aws/'))
      throw new AwsError('NotAuthorizedException', 400, 'The alias prefix alias/aws/ is reserved.');
    allow(call, aliasArn(call, name));
    const key = keyOf({ ...call, input: { KeyId: input['TargetKeyId'] } });
    if (account.aliases.has(`${region}/${name}`)) {
      throw new AwsError(
        'AlreadyExistsException',
        400,
        `An alias with the name ${aliasArn(call, name)} already exists`,
      );
    }
    account.aliases.set(`${region}/${name}`, key.id);
    return {};
  },

  ListAliases(call) {
    const { input, account, region } = call;
    allow(call, '*');
    const wanted = input['KeyId'] === undefined ? null : keyOf(call).id;
    const own = [...account.aliases].filter(([alias]) => alias.startsWith(`${region}/`));
    const all = own.filter(([, id]) => wanted === null || id === wanted);
    return limited(call, 'Aliases', all, 100, ([alias, id]) => {
      const name = alias.slice(region.length + 1);
      return { AliasName: name, AliasArn: aliasArn(call, name), TargetKeyId: id };
    });
  },
};

function aliasArn({ world, region, account }: Call, name: string): string {
  return `arn:${world.partition}:kms:${region}:${account.id}:${name}`;
}
