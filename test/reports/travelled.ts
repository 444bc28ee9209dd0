/** Findings as they are on their way: packed, counted, and back. */
import { packDetails, unpackFindings } from '../../reports/html/details.ts';
import { blockOf, packRows, unpackRows } from '../../reports/html/packing.ts';
import type { Row } from '../../reports/html/packing.ts';
import { surveying } from '../../reports/html/survey.ts';
import type { Survey } from '../../reports/html/survey.ts';
import type { Finding } from '../../src/model/finding.ts';

function throughJson<T>(value: T): T {
  // What was a T before it was JSON.
  return JSON.parse(JSON.stringify(value)) as T;
}

/** The rows that the page reads of these findings. */
export function rowsOf(findings: readonly Finding[]): Row[] {
  return unpackRows(throughJson(packRows(blockOf(findings))));
}

/** The findings that the page reads, whole. */
export function travelled(findings: readonly Finding[]): Finding[] {
  const details = throughJson(packDetails(blockOf(findings)));
  return unpackFindings(rowsOf(findings), details, (index) => findings[index]?.fingerprint ?? '');
}

/** What the page says of them all. */
export function surveyed(findings: readonly Finding[]): Survey {
  const { add, survey } = surveying(50);
  for (const finding of findings) add(finding);
  return survey();
}
