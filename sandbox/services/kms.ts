/** AWS Key Management Service: keys as things that are described; nothing is encrypted here. */
import type { Service } from '../service.ts';
import { jsonService } from '../wire/json.ts';
import { aliases } from './kms/aliases.ts';
import { grants } from './kms/grants.ts';
import { keys } from './kms/keys.ts';
import { keyPolicies } from './kms/policies.ts';
import { keyStates } from './kms/states.ts';

/** `kms:*` */
export const kms: Service = jsonService({
  prefix: 'kms',
  contentType: 'application/x-amz-json-1.1',
  operations: { ...keys, ...keyPolicies, ...keyStates, ...grants, ...aliases },
});
