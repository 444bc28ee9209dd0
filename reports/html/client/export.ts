/** The findings in sight as a CSV file. */
import { csvHead, csvLine } from '../csv.ts';
import type { Store } from './blocks.ts';
import { h } from './dom.ts';

/** Offers the rows' findings for download, in their order. */
export async function exportCsv(store: Store, indices: readonly number[]): Promise<void> {
  const lines: string[] = Array.from(indices, () => '');
  for await (const [finding, place] of store.findings(indices)) lines[place] = csvLine(finding);
  const address = URL.createObjectURL(new Blob([csvHead, ...lines], { type: 'text/csv;charset=utf-8' }));
  h('a', { href: address, download: 'replint-findings.csv' }).click();
  // The download has begun by then, or never will.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 60_000);
}
