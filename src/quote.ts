/** Quoting for what a person will paste: every name comes from AWS and is hostile until quoted. */

/** A POSIX shell command; each value that is put in is quoted where it needs to be. */
export function sh(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return parts.map((part, at) => (at === 0 ? part : shellWord(values[at - 1] ?? '') + part)).join('');
}

/** One shell word: bare where nothing in it can be misread, else in single quotes, or `$'…'` for control characters. */
export function shellWord(value: string): string {
  if (/^[\w./:=@%+,-]+$/.test(value)) return value;
  if (isPrintable(value) || !/\p{C}/u.test(value)) return `'${value.replaceAll("'", `'\\''`)}'`;
  return `$'${value.replace(/[\\']/g, '\\$&').replace(/\p{C}/gu, escaped)}'`;
}

/** A Terraform string literal: JSON's escapes, and no template may begin. */
export function hcl(value: string): string {
  // Of JSON's short escapes HCL lacks two: https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
  const known = quoted(value).replace(/\\[\\"bf]/g, (escape) => controls.get(escape) ?? escape);
  return known.replace(/[$%](?=\{)/g, (sigil) => sigil + sigil);
}

const controls: ReadonlyMap<string, string> = new Map([
  ['\\b', '\\u0008'],
  ['\\f', '\\u000c'],
]);

/** A YAML string literal (JSON is YAML). */
export function yamlString(value: string): string {
  return quoted(value);
}

/** JSON's string literal with everything invisible escaped too, and what YAML before 1.2 takes for the end of a line. */
function quoted(value: string): string {
  const json = JSON.stringify(value);
  return isPrintable(json) ? json : json.replace(/[\p{C}\u2028\u2029]/gu, escaped);
}

/** Nearly all names are printable ASCII, and to ask for that is quicker than to look for what is invisible. */
function isPrintable(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

/** Neither HCL nor YAML joins two halves of a pair, as JSON does: beyond 16 bits both have a longer escape. */
function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
}

/** Why code holds a text that no quoting keeps as it is, or null. */
export function unquotable(language: 'cli' | 'terraform' | 'cloudformation', code: string): string | null {
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html: there is no escape.
  if (language === 'cloudformation' && code.includes('{{resolve:'))
    return "a name holds '{{resolve:', for which CloudFormation puts a stored value wherever it stands.";
  // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document#context-variable-interpolation
  if (language === 'terraform' && code.includes('&{') && /^(?:statement|condition) \{/m.test(code))
    return "a name holds '&{', of which aws_iam_policy_document makes '${', the beginning of a policy variable.";
  return null;
}
