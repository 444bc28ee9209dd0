/** The details of findings, which are read when one is opened, and the whole findings again. */
import type { Cause } from '../../src/model/facts.ts';
import type { Evidence, Finding, Fix } from '../../src/model/finding.ts';
import { unmask } from './masks.ts';
import type { Row } from './packing.ts';
import { namesOf } from './places.ts';
import { TablePacker, unpackTable } from './tables.ts';
import type { Table } from './tables.ts';

/** Of a finding, what its row does not say. */
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

/** Evidence but for its time; the value is JSON. */
type Proof = Omit<Evidence, 'time' | 'value'> & { readonly value: string };

/** The details of a block of findings. */
export interface Details {
  readonly rest: Table;
  readonly proofs: Table;
  /** When each of the proofs was had. */
  readonly times: Table;
  readonly causes: Table;
}

type Change = (text: string) => string;

function changed(text: string | null | undefined, change: Change): string | null {
  return text === null || text === undefined ? null : change(text);
}

function rest({ resource, fix, ...finding }: Finding, mask: Change): Rest {
  return {
    arn: mask(resource.arn),
    ou: resource.ou,
    expected: changed(finding.expected, mask),
    actual: changed(finding.actual, mask),
    predicts: finding.predicts,
    fix: mask(fix.text),
    cli: changed(fix.cli, mask),
    json: changed(fix.json, mask),
    terraform: changed(fix.terraform, mask),
    cloudformation: changed(fix.cloudformation, mask),
    evidence: finding.evidence.length,
    causes: finding.causes.length,
  };
}

function proof({ call, resource, account, pointer, value }: Evidence, mask: Change): Proof {
  // JSON.stringify returns undefined for undefined, whatever its declared type says.
  const json = (JSON.stringify(value) as string | undefined) ?? '';
  return { call, resource: mask(resource), account: mask(account), pointer, value: mask(json) };
}

function packedCause({ reason, call, account, detail }: Cause, mask: Change): PackedCause {
  return { reason, call: call ?? null, account: changed(account, mask), detail: mask(detail) };
}

/** The details of findings, which are added in their order. */
export class DetailsPacker {
  readonly #rest = new TablePacker();
  readonly #proofs = new TablePacker();
  readonly #times = new TablePacker();
  readonly #causes = new TablePacker();

  add(finding: Finding, mask: Change): void {
    this.#rest.add(rest(finding, mask));
    for (const one of finding.evidence) {
      this.#proofs.add(proof(one, mask));
      this.#times.add({ time: one.time });
    }
    for (const one of finding.causes) this.#causes.add(packedCause(one, mask));
  }

  pack(): Details {
    return {
      rest: this.#rest.table(),
      proofs: this.#proofs.table(),
      times: this.#times.table(),
      causes: this.#causes.table(),
    };
  }
}

/** The block's findings again, whole and in their order; `print` says the fingerprint of the row so many rows on. */
export function unpackFindings(
  rows: readonly Row[],
  details: Details,
  print: (index: number) => string,
): Finding[] {
  // The tables were made by DetailsPacker, of these types alone.
  const rests = unpackTable(details.rest) as unknown as Rest[];
  const proofs = unpackTable(details.proofs) as unknown as Proof[];
  const times = unpackTable(details.times) as unknown as Pick<Evidence, 'time'>[];
  const causes = unpackTable(details.causes) as unknown as PackedCause[];
  const [evidence, reasons] = [proofs.entries(), causes.values()];
  return rows.flatMap((row, index) => {
    const of = rests[index];
    if (of === undefined) return [];
    const names = namesOf(row);
    const change: Change = (text) => unmask(text, names);
    return [
      join(row, print(index), of, change, {
        evidence: taken(evidence, of.evidence).map(([at, one]) =>
          unpackedProof(one, times[at]?.time ?? '', change),
        ),
        causes: taken(reasons, of.causes).map((one) => unpackedCause(one, change)),
      }),
    ];
  });
}

/** The next so many. */
function taken<T>(from: Iterator<T, undefined>, count: number): T[] {
  return Array.from({ length: count }, () => from.next()).flatMap(({ done, value }) =>
    done === true ? [] : [value],
  );
}

function unpackedProof({ value: masked, ...of }: Proof, time: string, change: Change): Evidence {
  const json = change(masked);
  const value: unknown = json === '' ? undefined : JSON.parse(json);
  return { ...of, resource: change(of.resource), account: change(of.account), time, value };
}

function unpackedCause({ reason, call, account, detail }: PackedCause, change: Change): Cause {
  return {
    reason,
    ...(call !== null && { call }),
    ...(account !== null && { account: change(account) }),
    detail: change(detail),
  };
}

function join(
  row: Row,
  fingerprint: string,
  of: Rest,
  change: Change,
  lists: Pick<Finding, 'evidence' | 'causes'>,
): Finding {
  const { bucket, account, accountName, region } = row;
  return {
    rule: row.rule,
    severity: row.severity,
    outcome: row.outcome,
    fingerprint,
    resource: { arn: change(of.arn), bucket, account, accountName, region, ou: of.ou },
    ...route(row),
    message: row.message,
    ...(of.expected !== null && { expected: change(of.expected) }),
    ...(of.actual !== null && { actual: change(of.actual) }),
    ...lists,
    predicts: of.predicts,
    fix: fix(of, change),
    ...(row.policy !== null && { policy: row.policy }),
    ...(row.waiver !== null && { waiver: row.waiver }),
    ...(row.change !== null && { change: row.change }),
  };
}

function fix(of: Rest, change: Change): Fix {
  const { cli, json, terraform, cloudformation } = of;
  return {
    text: change(of.fix),
    ...(cli !== null && { cli: change(cli) }),
    ...(json !== null && { json: change(json) }),
    ...(terraform !== null && { terraform: change(terraform) }),
    ...(cloudformation !== null && { cloudformation: change(cloudformation) }),
  };
}

function route(row: Row): Pick<Finding, 'route'> {
  const { replicationRule, destination, toAccount, toRegion } = row;
  if (replicationRule === null || destination === null) return {};
  return {
    route: { replicationRule, destination: { bucket: destination, account: toAccount, region: toRegion } },
  };
}
