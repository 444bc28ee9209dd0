/** Readers of an account: the organization's policies on the way to it, its own block of public access, its Regions. */
import { paginateListRegions, type AccountClient } from '@aws-sdk/client-account';
import {
  DescribePolicyCommand,
  paginateListPoliciesForTarget,
  type OrganizationsClient,
  type PolicyType,
} from '@aws-sdk/client-organizations';
import { GetPublicAccessBlockCommand, type S3ControlClient } from '@aws-sdk/client-s3-control';
import { required } from './answer.ts';
import { publicAccessBlock } from './readers.ts';
import type { PolicyDocument, PolicyLevels, PublicAccessBlock, Region } from '../model/aws.ts';

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

/** Policies by target and by id, each asked for once: thousands of accounts hang below a few OUs. */
export class OrganizationPolicies {
  readonly #client: OrganizationsClient;
  readonly #targets = new Map<string, Promise<readonly PolicyDocument[]>>();
  readonly #documents = new Map<string, Promise<PolicyDocument>>();
  /** Rates of Organizations are the calling account's, for all accounts together. */
  readonly #take: () => Promise<void>;

  constructor(client: OrganizationsClient, take: () => Promise<void>) {
    this.#client = client;
    this.#take = take;
  }

  /** The policies at each target on the way, from the root to the account. */
  levels(targets: readonly string[], type: PolicyType): Promise<PolicyLevels> {
    return Promise.all(targets.map((target) => this.#at(target, type)));
  }

  #at(target: string, type: PolicyType): Promise<readonly PolicyDocument[]> {
    return remembered(this.#targets, `${type} ${target}`, () => this.#list(target, type));
  }

  async #list(TargetId: string, Filter: PolicyType): Promise<readonly PolicyDocument[]> {
    const ids: string[] = [];
    await this.#take();
    for await (const page of paginateListPoliciesForTarget({ client: this.#client }, { TargetId, Filter })) {
      ids.push(...required(page.Policies, 'Policies').map(({ Id }) => required(Id, 'Policy.Id')));
    }
    return Promise.all(ids.sort().map((id) => this.#document(id)));
  }

  #document(PolicyId: string): Promise<PolicyDocument> {
    return remembered(this.#documents, PolicyId, async () => {
      await this.#take();
      const { Policy } = await this.#client.send(new DescribePolicyCommand({ PolicyId }));
      const Name = Policy?.PolicySummary?.Name ?? PolicyId;
      return { Name, Document: required(Policy?.Content, 'Policy.Content') };
    });
  }
}

/** One question, however many ask; one that failed may be asked again. */
function remembered<T>(known: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const before = known.get(key);
  if (before) return before;
  const asked = ask();
  known.set(key, asked);
  asked.catch(() => known.delete(key));
  return asked;
}
