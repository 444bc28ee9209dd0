/** Readers of an account: the organization's policies on the way to it, its own block of public access, its Regions. */
import { paginateListRegions, type AccountClient } from '@aws-sdk/client-account';
import {
  DescribePolicyCommand,
  ListPoliciesForTargetCommand,
  type OrganizationsClient,
  type PolicyType,
} from '@aws-sdk/client-organizations';
import { GetPublicAccessBlockCommand, type S3ControlClient } from '@aws-sdk/client-s3-control';
import { required } from './answer.ts';
import { failureOf, isDenied } from './failure.ts';
import { Limiter } from './limiter.ts';
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

/** A token bucket of AWS's. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Rates of Organizations are the calling account's, for all accounts together, and each operation has its own. */
export interface OrganizationRates {
  readonly listPoliciesForTarget: Rate;
  readonly describePolicy: Rate;
}

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html#throttling-limits */
const awsRates: OrganizationRates = {
  listPoliciesForTarget: { perSecond: 5, burst: 8 },
  describePolicy: { perSecond: 2, burst: 2 },
};

/** AWS's rates, or the slower one that the configuration asks for. */
export function ratesWithin(most: number): OrganizationRates {
  const { listPoliciesForTarget, describePolicy } = awsRates;
  const within = ({ perSecond, burst }: Rate): Rate => ({
    perSecond: Math.min(perSecond, most),
    burst: Math.min(burst, most),
  });
  return { listPoliciesForTarget: within(listPoliciesForTarget), describePolicy: within(describePolicy) };
}

/** Policies by target and by id, each asked for once: thousands of accounts hang below a few OUs. */
export class OrganizationPolicies {
  readonly #client: OrganizationsClient;
  readonly #targets = new Map<string, Promise<readonly PolicyDocument[]>>();
  readonly #documents = new Map<string, Promise<PolicyDocument>>();
  readonly #listing: Limiter;
  readonly #describing: Limiter;
  /** Told of each call before it is made; throws where the scan was stopped. */
  readonly #called: () => void;

  constructor(client: OrganizationsClient, rates: OrganizationRates, called: () => void) {
    const { listPoliciesForTarget, describePolicy } = rates;
    this.#client = client;
    this.#listing = new Limiter(listPoliciesForTarget.perSecond, listPoliciesForTarget.burst);
    this.#describing = new Limiter(describePolicy.perSecond, describePolicy.burst);
    this.#called = called;
  }

  /** The policies at each target on the way, from the root to the account; the first that cannot be read ends it. */
  async levels(targets: readonly string[], type: PolicyType): Promise<PolicyLevels> {
    const levels: (readonly PolicyDocument[])[] = [];
    for (const target of targets) levels.push(await this.#at(target, type));
    return levels;
  }

  #at(target: string, type: PolicyType): Promise<readonly PolicyDocument[]> {
    return remembered(this.#targets, `${type} ${target}`, () => this.#list(target, type));
  }

  async #list(TargetId: string, Filter: PolicyType): Promise<readonly PolicyDocument[]> {
    const ids: string[] = [];
    let NextToken: string | undefined;
    do {
      await this.#listing.take();
      this.#called();
      const page = await this.#client.send(
        new ListPoliciesForTargetCommand({ TargetId, Filter, ...(NextToken ? { NextToken } : {}) }),
      );
      ids.push(...required(page.Policies, 'Policies').map(({ Id }) => required(Id, 'Policy.Id')));
      NextToken = page.NextToken;
    } while (NextToken);
    return Promise.all(ids.sort().map((id) => this.#document(id)));
  }

  #document(PolicyId: string): Promise<PolicyDocument> {
    return remembered(this.#documents, PolicyId, async () => {
      await this.#describing.take();
      this.#called();
      const { Policy } = await this.#client.send(new DescribePolicyCommand({ PolicyId }));
      const Name = Policy?.PolicySummary?.Name ?? PolicyId;
      return { Name, Document: required(Policy?.Content, 'Policy.Content') };
    });
  }
}

/** One question, however many ask; one that failed may be asked again, but a refusal is for good. */
function remembered<T>(known: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const before = known.get(key);
  if (before) return before;
  const asked = ask();
  known.set(key, asked);
  asked.catch((error: unknown) => {
    if (!isDenied(failureOf(error))) known.delete(key);
  });
  return asked;
}
