/** The rules' bad examples with everything in them named anew: buckets, roles, replication rules, prefixes, tags, statements. */
import { estateOf } from '../../../src/evaluate/estate.ts';
import { judgeBucket } from '../../../src/evaluate/judge.ts';
import { routesOf } from '../../../src/evaluate/routes.ts';
import type { BucketLine, EndLine, Manifest } from '../../../src/model/estate.ts';
import type { Fix } from '../../../src/model/finding.ts';
import type { Rule } from '../../../src/rule.ts';
import { select } from '../../../src/selection.ts';
import { endLines, sourceLine, inMemory } from '../../../src/tester/lines.ts';

/** What stands in the place of a name of the examples. */
export type Names = readonly (readonly [name: string, instead: string])[];

/** A text with each name replaced; within JSON in the strings that it holds. */
export function renamed(text: string, names: Names): string {
  const parsed = parsedOf(text);
  if (parsed !== null) return JSON.stringify(deepRenamed(parsed, names));
  const instead = new Map(names);
  // All at once: what a name is replaced by may hold another.
  const any = new RegExp(names.map(([name]) => name).join('|'), 'g');
  return names.length === 0 ? text : text.replace(any, (name) => instead.get(name) ?? name);
}

/** Every string in a value, the names of members included. */
export function deepRenamed(value: unknown, names: Names): unknown {
  if (typeof value === 'string') return renamed(value, names);
  if (Array.isArray(value)) return value.map((one) => deepRenamed(one, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [renamed(name, names), deepRenamed(one, names)]),
  );
}

/** JSON's objects and lists; a number or a word stands for itself. */
function parsedOf(text: string): object | null {
  if (!/^[[{]/.test(text)) return null;
  try {
    return JSON.parse(text) as object;
  } catch {
    return null;
  }
}

/** What a rule says to type in its bad example; null where it fails no longer, since the names mean something else. */
export function fixOf(rule: Rule, names: Names): Fix | null {
  const { bad } = rule.examples;
  // Names are replaced in values only, so that the lines keep their shape.
  const source = deepRenamed(sourceLine(bad), names) as BucketLine;
  const ends = deepRenamed(endLines(bad, sourceLine(bad)), names) as readonly EndLine[];
  const estate = estateOf({
    manifest: manifest(bad.everyAccountListed ?? true),
    ends: () => inMemory(ends),
  });
  const detail = bad.options === undefined ? {} : { options: bad.options as object };
  const selected = select(
    [rule],
    rule.policy === true
      ? { policies: [{ name: 'the policy', rule: rule.id, ...detail }] }
      : { rules: { [rule.id]: detail } },
  );
  const outcomes = judgeBucket(source, routesOf(source, estate), estate, selected);
  const failure = outcomes.find(({ outcome }) => outcome === 'fail');
  return failure && 'finding' in failure ? failure.finding.fix : null;
}

function manifest(everyAccountListed: boolean): Manifest {
  const accounts = ['111122223333', '444455556666'].map((id) => ({
    ...{ id, name: id, state: 'ACTIVE', ou: 'Root', ouId: 'r-exam', status: 'scanned' as const },
  }));
  const detail = 'The role could not be assumed.';
  const silent = {
    ...{ id: '777788889999', name: 'silent', state: 'ACTIVE', ou: 'Root', ouId: 'r-exam' },
    ...{ status: 'unreadable' as const, causes: [{ reason: 'access-denied' as const, detail }] },
  };
  return {
    ...{ format: 1, replint: '0.0.0', configuration: '' },
    ...{ started: '2026-01-01T00:00:00.000Z', finished: '2026-01-01T00:00:00.000Z' },
    organization: {
      ...{ id: 'o-exampleorg', partition: 'aws' },
      caller: { account: '111122223333', arn: 'arn:aws:iam::111122223333:role/ReplintAudit' },
      accounts: [...accounts, ...(everyAccountListed ? [] : [silent])],
    },
    facts: {},
  };
}
