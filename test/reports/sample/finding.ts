/** The sample's findings. */
import { createHash } from 'node:crypto';
import type { AccountCoverage } from '../../../src/model/audit.ts';
import type { Cause } from '../../../src/model/facts.ts';
import type { Finding, FindingRoute, Resource } from '../../../src/model/finding.ts';
import { scanned } from './coverage.ts';
import type { Taint } from './hostile.ts';
import { pick } from './random.ts';
import { seeds } from './rules.ts';

export const regions = ['us-east-1', 'eu-central-1', 'ap-southeast-2', 'us-west-2'];
const purposes = ['invoices', 'events', 'raw', 'exports', 'images', 'ledger'];

/** The finding of that number; about one in nine is an unknown. */
export function findingOf(
  index: number,
  accounts: readonly AccountCoverage[],
  keys: ReadonlyMap<string, string>,
  next: () => number,
  taint: Taint,
): Finding {
  const ids = Object.keys(seeds);
  const rule = ids[index % ids.length] ?? '';
  const seed = seeds[rule];
  if (seed === undefined) throw new Error('the sample has no rules');
  const resource = resourceOf(index, accounts, next, taint);
  const about = {
    rule,
    severity: seed.severity,
    fingerprint: createHash('sha256').update(`${rule} ${index}`).digest('hex').slice(0, 16),
    resource,
    ...(seed.scope === 'route' ? { route: routeOf(index, accounts, next, taint) } : {}),
    ...(seed.policy === undefined ? {} : { policy: keys.get(rule) ?? seed.policy }),
    predicts: seed.predicts ?? [],
    fix: {
      text: taint(`Set ${seed.expected}.`),
      cli: taint(`aws s3api put-bucket-versioning --bucket ${resource.bucket.slice(0, 63)}`),
      ...(index % 2 === 0 ? { terraform: taint('resource "aws_s3_bucket_versioning" "b" {\n}') } : {}),
      ...(index % 3 === 0 ? { cloudformation: taint('VersioningConfiguration:\n  Status: Enabled') } : {}),
    },
  } as const;
  if (index % 9 === 8) {
    const cause = causeOf(index, resource.account, seed.call, taint);
    return {
      ...about,
      outcome: 'unknown',
      message: taint(`Whether ${seed.title.toLowerCase()} is not known for ${resource.bucket}`),
      evidence: [],
      causes: [cause],
    };
  }
  const evidence = {
    call: seed.call,
    resource: resource.arn,
    account: resource.account,
    time: '2026-11-22T08:01:02.000Z',
    pointer: seed.pointer,
    value: taint(seed.actual),
  };
  return {
    ...about,
    outcome: 'fail',
    message: taint(seed.says.replace('%s', () => resource.bucket)),
    expected: taint(seed.expected),
    actual: taint(seed.actual),
    evidence: [evidence],
    causes: [],
  };
}

function resourceOf(
  index: number,
  accounts: readonly AccountCoverage[],
  next: () => number,
  taint: Taint,
): Resource {
  const account = pick(scanned(accounts), next);
  const bucket = taint(`${pick(purposes, next)}-${account.id.slice(-4)}-${index % 40}`);
  return {
    arn: `arn:aws:s3:::${bucket}`,
    bucket,
    account: account.id,
    accountName: account.name,
    region: index % 31 === 30 ? null : pick(regions, next),
    ou: account.ou,
  };
}

function routeOf(
  index: number,
  accounts: readonly AccountCoverage[],
  next: () => number,
  taint: Taint,
): FindingRoute {
  const outside = index % 13 === 12;
  const account = pick(scanned(accounts), next).id;
  return {
    replicationRule: index % 5 === 4 ? '#2' : taint(`to-${pick(purposes, next)}`),
    destination: {
      bucket: taint(`replica-${pick(purposes, next)}-${index % 40}`),
      account: outside ? null : account,
      region: outside ? null : pick(regions, next),
    },
  };
}

function causeOf(index: number, account: string, call: string, taint: Taint): Cause {
  if (index % 2 === 0)
    return { reason: 'access-denied', call, account, detail: taint(`${call} was denied in ${account}`) };
  return { reason: 'outside-organization', detail: taint('the destination is in no scanned account') };
}
