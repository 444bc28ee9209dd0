/** Keys: made, described, listed. */
import { AwsError, notImplemented } from '../../service.ts';
import { flag, number, oneOf, optionalText } from '../../wire/fields.ts';
import type { Fields } from '../../wire/fields.ts';
import { allow } from '../../wire/operation.ts';
import type { Call, Operations } from '../../wire/operation.ts';
import { page } from '../../wire/page.ts';
import type { Key } from '../../world.ts';
import { keyOf } from './find.ts';
import { addKey, defaultPolicy } from './make.ts';
import { documentOf } from './policies.ts';

/** What each sort of key can be for (KMS API, CreateKey). The first is the default where there is but one. */
const USAGES: readonly (readonly [spec: RegExp, usages: readonly string[]])[] = [
  [/^SYMMETRIC_DEFAULT$/, ['ENCRYPT_DECRYPT']],
  [/^RSA_(2048|3072|4096)$/, ['ENCRYPT_DECRYPT', 'SIGN_VERIFY']],
  [/^ECC_NIST_P(256|384|521)$/, ['SIGN_VERIFY', 'KEY_AGREEMENT']],
  [/^ECC_SECG_P256K1$/, ['SIGN_VERIFY']],
  [/^HMAC_(224|256|384|512)$/, ['GENERATE_VERIFY_MAC']],
];

export const keys: Operations = {
  CreateKey(call) {
    allow(call, '*');
    refuseUnknown(call);
    const { input } = call;
    const policy = optionalText(input, 'Policy');
    const key = addKey(call, {
      ...specOf(input),
      description: optionalText(input, 'Description') ?? '',
      multiRegion: flag(input, 'MultiRegion'),
      manager: 'CUSTOMER',
      policy: policy === null ? defaultPolicy(call) : documentOf(policy),
    });
    return { KeyMetadata: metadata(call, key) };
  },

  DescribeKey: (call) => ({
    KeyMetadata: metadata(call, keyOf(call, { alias: true, otherAccounts: true })),
  }),

  ListKeys(call) {
    allow(call, '*');
    const all = [...call.account.keys.values()].filter((key) => key.region === call.region);
    return limited(call, 'Keys', all, 1000, ({ id, arn }) => ({ KeyId: id, KeyArn: arn }));
  },
};

/** A page of KMS's lists, under the name that the list has in the answer. */
export function limited<Item>(
  { input }: Call,
  name: string,
  all: readonly Item[],
  most: number,
  show: (item: Item) => unknown,
): Fields {
  const size = number(input, 'Limit', { least: 1, most, otherwise: Math.min(100, most) });
  const { items, next } = page(all, optionalText(input, 'Marker'), size);
  return { [name]: items.map(show), NextMarker: next, Truncated: next !== null };
}

function specOf(input: Fields): { readonly spec: string; readonly usage: string } {
  const spec =
    optionalText(input, 'KeySpec') ?? optionalText(input, 'CustomerMasterKeySpec') ?? 'SYMMETRIC_DEFAULT';
  const usages = USAGES.find(([pattern]) => pattern.test(spec))?.[1];
  if (usages === undefined) throw notImplemented(`keys of the spec ${spec}`);
  const asked = optionalText(input, 'KeyUsage') ?? (usages.length === 1 ? usages[0] : undefined);
  if (asked === undefined || !usages.includes(asked)) {
    throw new AwsError(
      'ValidationException',
      400,
      `KeyUsage ${asked ?? 'null'} is not compatible with KeySpec ${spec}`,
    );
  }
  return { spec, usage: asked };
}

function refuseUnknown({ input }: Call): void {
  oneOf(optionalText(input, 'Origin') ?? 'AWS_KMS', 'origin', ['AWS_KMS']);
  const tags = input['Tags'];
  if (Array.isArray(tags) && tags.length > 0) throw notImplemented('tags of kms:CreateKey');
}

function metadata({ world }: Call, key: Key): Fields {
  const { arn, region } = key;
  const symmetric = key.spec === 'SYMMETRIC_DEFAULT';
  const regions = {
    MultiRegionKeyType: 'PRIMARY',
    PrimaryKey: { Arn: arn, Region: region },
    ReplicaKeys: [],
  };
  return {
    AWSAccountId: arn.split(`:`)[4] ?? world.managementAccount,
    KeyId: key.id,
    Arn: arn,
    CreationDate: key.created,
    Enabled: key.state === 'Enabled',
    Description: key.description,
    KeyUsage: key.usage,
    KeyState: key.state,
    DeletionDate: key.deletion,
    Origin: 'AWS_KMS',
    KeyManager: key.manager,
    CustomerMasterKeySpec: key.spec,
    KeySpec: key.spec,
    EncryptionAlgorithms: symmetric ? ['SYMMETRIC_DEFAULT'] : null,
    MultiRegion: key.multiRegion,
    MultiRegionConfiguration: key.multiRegion ? regions : null,
  };
}
