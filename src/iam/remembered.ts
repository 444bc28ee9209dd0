/** Policies, parsed once however many routes they weigh on. */
import { Recent } from '../recent.ts';
import { isMalformed, parsePolicy, Policy, type Kind, type Malformed } from './policy.ts';

/** A policy's text, and the name by which its account knows it. */
interface Document {
  readonly Name: string;
  readonly Document: string;
}

type Remembered = Readonly<Record<Kind, Recent<string, Policy | Malformed>>>;

/** So many of each kind, and no memory of a whole organization. */
function remembering(most: number): Remembered {
  return { identity: new Recent(most), resource: new Recent(most), trust: new Recent(most) };
}

/** Of roles, buckets and keys: what neighbouring routes share. What is kept for longer than it is used is moved about by the collector of garbage. */
const near = remembering(4);

/** Of the organization: whole accounts share them. */
const far = remembering(64);

/** A policy of an identity. */
export function ofDocument({ Document, Name }: Document, kind: Kind): Policy | Malformed {
  return ofText(Document, Name, kind);
}

/** A policy of a role, a bucket or a key by its text. */
export function ofText(text: string, name: string, kind: Kind): Policy | Malformed {
  return of(near[kind], text, name, kind);
}

/** A policy of the organization: thousands of accounts are under the same few. */
export function ofOrganization({ Document, Name }: Document, kind: Kind): Policy | Malformed {
  return of(far[kind], Document, Name, kind);
}

function of(
  known: Recent<string, Policy | Malformed>,
  text: string,
  name: string,
  kind: Kind,
): Policy | Malformed {
  const policy = known.of(text, () => parsePolicy(text, name, kind));
  return policy.name === name ? policy : called(policy, name);
}

function called(one: Policy | Malformed, name: string): Policy | Malformed {
  return isMalformed(one) ? { ...one, name } : new Policy(name, one.version, one.statements);
}
