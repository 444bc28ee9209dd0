/** Readers of an account: its own block of public access, its Regions. */
import { paginateListRegions, type AccountClient } from '@aws-sdk/client-account';
import { GetPublicAccessBlockCommand, type S3ControlClient } from '@aws-sdk/client-s3-control';
import { required } from './answer.ts';
import { publicAccessBlock } from './readers.ts';
import type { PublicAccessBlock, Region } from '../model/aws.ts';

export async function accountPublicAccessBlock(
  control: S3ControlClient,
  AccountId: string,
): Promise<PublicAccessBlock> {
  const answer = await control.send(new GetPublicAccessBlockCommand({ AccountId }));
  return publicAccessBlock(answer.PublicAccessBlockConfiguration);
}

/** Every Region, with whether the account may use it. */
export async function accountRegions(client: AccountClient): Promise<readonly Region[]> {
  const all: Region[] = [];
  for await (const page of paginateListRegions({ client }, { MaxResults: 50 })) {
    for (const { RegionName, RegionOptStatus } of required(page.Regions, 'Regions')) {
      all.push({
        RegionName: required(RegionName, 'RegionName'),
        RegionOptStatus: required(RegionOptStatus, 'RegionOptStatus'),
      });
    }
  }
  return all;
}
