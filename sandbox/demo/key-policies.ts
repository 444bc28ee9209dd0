/** The policies of the demo's keys. */
import { policy, rootOf } from './document.ts';
import type { Special } from './layout/bucket.ts';

const use = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'];

/** What a special key's policy says otherwise than the usual one's. */
interface Difference {
  /** What the roles of the sources' accounts may do. */
  readonly use?: readonly string[];
  readonly Condition?: object;
  readonly more?: readonly object[];
}

/** Nobody may use it but from the office. */
const officeOnly = {
  Sid: 'OfficeOnly',
  Effect: 'Deny',
  Principal: '*',
  Action: use,
  Resource: '*',
  Condition: { NotIpAddress: { 'aws:SourceIp': '198.51.100.0/24' } },
};

const context = 'kms:EncryptionContext:aws:s3:arn';
const replicas = 'arn:aws:s3:::acme-dr-payments-mandates';

/** The destination of all of them is in eu-central-1 and has a Bucket Key, and so has the source in eu-west-1. */
const differences: Readonly<Partial<Record<Special, Difference>>> = {
  'for the office only': { more: [officeOnly] },
  'for its owner only': { use: [] },
  'by a grant': { use: [] },
  'only to encrypt': { use: ['kms:Encrypt', 'kms:GenerateDataKey'] },
  'through another Region': via('eu-west-1'),
  'of a misspelt context': {
    Condition: { StringLike: { 'kms:EncryptionContext:arn:aws:arn': [replicas, `${replicas}/*`] } },
  },
  'of objects only': { Condition: { StringLike: { [context]: `${replicas}/*` } } },
  'of bucket and objects': {
    Condition: { ...via('eu-central-1').Condition, StringLike: { [context]: [replicas, `${replicas}/*`] } },
  },
};

function via(region: string): { readonly Condition: object } {
  return { Condition: { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } } };
}

/** A key that its account administers, and that the roles of the sources' accounts may use. */
export function keyPolicy(owner: string, sources: readonly string[], special: Special | null): string {
  const { use: Action = use, Condition, more = [] } = (special === null ? null : differences[special]) ?? {};
  const users = special === null ? [owner, ...sources] : sources;
  const given = {
    Sid: 'Replication',
    Effect: 'Allow',
    Principal: { AWS: users.map(rootOf) },
    Action,
    Resource: '*',
    ...(Condition === undefined ? {} : { Condition }),
  };
  return policy(
    { Effect: 'Allow', Principal: { AWS: rootOf(owner) }, Action: 'kms:*', Resource: '*' },
    ...(Action.length === 0 || users.length === 0 ? [] : [given]),
    ...more,
  );
}
