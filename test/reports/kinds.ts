/** The properties of the audit's and the findings' types, written down so that the compiler holds them to the types. */
import type * as audits from '../../src/model/audit.ts';
import type { WaiverSelector } from '../../src/model/configuration.ts';
import type { AccountIdentity } from '../../src/model/estate.ts';
import type { Cause } from '../../src/model/facts.ts';
import type {
  Evidence,
  Finding,
  FindingRoute,
  Fix,
  Resource,
  Severity,
  Waiver,
} from '../../src/model/finding.ts';
import type { Check, Compliance, Control, Framework, Source, Subject } from '../../src/model/framework.ts';

/** What the compiler knows of a type: each property, and whether it may be left out. */
type Kinds<T> = { readonly [K in keyof T]-?: object extends Pick<T, K> ? 'optional' : 'required' };
/** The same, of a type that is not named. */
export type Kind = Readonly<Record<string, 'optional' | 'required'>>;

const required = 'required';
const optional = 'optional';
const cause: Kinds<Cause> = { reason: required, call: optional, account: optional, detail: required };
const outcomes: Kinds<audits.RuleTally> = {
  pass: required,
  fail: required,
  waived: required,
  unknown: required,
  notApplicable: required,
};

const finding: Kinds<Finding> = {
  ...({ rule: required, severity: required, outcome: required, fingerprint: required } as const),
  ...({
    resource: required,
    route: optional,
    message: required,
    expected: optional,
    actual: optional,
  } as const),
  ...({ evidence: required, predicts: required, causes: required, fix: required, policy: optional } as const),
  ...({ waiver: optional, change: optional } as const),
};
const resource: Kinds<Resource> = {
  ...({ arn: required, bucket: required, account: required, accountName: required } as const),
  ...({ region: required, ou: required } as const),
};
const route: Kinds<FindingRoute> = { replicationRule: required, destination: required };
const destination: Kinds<FindingRoute['destination']> = {
  bucket: required,
  account: required,
  region: required,
};
const evidence: Kinds<Evidence> = {
  ...({ call: required, resource: required, account: required } as const),
  ...({ time: required, pointer: required, value: required } as const),
};
const fix: Kinds<Fix> = {
  text: required,
  cli: optional,
  json: optional,
  terraform: optional,
  cloudformation: optional,
};

const waiver: Kinds<Waiver> = { reason: required, owner: required, expires: required };

const audit: Kinds<audits.Audit> = {
  ...({ format: required, header: required, coverage: required } as const),
  ...({ tallies: required, rules: required, compliance: required, topology: required } as const),
  ...({ waivers: required, change: optional } as const),
};
const header: Kinds<audits.Header> = {
  ...({ replint: required, organization: required, partition: required, caller: required } as const),
  ...({ started: required, finished: required, configuration: required, preset: required } as const),
  ...({ onlyRules: required, neverScanned: optional } as const),
  ...({ framework: optional, part: optional, redacted: optional } as const),
};
const caller: Kinds<audits.Header['caller']> = { account: required, arn: required };
const coverage: Kinds<audits.Coverage> = {
  ...({ complete: required, accounts: required, buckets: required, replicatingBuckets: required } as const),
  ...({ routes: required, factsKnown: required, gaps: required, objects: required } as const),
};
const identity: Kinds<AccountIdentity> = {
  ...({ id: required, name: required, state: required, ou: required, ouId: required } as const),
};
const account: Kind = { ...identity, buckets: required, status: required, causes: optional, why: optional };
const gap: Kinds<audits.Gap> = { ...cause, count: required, example: required };
const objects: Kinds<audits.Coverage['objects']> = {
  exact: required,
  sampled: required,
  notCompared: required,
};
const tallies: Kinds<audits.Tallies> = { ...outcomes, rules: required };
const severities: Kinds<Record<Severity, number>> = { error: required, warning: required, note: required };
const rule: Kinds<audits.RuleInfo> = {
  ...({ title: required, severity: required, why: required, fix: required } as const),
  ...({ page: required, predicts: required, controls: required, calls: required } as const),
};
const waiverUse: Kinds<audits.WaiverUse> = {
  ...({ rule: required, policy: optional, only: required, ...waiver } as const),
  ...({ state: required, failures: required, undecided: required, said: required } as const),
};
const only: Kinds<WaiverSelector> = {
  ...({ tags: optional, buckets: optional, accounts: optional } as const),
  ...({ ous: optional, regions: optional, destinations: optional } as const),
};
const change: Kinds<audits.AuditChange> = {
  ...({
    baseline: required,
    new: required,
    unchanged: required,
    resolved: required,
    carried: required,
  } as const),
  ...({ unknownNow: required, dropped: required, carriedAccounts: required } as const),
  ...({ carriedRules: required, rules: required } as const),
};
const baseline: Kinds<audits.AuditChange['baseline']> = {
  replint: required,
  finished: required,
  configuration: required,
};
const compliance: Kinds<Compliance> = { frameworks: required, subjects: required };
const framework: Kinds<Framework> = {
  ...({ name: required, title: required, catalogue: required } as const),
  ...({ note: required, sources: required, controls: required } as const),
};
const control: Kinds<Control> = { id: required, title: required, checks: required, unassessed: optional };
const check: Kinds<Check> = { subject: required, directness: required, source: required };
const subject: Kinds<Subject> = { title: required, rules: required };
const source: Kinds<Source> = { title: required, address: required };
const topology: Kinds<audits.Topology> = { nodes: required, edges: required };
const node: Kinds<audits.TopologyNode> = {
  ...({
    id: required,
    account: required,
    accountName: required,
    region: required,
    buckets: required,
  } as const),
};
const edge: Kinds<audits.TopologyEdge> = {
  ...({ from: required, to: required, routes: required, broken: required } as const),
  ...({ warned: required, unknown: required, pairs: required } as const),
};
const pair: Kinds<audits.TopologyPair> = {
  ...({ source: required, destination: required, replicationRule: required, state: required } as const),
};

/** A line of findings.ndjson, and what stands below it by the schema's names. */
export const findingKinds = {
  top: finding,
  below: { resource, route, destination, evidence, cause, fix, waiver },
};

/** audit.json, and what stands below it by the schema's names. */
export const auditKinds = {
  top: audit,
  below: {
    ...{ header, caller, coverage, account, gap, objects, tallies, severities, tally: outcomes },
    ...{ rule, waiverUse, only, change, baseline, compliance, topology, node, edge, pair },
  },
};

/** A framework's file, and what stands below it by the schema's names. */
export const frameworkKinds = { top: framework, below: { source, control, check, subject } };
