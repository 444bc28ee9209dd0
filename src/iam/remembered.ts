/** Policies, parsed once however many routes they weigh on. */
import { Recent } from '../recent.ts';
import { isMalformed, parsePolicy, Policy, type Kind, type Malformed } from './policy.ts';

/** A policy's text, and the name by which its account knows it. */
interface Document {
  readonly Name: string;
  readonly Document: string;
}

/** Enough for all that a few neighbouring routes share, and no memory of a whole organization. */
const most = 64;

const known: Readonly<Record<Kind, Recent<string, Policy | Malformed>>> = {
  identity: new Recent(most),
  resource: new Recent(most),
  trust: new Recent(most),
};

/** A policy of an identity or of an organization. */
export function ofDocument({ Document, Name }: Document, kind: Kind): Policy | Malformed {
  return ofText(Document, Name, kind);
}

/** A policy by its text: thousands of accounts are under the same few. */
export function ofText(text: string, name: string, kind: Kind): Policy | Malformed {
  const before = known[kind].get(text);
  if (before !== undefined) return before.name === name ? before : called(before, name);
  const policy = parsePolicy(text, name, kind);
  known[kind].set(text, policy);
  return policy;
}

function called(one: Policy | Malformed, name: string): Policy | Malformed {
  return isMalformed(one) ? { ...one, name } : new Policy(name, one.version, one.statements);
}
