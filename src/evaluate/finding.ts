/** Makes findings: the sentence, what it rests on, and the name by which it is known again. */
import { hash } from 'node:crypto';
import { routeKeys } from './routes.ts';
import type { Subject } from './subject.ts';
import { tellingOf, type End } from '../facts.ts';
import type { Route } from '../model/estate.ts';
import type { Cause, Known } from '../model/facts.ts';
import type { Evidence, Finding, FindingRoute, Fix, Resource, Severity } from '../model/finding.ts';
import { unquotable } from '../quote.ts';
import type { Fail, Remedy } from '../rule.ts';
import { Recent } from '../recent.ts';
import { raised, type Selected } from '../selection.ts';

/** A rule that was run on a subject. */
export interface Keyed {
  readonly selected: Selected;
  /** Its place among those that are on. */
  readonly at: number;
  readonly subject: Subject;
}

/** The finding of a rule that failed, with what to type. */
export function failed(keyed: Keyed, verdict: Fail, remedy: Remedy): Finding {
  const { rule } = keyed.selected;
  return placed(keyed, {
    rule: rule.id,
    severity: severityOf(keyed.selected, verdict),
    outcome: 'fail',
    fingerprint: fingerprint(keyed),
    resource: resourceOf(keyed),
    message: verdict.message,
    expected: verdict.expected,
    actual: verdict.actual,
    evidence: evidence(keyed, verdict.at ?? neededPlaces(keyed)),
    predicts: rule.predicts ?? [],
    causes: [],
    fix: fixOf(rule.fix, remedy),
  });
}

/** A language in which nothing can be typed is named, so that nobody takes the silence for an oversight. */
function fixOf(text: string, remedy: Remedy): Fix {
  if (remedy.untyped === undefined) return writable(text, remedy);
  const { untyped, ...typed } = remedy;
  const lacking = languages.filter(([kind]) => typed[kind] === undefined).map(([, name]) => name);
  if (lacking.length === 0) return writable(text, typed);
  const where = lacking.length === languages.length ? '' : ` in ${lacking.join(' and ')}`;
  return writable(`${text} There is nothing to type${where}: ${untyped}`, typed);
}

/** A name that no quoting keeps what it is must not be typed. */
function writable(text: string, typed: Omit<Fix, 'text'>): Fix {
  if (!languages.some(([kind]) => unquotable(kind, typed[kind] ?? '') !== null)) return { text, ...typed };
  const withheld = languages.flatMap(([kind, name]) => {
    const told = unquotable(kind, typed[kind] ?? '');
    return told === null ? [] : [{ kind, said: `There is nothing to type in ${name}: ${told}` }];
  });
  const kept = Object.entries(typed).filter(([kind]) => withheld.every((one) => one.kind !== kind));
  return { text: [text, ...withheld.map(({ said }) => said)].join(' '), ...Object.fromEntries(kept) };
}

const languages = [
  ['cli', 'the AWS CLI'],
  ['terraform', 'Terraform'],
  ['cloudformation', 'CloudFormation'],
] as const;

/** A policy or a setting of the user's stands above what the rule thinks of a case. */
function severityOf({ severity, strict, rule }: Selected, verdict: Fail): Severity {
  if (strict === true) return raised(verdict.severity ?? rule.severity);
  return severity === rule.severity ? (verdict.severity ?? severity) : severity;
}

/** The finding of a rule that could not be asked, since facts are unknown. */
export function unknown(keyed: Keyed, causes: readonly Cause[]): Finding {
  const distinct = [...new Map(causes.map((cause) => [JSON.stringify(cause), cause])).values()];
  const details = [...new Set(distinct.map(({ detail }) => detail))].join(' ');
  const { rule, severity } = keyed.selected;
  return placed(keyed, {
    rule: rule.id,
    severity,
    outcome: 'unknown',
    fingerprint: fingerprint(keyed),
    resource: resourceOf(keyed),
    message: `Not known whether this holds: ${rule.title}. ${details}`,
    evidence: [],
    predicts: [],
    causes: distinct,
    fix: {
      text: 'Let the scanning role make the calls that are named (replint policy prints the policy for it), then scan again.',
    },
  });
}

/** The finding of a rule whose facts are all there and decide nothing. */
export function undeterminedFinding(keyed: Keyed, why: string): Finding {
  return {
    ...unknown(keyed, [{ reason: 'undetermined', detail: why }]),
    evidence: evidence(keyed, neededPlaces(keyed)),
    fix: { text: keyed.selected.rule.fix },
  };
}

/** The finding, with the route that it is of, and the user's policy that asked for it. */
function placed({ selected: { policy }, subject: { route } }: Keyed, finding: Finding): Finding {
  const of = route === null ? finding : { ...finding, route: findingRoute(route) };
  return policy === null ? of : { ...of, policy };
}

/** https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning#data-for-preventing-duplicated-alerts */
function fingerprint({ selected, subject: { bucket, route, routes } }: Keyed): string {
  const routeKey = route === null ? '' : (routeKeys(routes).get(route) ?? '');
  const parts = [selected.rule.id, selected.policy ?? '', bucket.arn, routeKey];
  return hash('sha256', JSON.stringify(parts), 'hex').slice(0, 32);
}

function resourceOf({ subject: { bucket, owner: account } }: Keyed): Resource {
  return {
    arn: bucket.arn,
    bucket: bucket.name,
    account: bucket.account,
    accountName: account?.name ?? '',
    region: bucket.region,
    ou: account?.ou ?? null,
  };
}

export function findingRoute({ rule, index, destination }: Route): FindingRoute {
  return {
    replicationRule: rule.ID ?? `#${index + 1}`,
    destination: { bucket: destination.name, account: destination.account, region: destination.region },
  };
}

function neededPlaces({ selected }: Keyed): readonly string[] {
  return Object.entries(selected.rule.needs).flatMap(([end, facts]) => facts.map((fact) => `${end}.${fact}`));
}

/** The places that the rule named, and of a route the replication rule that makes it. */
function evidence(keyed: Keyed, places: readonly string[]): readonly Evidence[] {
  const { route } = keyed.subject;
  const own = route ? [`source.replication#/Rules/${route.index}`] : [];
  const within = own.some((place) =>
    places.some((other) => other === place || other.startsWith(`${place}/`)),
  );
  const found = [...places, ...(within ? [] : own)].flatMap((place) => resolve(keyed, place));
  // Two members that an answer lacks show in one place of it, and a rule about tags may have cited them itself.
  const all = [...found, ...selectedBy(keyed)];
  return all.length < 2
    ? all
    : all.filter((one, index) => all.findIndex((other) => isSame(one, other)) === index);
}

/** One call may tell two facts of one thing, whose answers are two. */
function isSame(one: Evidence, other: Evidence): boolean {
  return (
    one.value === other.value &&
    one.pointer === other.pointer &&
    one.call === other.call &&
    one.resource === other.resource
  );
}

/** The tags for which a selector took the bucket. */
function selectedBy({ selected, subject }: Keyed): readonly Evidence[] {
  const tagging = subject.line.facts.tagging;
  if (!selected.only?.tags || tagging?.known !== true) return [];
  return [evidenceOf('bucket', 'tagging', subject.bucket.arn, tagging, [])];
}

function resolve({ subject }: Keyed, place: string): readonly Evidence[] {
  const { end, fact, steps } = placeOf(place);
  const thing = subject.things[end];
  const things = end === 'destinations' ? subject.destinations : thing ? [thing] : [];
  return things.flatMap(({ arn, facts }) => {
    const observed = facts[fact];
    // `end` and `fact` are held to the tellings by the types of a rule's `needs` and `at`.
    return observed?.known === true ? [evidenceOf(end as End, fact, arn, observed, steps)] : [];
  });
}

/** `source.replication#/Rules/0`, taken apart. */
interface Place {
  readonly end: string;
  readonly fact: string;
  readonly steps: readonly Step[];
}

/** A step of a pointer, as it stands and as the member that it names. */
interface Step {
  readonly text: string;
  readonly name: string;
}

/** Rules name the same places of every bucket. */
const places = new Recent<string, Place>(1024);

function placeOf(place: string): Place {
  return places.of(place, taken);
}

function taken(place: string): Place {
  const [path = '', pointer = ''] = place.split(/#(.*)/s);
  const [end = '', fact = ''] = path.split('.');
  const steps = pointer
    .split('/')
    .slice(1)
    .map((text): Step => ({ text, name: text.replaceAll('~1', '/').replaceAll('~0', '~') }));
  return { end, fact, steps };
}

function evidenceOf(
  end: End,
  fact: string,
  resource: string,
  { account, at, value }: Known<unknown>,
  steps: readonly Step[],
): Evidence {
  const { call } = tellingOf(end, fact);
  const pointed = pointedAt(value, steps);
  return { call, resource, account, time: at, pointer: pointed.pointer, value: pointed.value };
}

/** RFC 6901, as far as the answer goes: that it lacks a member shows in what would hold it. */
function pointedAt(answer: unknown, steps: readonly Step[]): Pick<Evidence, 'pointer' | 'value'> {
  let [pointer, value] = ['', answer];
  for (const { text, name } of steps) {
    const member: unknown =
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? Reflect.get(value, name)
        : undefined;
    if (member === undefined) break;
    [pointer, value] = [`${pointer}/${text}`, member];
  }
  return { pointer, value };
}
