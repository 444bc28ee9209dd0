/** XML as S3 speaks it: a small tree that loses nothing that S3's documents carry. */
import { XMLParser } from 'fast-xml-parser';
import { AwsError } from './service.ts';

/** An element: either children or text, as in all of S3's documents. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** The namespace of S3's own documents. */
export const s3Namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** The XML declaration that goes before every document. */
export const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

// Entities are decoded here: the parser's own limits are made for hostile input, and object keys may hold
// control characters as numeric references.
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: '#cdata',
});

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** S3's refusal of a document. */
export function malformedXml(): AwsError {
  return new AwsError(
    'MalformedXML',
    400,
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}

function decode(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g,
    (_all, hex?: string, dec?: string, name?: string) => {
      if (name !== undefined) {
        const character = entities[name];
        if (character === undefined) throw malformedXml();
        return character;
      }
      const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(dec);
      if (code > 0x10ffff) throw malformedXml();
      return String.fromCodePoint(code);
    },
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function textOfNodes(nodes: readonly unknown[], key: string): string {
  return nodes.map((node) => (isRecord(node) && typeof node[key] === 'string' ? node[key] : '')).join('');
}

function attributesOf(node: Record<string, unknown>): Record<string, string> {
  const raw = node[':@'];
  if (!isRecord(raw)) return {};
  return Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, decode(String(value))]));
}

function toElement(node: unknown): XmlElement | null {
  if (!isRecord(node)) return null;
  const name = Object.keys(node).find((key) => key !== ':@' && !key.startsWith('#') && !key.startsWith('?'));
  const content = name === undefined ? undefined : node[name];
  if (name === undefined || !Array.isArray(content)) return null;
  const children = content.map(toElement).filter((child) => child !== null);
  // Text beside children is the indentation.
  const text = children.length > 0 ? '' : decode(textOfNodes(content, '#text')) + cdataOf(content);
  return { name, attributes: attributesOf(node), children, text };
}

function cdataOf(nodes: readonly unknown[]): string {
  return nodes
    .map((node) => {
      const inner = isRecord(node) ? node['#cdata'] : undefined;
      return Array.isArray(inner) ? textOfNodes(inner, '#text') : '';
    })
    .join('');
}

function parseNodes(body: string): unknown {
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor is a package of its own, for this one call
    return parser.parse(body, true);
  } catch {
    throw malformedXml();
  }
}

/** Reads a document whose root is one of `roots`; anything else is S3's MalformedXML. */
export function parseXml(body: string, ...roots: readonly string[]): XmlElement {
  const nodes = parseNodes(body);
  const root = Array.isArray(nodes) ? nodes.map(toElement).find((element) => element !== null) : undefined;
  if (!root || !roots.includes(root.name)) throw malformedXml();
  return root;
}

/** A new element. */
export function element(name: string, content: string | readonly XmlElement[] = ''): XmlElement {
  return typeof content === 'string'
    ? { name, attributes: {}, children: [], text: content }
    : { name, attributes: {}, children: content, text: '' };
}

/** The same element with an element added behind. */
export function withChild(parent: XmlElement, child: XmlElement): XmlElement {
  return { ...parent, children: [...parent.children, child], text: '' };
}

/** The first child of that name. */
export function childOf(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return parent?.children.find((child) => child.name === name);
}

/** Every child of that name. */
export function childrenOf(parent: XmlElement | undefined, name: string): readonly XmlElement[] {
  return parent?.children.filter((child) => child.name === name) ?? [];
}

/** The text at a path of names, undefined where the way ends early. */
export function textAt(parent: XmlElement | undefined, ...path: readonly string[]): string | undefined {
  return path.reduce<XmlElement | undefined>(childOf, parent)?.text;
}

const special: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text made safe for an element or an attribute. Control characters become numeric references, as S3 writes them. */
export function escapeXml(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replace(/[&<>"\u0000-\u001f\u007f]/g, (character) => {
    return special[character] ?? `&#x${character.charCodeAt(0).toString(16)};`;
  });
}

/** An element as text, without a declaration. */
export function serialise(item: XmlElement): string {
  const attributes = Object.entries(item.attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
    .join('');
  const inner = item.children.length > 0 ? item.children.map(serialise).join('') : escapeXml(item.text);
  return inner === '' ? `<${item.name}${attributes}/>` : `<${item.name}${attributes}>${inner}</${item.name}>`;
}

/** A whole document in S3's namespace. */
export function s3Document(root: XmlElement): string {
  return declaration + serialise({ ...root, attributes: { xmlns: s3Namespace } });
}
