/**
 * Rules × snapshot → findings and the audit. No clock, no network, no disk but the snapshot: the same snapshot and
 * configuration give the same audit.
 */
import { Comparison, neverScanned, type Baseline } from './comparison.ts';
import { complianceOf } from './compliance.ts';
import { CoverageCount } from './coverage.ts';
import { estateOf } from './estate.ts';
import { judgeBucket, type Found, type Outcome } from './judge.ts';
import { routesOf } from './routes.ts';
import { TallyCount } from './tallies.ts';
import { TopologyCount } from './topology.ts';
import { WaiverCount } from './waivers.ts';
import { auditFormat, type Audit, type RuleInfo } from '../model/audit.ts';
import type { WaiverSetting } from '../model/configuration.ts';
import type { BucketLine, Snapshot } from '../model/estate.ts';
import type { Finding } from '../model/finding.ts';
import type { Compliance } from '../model/framework.ts';
import { callsFor } from '../plan.ts';
import type { Selected } from '../selection.ts';

/** What judges, and how it is named in the audit's header. */
export interface Judgement {
  readonly selection: readonly Selected[];
  readonly preset: string;
  /** SHA-256 of the configuration. */
  readonly configuration: string;
  /** The frameworks whose controls the audit is to speak of, besides those that the rules name themselves. */
  readonly compliance?: Compliance;
  readonly waivers?: readonly WaiverSetting[] | undefined;
  /** The rules that the selection was narrowed to, where it was. */
  readonly onlyRules?: readonly string[] | undefined;
  /** An earlier audit to compare with; `none` says that there was none before. */
  readonly baseline?: Baseline | 'none' | undefined;
}

/** A finding whose rule threw, with the stack. */
export interface Thrown {
  readonly finding: Finding;
  readonly stack: string;
}

/**
 * Judges every bucket of a snapshot; findings go to `sink` as they are made, in the snapshot's order, and after them those of
 * the baseline that are resolved or carried. Where a rule threw, `log` is told: that is no matter for an audit, but for whoever
 * wrote the rule.
 */
export function evaluate(
  snapshot: Snapshot,
  judgement: Judgement,
  sink: (finding: Finding) => void,
  log: (thrown: Thrown) => void = () => undefined,
): Audit {
  const { selection, preset, configuration, waivers: settings = [], onlyRules = [] } = judgement;
  const baseline = judgement.baseline === 'none' ? undefined : judgement.baseline;
  const coverage = new CoverageCount(snapshot.manifest);
  const estate = estateOf(snapshot, (head, line) => {
    coverage.end(head, line);
  });
  const topology = new TopologyCount(estate);
  const tallies = new TallyCount(selection);
  const { organization, started, finished, replint } = snapshot.manifest;
  const waivers = new WaiverCount(settings, finished);
  const comparison = baseline && new Comparison(baseline);
  const plain = settings.length === 0 && !comparison;
  const marked = (outcome: Outcome, line: BucketLine): Outcome => {
    if (plain || !('finding' in outcome)) return outcome;
    const waived = waivers.apply(outcome.finding, estate.account(line.account), line.facts.tagging);
    return { ...outcome, finding: comparison?.mark(waived) ?? waived };
  };
  for (const line of snapshot.buckets(estate.bucket)) {
    const routes = routesOf(line, estate);
    const found: Found[] = [];
    for (const judged of judgeBucket(line, routes, estate, selection)) {
      const outcome = marked(judged, line);
      tallies.add(outcome);
      if (!('finding' in outcome)) continue;
      const { finding, stack } = outcome;
      found.push(outcome);
      sink(finding);
      if (stack !== undefined) log({ finding, stack });
    }
    coverage.bucket(line, routes.length);
    topology.add(routes, found);
  }
  const read = coverage.finish();
  const rules = Object.fromEntries(selection.map((selected) => [selected.name, ruleInfo(selected)]));
  if (comparison) {
    const now = { organization: organization.id, accounts: read.accounts, rules, onlyRules };
    const waive = (finding: Finding): Finding =>
      waivers.apply(finding, estate.account(finding.resource.account), undefined);
    for (const finding of comparison.rest(now, waive)) sink(finding);
  }
  return {
    format: auditFormat,
    header: {
      replint,
      organization: organization.id,
      partition: organization.partition,
      caller: organization.caller,
      started,
      finished,
      configuration,
      preset,
      onlyRules,
      ...(judgement.baseline ? { neverScanned: neverScanned(read.accounts, judgement.baseline) } : {}),
    },
    coverage: read,
    tallies: tallies.finish(),
    waivers: waivers.finish(read, new Set(selection.flatMap(({ name, rule }) => [name, rule.id]))),
    ...(comparison ? { change: comparison.finish() } : {}),
    rules,
    compliance: complianceOf(selection, judgement.compliance),
    topology: topology.finish(),
  };
}

function ruleInfo(selected: Selected): RuleInfo {
  const { rule, severity } = selected;
  return {
    title: rule.title,
    severity,
    why: rule.why,
    fix: rule.fix,
    page: rule.page === 'judgement' ? null : `https://docs.aws.amazon.com/${rule.page}`,
    predicts: rule.predicts ?? [],
    controls: rule.controls ?? [],
    calls: callsFor(selected),
  };
}
