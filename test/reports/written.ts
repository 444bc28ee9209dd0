import type { Findings, Format } from '../../reports/format.ts';
import type { Audit } from '../../src/model/audit.ts';

/** All that a format writes, in one string. */
export async function written(format: Format, audit: Audit, findings: Findings): Promise<string> {
  const chunks: string[] = [];
  for await (const chunk of format.write(audit, findings)) chunks.push(chunk);
  return chunks.join('');
}
