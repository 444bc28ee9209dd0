/**
 * Every layer's survey of one question.
 */
import type { Malformed, Policy } from './policy.ts';
import type { Layers, Policies } from './request.ts';
import { survey, type Question, type Survey } from './survey.ts';
import { either, every, silence, type Layer } from './verdict.ts';

export type Views = Readonly<
  Record<'identity' | 'boundary' | 'serviceControl' | 'resourceControl' | 'resource', Survey>
>;

/** Surveys the layers; one that is not there limits nothing. */
export function viewsOf(layers: Layers, question: Question): Views {
  const { identity, boundary, serviceControl, resourceControl, resource } = layers;
  const service = question.principal.kind === 'service';
  return {
    identity: survey('identity', identity, question),
    boundary: boundary === null ? UNLIMITED.boundary : survey('boundary', listed(boundary), question),
    // A service by itself is in no organization.
    serviceControl: service ? UNLIMITED.serviceControl : levels('serviceControl', serviceControl, question),
    resourceControl: levels('resourceControl', resourceControl, question),
    resource: survey('resource', resource === null ? [] : listed(resource), question),
  };
}

function listed(policy: Policy | Malformed | 'unread'): Policies {
  return policy === 'unread' ? policy : [policy];
}

/** A layer that is not there limits nothing. */
const UNLIMITED = {
  boundary: unlimited('boundary'),
  serviceControl: unlimited('serviceControl'),
  resourceControl: unlimited('resourceControl'),
};

function unlimited(layer: Layer): Survey {
  const none = silence(layer);
  return { deny: none, allow: { account: none, role: none, direct: { ...none, truth: 'yes' } } };
}

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html: an Allow at every level. */
function levels(
  layer: 'serviceControl' | 'resourceControl',
  policies: Layers['serviceControl'],
  question: Question,
): Survey {
  if (policies === 'unread') return survey(layer, policies, question);
  let together: Survey | null = null;
  let before: readonly (Policy | Malformed)[] | null = null;
  for (const level of policies) {
    // Most units leave everything to the next: what is said again changes nothing.
    if (before !== null && isSame(level, before)) continue;
    before = level;
    const { deny, allow } = survey(layer, level, question);
    together = {
      deny: together === null ? deny : either(together.deny, deny),
      allow: {
        ...allow,
        direct: together === null ? allow.direct : every(together.allow.direct, allow.direct),
      },
    };
  }
  return together ?? UNLIMITED[layer];
}

function isSame(one: readonly object[], other: readonly object[]): boolean {
  return one.length === other.length && one.every((policy, at) => policy === other[at]);
}
