/** How a key comes to be: by a customer, or by AWS on first use. */
import { keyId } from '../../ids.ts';
import type { Call } from '../../wire/operation.ts';
import type { Key } from '../../world.ts';

export type NewKey = Pick<Key, 'description' | 'spec' | 'usage' | 'multiRegion' | 'manager' | 'policy'>;

export function addKey({ world, account, region }: Call, key: NewKey): Key {
  const id = keyId(world, key.multiRegion);
  const added: Key = {
    ...key,
    id,
    arn: `arn:${world.partition}:kms:${region}:${account.id}:key/${id}`,
    region,
    created: world.now(),
    state: 'Enabled',
    deletion: null,
    grants: new Map(),
  };
  account.keys.set(id, added);
  return added;
}

/** The policy of a key that was made without one: the account decides by its IAM policies. */
export function defaultPolicy({ world, account }: Call): string {
  const statement = {
    Sid: 'Enable IAM User Permissions',
    Effect: 'Allow',
    Principal: { AWS: `arn:${world.partition}:iam::${account.id}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
  return JSON.stringify({ Version: '2012-10-17', Id: 'key-default-1', Statement: [statement] }, null, 2);
}

/** The caller's `aws/s3`, which AWS makes when it is first needed. */
export function awsManagedKey(call: Call): Key {
  const key = addKey(call, {
    description: 'Default key that protects my S3 objects when no other key is defined',
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    multiRegion: false,
    manager: 'AWS',
    policy: awsManagedPolicy(call),
  });
  call.account.aliases.set(`${call.region}/alias/aws/s3`, key.id);
  return key;
}

/** Use through S3 from this account alone; and the account may look. */
function awsManagedPolicy({ world, account, region }: Call): string {
  const use = {
    Sid: 'Allow access through S3 for all principals in the account that are authorized to use S3',
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    Resource: '*',
    Condition: {
      StringEquals: { 'kms:CallerAccount': account.id, 'kms:ViaService': `s3.${region}.amazonaws.com` },
    },
  };
  const look = {
    Sid: 'Allow direct access to key metadata to the account',
    Effect: 'Allow',
    Principal: { AWS: `arn:${world.partition}:iam::${account.id}:root` },
    Action: ['kms:Describe*', 'kms:Get*', 'kms:List*'],
    Resource: '*',
  };
  return JSON.stringify({ Version: '2012-10-17', Id: 'auto-s3-2', Statement: [use, look] }, null, 2);
}
