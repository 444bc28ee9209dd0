/** Findings as rows for the table, and back. The report packs, its client script unpacks; neither needs Node here. */
import type { Change, Finding, Severity, Waiver } from '../../src/model/finding.ts';
import { unmask } from './masks.ts';
import { namesOf, unpackedPlace } from './places.ts';
import type { NamedPlace, Placed, Places } from './places.ts';
import { steps, TablePacker, unpackTable, unstep } from './tables.ts';
import type { Table } from './tables.ts';

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

/** The rows of findings, which are added in their order. */
export class RowsPacker {
  readonly #judgements = new TablePacker();
  readonly #at: number[] = [];

  add(finding: Finding, { place, mask }: Placed): void {
    this.#judgements.add(judgement(finding, mask));
    this.#at.push(place);
  }

  pack(places: Places): PackedRows {
    return { judgements: this.#judgements.table(), places: places.table(), at: steps(this.#at) };
  }
}

/** What `RowsPacker` packed, as rows again. */
export function unpackRows({ judgements, places, at }: PackedRows): Row[] {
  // The tables were made by RowsPacker, of these types alone.
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
