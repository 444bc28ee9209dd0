/** Text rules that the formats share: every name and message may hold anything at all. */

/** Control characters, halves of surrogate pairs, characters that no XML takes, and marks that turn the writing about. */
const unprintable =
  /(?![\t\n\r])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** The text with U+FFFD in the place of what cannot be shown: a reader sees that something was there. */
export function clean(text: string): string {
  return text.replace(unprintable, '\ufffd');
}

/** The clean text in one line. */
export function line(text: string): string {
  return clean(text).replace(/\s+/g, ' ').trim();
}

/** The text, ended with a full stop where it has no end of its own. */
export function sentence(text: string): string {
  return text === '' || /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** At most so many UTF-16 units, cut at a word where one ends not too far back, with an ellipsis. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '');
  const space = cut.lastIndexOf(' ');
  return `${space > most / 2 ? cut.slice(0, space) : cut}…`;
}

/**
 * GitHub's message text: it drops backticks, and takes `[x](y)` as a link unless the brackets are escaped.
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function codeScanningText(text: string): string {
  return text.replaceAll('`', "'").replace(/[\\[\]]/g, '\\$&');
}

/** Text that Markdown shows as it stands. */
export function markdownText(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+!|~&$-]/g, '\\$&');
}

/**
 * A CSV cell, always quoted (RFC 4180). What a spreadsheet would take for a formula gets a `'` before it.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvCell(text: string): string {
  const shown = clean(text);
  const guarded = /^(\s*[=+\-@＝＋－＠]|[\t\r])/.test(shown) ? `'${shown}` : shown;
  return `"${guarded.replaceAll('"', '""')}"`;
}

/** An address that may be made a link, or undefined. */
export function httpsAddress(address: string | null): string | undefined {
  return address !== null && /^https:\/\/[\w.-]+\/[\w./#?=&%-]*$/.test(address) ? address : undefined;
}

const entities: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' },
  // A parser would make a line feed of it.
  '\r': '&#13;',
};

/** Text in XML, or in the value of an attribute: without what XML 1.0 takes in no form. https://www.w3.org/TR/xml/#charsets */
export function xmlText(text: string): string {
  return clean(text).replace(/[&<>"'\r]/g, (character) => entities[character] ?? '');
}
