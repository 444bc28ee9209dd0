/** The organization's policies on the way to an account, read in as few calls as Organizations' slow rates ask for. */
import {
  DescribePolicyCommand,
  ListPoliciesCommand,
  ListPoliciesForTargetCommand,
  ListTargetsForPolicyCommand,
  type OrganizationsClient,
  type PolicyType,
} from '@aws-sdk/client-organizations';
import { required } from './answer.ts';
import { failureOf, isDenied } from './failure.ts';
import { Limiter } from './limiter.ts';
import type { PolicyDocument, PolicyLevels } from '../model/aws.ts';

/** A token bucket of AWS's. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Rates of Organizations are the calling account's, for all accounts together. */
export interface OrganizationRates {
  /** ListPolicies, ListPoliciesForTarget and ListTargetsForPolicy, which stand in one row: together. */
  readonly listPolicies: Rate;
  readonly describePolicy: Rate;
}

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html#throttling-limits */
const awsRates: OrganizationRates = {
  listPolicies: { perSecond: 5, burst: 8 },
  describePolicy: { perSecond: 2, burst: 2 },
};

/** AWS's rates, or the slower one that the configuration asks for. */
export function ratesWithin(most: number): OrganizationRates {
  const { listPolicies, describePolicy } = awsRates;
  const within = ({ perSecond, burst }: Rate): Rate => ({
    perSecond: Math.min(perSecond, most),
    burst: Math.min(burst, most),
  });
  return { listPolicies: within(listPolicies), describePolicy: within(describePolicy) };
}

/** What hangs where, as the policies themselves say. */
interface Survey {
  /** AWS's own policy of the type, which allows all. */
  readonly full: string;
  /** The targets from which any other policy hangs. */
  readonly others: ReadonlySet<string>;
}

/** What a page of a list answers. */
interface Page {
  readonly NextToken?: string | undefined;
}

/**
 * Policies by target and by id, each asked for once. From every target hangs at least one policy of an enabled type, so
 * one from which no other hangs has AWS's own: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html#min-max-policies.
 * Thousands of accounts are told so by a few dozen policies.
 */
export class OrganizationPolicies {
  readonly #client: OrganizationsClient;
  readonly #accounts: number;
  readonly #surveys = new Map<string, Promise<Survey | null>>();
  readonly #targets = new Map<string, Promise<readonly PolicyDocument[]>>();
  readonly #documents = new Map<string, Promise<PolicyDocument>>();
  readonly #listing: Limiter;
  readonly #describing: Limiter;
  /** Told of each call before it is made; throws where the scan was stopped. */
  readonly #called: () => void;

  /** `accounts`: how many may be asked about. Where there are no more of them than policies, each is asked for its own. */
  constructor(client: OrganizationsClient, accounts: number, rates: OrganizationRates, called: () => void) {
    const { listPolicies, describePolicy } = rates;
    this.#client = client;
    this.#accounts = accounts;
    this.#listing = new Limiter(listPolicies.perSecond, listPolicies.burst);
    this.#describing = new Limiter(describePolicy.perSecond, describePolicy.burst);
    this.#called = called;
  }

  /**
   * The policies at each target on the way, from the root to the account; null where the type is not enabled.
   * The first target that cannot be read ends it.
   */
  async levels(targets: readonly string[], type: PolicyType): Promise<PolicyLevels | null> {
    const levels: (readonly PolicyDocument[])[] = [];
    for (const target of targets) {
      levels.push(await this.#at(target, type, levels.length === 0));
      // Where a type is enabled the root has a policy of it.
      if (levels[0]?.length === 0) return null;
    }
    return levels;
  }

  async #at(target: string, type: PolicyType, isRoot: boolean): Promise<readonly PolicyDocument[]> {
    const survey = isRoot ? null : await remembered(this.#surveys, type, () => this.#survey(type));
    // Nothing to remember of thousands of accounts: it is the same of all.
    if (survey?.others.has(target) === false) return [await this.#document(survey.full)];
    return remembered(this.#targets, `${type} ${target}`, () => this.#list(target, type));
  }

  async #list(TargetId: string, Filter: PolicyType): Promise<readonly PolicyDocument[]> {
    const policies = await this.#pages(
      (next) => this.#client.send(new ListPoliciesForTargetCommand({ TargetId, Filter, ...next })),
      ({ Policies }) => required(Policies, 'Policies'),
    );
    const ids = policies.map(({ Id }) => required(Id, 'Policy.Id')).sort();
    return Promise.all(ids.map((id) => this.#document(id)));
  }

  /** Null where asking the targets takes no more calls, or where AWS has more than one policy of its own. */
  async #survey(Filter: PolicyType): Promise<Survey | null> {
    const policies = await this.#pages(
      (next) => this.#client.send(new ListPoliciesCommand({ Filter, ...next })),
      ({ Policies }) => required(Policies, 'Policies'),
    );
    const others = policies.filter(({ AwsManaged }) => AwsManaged !== true);
    const [full, ...more] = policies.filter(({ AwsManaged }) => AwsManaged === true);
    if (full === undefined || more.length > 0 || others.length >= this.#accounts) return null;
    const targets = await Promise.all(others.map(({ Id }) => this.#targetsOf(required(Id, 'Policy.Id'))));
    return { full: required(full.Id, 'Policy.Id'), others: new Set(targets.flat()) };
  }

  async #targetsOf(PolicyId: string): Promise<readonly string[]> {
    const targets = await this.#pages(
      (next) => this.#client.send(new ListTargetsForPolicyCommand({ PolicyId, ...next })),
      ({ Targets }) => required(Targets, 'Targets'),
    );
    return targets.map(({ TargetId }) => required(TargetId, 'TargetId'));
  }

  async #pages<Answer extends Page, Item>(
    ask: (next: { NextToken?: string }) => Promise<Answer>,
    items: (answer: Answer) => readonly Item[],
  ): Promise<readonly Item[]> {
    const all: Item[] = [];
    let NextToken: string | undefined;
    do {
      await this.#listing.take();
      this.#called();
      const answer = await ask(NextToken ? { NextToken } : {});
      all.push(...items(answer));
      ({ NextToken } = answer);
    } while (NextToken);
    return all;
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
