/** Findings as they are on their way: packed, counted, and back. */
import { DetailsPacker, unpackFindings } from '../../reports/html/details.ts';
import type { Details } from '../../reports/html/details.ts';
import { RowsPacker, unpackRows } from '../../reports/html/packing.ts';
import type { PackedRows, Row } from '../../reports/html/packing.ts';
import { Places } from '../../reports/html/places.ts';
import { surveying } from '../../reports/html/survey.ts';
import type { Survey } from '../../reports/html/survey.ts';
import type { Finding } from '../../src/model/finding.ts';

function throughJson<T>(value: T): T {
  // What was a T before it was JSON.
  return JSON.parse(JSON.stringify(value)) as T;
}

/** The findings as a block of the page has them. */
export function packed(findings: readonly Finding[]): {
  readonly rows: PackedRows;
  readonly details: Details;
} {
  const [places, rows, details] = [new Places(), new RowsPacker(), new DetailsPacker()];
  for (const finding of findings) {
    const placed = places.placed(finding);
    rows.add(finding, placed);
    details.add(finding, placed.mask);
  }
  return throughJson({ rows: rows.pack(places), details: details.pack() });
}

/** The rows that the page reads of these findings. */
export function rowsOf(findings: readonly Finding[]): Row[] {
  return unpackRows(packed(findings).rows);
}

/** The findings that the page reads, whole. */
export function travelled(findings: readonly Finding[]): Finding[] {
  const { rows, details } = packed(findings);
  return unpackFindings(unpackRows(rows), details, (index) => findings[index]?.fingerprint ?? '');
}

/** What the page says of them all. */
export function surveyed(findings: readonly Finding[]): Survey {
  const { add, survey } = surveying(50);
  for (const finding of findings) add(finding);
  return survey();
}
