/** Managed policies: the account's own, and those of AWS. */
import { uniqueId } from '../../ids.ts';
import { awsManagedPolicy } from '../../managed-policies.ts';
import { AwsError } from '../../service.ts';
import { flag, text } from '../../wire/fields.ts';
import type { Fields } from '../../wire/fields.ts';
import { allow } from '../../wire/operation.ts';
import type { Call, Operations } from '../../wire/operation.ts';
import type { Account, ManagedPolicy, Role } from '../../world.ts';
import {
  alreadyExists,
  arnOf,
  documentOf,
  encoded,
  marked,
  nameOf,
  noSuchEntity,
  pathOf,
  refuseTags,
} from './shared.ts';

const MOST_VERSIONS = 5;
/** When the sandbox's AWS managed policies came to be: a date without meaning, and always the same. */
const AWS_CREATED = new Date('2015-02-06T18:39:46Z');

export const managedPolicies: Operations = {
  CreatePolicy(call) {
    const { input, world, account } = call;
    const name = nameOf(input, 'PolicyName', 128);
    const path = pathOf(input);
    const arn = arnOf(call, 'policy', path, name);
    allow(call, arn);
    refuseTags(call);
    const document = documentOf(input, 'PolicyDocument', 'identity');
    if ([...account.policies.values()].some((policy) => policy.name === name)) {
      throw alreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`);
    }
    const policy: ManagedPolicy = {
      ...{ arn, name, path, id: uniqueId(world, 'ANPA'), created: world.now() },
      versions: new Map([['v1', document]]),
      defaultVersion: 'v1',
    };
    account.policies.set(arn, policy);
    return { Policy: shown(call, policy) };
  },

  GetPolicy: (call) => ({ Policy: shown(call, policyOf(call)) }),

  GetPolicyVersion(call) {
    const policy = policyOf(call);
    const id = text(call.input, 'VersionId');
    const document = policy.versions.get(id);
    if (document === undefined)
      throw noSuchEntity(`Policy ${policy.arn} version ${id} does not exist or is not attachable.`);
    return { PolicyVersion: { Document: encoded(document), ...version(policy, id) } };
  },

  ListPolicyVersions(call) {
    const policy = policyOf(call);
    return marked(call, 'Versions', [...policy.versions.keys()].reverse(), (id) => version(policy, id));
  },

  CreatePolicyVersion(call) {
    const policy = policyOf(call);
    const own = call.account.policies.get(policy.arn);
    if (own === undefined) throw new AwsError('AccessDenied', 403, `Policy ${policy.arn} belongs to AWS.`);
    const document = documentOf(call.input, 'PolicyDocument', 'identity');
    if (own.versions.size >= MOST_VERSIONS) {
      throw new AwsError(
        'LimitExceeded',
        409,
        'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
      );
    }
    const id = `v${own.versions.size + 1}`;
    own.versions.set(id, document);
    if (flag(call.input, 'SetAsDefault')) own.defaultVersion = id;
    return { PolicyVersion: version(own, id) };
  },
};

/** The policy that the request names, once the caller may do this to it. */
function policyOf(call: Call): ManagedPolicy {
  const arn = text(call.input, 'PolicyArn');
  allow(call, arn);
  return managedPolicy(call, arn);
}

/** The managed policy of this ARN, as this account sees it. */
export function managedPolicy({ account, world }: Call, arn: string): ManagedPolicy {
  const own = account.policies.get(arn);
  if (own !== undefined) return own;
  const aws = awsManagedPolicy(world.partition, arn);
  if (aws === null) throw noSuchEntity(`Policy ${arn} was not found.`);
  return { ...aws, created: AWS_CREATED, versions: new Map([['v1', aws.text]]), defaultVersion: 'v1' };
}

/** The ARN of a policy that can be a boundary: one that exists. */
export function boundaryOf(call: Call, arn: string): string {
  return managedPolicy(call, arn).arn;
}

function shown({ account }: Call, policy: ManagedPolicy): Fields {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion,
    AttachmentCount: count(account, (role) => role.attached.has(policy.arn)),
    PermissionsBoundaryUsageCount: count(account, (role) => role.boundary === policy.arn),
    IsAttachable: true,
    CreateDate: policy.created,
    UpdateDate: policy.created,
  };
}

function count(account: Account, takes: (role: Role) => boolean): number {
  return [...account.roles.values()].filter(takes).length;
}

function version(policy: ManagedPolicy, id: string): Fields {
  return { VersionId: id, IsDefaultVersion: id === policy.defaultVersion, CreateDate: policy.created };
}
