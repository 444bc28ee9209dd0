/**
 * What GitHub code scanning would refuse, drop or misread in a SARIF file, and the public validators do not see.
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
import { gzipSync } from 'node:zlib';
import { largestUpload, mostRuns } from './limits.ts';
import { resultInspector } from './preflight/result.ts';
import { ruleIds, runComplaints } from './preflight/run.ts';
import { logShape, shapeComplaints } from './preflight/shape.ts';
import { stringComplaints } from './preflight/strings.ts';
import { entries, field, isFields } from './preflight/values.ts';

export { resultInspector } from './preflight/result.ts';

/** Everything that is wrong with a whole document, a sentence each; none where it can be uploaded. */
export function preflight(log: unknown): string[] {
  const complaints = frameComplaints(log);
  for (const [index, run] of entries(field(log, 'runs')).entries()) {
    const inspect = resultInspector(ruleIds(run), `runs[${index}]`);
    for (const result of entries(field(run, 'results'))) complaints.push(...inspect(result));
  }
  return [...complaints, ...sizeComplaints(gzipSync(JSON.stringify(log ?? null)).length)];
}

/** What is wrong with a document, its results left aside. */
export function frameComplaints(log: unknown): string[] {
  const runs = entries(field(log, 'runs'));
  return [
    ...(field(log, 'version') === '2.1.0' ? [] : ["version: must be '2.1.0'."]),
    ...(runs.length === 0 ? ['runs: the file has none.'] : []),
    ...(runs.length > mostRuns ? [`runs: GitHub refuses more than ${mostRuns} runs.`] : []),
    ...(new Set(runs.map(identity)).size < runs.length ? ['runs: two have one tool and one category.'] : []),
    ...runs.flatMap((run, index) => [...runComplaints(run, `runs[${index}]`)]),
    ...shapeComplaints(log, logShape, '$'),
    ...stringComplaints(withoutResults(log), '$'),
  ];
}

/** What is wrong with so many gzipped bytes. */
export function sizeComplaints(bytes: number): string[] {
  return bytes > largestUpload ? [`The file is ${bytes} bytes gzipped; GitHub takes ${largestUpload}.`] : [];
}

/** GitHub's category is the id up to its last `/`. */
function identity(run: unknown): string {
  const id = field(run, 'automationDetails', 'id');
  const category = typeof id === 'string' ? id.slice(0, id.lastIndexOf('/') + 1) : '';
  return JSON.stringify([field(run, 'tool', 'driver', 'name'), category]);
}

function withoutResults(log: unknown): unknown {
  if (!isFields(log)) return log;
  const runs = entries(log['runs']).map((run) => (isFields(run) ? { ...run, results: [] } : run));
  return { ...log, runs };
}
