/** A world at its beginning: a management account, its administrator, and nothing else. */
import { accessKeyId, accountId, secretAccessKey, uniqueId } from './ids.ts';
import type { Account, Credential, World } from './world.ts';

const HOME_REGION: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
};

export interface WorldOptions {
  readonly partition?: string;
  readonly region?: string;
  readonly now?: () => Date;
}

/** A management account with an administrator, and no organization yet. */
export function createWorld(options: WorldOptions = {}): World {
  const partition = options.partition ?? 'aws';
  const region = options.region ?? HOME_REGION[partition];
  if (region === undefined) throw new Error(`The sandbox knows no partition ${partition}.`);
  const empty = {
    partition,
    region,
    now: options.now ?? (() => new Date()),
    organization: null,
    accounts: new Map<string, Account>(),
    buckets: new Map(),
    credentials: new Map<string, Credential>(),
    metrics: [],
    nextId: 1,
  };
  const managementAccount = accountId({ ...empty, managementAccount: '' });
  const world: World = { ...empty, managementAccount, nextId: 2 };
  addAccount(world, managementAccount, 'Management', 'management@example.com');
  addAdministrator(world);
  return world;
}

/** An account that holds nothing. */
export function addAccount(world: World, id: string, name: string, email: string): Account {
  const account: Account = {
    id,
    name,
    email,
    joined: world.now(),
    state: 'ACTIVE',
    roles: new Map(),
    policies: new Map(),
    keys: new Map(),
    aliases: new Map(),
    regions: new Map(),
    publicAccessBlock: null,
  };
  world.accounts.set(id, account);
  return account;
}

/** The credential with which everything begins. */
export function administrator(world: World): Credential {
  for (const credential of world.credentials.values()) {
    if (credential.caller.role === null) return credential;
  }
  throw new Error('This world has lost its administrator.');
}

function addAdministrator(world: World): void {
  const account = world.managementAccount;
  const accessKey = accessKeyId(world, 'AKIA');
  world.credentials.set(accessKey, {
    accessKeyId: accessKey,
    secretAccessKey: secretAccessKey(world),
    sessionToken: null,
    expires: null,
    caller: {
      account,
      arn: `arn:${world.partition}:iam::${account}:user/admin`,
      userId: uniqueId(world, 'AIDA'),
      role: null,
      sessionName: null,
    },
  });
}
