/** Quoting for what a person will paste: every name comes from AWS and is hostile until quoted. */

/** A POSIX shell command; each value that is put in is quoted where it needs to be. */
export function sh(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return parts.map((part, at) => (at === 0 ? part : shellWord(values[at - 1] ?? '') + part)).join('');
}

/** One shell word: bare where nothing in it can be misread, else in single quotes, or `$'…'` for control characters. */
export function shellWord(value: string): string {
  if (/^[\w./:=@%+,-]+$/.test(value)) return value;
  if (!/\p{C}/u.test(value)) return `'${value.replaceAll("'", `'\\''`)}'`;
  const inner = value.replace(/[\\']/g, '\\$&').replace(/\p{C}/gu, (c) => {
    const code = (c.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
  });
  return `$'${inner}'`;
}

/** A Terraform string literal: JSON's escapes, and no template may begin. */
export function hcl(value: string): string {
  return quoted(value).replace(/[$%](?=\{)/g, (sigil) => sigil + sigil);
}

/** A YAML string literal (JSON is YAML). */
export function yamlString(value: string): string {
  return quoted(value);
}

/** JSON's string literal with everything invisible escaped too. */
function quoted(value: string): string {
  return JSON.stringify(value).replace(/\p{C}/gu, (c) =>
    Array.from({ length: c.length }, (_, at) => `\\u${c.charCodeAt(at).toString(16).padStart(4, '0')}`).join(
      '',
    ),
  );
}
