/** A part of a scan, for processes that read an organization together: its accounts, or one wave of a shard. */
import { closeConnections } from './aws.ts';
import { chosen, Collection, tellDropped, type CollectOptions, type Opened } from './collect.ts';
import { ratesWithin, type OrganizationRates, type Rate } from './organization-policies.ts';
import { workOf } from './work.ts';
import { CannotRun } from '../model/cannot-run.ts';
import type { Membership } from '../model/estate.ts';
import type { AccountsList, Shard } from '../model/shard.ts';
import { joinBuckets } from '../snapshot/join.ts';
import { clearShard, fallsTo, readAccounts, writeAccounts, writeShard } from '../snapshot/shards.ts';
import { snapshotFormat } from '../snapshot/snapshot.ts';

/** Which part. */
export type Stage =
  | { readonly wave: 'accounts' }
  /** `from`: the folder of `accounts.json`; null lists the organization. */
  | { readonly wave: 'buckets'; readonly shard: Shard; readonly from: string | null }
  /** `from`: the folders of wave one. */
  | { readonly wave: 'ends'; readonly shard: Shard; readonly from: readonly string[] };

/** Reads a part of the organization. Throws as `collect` does, and where what it rests on is not there or is another scan's. */
export async function collectStage(options: CollectOptions, stage: Stage): Promise<void> {
  try {
    if (stage.wave === 'accounts') await listAccounts(options);
    else if (stage.wave === 'buckets') await readBuckets(options, stage.shard, stage.from);
    else await readEnds(options, stage.shard, stage.from);
  } finally {
    closeConnections();
  }
}

async function listAccounts(options: CollectOptions): Promise<void> {
  const collection = new Collection(options);
  const opened = await collection.open();
  const member = await collection.members(opened);
  writeAccounts(options.folder, { ...made(options, opened), wave: 'accounts', member });
}

async function readBuckets(options: CollectOptions, shard: Shard, from: string | null): Promise<void> {
  const { folder, resume, choice, plan, progress } = options;
  const collection = new Collection(options);
  const { configuration } = collection;
  const listed = from === null ? null : readAccounts(from);
  const opened = await collection.open();
  const member = listed === null ? await collection.members(opened) : membersOf(listed, opened, options);
  const { accounts, ...organization } = member;
  const own = accounts.filter(({ id }) => fallsTo(shard, id));
  const kept = resume ? chosen(own, choice) : [];
  tellDropped(clearShard(folder, 'buckets', shard, { accounts: kept, configuration }), progress);
  const read = await collection.waveOne(own, opened);
  writeShard(folder, {
    ...made(options, opened),
    wave: 'buckets',
    shard,
    configuration,
    partition: opened.caller.partition,
    member: organization,
    accounts: read,
    others: accounts.filter(({ id }) => !fallsTo(shard, id)).map(({ id }) => id),
    facts: plan,
  });
}

/** A list of another organization would have this one's accounts passed over. */
function membersOf(list: AccountsList, { caller }: Opened, { replint }: CollectOptions): Membership {
  if (list.caller.account !== caller.account) {
    throw new CannotRun(
      `The accounts were listed by account ${list.caller.account}, and this is account ${caller.account}.`,
    );
  }
  if (list.replint !== replint) {
    throw new CannotRun(`The accounts were listed by replint ${list.replint}, and this is ${replint}.`);
  }
  return list.member;
}

async function readEnds(options: CollectOptions, shard: Shard, from: readonly string[]): Promise<void> {
  const { folder, replint, organizationRates, callsPerSecond, resume } = options;
  const rates = shared(organizationRates ?? ratesWithin(callsPerSecond), shard);
  const collection = new Collection({ ...options, organizationRates: rates });
  const { configuration } = collection;
  const { manifest, member, hash, buckets } = joinBuckets(from);
  checkOwn(manifest, { configuration, replint });
  const opened = await collection.open();
  const { access, caller } = opened;
  const { organization } = manifest;
  if (organization.caller.account !== caller.account) {
    throw new CannotRun(
      `The buckets were read by account ${organization.caller.account}, and this is account ${caller.account}.`,
    );
  }
  const work = workOf(buckets, (account) => fallsTo(shard, account));
  const { accounts } = work;
  clearShard(folder, 'ends', shard, { accounts: resume ? accounts : [], configuration });
  // How the caller's own account is read is found out by trying, and wave one's process took the answer with it.
  if (organization.accounts.some(({ id, status }) => id === caller.account && status === 'scanned')) {
    await access.open(caller.account);
  }
  await collection.waveTwo(work, organization.accounts, member, opened);
  writeShard(folder, {
    ...made(options, opened),
    wave: 'ends',
    shard,
    configuration,
    buckets: hash,
    accounts,
  });
}

function checkOwn(
  manifest: { readonly configuration: string; readonly replint: string },
  own: { readonly configuration: string; readonly replint: string },
): void {
  if (manifest.replint !== own.replint) {
    throw new CannotRun(`The buckets were read by replint ${manifest.replint}, and this is ${own.replint}.`);
  }
  if (manifest.configuration !== own.configuration) {
    throw new CannotRun(
      'The buckets were read with another configuration (rules, accounts, role, objects): read the ends with the same.',
    );
  }
}

/** Organizations counts the calling account's calls, whichever process makes them. */
export function shared(
  { listPolicies, describePolicy }: OrganizationRates,
  { of }: Shard,
): OrganizationRates {
  const part = ({ perSecond, burst }: Rate): Rate => ({ perSecond: perSecond / of, burst: burst / of });
  return { listPolicies: part(listPolicies), describePolicy: part(describePolicy) };
}

function made(
  { replint }: CollectOptions,
  { started, caller }: Opened,
): Omit<AccountsList, 'wave' | 'member'> {
  const { account, arn } = caller;
  const finished = new Date().toISOString();
  return { format: snapshotFormat, replint, started, finished, caller: { account, arn } };
}
