/** Reading the documents that a bucket keeps, and the ids in them. */
import type { Bucket } from '../../world.ts';
import { element, parseXml, textAt, type XmlElement } from '../../xml.ts';
import { invalidArgument } from './errors.ts';
import type { Call } from './operation.ts';

const parsed = new Map<string, XmlElement>();

/** A stored document as a tree; the same text is parsed once. */
export function storedDocument(bucket: Bucket, name: string): XmlElement | undefined {
  const text = bucket.documents.get(name);
  if (text === undefined) return undefined;
  const known = parsed.get(text);
  if (known) return known;
  if (parsed.size > 2_000) parsed.clear();
  const root = parseXml(text, ...[/<([A-Za-z]+)[\s>/]/.exec(text)?.[1] ?? '']);
  parsed.set(text, root);
  return root;
}

/** Enabled, Suspended, or null: never switched on. */
export function versioningOf(bucket: Bucket): string | null {
  return textAt(storedDocument(bucket, 'versioning'), 'Status') ?? null;
}

/** Gives each of the elements an id that has none: S3 makes one up. */
export function withIds(root: XmlElement, name: string, idName: string, { world }: Call): XmlElement {
  const children = root.children.map((child) => {
    if (child.name !== name || (textAt(child, idName) ?? '') !== '') return child;
    const rest = child.children.filter((grandchild) => grandchild.name !== idName);
    world.nextId += 1;
    const id = Buffer.from(`${name}-${world.nextId}`.padEnd(36, '.')).toString('base64url').slice(0, 48);
    return { ...child, children: [element(idName, id), ...rest] };
  });
  return { ...root, children };
}

/** Two rules can't have one id. */
export function uniqueIds(rules: readonly XmlElement[]): void {
  const seen = new Set<string>();
  for (const id of rules.map((rule) => textAt(rule, 'ID') ?? '').filter((text) => text !== '')) {
    if (id.length > 255) throw invalidArgument('ID length should not exceed allowed limit of 255');
    if (seen.has(id))
      throw invalidArgument(`Rule ID must be unique. Found same ID for more than one rule: ${id}`);
    seen.add(id);
  }
}
