/** A finding as it is shown in full; the printed page and the client script both draw it from this. */
import type { RuleInfo } from '../../../src/model/audit.ts';
import type { Cause, Reason } from '../../../src/model/facts.ts';
import type { Change, Evidence, Finding, Fix, Waiver } from '../../../src/model/finding.ts';
import { fragment, https, shown, time, value } from '../text.ts';

/** What kind of finding it is: the word, and the CSS class that colours and shapes its mark. */
export interface Kind {
  readonly name: 'error' | 'warning' | 'note' | 'unknown' | 'waived' | 'pass';
  readonly word: string;
}

/** A labelled line of a definition list. */
export interface Line {
  readonly label: string;
  readonly text: string;
}

export interface Code {
  readonly label: string;
  readonly code: string;
}

export interface EvidenceView {
  readonly call: string;
  readonly lines: readonly Line[];
  readonly value: string;
}

export interface Detail {
  readonly fingerprint: string;
  readonly anchor: string;
  readonly link: string;
  readonly kind: Kind;
  readonly title: string;
  readonly rule: string;
  readonly message: string;
  readonly facts: readonly Line[];
  readonly expected: string | null;
  readonly actual: string | null;
  readonly evidence: readonly EvidenceView[];
  readonly predicts: readonly string[];
  readonly causes: readonly Line[];
  readonly fix: string;
  readonly codes: readonly Code[];
  readonly why: string | null;
  readonly page: string | null;
  readonly controls: readonly string[];
}

// A fix longer than this is no fix that anybody types.
const longestCode = 8000;

/** A finding, or its row. */
type Judged = Pick<Finding, 'outcome' | 'severity'> & { readonly waiver?: Waiver | null };

/** The finding's kind. */
export function kind({ outcome, severity, waiver }: Judged): Kind {
  if (outcome === 'unknown') return { name: 'unknown', word: 'Unknown' };
  if (waiver) return { name: 'waived', word: 'Waived' };
  const words = { error: 'Error', warning: 'Warning', note: 'Note' };
  return { name: severity, word: words[severity] };
}

/** The reason of an unknown in plain words. */
export const reasons: Readonly<Record<Reason, string>> = {
  'access-denied': 'Access denied',
  throttled: 'Throttled until the time ran out',
  failed: 'The call failed',
  'outside-organization': 'Outside the organization',
  'not-collected': 'Not collected',
  undetermined: 'Not settled by AWS’s documentation',
};

/** The account, by name and number. */
export function owner(name: string | null, account: string | null): string {
  if (account === null) return 'account not known';
  return name === null || name === '' ? shown(account) : `${shown(name, 120)} (${shown(account)})`;
}

/** Everything that the page says of a finding. */
export function detail(finding: Finding, rule: RuleInfo | undefined): Detail {
  const link = fragment({ finding: finding.fingerprint });
  return {
    fingerprint: shown(finding.fingerprint),
    anchor: link.slice(1),
    link,
    kind: kind(finding),
    title: shown(rule?.title ?? finding.rule),
    rule: shown(finding.rule),
    message: shown(finding.message, 2000),
    facts: facts(finding),
    expected: finding.expected === undefined ? null : shown(finding.expected, 2000),
    actual: finding.actual === undefined ? null : shown(finding.actual, 2000),
    evidence: finding.evidence.map(evidence),
    predicts: finding.predicts.map((reason) => shown(reason)),
    causes: finding.causes.map(cause),
    fix: shown(finding.fix.text, 2000),
    codes: codes(finding.fix),
    why: rule === undefined ? null : shown(rule.why, 2000),
    page: rule === undefined ? null : https(rule.page),
    controls: (rule?.controls ?? []).map((control) => shown(control)),
  };
}

/** What a finding is against the baseline, in words. */
export const changes: Readonly<Record<Change, string>> = {
  new: 'New',
  unchanged: 'Unchanged',
  'unknown-now': 'Not known now; it failed then',
  resolved: 'Resolved',
  carried: 'Not looked at',
};

function facts({ resource, route, policy, severity, outcome, waiver, change }: Finding): Line[] {
  const lines: (Line | null)[] = [
    { label: 'Owner', text: owner(resource.accountName, resource.account) },
    line('Organizational unit', resource.ou),
    { label: 'Bucket', text: place(resource.bucket, resource.region) },
    route === undefined ? null : { label: 'Replication rule', text: shown(route.replicationRule) },
    route === undefined ? null : { label: 'Destination', text: destination(route.destination) },
    line('Policy', policy ?? null),
    outcome === 'unknown' || waiver ? { label: 'Would be', text: severity } : null,
    waiver === undefined ? null : { label: 'Waived', text: waiverText(waiver) },
    change === undefined ? null : { label: 'Since the baseline', text: changes[change] },
    { label: 'ARN', text: shown(resource.arn) },
  ];
  return lines.filter((each) => each !== null);
}

function waiverText({ reason, owner: by, expires }: Waiver): string {
  return `${shown(reason, 600)} (${shown(by, 120)}, until ${shown(expires)})`;
}

function line(label: string, text: string | null): Line | null {
  return text === null ? null : { label, text: shown(text) };
}

function place(bucket: string, region: string | null): string {
  return region === null ? shown(bucket) : `${shown(bucket)} in ${shown(region)}`;
}

function destination(to: NonNullable<Finding['route']>['destination']): string {
  const where = to.account === null ? 'account not known' : `account ${shown(to.account)}`;
  return `${place(to.bucket, to.region)}, ${where}`;
}

function evidence(of: Evidence): EvidenceView {
  return {
    call: shown(of.call),
    lines: [
      { label: 'Asked about', text: shown(of.resource) },
      { label: 'As account', text: shown(of.account) },
      { label: 'At', text: time(of.time) },
      { label: 'Where in the answer', text: of.pointer === '' ? 'the whole answer' : shown(of.pointer) },
    ],
    value: value(of.value),
  };
}

/** A cause as a line: the reason, then what is known of the call. */
export function cause(of: Cause): Line {
  const asked = of.call === undefined ? '' : ` — ${shown(of.call)}`;
  const as = of.account === undefined ? '' : ` as account ${shown(of.account)}`;
  return { label: reasons[of.reason], text: `${shown(of.detail, 2000)}${asked}${as}` };
}

function codes(fix: Fix): Code[] {
  return [
    { label: 'AWS CLI', code: fix.cli },
    { label: 'Policy', code: fix.json },
    { label: 'Terraform', code: fix.terraform },
    { label: 'CloudFormation', code: fix.cloudformation },
  ].flatMap(({ label, code }) => (code === undefined ? [] : [{ label, code: shown(code, longestCode) }]));
}
