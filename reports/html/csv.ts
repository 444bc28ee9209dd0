/** Findings as CSV, as the page exports them. */
import type { Finding } from '../../src/model/finding.ts';

// A spreadsheet runs a cell that begins so, after white space too; the wide forms count in some locales.
// https://owasp.org/www-community/attacks/CSV_Injection
const formula = /^\s*[=+\-@\t\r＝＋－＠]/;

/** One cell, quoted; what would be a formula is text. */
export function cell(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

const columns: readonly (readonly [string, (finding: Finding) => string])[] = [
  ['severity', (finding) => finding.severity],
  ['outcome', (finding) => finding.outcome],
  ['rule', (finding) => finding.rule],
  ['account', ({ resource }) => resource.account],
  ['account name', ({ resource }) => resource.accountName],
  ['organizational unit', ({ resource }) => resource.ou ?? ''],
  ['region', ({ resource }) => resource.region ?? ''],
  ['bucket', ({ resource }) => resource.bucket],
  ['replication rule', ({ route }) => route?.replicationRule ?? ''],
  ['destination', ({ route }) => route?.destination.bucket ?? ''],
  ['destination account', ({ route }) => route?.destination.account ?? ''],
  ['destination region', ({ route }) => route?.destination.region ?? ''],
  ['message', ({ message }) => message],
  ['expected', ({ expected }) => expected ?? ''],
  ['actual', ({ actual }) => actual ?? ''],
  ['predicts', ({ predicts }) => predicts.join(' ')],
  ['unknown because', ({ causes }) => causes.map(({ detail }) => detail).join('; ')],
  ['fix', ({ fix }) => fix.text],
  ['policy', ({ policy }) => policy ?? ''],
  ['fingerprint', ({ fingerprint }) => fingerprint],
  ['change', ({ change }) => change ?? ''],
  ['waiver reason', ({ waiver }) => waiver?.reason ?? ''],
  ['waiver owner', ({ waiver }) => waiver?.owner ?? ''],
  ['waiver expires', ({ waiver }) => waiver?.expires ?? ''],
];

const line = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

/** The line of names, with the mark by which spreadsheets know UTF-8. */
export const csvHead: string = `\ufeff${line(columns.map(([name]) => name))}`;

/** A finding's line. */
export function csvLine(finding: Finding): string {
  return line(columns.map(([, text]) => text(finding)));
}
