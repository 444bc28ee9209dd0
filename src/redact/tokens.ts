/** Tokens in the place of names: the same for the same name and key, and without the key nobody can try names out. */
import { createHmac } from 'node:crypto';

/** Letters of a token: so many that no two of a million names are likely to share one. */
const letters = 10;

export interface Tokens {
  /** Of an account, or of what names one. */
  readonly account: (id: string) => string;
  readonly name: (name: string) => string;
  /** A fingerprint is a hash of names without a key, which whoever guesses a name could compare. */
  readonly fingerprint: (fingerprint: string) => string;
}

export function tokensOf(key: string): Tokens {
  const known = new Map<string, string>();
  const digest = (kind: string, text: string): Buffer =>
    createHmac('sha256', key).update(`${kind}\n${text}`).digest();
  const token = (kind: string, text: string): string => {
    const id = `${kind}\n${text}`;
    const before = known.get(id);
    if (before !== undefined) return before;
    const made = `${kind}-${spelt(digest(kind, text))}`;
    known.set(id, made);
    return made;
  };
  return {
    account: (id) => token('account', id),
    // What is a token already stays the one that it is.
    name: (name) => (/^(?:name|account)-[a-z]{10}$/.test(name) ? name : token('name', name)),
    fingerprint: (fingerprint) => digest('fingerprint', fingerprint).toString('hex').slice(0, 32),
  };
}

/** Letters alone: no token is taken for a number, an id or a hash. */
function spelt(digest: Buffer): string {
  let rest = digest.readBigUInt64BE(0);
  let text = '';
  for (let index = 0; index < letters; index += 1) {
    text += String.fromCharCode(97 + Number(rest % 26n));
    rest /= 26n;
  }
  return text;
}
