/**
 * AWS's own sample policies for replication, through the real rules: as they stand nothing is refused but what the table
 * knows of, and each permission that is taken out is found, by exactly the rule that names it.
 */
import { describe, expect, it } from 'vitest';
import { statementsOf, without } from './situations.ts';
import { rules } from '../../../rules/index.ts';
import { accountKeyPolicy, allow, kmsWith, policyOf, withReplicaKey } from '../../../rules/shared/example.ts';
import { healthy, tryEach, type TestSituation } from '../../../src/tester.ts';
import { OURS, ROLE, THEIRS, to } from '../../iam/build.ts';
import * as sample from '../../iam/samples.ts';

type Statements = readonly object[];
type Part = 'role' | 'destination' | 'sourceKey' | 'replicaKey';
/** By rule, how bad it is. */
type Findings = Readonly<Record<string, string | undefined>>;

interface Sample {
  readonly page: string;
  readonly policies: Readonly<Partial<Record<Part, Statements>>>;
  /** Who owns the destination. */
  readonly owner: string;
  readonly base: TestSituation;
  /** What these samples lack by themselves. */
  readonly known: Findings;
  /** What is taken out of which policy, and which finding that makes; null: replication does without. */
  readonly taken: readonly (readonly [Part, string, Findings | null])[];
}

/** Of the rules about who may do what; others look at settings. */
const asked = rules.filter(({ id }) =>
  /^(role-|destination-policy-|encryption-context-|kms-via-|replica-key-policy-|retention-denied|network-|key-policy-)/.test(
    id,
  ),
);

const error = (rule: string): Findings => ({ [rule]: 'error' });
const warning = (rule: string): Findings => ({ [rule]: 'warning' });

// setting-repl-config-perm-overview.html: "IAM role trust policy" has no condition.
const trust: Findings = { 'role-trust-unscoped': 'note' };
// The same page names s3:GetObjectVersionAnnotationForReplication since 2026; the samples are older.
const beforeAnnotations: Findings = { ...trust, 'role-cannot-read-annotations': 'note' };
// The page grants s3:GetObjectVersionTagging on the destination, or not at all.
const withoutTags: Findings = { ...beforeAnnotations, 'role-cannot-read-tags': 'warning' };
// replication-config-for-kms-objects.html asks for kms:Encrypt alone, replication-troubleshoot.html for kms:GenerateDataKey too.
const encryptAlone: Findings = { 'role-cannot-encrypt-replica': 'warning' };

const deletes = { DeleteMarkerReplication: { Status: 'Enabled' } };
const readsSource: Sample['taken'] = [
  ['role', 's3:GetReplicationConfiguration', error('role-cannot-read-source-configuration')],
  ['role', 's3:ListBucket', error('role-cannot-read-source-configuration')],
  ['role', 's3:GetObjectVersionForReplication', error('role-cannot-read-source-objects')],
  ['role', 's3:GetObjectVersionAcl', error('role-cannot-read-source-objects')],
];
const readsTags: Sample['taken'] = [['role', 's3:GetObjectVersionTagging', warning('role-cannot-read-tags')]];
const writes: Sample['taken'] = [
  ['role', 's3:ReplicateObject', error('role-cannot-replicate')],
  ['role', 's3:ReplicateDelete', error('role-cannot-replicate-deletes')],
];
const writesTags: Sample['taken'] = [['role', 's3:ReplicateTags', null]];
const ownerAllows: Sample['taken'] = [
  ['destination', 's3:ReplicateObject', error('destination-policy-missing')],
  ['destination', 's3:ReplicateDelete', error('destination-policy-missing')],
];
const ownerAllowsMore: Sample['taken'] = [
  ['destination', 's3:List*', null],
  ['destination', 's3:GetBucketVersioning', null],
  ['destination', 's3:PutBucketVersioning', null],
];
/** What may not be used at all needs no encryption context. */
const noContext = { 'encryption-context-without-object-arn': undefined };
const usesKeys: Sample['taken'] = [
  ['role', 'kms:Decrypt', error('role-cannot-decrypt-source')],
  ['role', 'kms:Encrypt', error('role-cannot-encrypt-replica')],
  ['sourceKey', 'kms:*', error('role-cannot-decrypt-source')],
];

const ourReplicaKey = `arn:aws:kms:eu-central-1:${OURS}:key/5678`;
const encrypted = (key: string, bucketKey: boolean): TestSituation => ({
  source: { encryption: kmsWith(healthy.sourceKey, bucketKey) },
  destination: { encryption: kmsWith(key, bucketKey) },
  replicationRule: { ...withReplicaKey(key), ...deletes },
});
const underPrefix = (situation: TestSituation): TestSituation => ({
  ...situation,
  replicationRule: { ...situation.replicationRule, Filter: { Prefix: 'Tax' } },
});
const ourKeys = { sourceKey: statementsOf(accountKeyPolicy), replicaKey: statementsOf(accountKeyPolicy) };

const samples: readonly Sample[] = [
  {
    page: 'setting-repl-config-perm-overview.html, one account',
    policies: { role: sample.minimal },
    owner: OURS,
    base: { replicationRule: deletes },
    known: beforeAnnotations,
    taken: [...readsSource, ...readsTags, ...writes, ...writesTags],
  },
  {
    page: 'setting-repl-config-perm-overview.html#setting-repl-config-crossacct, two accounts',
    policies: { role: sample.minimal, destination: sample.destinationPolicy },
    owner: THEIRS,
    base: { replicationRule: deletes },
    known: beforeAnnotations,
    taken: [...readsSource, ...readsTags, ...writes, ...writesTags, ...ownerAllows, ...ownerAllowsMore],
  },
  {
    page: 'object-lock-managing.html#object-lock-managing-replication, Object Lock',
    policies: { role: [...sample.minimal, ...sample.lock] },
    owner: OURS,
    base: { replicationRule: deletes, source: { objectLock: { ObjectLockEnabled: 'Enabled' } } },
    known: beforeAnnotations,
    taken: [
      ...readsSource,
      ...readsTags,
      ...writes,
      ...writesTags,
      ['role', 's3:GetObjectRetention', error('role-cannot-read-retention')],
      ['role', 's3:GetObjectLegalHold', error('role-cannot-read-retention')],
    ],
  },
  {
    page: 'replication-change-owner.html, owner override',
    policies: { role: sample.owner, destination: sample.ownerPolicy },
    owner: THEIRS,
    base: {
      replicationRule: {
        ...deletes,
        Destination: {
          Bucket: 'arn:aws:s3:::orders-replica',
          Account: THEIRS,
          AccessControlTranslation: { Owner: 'Destination' },
        },
      },
      destination: { ownershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } },
    },
    known: withoutTags,
    taken: [
      ...readsSource,
      ...writes,
      ...writesTags,
      ...ownerAllows,
      ['role', 's3:ObjectOwnerOverrideToBucketOwner', error('role-cannot-change-owner')],
      ['role', 's3:GetObjectVersionTagging', null],
      ['destination', 's3:ObjectOwnerOverrideToBucketOwner', error('role-cannot-change-owner')],
      ['destination', 's3:ReplicateTags', null],
      ['destination', 's3:GetObjectVersionTagging', null],
    ],
  },
  {
    page: 'replication-config-for-kms-objects.html#replication-walkthrough-4, SSE-KMS',
    policies: { role: sample.kms, ...ourKeys },
    owner: OURS,
    base: encrypted(ourReplicaKey, false),
    known: { ...beforeAnnotations, ...encryptAlone },
    taken: [
      ...readsSource,
      ...readsTags,
      ...writes,
      ...writesTags,
      ...usesKeys,
      ['replicaKey', 'kms:*', error('role-cannot-encrypt-replica')],
    ],
  },
  {
    page: 'replication-config-for-kms-objects.html#kms-replication-examples, SSE-KMS under a prefix',
    policies: { role: sample.kmsUnderPrefix, ...ourKeys },
    owner: OURS,
    base: underPrefix(encrypted(ourReplicaKey, false)),
    known: { ...withoutTags, ...encryptAlone },
    taken: [
      ...readsSource,
      ...writes,
      ...usesKeys,
      ['replicaKey', 'kms:*', error('role-cannot-encrypt-replica')],
    ],
  },
  {
    page: 'replication-config-for-kms-objects.html#kms-replication-examples, Bucket Keys',
    policies: {
      role: sample.kmsWithBucketKeys,
      sourceKey: ourKeys.sourceKey,
      // #bk-replication: the policy of this key "must include the kms:Decrypt permission for the calling principal".
      replicaKey: [...ourKeys.replicaKey, allowing('kms:Decrypt')],
    },
    owner: OURS,
    base: underPrefix(encrypted(ourReplicaKey, true)),
    known: {
      ...withoutTags,
      ...encryptAlone,
      // Its encryption context is the bucket's alone: objects from before the Bucket Key have their own.
      'encryption-context-without-object-arn': 'warning',
    },
    taken: [
      ...readsSource,
      ...writes,
      ['role', 'kms:Decrypt', { ...error('role-cannot-decrypt-source'), ...noContext }],
      ['role', 'kms:Encrypt', error('role-cannot-encrypt-replica')],
      ['sourceKey', 'kms:*', { ...error('role-cannot-decrypt-source'), ...noContext }],
      ['replicaKey', 'kms:*', error('role-cannot-encrypt-replica')],
      ['replicaKey', 'kms:Decrypt', error('role-cannot-decrypt-bucket-key')],
    ],
  },
  {
    page: "replication-troubleshoot.html, another account's key",
    policies: {
      role: [...sample.minimal, ...sample.troubleshootRole],
      destination: sample.destinationPolicy,
      sourceKey: ourKeys.sourceKey,
      replicaKey: sample.foreignKeyPolicy,
    },
    owner: THEIRS,
    base: encrypted(healthy.replicaKey, false),
    known: beforeAnnotations,
    taken: [
      ...readsSource,
      ...readsTags,
      ...writes,
      ...writesTags,
      ...ownerAllows,
      ...ownerAllowsMore,
      ...usesKeys.filter(([, action]) => action !== 'kms:Encrypt'),
      ['replicaKey', 'kms:*', null],
      ['role', 'kms:GenerateDataKey', warning('role-cannot-encrypt-replica')],
      ['role', 'kms:Encrypt', warning('role-cannot-encrypt-replica')],
      ['replicaKey', 'kms:Encrypt', warning('role-cannot-encrypt-replica')],
      ['replicaKey', 'kms:GenerateDataKey', warning('role-cannot-encrypt-replica')],
    ],
  },
];

function allowing(action: string): object {
  return { ...allow(action, '*'), ...to(ROLE) };
}

/** The samples' names, as the healthy pair has them. */
function ours(statements: Statements): string {
  return [
    ['amzn-s3-demo-source-bucket', healthy.source.name],
    ['amzn-s3-demo-destination-bucket', healthy.destination.name],
    [ROLE, healthy.role],
    [sample.sourceKey.arn, healthy.sourceKey],
    [`arn:aws:kms:us-west-2:${OURS}:key/5678`, ourReplicaKey],
    ['s3.us-east-1.', `s3.${healthy.source.region}.`],
    ['s3.us-west-2.', `s3.${healthy.destination.region}.`],
  ].reduce((text, [theirs = '', own = '']) => text.replaceAll(theirs, own), policyOf(...statements));
}

/** What all rules find of a sample, a permission taken out of one of its policies. */
function findings({ policies, owner, base }: Sample, part?: Part, action?: string): Findings {
  const text = (of: Part): string | null => {
    const statements = policies[of];
    if (statements === undefined) return null;
    const left = of === part && action !== undefined ? without(statements as never, action) : statements;
    return left.length === 0 && of === 'destination' ? null : renamed(ours(left), owner);
  };
  const key = (of: 'sourceKey' | 'replicaKey') => {
    const policy = text(of);
    return policy === null ? {} : { [of]: { policy } };
  };
  const outcomes = asked.flatMap((rule) =>
    tryEach(rule, {
      ...base,
      destination: { ...base.destination, account: owner, policy: text('destination') },
      role: {
        policies: {
          Inline: [{ Name: 'sample', Document: text('role') ?? '' }],
          Attached: [],
          Boundary: null,
        },
      },
      ...key('sourceKey'),
      ...key('replicaKey'),
    }),
  );
  return Object.fromEntries(
    outcomes.flatMap((one) =>
      'finding' in one
        ? [
            [
              one.finding.rule,
              one.outcome === 'fail' ? one.finding.severity : `unknown: ${one.finding.message}`,
            ],
          ]
        : [],
    ),
  );
}

/** The key of another account is the owner's. */
function renamed(text: string, owner: string): string {
  return owner === THEIRS ? text.replaceAll(ourReplicaKey, healthy.replicaKey) : text;
}

describe.each(samples)('$page', (one) => {
  it('refuses nothing as it stands, but what is known', () => {
    expect(findings(one)).toEqual(one.known);
  });
  it.each(one.taken)('%s without %s: %j', (part, action, found) => {
    expect(findings(one, part, action)).toEqual({ ...one.known, ...found });
  });
  it('has every permission that it grants in the table', () => {
    const granted = Object.entries(one.policies).flatMap(([part, statements]) =>
      // Every sample statement is made with actions in this element.
      (statements as readonly { readonly Action: string | readonly string[] }[]).flatMap(({ Action }) =>
        [Action].flat().map((action) => `${part} ${action}`),
      ),
    );
    expect(new Set(one.taken.map(([part, action]) => `${part} ${action}`))).toEqual(new Set(granted));
  });
});

describe.each(sample.trusts)('the trust %j', (statement) => {
  it('lets S3 assume the role, and another trust does not', () => {
    const trusting = (trusted: object) =>
      tryEach(ruleOf('role-not-trusting-s3'), {
        role: { definition: { Arn: healthy.role, AssumeRolePolicyDocument: policyOf(trusted), Tags: [] } },
      }).map(({ outcome }) => outcome);
    expect(trusting(statement)).toEqual(['pass']);
    expect(trusting({ ...statement, Action: 'sts:TagSession' })).toEqual(['fail']);
  });
});

function ruleOf(id: string) {
  const rule = rules.find((one) => one.id === id);
  if (rule === undefined) throw new Error(`There is no rule '${id}'.`);
  return rule;
}
