/** The file about the results: the tool, its rules, and what a reader must know besides. */
import type { Log, Run } from 'sarif';
import type { Audit } from '../../src/model/audit.ts';
import type { Findings } from '../format.ts';
import { categoryOf } from './category.ts';
import { notificationsOf, type Count } from './notification.ts';
import { ruleOf, rulesOf } from './rules.ts';

/** How the file ends, after its results. */
export const end = ']}]}';

/** The findings, counted. */
export async function count(findings: Findings, carried: Findings): Promise<Count> {
  const counted = { fails: 0, unknowns: 0, waived: 0, carried: 0 };
  for await (const { outcome, waiver } of findings()) {
    if (outcome === 'unknown') counted.unknowns += 1;
    else if (waiver) counted.waived += 1;
    else counted.fails += 1;
  }
  for await (const { waiver } of carried()) if (!waiver) counted.carried += 1;
  return counted;
}

/** The whole file but for its results, which come last in it. */
export function frameOf(audit: Audit, counted: Count): Log {
  const { replint, started, finished } = audit.header;
  const rules = Object.entries(rulesOf(audit)).map(([id, rule]) => ruleOf(id, rule));
  const run: Run = {
    tool: { driver: { name: 'replint', version: replint, semanticVersion: replint, rules } },
    automationDetails: { id: categoryOf(audit) },
    invocations: [
      {
        // False would make GitHub refuse the file; what was not read is said in the notifications.
        executionSuccessful: true,
        startTimeUtc: started,
        endTimeUtc: finished,
        toolExecutionNotifications: notificationsOf(audit, counted),
      },
    ],
    results: [],
  };
  return { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
}
