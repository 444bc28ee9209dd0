/** Findings as columns with dictionaries, and back. The report packs, its client script unpacks; neither needs Node here. */
import type { Cause } from '../../src/model/facts.ts';
import type { Change, Evidence, Finding, Severity, Waiver } from '../../src/model/finding.ts';
import { mask, namesOf, unmask } from './masks.ts';
import type { Names } from './masks.ts';
import { packTable, unpackTable } from './tables.ts';
import type { Table } from './tables.ts';

/** What the table of findings shows and searches: read at once. */
export interface Row {
  readonly rule: string;
  readonly severity: Severity;
  readonly outcome: Finding['outcome'];
  readonly fingerprint: string;
  readonly message: string;
  readonly bucket: string;
  readonly account: string;
  readonly accountName: string;
  readonly region: string | null;
  readonly replicationRule: string | null;
  readonly destination: string | null;
  readonly toAccount: string | null;
  readonly toRegion: string | null;
  readonly policy: string | null;
  readonly waiver: Waiver | null;
  readonly change: Change | null;
}

/** The rest of a finding: read when it is opened. */
interface Rest {
  readonly arn: string;
  readonly ou: string | null;
  readonly expected: string | null;
  readonly actual: string | null;
  readonly predicts: readonly string[];
  readonly fix: string;
  readonly cli: string | null;
  readonly json: string | null;
  readonly terraform: string | null;
  readonly cloudformation: string | null;
  readonly evidence: number;
  readonly causes: number;
}

type PackedCause = Pick<Cause, 'reason' | 'detail'> & {
  readonly call: string | null;
  readonly account: string | null;
};

/** The details of a block of findings. */
export interface Details {
  readonly rest: Table;
  readonly evidence: Table;
  readonly causes: Table;
}

function row(finding: Finding): Row {
  const { resource, route } = finding;
  return {
    rule: finding.rule,
    severity: finding.severity,
    outcome: finding.outcome,
    fingerprint: finding.fingerprint,
    message: finding.message,
    bucket: resource.bucket,
    account: resource.account,
    accountName: resource.accountName,
    region: resource.region,
    replicationRule: route?.replicationRule ?? null,
    destination: route?.destination.bucket ?? null,
    toAccount: route?.destination.account ?? null,
    toRegion: route?.destination.region ?? null,
    policy: finding.policy ?? null,
    waiver: finding.waiver ?? null,
    change: finding.change ?? null,
  };
}

function rest(finding: Finding): Rest {
  return {
    arn: finding.resource.arn,
    ou: finding.resource.ou,
    expected: finding.expected ?? null,
    actual: finding.actual ?? null,
    predicts: finding.predicts,
    fix: finding.fix.text,
    cli: finding.fix.cli ?? null,
    json: finding.fix.json ?? null,
    terraform: finding.fix.terraform ?? null,
    cloudformation: finding.fix.cloudformation ?? null,
    evidence: finding.evidence.length,
    causes: finding.causes.length,
  };
}

function packedCause(cause: Cause): PackedCause {
  return {
    reason: cause.reason,
    call: cause.call ?? null,
    account: cause.account ?? null,
    detail: cause.detail,
  };
}

/** The block's rows, for the table. */
export function packRows(findings: readonly Finding[]): Table {
  return packTable(findings.map(row).map(maskedRow));
}

/** The block's details. */
export function packDetails(findings: readonly Finding[]): Details {
  const named = findings.map((finding) => ({ finding, names: namesOf(row(finding)) }));
  return {
    rest: packTable(named.map(({ finding, names }) => each(rest(finding), masked, names, mask))),
    evidence: packTable(
      named.flatMap(({ finding, names }) => finding.evidence.map((one) => packedEvidence(one, names))),
    ),
    causes: packTable(
      named.flatMap(({ finding, names }) =>
        finding.causes.map((one) => each(packedCause(one), ['detail'], names, mask)),
      ),
    ),
  };
}

const masked = ['arn', 'expected', 'actual', 'cli', 'json', 'terraform', 'cloudformation'] as const;

/** The object with these of its texts changed. */
function each<T extends object>(
  of: T,
  keys: readonly (keyof T)[],
  names: Names,
  change: (text: string, names: Names) => string,
): T {
  const changed = keys.flatMap((key) => {
    const text = of[key];
    return typeof text === 'string' ? [[key, change(text, names)] as const] : [];
  });
  return { ...of, ...Object.fromEntries(changed) };
}

// A destination is often called after its source.
function maskedRow(row: Row): Row {
  const shorter = each(row, ['message'], namesOf(row), mask);
  return each(shorter, ['destination'], [row.bucket], mask);
}

function unmaskedRow(row: Row): Row {
  const named = each(row, ['destination'], [row.bucket], unmask);
  return each(named, ['message'], namesOf(named), unmask);
}

function packedEvidence({ call, resource, account, time, pointer, value }: Evidence, names: Names): Evidence {
  // JSON.stringify returns undefined for undefined, whatever its declared type says.
  const json = (JSON.stringify(value) as string | undefined) ?? '';
  return {
    call,
    resource: mask(resource, names),
    account: mask(account, names),
    time,
    pointer,
    value: mask(json, names),
  };
}

function unpackedEvidence(packed: Evidence, names: Names): Evidence {
  const resource = unmask(packed.resource, names);
  const account = unmask(packed.account, names);
  const json = unmask(String(packed.value), names);
  const value: unknown = json === '' ? undefined : JSON.parse(json);
  return { ...packed, resource, account, value };
}

/** The reverse of `packRows`. */
export function unpackRows(table: Table): Row[] {
  // The table was made by packRows, from Rows alone.
  return (unpackTable(table) as unknown as Row[]).map(unmaskedRow);
}

function cause(packed: PackedCause): Cause {
  const { reason, call, account, detail } = packed;
  return { reason, ...(call !== null && { call }), ...(account !== null && { account }), detail };
}

/** The block's findings again, whole and in their order. */
export function unpackFindings(rows: readonly Row[], details: Details): Finding[] {
  // The tables were made by packDetails, of these types alone.
  const rests = unpackTable(details.rest) as unknown as Rest[];
  const evidence = unpackTable(details.evidence) as unknown as Evidence[];
  const causes = (unpackTable(details.causes) as unknown as PackedCause[]).map(cause);
  return rows.flatMap((row, index) => {
    const rest = rests[index];
    if (rest === undefined) return [];
    return [unmasked(row, rest, evidence.splice(0, rest.evidence), causes.splice(0, rest.causes))];
  });
}

function unmasked(row: Row, rest: Rest, evidence: readonly Evidence[], causes: readonly Cause[]): Finding {
  const names = namesOf(row);
  return join(
    row,
    each(rest, masked, names, unmask),
    evidence.map((one) => unpackedEvidence(one, names)),
    causes.map((one) => each(one, ['detail'], names, unmask)),
  );
}

function join(row: Row, rest: Rest, evidence: readonly Evidence[], causes: readonly Cause[]): Finding {
  const { bucket, account, accountName, region } = row;
  return {
    rule: row.rule,
    severity: row.severity,
    outcome: row.outcome,
    fingerprint: row.fingerprint,
    resource: { arn: rest.arn, bucket, account, accountName, region, ou: rest.ou },
    ...route(row),
    message: row.message,
    ...(rest.expected !== null && { expected: rest.expected }),
    ...(rest.actual !== null && { actual: rest.actual }),
    evidence,
    predicts: rest.predicts,
    causes,
    fix: {
      text: rest.fix,
      ...(rest.cli !== null && { cli: rest.cli }),
      ...(rest.json !== null && { json: rest.json }),
      ...(rest.terraform !== null && { terraform: rest.terraform }),
      ...(rest.cloudformation !== null && { cloudformation: rest.cloudformation }),
    },
    ...(row.policy !== null && { policy: row.policy }),
    ...(row.waiver !== null && { waiver: row.waiver }),
    ...(row.change !== null && { change: row.change }),
  };
}

function route(row: Row): Pick<Finding, 'route'> {
  const { replicationRule, destination, toAccount, toRegion } = row;
  if (replicationRule === null || destination === null) return {};
  return {
    route: { replicationRule, destination: { bucket: destination, account: toAccount, region: toRegion } },
  };
}
