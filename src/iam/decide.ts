/**
 * Whether a principal may do what it asks, with every layer of policies weighed as AWS weighs them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
import type { Context, Unknown } from './context.ts';
import { granted } from './grant.ts';
import { permission, type Permission } from './permission.ts';
import { plainly } from './plain.ts';
import { expand } from './represent.ts';
import { actionOf, isBounded, type Layers, type Request } from './request.ts';
import type { Question } from './survey.ts';
import { viewsOf, type Views } from './views.ts';
import { either, every, silence, type Layer, type StatementReference, type Verdict } from './verdict.ts';

export type Outcome = 'allowed' | 'allowedForSome' | 'implicitlyDenied' | 'explicitlyDenied' | 'undetermined';

/** The answer, and what it rests on. */
export interface Decision {
  readonly outcome: Outcome;
  /** The layer that settles it: allows, refuses, says nothing, or is in doubt. */
  readonly layer: Layer;
  readonly statement: StatementReference | null;
  /** Of `undetermined`: what would have to be known. */
  readonly unknown: readonly Unknown[];
  /** Of `implicitlyDenied`: every layer that would have to allow and does not. */
  readonly silent: readonly Layer[];
  /** Of a set: the parts of it that are not (or not surely) allowed. */
  readonly leftOut: readonly Part[];
}

/** A part of a set. */
export interface Part {
  readonly example: string;
  /** The patterns of the policies that take this part, and those that do not. */
  readonly within: readonly string[];
  readonly outside: readonly string[];
  readonly decision: Decision;
}

/** Decides a request, or a set of them. */
export function decide(request: Request, layers: Layers): Decision {
  const plain = plainly(request, layers);
  return plain === null ? weighed(request, layers) : decided('allowed', plain);
}

/** Decides by all that the policies say. */
export function weighed(request: Request, layers: Layers): Decision {
  const { resource, context } = request;
  if (typeof resource === 'string' && context.sets.length === 0)
    return decideOne(request, resource, context, layers);
  const members = expand(request, layers);
  if (members === null) return { ...decided('undetermined', silence('resource')), unknown: [INTRICATE] };
  const parts = members.map(({ resource: one, context: its, example, within, outside }) => {
    return { example, within, outside, decision: decideOne(request, one, its, layers) };
  });
  return summary(parts);
}

const INTRICATE: Unknown = { what: 'set', name: 'the wildcards are too many to be told apart' };

function decideOne(request: Request, resource: string, context: Context, layers: Layers): Decision {
  const { principal } = request;
  const question: Question = {
    principal,
    action: actionOf(request),
    resource,
    context,
    bounded: isBounded(layers),
  };
  const views = viewsOf(layers, question);
  const denied = either(
    views.serviceControl.deny,
    views.resourceControl.deny,
    views.resource.deny,
    views.identity.deny,
    views.boundary.deny,
  );
  if (denied.truth === 'yes') return decided('explicitlyDenied', denied);
  const permitted = permission(request, question, views, granted(layers.grants, question));
  const allowed = every(
    views.resourceControl.allow.direct,
    views.serviceControl.allow.direct,
    permitted.verdict,
  );
  if (allowed.truth === 'no')
    return { ...decided('implicitlyDenied', allowed), silent: silent(views, permitted) };
  if (denied.truth === 'maybe') return decided('undetermined', every(denied, allowed));
  return allowed.truth === 'yes' ? decided('allowed', permitted.verdict) : decided('undetermined', allowed);
}

function decided(outcome: Outcome, { layer, statement, unknown }: Verdict): Decision {
  return { outcome, layer, statement, unknown, silent: [], leftOut: [] };
}

function silent(views: Views, { needed }: Permission): readonly Layer[] {
  const { resourceControl, serviceControl } = views;
  const verdicts = [resourceControl.allow.direct, serviceControl.allow.direct, ...needed];
  return verdicts.filter(({ truth }) => truth === 'no').map(({ layer }) => layer);
}

/** Of all parts together. Where nothing is allowed, the first part speaks: it is the plainest example. */
function summary(parts: readonly Part[]): Decision {
  const leftOut = parts.filter(({ decision }) => decision.outcome !== 'allowed');
  const [first] = leftOut;
  const [some] = parts;
  if (first === undefined) return some?.decision ?? decided('undetermined', silence('resource'));
  const open = leftOut.find(({ decision }) => decision.outcome === 'undetermined');
  const refused = leftOut.find(({ decision }) => decision.outcome !== 'undetermined');
  if (refused !== undefined && leftOut.length < parts.length)
    return { ...refused.decision, outcome: 'allowedForSome', leftOut };
  return { ...(open ?? first).decision, leftOut };
}
