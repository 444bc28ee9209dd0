import { keepTo } from './remedies/role.ts';
import { policyOf } from './shared/example.ts';
import { malformedAs } from './shared/malformed.ts';
import { nameOf, takesResource } from './shared/statement.ts';
import { strayOf, writing, type Stray } from './shared/stray.ts';
import { partitionOf } from '../src/arn.ts';
import { isMalformed, type Malformed, type Policy, type Statement } from '../src/iam/policy.ts';
import { ofDocument } from '../src/iam/remembered.ts';
import type { PolicyDocument } from '../src/model/aws.ts';
import { defineRule, fail, notApplicable, pass, undetermined } from '../src/rule.ts';

export default defineRule({
  id: 'role-overbroad',
  title: 'Replication role may write into buckets that it does not serve',
  severity: 'warning',
  scope: 'source',
  why: 'Whoever may change the replication configuration of the source may send its objects wherever the role may write. A role that is allowed s3:ReplicateObject on every bucket, by itself or within s3:*, can carry them into any bucket whose policy takes them, in whatever account. The same goes for a bucket that the role names and that no replication rule leads to, which is judged where the role replicates one source only: which of its buckets other sources need a source does not tell, and a source whose rules are all disabled counts as none. A prefix of names such as `acme-*` may be meant, and is not judged.',
  fix: 'Allow s3:ReplicateObject, s3:ReplicateDelete and s3:ReplicateTags on the objects of the destinations only.',
  page: 'judgement',
  needs: { role: ['definition', 'policies'], source: ['replication'] },
  evaluate({ source, role }) {
    // GetRole takes a name without a path, so it may answer with a role of another ARN: role-missing says so.
    if (role.policies === null || role.definition?.Arn !== role.arn) return notApplicable;
    const { Inline, Attached, Boundary } = role.policies;
    const own = read([...Inline, ...Attached]);
    const boundary = read(Boundary === null ? [] : [Boundary]);
    if ('malformed' in own) return undetermined(malformedAs(`role's policy '${own.name}'`, own));
    if ('malformed' in boundary)
      return undetermined(malformedAs(`role's permissions boundary '${boundary.name}'`, boundary));
    const broad = broadest(own, boundary, probesOf(role.arn));
    if (broad === null) {
      // How far a boundary reaches is not asked.
      const isAlone = role.sources.count === 1 && boundary.length === 0;
      const stray = isAlone ? strayOf(own, source) : null;
      return stray === null ? pass : fail(found(source.name, role.arn, stray));
    }
    return fail({
      message: `The role '${role.arn}', which replicates '${source.name}', may write replicas into every bucket: ${nameOf(broad.statement)} of its policy '${broad.policy.name}' allows ${listed(broad.statement.action)} on all of them.`,
      expected: 'the objects of the destinations',
      actual: resourcesOf(broad.statement),
    });
  },
  remedy: ({ role, routes }) =>
    role.sources.count > 1
      ? { untyped: 'the role serves other sources too, whose destinations its policy must go on to name.' }
      : keepTo(role.arn, routes),
  examples: {
    bad: {
      role: {
        policies: {
          Inline: [
            { Name: 'replication', Document: policyOf({ Effect: 'Allow', Action: 's3:*', Resource: '*' }) },
          ],
          Attached: [],
          Boundary: null,
        },
      },
    },
    good: {},
  },
});

/** Actions or resources as a statement names them: those, or all others. */
function listed({
  negated,
  texts,
}: {
  readonly negated: boolean;
  readonly texts: readonly string[];
}): string {
  return `${negated ? 'all but ' : ''}${texts.join(', ')}`;
}

function resourcesOf({ resource }: Statement): string {
  if (resource === null) return '';
  return listed({ negated: resource.negated, texts: resource.templates.map(({ text }) => text) });
}

function found(source: string, role: string, { policy, statement, bucket }: Stray) {
  return {
    message: `The role '${role}', which replicates '${source}' and nothing else that was read, may write replicas into '${bucket}', where none of that bucket's replication rules leads: ${nameOf(statement)} of its policy '${policy.name}' allows ${listed(statement.action)} there.`,
    expected: 'the objects of the destinations',
    actual: resourcesOf(statement),
  };
}

interface Broad {
  readonly policy: Policy;
  readonly statement: Statement;
}

/** Policies are asked for actions in lower case. */
const action = writing.toLowerCase();

/** Objects of buckets that share no letter: what takes both takes every bucket. */
function probesOf(role: string): readonly string[] {
  return ['x9-x9/9x', 'q.0.q/0/q0'].map((object) => `arn:${partitionOf(role)}:s3:::${object}`);
}

function read(documents: readonly PolicyDocument[]): readonly Policy[] | Malformed {
  const parsed = documents.map((document) => ofDocument(document, 'identity'));
  return parsed.find(isMalformed) ?? parsed.flatMap((one) => (isMalformed(one) ? [] : [one]));
}

/** What the role is allowed on every bucket, unless a boundary or a Deny of all buckets but some holds it in. */
function broadest(
  own: readonly Policy[],
  boundary: readonly Policy[],
  probes: readonly string[],
): Broad | null {
  const broad = firstBroad(own, probes);
  const held = boundary.length > 0 && firstBroad(boundary, probes) === null;
  if (broad === null || held || [...own, ...boundary].some((one) => fencesIn(one, probes))) return null;
  return broad;
}

function firstBroad(policies: readonly Policy[], probes: readonly string[]): Broad | null {
  for (const policy of policies) {
    const statement = policy.about(action).find((one) => one.effect === 'Allow' && isBroad(one, probes));
    if (statement !== undefined) return { policy, statement };
  }
  return null;
}

/** A condition on whose the bucket is keeps the role out of others'. */
function isBroad(statement: Statement, probes: readonly string[]): boolean {
  const owned = statement.conditions.some(({ lowerKey }) => /^(?:aws|s3):resource/.test(lowerKey));
  return !owned && probes.every((arn) => takesResource(statement, arn));
}

/** A Deny of all buckets but some. */
function fencesIn(policy: Policy, probes: readonly string[]): boolean {
  return policy
    .about(action)
    .some(
      (one) =>
        one.effect === 'Deny' &&
        one.resource?.negated === true &&
        probes.every((arn) => takesResource(one, arn)),
    );
}
