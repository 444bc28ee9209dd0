/** The page's data: all that the templates show. */
import type { Audit } from '../../src/model/audit.ts';
import { judgeOf, own } from './survey.ts';
import type { Survey } from './survey.ts';
import { count, counted, shown, time } from './text.ts';
import { changeView } from './view/change.ts';
import type { Apart, ChangeView } from './view/change.ts';
import { waiverLines } from './view/waivers.ts';
import type { WaiverLine } from './view/waivers.ts';
import { coverageView, provenance } from './view/coverage.ts';
import type { CoverageView } from './view/coverage.ts';
import { detail } from './view/detail.ts';
import type { Detail, Line } from './view/detail.ts';
import { frameworks, ruleLines, subjects } from './view/frameworks.ts';
import type { FrameworkView, RuleLine, SubjectLine } from './view/frameworks.ts';
import { heat } from './view/heat.ts';
import type { Heat } from './view/heat.ts';
import { summary } from './view/summary.ts';
import type { Summary } from './view/summary.ts';
import { topologyView } from './view/topology.ts';
import type { TopologyView } from './view/topology.ts';

export interface Page {
  readonly title: string;
  readonly organization: string;
  readonly when: string;
  readonly summary: Summary;
  readonly change: ChangeView | null;
  readonly waivers: readonly WaiverLine[];
  readonly heat: Heat;
  readonly topology: TopologyView;
  readonly top: readonly Detail[];
  readonly topLine: string;
  readonly total: string;
  readonly rules: readonly RuleLine[];
  readonly frameworks: readonly FrameworkView[];
  readonly subjects: readonly SubjectLine[];
  readonly coverage: CoverageView;
  readonly provenance: readonly Line[];
}

/** So many findings are in the page in full, for print and for readers without JavaScript. */
export const topFindings = 50;

/** The audit as the templates take it. */
export function page(audit: Audit, survey: Survey, apart: Apart = { resolved: [], carried: [] }): Page {
  const { header } = audit;
  const organization = shown(header.organization ?? `account ${header.caller.account}`, 80);
  return {
    title: `S3 replication audit of ${organization}${header.framework === undefined ? '' : `: ${shown(header.framework, 80)}`}`,
    organization,
    when: time(header.finished),
    summary: summary(audit, survey),
    change: changeView(audit, apart),
    waivers: waiverLines(audit),
    heat: heat(survey),
    topology: topologyView(audit.topology),
    top: survey.top.map((finding) => detail(finding, own(audit.rules, judgeOf(finding)))),
    topLine: topLine(survey),
    total: counted(survey.total, 'finding'),
    rules: ruleLines(audit),
    frameworks: frameworks(audit),
    subjects: subjects(audit),
    coverage: coverageView(audit),
    provenance: provenance(header),
  };
}

function topLine({ total, top }: Survey): string {
  if (total === 0) return 'Nothing was found.';
  if (top.length === 0) return 'Nothing was found that is not waived.';
  return total > top.length
    ? `The ${count(top.length)} worst of ${counted(total, 'finding')}, in full.`
    : `${counted(total, 'finding')}, worst first.`;
}
