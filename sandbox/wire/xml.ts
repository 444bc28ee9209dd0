/** Just enough XML to answer: elements and text. */

export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#xD;');
}

/** A value as an element of this name: a list's entries are its `member`s. Nothing for null and undefined. */
export function element(name: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  return `<${name}>${content(value)}</${name}>`;
}

function content(value: unknown): string {
  if (typeof value === 'string') return escapeXml(value);
  if (typeof value === 'number' || typeof value === 'boolean') return `${value}`;
  if (value instanceof Date) return value.toISOString().replace(/\.\d+Z$/, 'Z');
  if (Array.isArray(value)) return value.map((entry) => element('member', entry)).join('');
  return Object.entries(value ?? {})
    .map(([field, inner]) => element(field, inner))
    .join('');
}
