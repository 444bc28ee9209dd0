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
const byText: Readonly<Record<Kind, Map<string, Policy | Malformed>>> = {
  identity: new Map(),
  resource: new Map(),
  trust: new Map(),
};

/** A policy of an identity or of an organization; remembered as long as its document is. */
export function ofDocument(document: Document, kind: Kind): Policy | Malformed {
  const known = byDocument.get(document);
  if (known !== undefined) return known;
  const policy = ofText(document.Document, document.Name, kind);
  byDocument.set(document, policy);
  return policy;
}

/** A policy by its text: thousands of accounts are under the same few. */
export function ofText(text: string, name: string, kind: Kind): Policy | Malformed {
  const texts = byText[kind];
  const known = texts.get(text);
  if (known !== undefined) return known.name === name ? known : { ...known, name };
  const policy = parsePolicy(text, name, kind);
  if (texts.size >= MOST) texts.clear();
  texts.set(text, policy);
  return policy;
}
