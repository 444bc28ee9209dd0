/** The executive page: the posture in a sentence, the counts, the worst risks, and what was not looked at. */
import type { Audit, Coverage } from '../../../src/model/audit.ts';
import { count, counted, fragment, shown } from '../text.ts';
import type { RuleSurvey, Survey } from '../survey.ts';
import { compareCounts, compareText, judgeOf, own } from '../survey.ts';
import { detail, owner } from './detail.ts';
import type { Detail, Kind, Line } from './detail.ts';

export interface Card {
  readonly kind: Kind;
  readonly count: string;
  readonly label: string;
  readonly link: string | null;
}

export interface Risk {
  readonly kind: Kind['name'];
  readonly title: string;
  readonly rule: string;
  readonly counts: string;
  readonly owners: string;
  readonly fix: string;
  readonly link: string;
}

export interface Measure {
  readonly label: string;
  readonly text: string;
  /** Whether something is missing here. */
  readonly short: boolean;
}

export interface Summary {
  readonly headline: string;
  readonly sub: string;
  readonly coverage: string;
  readonly complete: boolean;
  readonly cards: readonly Card[];
  readonly measures: readonly Measure[];
  readonly worst: Detail | null;
  readonly worstFacts: readonly Line[];
  readonly risks: readonly Risk[];
}

const risksShown = 5;
const ownersShown = 3;

/** The executive page's data. */
export function summary(audit: Audit, survey: Survey): Summary {
  const worst = survey.top[0];
  const shownWorst = worst === undefined ? null : detail(worst, own(audit.rules, judgeOf(worst)));
  return {
    headline: headline(audit),
    sub: sub(audit, survey),
    coverage: coverage(audit.coverage),
    complete: audit.coverage.complete,
    cards: cards(audit),
    measures: measures(audit.coverage),
    worst: shownWorst,
    worstFacts: shownWorst === null ? [] : worstFacts(shownWorst),
    risks: [...survey.rules.values()]
      .sort((a, b) => compareCounts(a.counts, b.counts) || compareText(a.rule, b.rule))
      .slice(0, risksShown)
      .map((each) => risk(audit, each)),
  };
}

// Whose it is and where; the rest is a click away.
function worstFacts({ facts, predicts }: Detail): Line[] {
  const wanted = ['Owner', 'Organizational unit', 'Bucket', 'Destination'];
  const said = predicts.length === 0 ? [] : [{ label: 'AWS will report', text: predicts.join(', ') }];
  return [...facts.filter(({ label }) => wanted.includes(label)), ...said];
}

function headline({ tallies, topology, coverage }: Audit): string {
  const broken = topology.edges.reduce((sum, edge) => sum + edge.broken, 0);
  if (broken > 0) {
    const verb = broken === 1 ? 'has an error' : 'have errors';
    return `${count(broken)} of ${counted(coverage.routes, 'replication route')} ${verb}.`;
  }
  if (tallies.fail.error > 0) return `${counted(tallies.fail.error, 'error')} found.`;
  const lesser = tallies.fail.warning + tallies.fail.note;
  if (lesser > 0) return `No errors; ${counted(lesser, 'lesser finding')}.`;
  if (tallies.unknown > 0)
    return `Nothing failed, but ${counted(tallies.unknown, 'check')} could not be decided.`;
  return coverage.complete ? 'No fault found, and everything was read.' : 'No fault found in what was read.';
}

function sub({ tallies, coverage }: Audit, survey: Survey): string {
  const { error, warning, note } = tallies.fail;
  const failed = `${counted(error, 'error')}, ${counted(warning, 'warning')} and ${counted(note, 'note')}`;
  const where = `${count(survey.accounts.size)} of ${counted(coverage.accounts.length, 'account')}`;
  const unknown =
    tallies.unknown === 0
      ? 'every check was decided'
      : `${counted(tallies.unknown, 'check')} could not be decided`;
  const waived = tallies.waived === 0 ? '' : ` ${count(tallies.waived)} waived;`;
  return survey.total === 0
    ? `${counted(tallies.pass, 'check')} passed; ${unknown}.`
    : `${failed} in ${where};${waived} ${unknown}; ${count(tallies.pass)} passed.`;
}

function coverage({ complete, accounts, gaps }: Coverage): string {
  const having = (status: string): number => accounts.filter((account) => account.status === status).length;
  const facts = gaps.reduce((sum, gap) => sum + gap.count, 0);
  const skipped = having('skipped');
  const leftOut = skipped === 0 ? '' : `; ${counted(skipped, 'account')} left out`;
  if (complete) return `Coverage is complete: every account and fact that was asked for was read${leftOut}.`;
  const unread = [
    having('unreadable') === 0 ? null : counted(having('unreadable'), 'account'),
    facts === 0 ? null : counted(facts, 'fact'),
  ].filter((each) => each !== null);
  const what = unread.length === 0 ? 'not everything was read' : `${unread.join(' and ')} could not be read`;
  return `Coverage is incomplete: ${what}${leftOut}. What they hide is in none of these counts.`;
}

function cards({ tallies }: Audit): Card[] {
  const { fail, waived, unknown, pass } = tallies;
  const failed = { outcome: 'fail' };
  const link = (severity: string): string => fragment({ ...failed, severity });
  return [
    card('error', 'Error', fail.error, 'errors', link('error')),
    card('warning', 'Warning', fail.warning, 'warnings', link('warning')),
    card('note', 'Note', fail.note, 'notes', link('note')),
    ...(waived === 0 ? [] : [card('waived', 'Waived', waived, 'waived', fragment({ outcome: 'waived' }))]),
    card('unknown', 'Unknown', unknown, 'not decided', fragment({ outcome: 'unknown' })),
    card('pass', 'Pass', pass, 'passed', null),
  ];
}

function card(name: Kind['name'], word: string, number: number, label: string, link: string | null): Card {
  return { kind: { name, word }, count: count(number), label, link: number === 0 ? null : link };
}

function measures(of: Coverage): Measure[] {
  const scanned = of.accounts.filter(({ status }) => status === 'scanned').length;
  const gaps = of.gaps.reduce((sum, gap) => sum + gap.count, 0);
  const { exact, sampled, notCompared } = of.objects;
  return [
    {
      label: 'Accounts read',
      text: `${count(scanned)} of ${count(of.accounts.length)}`,
      short: scanned < of.accounts.length,
    },
    {
      label: 'Facts read',
      text: `${count(of.factsKnown)} of ${count(of.factsKnown + gaps)}`,
      short: gaps > 0,
    },
    { label: 'Buckets', text: count(of.buckets), short: false },
    {
      label: 'Buckets that replicate',
      text: `${count(of.replicatingBuckets)}, by ${counted(of.routes, 'route')}`,
      short: false,
    },
    {
      label: 'Objects compared, by route',
      text: `${count(exact)} in full, ${count(sampled)} by sample, ${count(notCompared)} not`,
      short: notCompared > 0,
    },
  ];
}

function risk(audit: Audit, { rule, counts, accounts, example }: RuleSurvey): Risk {
  const info = own(audit.rules, rule);
  const owners = [...accounts]
    .map(([account, { name, findings }]) => ({ account, name, findings }))
    .sort((a, b) => b.findings - a.findings || compareText(a.account, b.account));
  const named = owners.slice(0, ownersShown).map(({ account, name }) => owner(name, account));
  const more = owners.length > ownersShown ? ` and ${count(owners.length - ownersShown)} more` : '';
  const failed = counts.error + counts.warning + counts.note;
  const parts = [
    failed > 0 ? `${count(failed)} failed` : null,
    counts.unknown > 0 ? `${count(counts.unknown)} unknown` : null,
  ];
  const severity = info?.severity ?? example.severity;
  return {
    kind: failed > 0 ? severity : 'unknown',
    title: shown(info?.title ?? rule),
    rule: shown(rule),
    counts: parts.filter((part) => part !== null).join(', '),
    owners: `${named.join(', ')}${more}`,
    fix: shown(info?.fix ?? example.fix.text, 600),
    link: fragment({ rule }),
  };
}
