/** Where labels stand in what AWS answered. */

/** Members whose text is a label. `Key` and `Value` are a tag's, `key` is an object's. */
const fields: ReadonlySet<string> = new Set([
  ...['ID', 'Id', 'Sid', 'Prefix', 'TargetPrefix', 'Key', 'Value', 'key', 'replicationRule'],
]);

/** A rule without an id goes by its place. */
const place = /^#\d+$/;

export function isLabel(field: string, text: string): boolean {
  return fields.has(field) && text !== '' && !place.test(text) && !text.startsWith('arn:');
}

/** The labels in a value, and in policies that stand in it as texts. */
export function labelsIn(value: unknown, add: (label: string) => void, field = ''): void {
  if (typeof value === 'string') {
    if (isLabel(field, value)) add(value);
    else if (value.startsWith('{')) labelsInPolicy(value, add);
  } else if (Array.isArray(value)) {
    for (const one of value) labelsIn(one, add, field);
  } else if (isRecord(value)) {
    for (const [name, one] of Object.entries(value)) labelsIn(one, add, name);
  }
}

function labelsInPolicy(text: string, add: (label: string) => void): void {
  const policy = parsed(text);
  const statements = isRecord(policy) ? [policy['Statement']].flat().filter(isRecord) : [];
  for (const { Sid, Resource, NotResource, Condition } of statements) {
    if (typeof Sid === 'string') add(Sid);
    for (const resource of texts([Resource, NotResource])) add(keyOf(resource));
    for (const keys of Object.values(isRecord(Condition) ? Condition : {}).filter(isRecord)) {
      for (const [key, values] of Object.entries(keys)) {
        const tag = /tag(?:keys)?(?:\/(.*))?$/is.exec(key);
        if (tag !== null || /^s3:prefix$/i.test(key)) for (const one of texts(values)) add(one);
        if (tag?.[1] !== undefined) add(tag[1]);
      }
    }
  }
}

/** Of an object's ARN what comes behind the bucket. */
function keyOf(arn: string): string {
  return /^arn:[^:]*:s3:::(?:\$\{[^}]*\}|[^/])*\/(.*)$/s.exec(arn)?.[1] ?? '';
}

function texts(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(texts);
  return typeof value === 'string' ? [value] : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
