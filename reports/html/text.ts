/** Text as the page shows it: nothing hidden, nothing endless. Shared by the report and by its client script. */

// Controls, bidirectional marks, zero-width characters, line separators and lone surrogates: all that a reader cannot see.
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Writes out what the eye would miss: a right-to-left override comes out as `[U+202E]`. */
export function visible(text: string): string {
  return text.replace(unseen, (character) => {
    if (character === '\n' || character === '\t') return character;
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `[U+${code}]`;
  });
}

/** Visible, and cut where it is absurdly long; the cut is said. */
export function shown(text: string, limit = 300): string {
  if (text.length <= limit) return visible(text);
  const last = text.charCodeAt(limit - 1);
  const end = last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit;
  return `${visible(text.slice(0, end))}… [${count(text.length - end)} more characters]`;
}

/** 1234567 → 1,234,567. Not Intl: its answer changes with the ICU at hand. */
export function count(number: number): string {
  return number.toString().replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 route`, `12 routes`. */
export function counted(number: number, singular: string, plural = `${singular}s`): string {
  return `${count(number)} ${number === 1 ? singular : plural}`;
}

/** Cut after every slash: where a line may break. */
export function pieces(text: string): readonly string[] {
  return text.match(/[^/]*\/|[^/]+/g) ?? [text];
}

/** The link where it is an https one, otherwise null: no other scheme leaves this page. */
export function https(link: string | null): string | null {
  if (link === null) return null;
  try {
    const url = new URL(link);
    return url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}

/** A JSON value as evidence shows it. */
export function value(of: unknown): string {
  // JSON.stringify returns undefined for undefined, whatever its declared type says.
  const text = JSON.stringify(of, null, 2) as string | undefined;
  return shown(text ?? 'not present', 4000);
}

/** The address within the page that selects these values. */
export function fragment(values: Readonly<Record<string, string>>): string {
  return `#${new URLSearchParams(values).toString()}`;
}

/** `2026-11-22T09:15:04.123Z` → `2026-11-22 09:15 UTC`; what is no such time stays as it is. */
export function time(iso: string): string {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?Z$/.exec(iso);
  return parts === null ? shown(iso) : `${parts[1] ?? ''} ${parts[2] ?? ''} UTC`;
}
