import { makeRole, nameRole } from './remedies/role.ts';
import { defineRule, fail, pass } from '../src/rule.ts';

export default defineRule({
  id: 'role-missing',
  title: 'Replication role does not exist',
  severity: 'error',
  scope: 'source',
  why: "S3 assumes the role of the replication configuration for every object. Where the role is gone, or was made again under another path, all objects of all routes of the bucket fail. The path is part of a role's ARN: the console creates replication roles under /service-role/.",
  fix: 'Create the role, or name the right one in the replication configuration. Then send the failed objects again with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/replication-metrics-events.html',
  predicts: ['AssumeRoleNotPermitted'],
  needs: { role: ['definition'] },
  evaluate({ source, role }) {
    const found = role.definition?.Arn;
    // GetRole takes a name without a path, so it may answer with a role of another ARN.
    if (found === role.arn) return pass;
    const but = found === undefined ? '' : ` A role of that name exists as '${found}'.`;
    return fail({
      message: `Objects of '${source.name}' will not be replicated: the role '${role.arn}' does not exist.${but}`,
      expected: role.arn,
      actual: found ?? 'no such role',
      at: ['role.definition#/Arn', 'source.replication#/Role'],
    });
  },
  remedy({ source, role, routes }) {
    const found = role.definition?.Arn;
    return found === undefined ? makeRole(role.arn, source, routes) : nameRole(source.name, found);
  },
  examples: {
    bad: { role: { definition: null } },
    good: {},
  },
});
