/**
 * Rules × snapshot → findings and the audit. No clock, no network, no disk but the snapshot: the same snapshot and
 * configuration give the same audit.
 */
import { complianceOf } from './compliance.ts';
import { CoverageCount } from './coverage.ts';
import { estateOf } from './estate.ts';
import { judgeBucket } from './judge.ts';
import { routesOf } from './routes.ts';
import { TallyCount } from './tallies.ts';
import { TopologyCount } from './topology.ts';
import { auditFormat, type Audit, type RuleInfo } from '../model/audit.ts';
import type { Snapshot } from '../model/estate.ts';
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
}

/** A finding whose rule threw, with the stack. */
export interface Thrown {
  readonly finding: Finding;
  readonly stack: string;
}

/**
 * Judges every bucket of a snapshot; findings go to `sink` as they are made, in the snapshot's order. Where a rule threw,
 * `log` is told: that is no matter for an audit, but for whoever wrote the rule.
 */
export function evaluate(
  snapshot: Snapshot,
  { selection, preset, configuration, compliance }: Judgement,
  sink: (finding: Finding) => void,
  log: (thrown: Thrown) => void = () => undefined,
): Audit {
  const coverage = new CoverageCount(snapshot.manifest);
  const estate = estateOf(snapshot, (line) => {
    if (line.kind !== 'bucket') coverage.end(line);
  });
  const topology = new TopologyCount(estate);
  const tallies = new TallyCount(selection);
  for (const read of snapshot.buckets()) {
    // Wave two's line of a route's end holds wave one's facts too.
    const line = estate.bucket(read.name) ?? read;
    const routes = routesOf(line, estate);
    const outcomes = judgeBucket(line, routes, estate, selection);
    for (const outcome of outcomes) {
      tallies.add(outcome);
      if (!('finding' in outcome)) continue;
      const { finding, stack } = outcome;
      sink(finding);
      if (stack !== undefined) log({ finding, stack });
    }
    coverage.bucket(line, routes.length);
    topology.add(routes, outcomes);
  }
  const { organization, started, finished, replint } = snapshot.manifest;
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
    },
    coverage: coverage.finish(),
    tallies: tallies.finish(),
    rules: Object.fromEntries(selection.map((selected) => [selected.name, ruleInfo(selected)])),
    compliance: complianceOf(selection, compliance),
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
