/** What people write into configurations: ids of rules, Sids, prefixes and keys of objects, tags. */

/** Between these stand a label's pieces: signs of paths, of patterns, and whatever quoting puts beside a label's own signs. */
const signs = String.raw`\$\{[^}]*\}|['"\`/\\*?\r\n]+`;
/** Where nothing is quoted: YAML's plain words, and a command's. */
const bare = String.raw`\b(?:Sid|Id|Prefix|Key|Value): |--arg \w+ |--id `;
const between = new RegExp(`(${signs})`);
const betweenInTexts = new RegExp(`(${bare}|${signs})`);
const endsAtSpace = new RegExp(`^(?:${bare}|/)$`);

/** Shorter pieces are in every text. */
const shortest = 3;

/** What AWS's own answers and policies are made of, quoted as labels are. */
const grammar: ReadonlySet<string> = new Set([
  ...['Allow', 'Deny', 'Enabled', 'Disabled', 'Suspended', 'true', 'false', 'Null', 'null', 'All'],
  ...['Version', 'Statement', 'Effect', 'Principal', 'Action', 'Resource', 'Condition', 'Service', 'AWS'],
  ...['Rules', 'Role', 'Status', 'Priority', 'Filter', 'And', 'Tag', 'Tags', 'Key', 'Value', 'Prefix', 'Sid'],
  ...['Destination', 'Bucket', 'Account', 'Metrics', 'Days', 'Expiration', 'Encryption', 'Name', 'Type'],
  ...['role', 'user', 'group', 'policy', 'root', 'key', 'alias', 'service-role', 'aws-service-role'],
  ...[
    '2012-10-17',
    '2008-10-17',
    'default',
    'replication',
    'source',
    'destination',
    'bucket',
    'http',
    'https',
  ],
]);
const region = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

/** The label with each of its pieces replaced. */
export function withoutPieces(label: string, token: (piece: string) => string): string {
  return label
    .split(between)
    .map((part, index) => (index % 2 === 1 || part === '' ? part : token(part)))
    .join('');
}

export class Labels {
  readonly #pieces = new Set<string>();

  add(label: string): void {
    for (const [index, part] of label.split(between).entries()) {
      if (index % 2 === 0 && part.length >= shortest && !grammar.has(part) && !region.test(part))
        this.#pieces.add(part);
    }
  }

  /** The text, with each piece replaced that fills the room between two quotes, slashes or stars. */
  replace(text: string, token: (piece: string) => string): string {
    if (this.#pieces.size === 0) return text;
    const parts = text.split(betweenInTexts);
    return parts
      .map((part, index) => {
        if (index % 2 === 1) return part;
        const word = endsAtSpace.test(parts[index - 1] ?? '') ? (/^\S*/.exec(part)?.[0] ?? '') : part;
        const piece = this.#pieces.has(part) ? part : word;
        if (!this.#pieces.has(piece) || isOfAws(parts, index)) return part;
        return token(piece) + part.slice(piece.length);
      })
      .join('');
  }
}

/** A page of AWS's: `https://docs.aws.amazon.com/AmazonS3/…`. */
function isOfAws(parts: readonly string[], index: number): boolean {
  for (let at = index - 1; at > 0 && parts[at] === '/'; at -= 2) {
    if (/^docs\.aws\.amazon\.com$/.test(parts[at - 1] ?? '')) return true;
  }
  return false;
}
