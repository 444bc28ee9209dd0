/** CSV: a row a finding, fails and unknowns, for spreadsheets; after them what is resolved or carried. */
import type { Cause } from '../src/model/facts.ts';
import type { Finding } from '../src/model/finding.ts';
import { csvCell } from './escape.ts';
import { nothingBesides, type Format } from './format.ts';

/** The columns, in order, and what each says of a finding. */
const columns: readonly (readonly [string, (finding: Finding) => string | null | undefined])[] = [
  ['severity', (finding) => finding.severity],
  ['outcome', (finding) => finding.outcome],
  ['rule', (finding) => finding.rule],
  ['policy', (finding) => finding.policy],
  ['account', (finding) => finding.resource.account],
  ['account name', (finding) => finding.resource.accountName],
  ['ou', (finding) => finding.resource.ou],
  ['region', (finding) => finding.resource.region],
  ['bucket', (finding) => finding.resource.bucket],
  ['replication rule', (finding) => finding.route?.replicationRule],
  ['destination bucket', (finding) => finding.route?.destination.bucket],
  ['destination account', (finding) => finding.route?.destination.account],
  ['destination region', (finding) => finding.route?.destination.region],
  ['message', (finding) => finding.message],
  ['expected', (finding) => finding.expected],
  ['actual', (finding) => finding.actual],
  ['predicts', (finding) => finding.predicts.join('; ')],
  ['causes', (finding) => finding.causes.map(causeText).join('; ')],
  ['fix', (finding) => finding.fix.text],
  ['fingerprint', (finding) => finding.fingerprint],
  ['change', (finding) => finding.change],
  ['waiver reason', (finding) => finding.waiver?.reason],
  ['waiver owner', (finding) => finding.waiver?.owner],
  ['waiver expires', (finding) => finding.waiver?.expires],
];

/** `findings.csv`: RFC 4180, UTF-8, every cell quoted. */
export const csv: Format = {
  name: 'csv',
  file: 'findings.csv',
  async *write(_audit, findings, { resolved, carried } = nothingBesides) {
    yield row(columns.map(([name]) => name));
    for (const each of [findings, resolved, carried])
      for await (const finding of each()) yield row(columns.map(([, cell]) => cell(finding) ?? ''));
  },
};

function row(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function causeText(cause: Cause): string {
  const call = cause.call === undefined ? '' : ` ${cause.call}`;
  const account = cause.account === undefined ? '' : ` as ${cause.account}`;
  return `${cause.reason}${call}${account}: ${cause.detail}`;
}
