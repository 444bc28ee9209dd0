/**
 * How many questions the policy evaluator answers a second, of replication as an organization has it: `npm run bench:iam`,
 * and with `-- --json FILE` for a file of the figures. Policies are parsed before; what a rule does for each route (the
 * role, the places, the requests) is done anew each time. A second is one of processor time, the compiler's and the garbage
 * collector's included, so that a busy machine does not count.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { decide } from '../src/iam/decide.ts';
import { onBucket, onKey, onObjects, type Place, type Replicator } from '../src/iam/replication.ts';
import type { Layers, Request } from '../src/iam/request.ts';
import { atReplica, atReplicaKey, atSource, atSourceKey, NAMES, OURS, THEIRS } from './iam-policies.ts';

const RUNS = 5;
const RUN_SECONDS = 1;

type Ask = (request: Request, layers: Layers) => void;

interface Route {
  readonly replicator: Replicator;
  readonly source: Place;
  readonly replica: Place;
  readonly sourceKey: Place;
  readonly replicaKey: Place;
}

/** A route as a rule meets it: its own objects, of which none has been seen before. */
function routeOf(): Route {
  const organization = { id: 'o-example' };
  const here = { account: OURS, region: 'us-east-1', organization };
  const there = { account: THEIRS, region: 'eu-west-1', organization };
  return {
    replicator: { arn: NAMES.role, account: OURS, organization, tags: { team: 'storage' } },
    source: { arn: NAMES.source, ...here },
    replica: { arn: NAMES.replica, ...there },
    sourceKey: { arn: NAMES.sourceKey, ...here },
    replicaKey: { arn: NAMES.replicaKey, ...there },
  };
}

const READ = ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'];
const WRITTEN = ['s3:ReplicateObject', 's3:ReplicateDelete'];

/** Ten questions: all that S3 asks on the way. */
function askRoute(ask: Ask, prefix: string): void {
  const route = routeOf();
  const { replicator, source, replica, sourceKey, replicaKey } = route;
  ask(onBucket(replicator, source, 's3:GetReplicationConfiguration'), atSource);
  ask(onBucket(replicator, source, 's3:ListBucket'), atSource);
  askObjects(ask, prefix, route);
  const read = { bucket: source, prefix, bucketKey: false };
  const written = { bucket: replica, prefix, bucketKey: false };
  ask(onKey(replicator, sourceKey, 'kms:Decrypt', read), atSourceKey);
  ask(onKey(replicator, replicaKey, 'kms:Encrypt', written), atReplicaKey);
  ask(onKey(replicator, replicaKey, 'kms:GenerateDataKey', { ...written, bucketKey: true }), atReplicaKey);
}

function askObjects(ask: Ask, prefix: string, { replicator, source, replica }: Route): void {
  const encrypted = { encryption: 'aws:kms', key: NAMES.replicaKey };
  for (const action of READ) ask(onObjects(replicator, source, action, prefix), atSource);
  for (const action of WRITTEN) ask(onObjects(replicator, replica, action, prefix, encrypted), atReplica);
}

function decides(request: Request, layers: Layers): void {
  decide(request, layers);
}

/** The same of one object. */
function decidesOne(request: Request, layers: Layers): void {
  const { resource } = request;
  const one = typeof resource === 'string' ? resource : `${resource.under}2026/11/one.json`;
  decide({ ...request, resource: one }, layers);
}

/** A measured way to ask, and how many questions a turn of it asks. */
interface Measure {
  readonly name: string;
  readonly key: string;
  readonly questions: number;
  readonly turn: () => void;
}

const MEASURES: readonly Measure[] = [
  {
    name: 'the mix',
    key: 'iam.mixPerSecond',
    questions: 20,
    turn: () => {
      askRoute(decides, '');
      askRoute(decides, 'logs/');
    },
  },
  {
    name: 'one object',
    key: 'iam.objectPerSecond',
    questions: 5,
    turn: () => {
      askObjects(decidesOne, 'logs/', routeOf());
    },
  },
  {
    name: 'a prefix',
    key: 'iam.prefixPerSecond',
    questions: 5,
    turn: () => {
      askObjects(decides, 'logs/', routeOf());
    },
  },
];

function perSecond({ questions, turn }: Measure): number {
  const from = process.cpuUsage();
  let asked = 0;
  let spent = 0;
  while (spent < RUN_SECONDS) {
    for (let turns = 0; turns < 50; turns += 1) turn();
    asked += 50 * questions;
    const { user, system } = process.cpuUsage(from);
    spent = (user + system) / 1e6;
  }
  return asked / spent;
}

function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? NaN;
}

/** Fast and wrong would be no figure. */
function mustBeAllowed(request: Request, layers: Layers): void {
  const { outcome } = decide(request, layers);
  if (outcome !== 'allowed') throw new Error(`${request.action}: ${outcome}`);
}
for (const prefix of ['', 'logs/']) askRoute(mustBeAllowed, prefix);

const { values } = parseArgs({ options: { json: { type: 'string' } } });
const figures: Record<string, number> = {};
for (const measure of MEASURES) {
  perSecond(measure);
  const runs = Array.from({ length: RUNS }, () => perSecond(measure));
  const figure = Math.round(median(runs));
  figures[measure.key] = figure;
  console.log(`${measure.name}: ${figure.toLocaleString('en')} evaluations a second`);
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
