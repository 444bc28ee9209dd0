/** Readers of a KMS key, in its own account and Region. */
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  paginateListGrants,
  type KMSClient,
} from '@aws-sdk/client-kms';
import { required } from './answer.ts';
import type { KeyGrant } from '../model/aws.ts';
import type { KeyFacts } from '../model/facts.ts';

type KeyReaders = {
  /** GetKeyPolicy and ListGrants take no alias: they are asked with the ARN that DescribeKey gave. */
  readonly [F in keyof KeyFacts]: (kms: KMSClient, id: string) => Promise<KeyFacts[F]>;
};

export const keyReaders: KeyReaders = {
  async description(kms, KeyId) {
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
    const key = required(KeyMetadata, 'KeyMetadata');
    return {
      Arn: required(key.Arn, 'KeyMetadata.Arn'),
      KeyState: required(key.KeyState, 'KeyMetadata.KeyState'),
      KeySpec: required(key.KeySpec, 'KeyMetadata.KeySpec'),
      KeyUsage: required(key.KeyUsage, 'KeyMetadata.KeyUsage'),
      KeyManager: required(key.KeyManager, 'KeyMetadata.KeyManager'),
    };
  },
  async policy(kms, KeyId) {
    const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }));
    return required(Policy, 'Policy');
  },
  async grants(kms, KeyId) {
    const all: KeyGrant[] = [];
    for await (const page of paginateListGrants({ client: kms }, { KeyId })) {
      for (const grant of required(page.Grants, 'Grants')) {
        all.push({
          GrantId: required(grant.GrantId, 'GrantId'),
          GranteePrincipal: required(grant.GranteePrincipal, 'GranteePrincipal'),
          Operations: grant.Operations ?? [],
          ...(grant.Constraints ? { Constraints: grant.Constraints } : {}),
        });
      }
    }
    return all;
  },
};
