/** Findings as columns with dictionaries, and back. The report packs, its client script unpacks; neither needs Node here. */
import type { Cause } from '../../src/model/facts.ts';
import type { Change, Evidence, Finding, Severity, Waiver } from '../../src/model/finding.ts';

/** A column: its values, and where they repeat much, its distinct values and each row's place among them. */
export interface Column {
  readonly values: readonly unknown[];
  readonly at?: readonly number[];
}

export interface Table {
  readonly size: number;
  readonly columns: Readonly<Record<string, Column>>;
}

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

function packColumn(values: readonly unknown[]): Column {
  const places = new Map<string, number>();
  const distinct: unknown[] = [];
  const at = values.map((value) => {
    const key = JSON.stringify(value);
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, distinct.length);
    return distinct.push(value) - 1;
  });
  return distinct.length * 2 > values.length ? { values } : { values: distinct, at };
}

/** Rows of one shape → columns. */
export function packTable(rows: readonly object[]): Table {
  const names = Object.keys(rows[0] ?? {});
  const columns = names.map((name) => {
    const values = rows.map((row): unknown => Reflect.get(row, name));
    return [name, packColumn(values)] as const;
  });
  return { size: rows.length, columns: Object.fromEntries(columns) };
}

/** Columns → rows. */
export function unpackTable(table: Table): Record<string, unknown>[] {
  const columns = Object.entries(table.columns);
  return Array.from({ length: table.size }, (_, index) =>
    Object.fromEntries(
      columns.map(([name, { values, at }]) => [name, values[at === undefined ? index : (at[index] ?? 0)]]),
    ),
  );
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
  return packTable(findings.map(row));
}

/** The block's details. */
export function packDetails(findings: readonly Finding[]): Details {
  return {
    rest: packTable(findings.map(rest)),
    evidence: packTable(findings.flatMap(({ evidence }) => evidence)),
    causes: packTable(findings.flatMap(({ causes }) => causes.map(packedCause))),
  };
}

/** The reverse of `packRows`. */
export function unpackRows(table: Table): Row[] {
  // The table was made by packRows, from Rows alone.
  return unpackTable(table) as unknown as Row[];
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
    return [join(row, rest, evidence.splice(0, rest.evidence), causes.splice(0, rest.causes))];
  });
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
