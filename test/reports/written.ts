import type { Besides, Findings, Format } from '../../reports/format.ts';
import type { Audit } from '../../src/model/audit.ts';

/** All that a format writes, in one string. */
export async function written(
  format: Format,
  audit: Audit,
  findings: Findings,
  besides?: Besides,
): Promise<string> {
  const chunks: string[] = [];
  for await (const chunk of format.write(audit, findings, besides)) chunks.push(chunk);
  return chunks.join('');
}
