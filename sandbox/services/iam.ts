/** AWS Identity and Access Management: roles and the policies on them. */
import type { Service } from '../service.ts';
import { queryService } from '../wire/query.ts';
import { attachments } from './iam/attachments.ts';
import { inlinePolicies } from './iam/inline.ts';
import { managedPolicies } from './iam/managed.ts';
import { roles } from './iam/roles.ts';

/** `iam:*` */
export const iam: Service = queryService({
  prefix: 'iam',
  namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  operations: { ...roles, ...inlinePolicies, ...managedPolicies, ...attachments },
});
