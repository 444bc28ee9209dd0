/** Findings as rows for the table, and back. The report packs, its client script unpacks; neither needs Node here. */
import type { Change, Finding, Severity, Waiver } from '../../src/model/finding.ts';
import { masking, unmask } from './masks.ts';
import { namesOf, packedPlace, placesOf, unpackedPlace } from './places.ts';
import type { NamedPlace } from './places.ts';
import { packTable, steps, unpackTable, unstep } from './tables.ts';
import type { Distinct, Table } from './tables.ts';

/** What was judged: of many places it is the same, once their names are left out of the message. */
interface Judgement {
  readonly rule: string;
  readonly severity: Severity;
  readonly outcome: Finding['outcome'];
  readonly message: string;
  readonly policy: string | null;
  readonly waiver: Waiver | null;
  readonly change: Change | null;
}

/** What the table of findings shows and searches: read at once. */
export type Row = Judgement & NamedPlace;

/** The rows of a block of findings. */
export interface PackedRows {
  readonly judgements: Table;
  readonly places: Table;
  /** Each row's place, in steps. */
  readonly at: readonly number[];
}

function judgement(finding: Finding, mask: (text: string) => string): Judgement {
  return {
    rule: finding.rule,
    severity: finding.severity,
    outcome: finding.outcome,
    message: mask(finding.message),
    policy: finding.policy ?? null,
    waiver: finding.waiver ?? null,
    change: finding.change ?? null,
  };
}

/** A block's findings, their places, and for each finding what masks its texts. */
export interface Block {
  readonly findings: readonly Finding[];
  readonly places: Distinct<NamedPlace>;
  readonly masks: readonly ((text: string) => string)[];
}

/** Findings that are packed together. */
export function blockOf(findings: readonly Finding[]): Block {
  const places = placesOf(findings);
  const each = places.values.map((of) => masking(namesOf(of)));
  return { findings, places, masks: places.at.map((place) => each[place] ?? String) };
}

/** The block's rows, for the table. */
export function packRows({ findings, places, masks }: Block): PackedRows {
  return {
    judgements: packTable(findings.map((finding, index) => judgement(finding, masks[index] ?? String))),
    places: packTable(places.values.map(packedPlace)),
    at: steps(places.at),
  };
}

/** The reverse of `packRows`. */
export function unpackRows({ judgements, places, at }: PackedRows): Row[] {
  // The tables were made by packRows, of these types alone.
  const all = (unpackTable(places) as unknown as NamedPlace[])
    .map(unpackedPlace)
    .map((of) => ({ of, names: namesOf(of) }));
  const judged = unpackTable(judgements) as unknown as Judgement[];
  return unstep(at).flatMap((place, index) => {
    const [here, about] = [all[place], judged[index]];
    if (here === undefined || about === undefined) return [];
    return [{ ...about, ...here.of, message: unmask(about.message, here.names) }];
  });
}
