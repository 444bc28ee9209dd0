/** AWS Organizations: accounts in a tree, and the policies that hang in it. */
import type { Service } from '../service.ts';
import { jsonService } from '../wire/json.ts';
import { accounts } from './organizations/accounts.ts';
import { attachments } from './organizations/attachments.ts';
import { organization } from './organizations/organization.ts';
import { policies } from './organizations/policies.ts';
import { tree } from './organizations/tree.ts';

/** `organizations:*` */
export const organizations: Service = jsonService({
  prefix: 'organizations',
  contentType: 'application/x-amz-json-1.1',
  operations: { ...organization, ...accounts, ...tree, ...policies, ...attachments },
});
