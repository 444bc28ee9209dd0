/** OCSF Compliance Findings (class 2003), for data lakes and SIEMs. https://schema.ocsf.io/1.3.0/classes/compliance_finding */
import type { Audit } from '../src/model/audit.ts';
import type { Change, Finding, Severity } from '../src/model/finding.ts';
import { clean } from './escape.ts';
import { nothingBesides, type Besides, type Findings, type Format } from './format.ts';
import { judgeOf, own } from './html/survey.ts';

/** `findings.ocsf.json`: an array with an event a line, of what is resolved or carried along from the baseline too. */
export const ocsf: Format = { name: 'ocsf', file: 'findings.ocsf.json', write };

async function* write(
  audit: Audit,
  findings: Findings,
  { resolved, carried }: Besides = nothingBesides,
): AsyncIterable<string> {
  const titles = new Map(audit.compliance.frameworks.map(({ name, title }) => [name, title]));
  let before = '[';
  for (const each of [findings, resolved, carried]) {
    for await (const finding of each()) {
      yield `${before}\n${JSON.stringify(eventOf(finding, audit, titles), cleaned)}`;
      before = ',';
    }
  }
  yield before === '[' ? '[]\n' : '\n]\n';
}

/** Half a surrogate pair is no UTF-8, and a control character is no text. */
function cleaned(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? clean(value) : value;
}

/** OCSF's scale: 2 low, 3 medium, 4 high, and 5, critical, for what no configuration alone is. */
const severities: Readonly<Record<Severity, readonly [id: number, caption: string]>> = {
  error: [4, 'High'],
  warning: [3, 'Medium'],
  note: [2, 'Low'],
};

/** What happened to the finding since the baseline; without one it is new. */
const activities: Readonly<Record<Change, readonly [id: number, name: string]>> = {
  new: [1, 'Create'],
  unchanged: [2, 'Update'],
  'unknown-now': [2, 'Update'],
  resolved: [3, 'Close'],
  carried: [2, 'Update'],
};

/** OCSF's states are those of a ticket: what has no word there is 99, with a word of ours. */
const states: Readonly<Record<Change, readonly [id: number, name: string]>> = {
  new: [1, 'New'],
  unchanged: [99, 'Unchanged'],
  'unknown-now': [99, 'Unknown now'],
  resolved: [4, 'Resolved'],
  carried: [99, 'Carried'],
};

function happened({ waiver, change = 'new' }: Finding): object {
  const [activity_id, activity_name] = activities[change];
  const [status_id, status] = waiver && change !== 'resolved' ? [3, 'Suppressed'] : states[change];
  return {
    ...{ activity_id, activity_name, status_id, status },
    ...{ type_uid: 200300 + activity_id, type_name: `Compliance Finding: ${activity_name}` },
  };
}

function eventOf(finding: Finding, audit: Audit, titles: ReadonlyMap<string, string>): object {
  const { header } = audit;
  const { resource, outcome, fingerprint, message } = finding;
  const [severity_id, severity] = severities[finding.severity];
  // The audit's own time, so that the same audit gives the same bytes.
  const time = Date.parse(header.finished);
  return {
    ...happened(finding),
    ...{ category_uid: 2, category_name: 'Findings', class_uid: 2003, class_name: 'Compliance Finding' },
    ...{ time, severity_id, severity, message },
    metadata: {
      version: '1.3.0',
      product: { name: 'replint', vendor_name: 'replint', version: header.replint },
      profiles: ['cloud'],
      uid: fingerprint,
    },
    cloud: {
      provider: 'AWS',
      account: { uid: resource.account, name: resource.accountName, type: 'AWS Account', type_id: 10 },
      ...(resource.region === null ? {} : { region: resource.region }),
      ...(header.organization === null ? {} : { org: orgOf(header.organization, resource.ou) }),
    },
    finding_info: findingInfo(finding, audit, time),
    compliance: complianceOf(finding, audit, titles),
    resources: resourcesOf(finding, header.partition),
    remediation: remediationOf(finding, audit),
    unmapped: unmappedOf(finding, outcome),
  };
}

function orgOf(uid: string, ou: string | null): object {
  return { uid, ...(ou === null ? {} : { ou_name: ou }) };
}

function findingInfo(finding: Finding, { rules }: Audit, time: number): object {
  const { fingerprint: uid, rule, message, evidence } = finding;
  const info = own(rules, judgeOf(finding));
  const sources = [...new Set(evidence.map(({ call }) => call))];
  return {
    ...{ uid, title: info?.title ?? rule, desc: message, created_time: time, types: ['S3 replication'] },
    analytic: { uid: rule, name: judgeOf(finding), type: 'Rule', type_id: 1 },
    ...(sources.length === 0 ? {} : { data_sources: sources }),
  };
}

/** A finding bears on the controls of its rule; a rule without any is a standard of our own, since OCSF asks for one. */
function complianceOf(finding: Finding, { rules }: Audit, titles: ReadonlyMap<string, string>): object {
  const { rule, outcome, actual, causes, change } = finding;
  const controls = own(rules, judgeOf(finding))?.controls ?? [];
  const standards = [...new Set(controls.map((control) => control.slice(0, control.indexOf('/'))))];
  const was = change === 'resolved' ? undefined : actual;
  const detail =
    outcome === 'fail' ? was : causes.map((cause) => `${cause.reason}: ${cause.detail}`).join('; ');
  return {
    control: rule,
    requirements: controls,
    standards: standards.length === 0 ? ['replint'] : standards.map((name) => titles.get(name) ?? name),
    ...verdictOf(finding),
    ...(detail === undefined || detail === '' ? {} : { status_detail: detail }),
  };
}

/** A warning is what could not be told for want of information. What is resolved fails no longer, or is there no longer. */
function verdictOf({ outcome, change }: Finding): object {
  if (change === 'resolved') return { status_id: 99, status: 'Resolved' };
  return outcome === 'fail' ? { status_id: 3, status: 'Fail' } : { status_id: 2, status: 'Warning' };
}

function resourcesOf({ resource, route }: Finding, cloud_partition: string): readonly object[] {
  const owner = (uid: string, name?: string): object => ({
    account: { uid, ...(name === undefined ? {} : { name }), type: 'AWS Account', type_id: 10 },
  });
  const place = (region: string | null): object => (region === null ? {} : { region });
  const bucket = {
    ...{ uid: resource.arn, name: resource.bucket, type: 'AWS::S3::Bucket', cloud_partition },
    ...place(resource.region),
    owner: owner(resource.account, resource.accountName),
  };
  if (route === undefined) return [bucket];
  const to = route.destination;
  const destination = {
    ...{ uid: `arn:${cloud_partition}:s3:::${to.bucket}`, name: to.bucket, type: 'AWS::S3::Bucket' },
    ...{ cloud_partition, ...place(to.region), group: { name: 'destination' } },
    ...(to.account === null ? {} : { owner: owner(to.account) }),
  };
  return [bucket, destination];
}

function remediationOf({ fix, ...finding }: Finding, { rules }: Audit): object {
  const page = own(rules, judgeOf(finding))?.page ?? null;
  return { desc: fix.text, ...(page === null ? {} : { references: [page] }) };
}

/** What OCSF has no word for. */
function unmappedOf(finding: Finding, outcome: Finding['outcome']): object {
  const { expected, actual, evidence, predicts, causes, fix, policy, route, waiver, change } = finding;
  return {
    ...{ outcome, expected, actual, evidence, predicts, causes, policy, waiver, change },
    ...{ replication_rule: route?.replicationRule, fix: { ...fix, text: undefined } },
  };
}
