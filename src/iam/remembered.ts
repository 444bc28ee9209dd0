/** Policies, parsed once however many routes they weigh on. */
import { parsePolicy, type Kind, type Malformed, type Policy } from './policy.ts';

/** A policy's text, and the name by which its account knows it. */
interface Document {
  readonly Name: string;
  readonly Document: string;
}

/** Enough for all that a few neighbouring routes share, and no memory of a whole organization. */
const MOST = 512;

const byDocument = new WeakMap<Document, Policy | Malformed>();
const byText = new Map<string, Policy | Malformed>();

/** A policy of an identity or of an organization; remembered as long as its document is. */
export function ofDocument(document: Document, kind: Kind): Policy | Malformed {
  const known = byDocument.get(document);
  if (known !== undefined) return known;
  const policy = parsePolicy(document.Document, document.Name, kind);
  byDocument.set(document, policy);
  return policy;
}

/** A policy of a resource, which is a text and nothing more. */
export function ofText(text: string, name: string, kind: Kind): Policy | Malformed {
  const key = `${kind} ${name} ${text}`;
  const known = byText.get(key);
  if (known !== undefined) return known;
  const policy = parsePolicy(text, name, kind);
  if (byText.size >= MOST) byText.clear();
  byText.set(key, policy);
  return policy;
}
