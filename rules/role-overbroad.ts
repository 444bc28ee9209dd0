import { keepTo } from './remedies/role.ts';
import { policyOf } from './shared/example.ts';
import { nameOf, takesResource } from './shared/statement.ts';
import { partitionOf } from '../src/arn.ts';
import { isMalformed, type Malformed, type Policy, type Statement } from '../src/iam/policy.ts';
import { ofDocument } from '../src/iam/remembered.ts';
import type { PolicyDocument } from '../src/model/aws.ts';
import { defineRule, fail, notApplicable, pass, undetermined, type Verdict } from '../src/rule.ts';

export default defineRule({
  id: 'role-overbroad',
  title: 'Replication role may write into every bucket',
  severity: 'warning',
  scope: 'source',
  why: 'Whoever may change the replication configuration of the source may send its objects wherever the role may write. A role that is allowed s3:ReplicateObject on every bucket, by itself or within s3:*, can carry them into any bucket whose policy takes them, in whatever account. Only wildcards for all buckets are judged: a prefix of names such as `acme-*` may be meant, and which of its buckets other sources need a source does not tell.',
  fix: 'Allow s3:ReplicateObject, s3:ReplicateDelete and s3:ReplicateTags on the objects of the destinations only.',
  page: 'judgement',
  needs: { role: ['policies'] },
  evaluate({ source, role }) {
    if (role.policies === null) return notApplicable;
    const { Inline, Attached, Boundary } = role.policies;
    const own = read([...Inline, ...Attached]);
    const boundary = read(Boundary === null ? [] : [Boundary]);
    if ('malformed' in own) return unreadable(role.arn, own);
    if ('malformed' in boundary) return unreadable(role.arn, boundary);
    const broad = broadest(own, boundary, probesOf(role.arn));
    if (broad === null) return pass;
    return fail({
      message: `The role '${role.arn}', which replicates '${source.name}', may write replicas into every bucket: ${nameOf(broad.statement)} of its policy '${broad.policy.name}' allows ${broad.statement.action.texts.join(', ')} on all of them.`,
      expected: 'the objects of the destinations',
      actual: (broad.statement.resource?.templates ?? []).map(({ text }) => text).join(', '),
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

interface Broad {
  readonly policy: Policy;
  readonly statement: Statement;
}

/** `s3:ReplicateObject`; policies are asked for actions in lower case. */
const action = 's3:replicateobject';

/** Objects of buckets that share no letter: what takes both takes every bucket. */
function probesOf(role: string): readonly string[] {
  return ['x9-x9/9x', 'q.0.q/0/q0'].map((object) => `arn:${partitionOf(role)}:s3:::${object}`);
}

function unreadable(role: string, { name, malformed }: Malformed): Verdict<never> {
  return undetermined(`The policy '${name}' of '${role}' cannot be read: ${malformed}`);
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
