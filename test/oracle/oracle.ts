/**
 * Asks our evaluator and another one the same, many times, and says where they disagree. Run by `test/oracle/run`, which
 * installs the other; it is under another licence than this repository, and nothing that ships knows of it.
 */
import fc from 'fast-check';
import { contextOf } from '../../src/iam/context.ts';
import { decide } from '../../src/iam/decide.ts';
import { isMalformed, parsePolicy, type Kind, type Policy } from '../../src/iam/policy.ts';
import { cases, KEYS, OURS, ROLE, SESSION, type Case, type Document } from './cases.ts';
import { DISAGREEMENTS, type Disagreement } from './disagreements.ts';

const [, , count = '20000', seedText = ''] = process.argv;
const seed = seedText === '' ? Date.now() % 2 ** 31 : Number(seedText);

/** What we use of the other evaluator. It is not installed where this is type-checked. */
interface Other {
  readonly runSimulation: (
    simulation: object,
    options: object,
  ) => Promise<{
    readonly overallResult?: string;
    readonly errors?: unknown;
  }>;
}
const name = '@cloud-copilot/iam-simulate';
// Its own types say the same; the version is pinned.
const other = (await import(name)) as Other;

async function theirs(one: Case): Promise<string> {
  const named = (documents: readonly Document[]) =>
    documents.map((policy, at) => ({ name: `p${at}`, policy }));
  const levels = (all: readonly (readonly Document[])[]) =>
    all.map((documents, at) => ({ orgIdentifier: `ou-${at}`, policies: named(documents) }));
  const { overallResult: answer, errors } = await other.runSimulation(
    {
      request: {
        principal: SESSION,
        action: one.action,
        resource: { resource: one.resource, accountId: one.account },
        contextVariables: one.context,
      },
      identityPolicies: named(one.identity),
      serviceControlPolicies: levels(one.serviceControl),
      resourceControlPolicies: levels(one.resourceControl),
      resourcePolicy: one.policy ?? undefined,
      permissionBoundaryPolicies: one.boundary === null ? undefined : named([one.boundary]),
    },
    {},
  );
  if (answer === undefined) throw new Error(JSON.stringify(errors));
  return answer.charAt(0).toLowerCase() + answer.slice(1);
}

function ours(one: Case): string {
  const absent = Object.fromEntries(KEYS.map((key) => [key, []]));
  const given = Object.fromEntries(Object.entries(one.context).map(([key, value]) => [key, [value].flat()]));
  return decide(
    {
      principal: { kind: 'role', arn: ROLE, account: OURS, session: 's3' },
      action: one.action,
      resource: one.resource,
      resourceAccount: one.account,
      context: contextOf(absent, given),
    },
    {
      identity: one.identity.map((document) => parsed(document, 'identity')),
      boundary: one.boundary === null ? null : parsed(one.boundary, 'identity'),
      serviceControl: one.serviceControl.map((level) =>
        level.map((document) => parsed(document, 'identity')),
      ),
      resourceControl: one.resourceControl.map((level) => [
        RCP_FULL,
        ...level.map((document) => parsed(document, 'resource')),
      ]),
      resource: one.policy === null ? null : parsed(one.policy, 'resource'),
      grants: [],
    },
  ).outcome;
}

function parsed(document: Document, kind: Kind): Policy {
  const policy = parsePolicy(JSON.stringify(document), 'p', kind);
  if (isMalformed(policy)) throw new Error(`${policy.malformed} ${JSON.stringify(document)}`);
  return policy;
}

const RCP_FULL = parsed(
  {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
  },
  'resource',
);
const listed = new Map<string, number>();
const outcomes = new Map<string, number>();

async function agrees(one: Case): Promise<boolean> {
  const [we, they] = [ours(one), await theirs(one)];
  outcomes.set(we, (outcomes.get(we) ?? 0) + 1);
  if (we === they) return true;
  for (const some of combinations) {
    if (ours(some.reduce((rewritten, { rewrite }) => rewrite(rewritten), one)) !== they) continue;
    for (const { about } of some) listed.set(about, (listed.get(about) ?? 0) + 1);
    return true;
  }
  return false;
}

/** Every choice of disagreements, the smaller ones first. */
const combinations: readonly (readonly Disagreement[])[] = DISAGREEMENTS.reduce<
  readonly (readonly Disagreement[])[]
>((chosen, next) => [...chosen, ...chosen.map((some) => [...some, next])], [[]]).toSorted(
  (a, b) => a.length - b.length,
);

console.log(`${count} cases, seed ${seed}`);
const result = await fc.check(fc.asyncProperty(cases, agrees), { seed, numRuns: Number(count) });
console.log('our answers:', Object.fromEntries(outcomes));
for (const { about, page } of DISAGREEMENTS)
  console.log(`${listed.get(about) ?? 0} differ: ${about} (${page})`);
const [found] = result.counterexample ?? [];
if (found === undefined) {
  console.log('no other disagreement');
} else {
  console.log(
    `we say ${ours(found)}, the other says ${await theirs(found)}, and no page is listed that decides it:`,
  );
  console.log(JSON.stringify(found, null, 2));
  process.exitCode = 1;
}
