/** Ids in the shapes that AWS gives them, made from the world's counter: the same writes give the same ids. */
import { createHash } from 'node:crypto';
import type { World } from './world.ts';

const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const SECRET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const HEX = '0123456789abcdef';

/** Characters of `alphabet` that the counter's next number is hashed to. */
function next(world: World, kind: string, length: number, alphabet: string): string {
  const number = world.nextId++;
  let text = '';
  for (let block = 0; text.length < length; block++) {
    const digest = createHash('sha256').update(`${kind} ${number} ${block}`).digest();
    for (const byte of digest) text += alphabet.charAt(byte % alphabet.length);
  }
  return text.slice(0, length);
}

/** Twelve digits that no account has yet; never a leading zero, for spreadsheets eat it. */
export function accountId(world: World): string {
  for (;;) {
    const id = next(world, 'account', 12, DIGITS).replace(/^0/, '1');
    if (!world.accounts.has(id)) return id;
  }
}

export function organizationId(world: World): string {
  return `o-${next(world, 'organization', 10, LOWER)}`;
}

export function rootId(world: World): string {
  return `r-${next(world, 'root', 4, LOWER)}`;
}

/** An OU's id begins with the root's characters. */
export function unitId(world: World, root: string): string {
  return `ou-${root.slice(2)}-${next(world, 'unit', 8, LOWER)}`;
}

export function organizationPolicyId(world: World): string {
  return `p-${next(world, 'organization policy', 8, LOWER)}`;
}

export function accountRequestId(world: World): string {
  return `car-${next(world, 'account request', 32, HEX)}`;
}

/** IAM's unique ids: AROA… for a role, ANPA… for a managed policy. */
export function uniqueId(world: World, prefix: 'AROA' | 'ANPA' | 'AIDA'): string {
  return prefix + next(world, prefix, 17, UPPER);
}

export function accessKeyId(world: World, prefix: 'AKIA' | 'ASIA'): string {
  return prefix + next(world, prefix, 16, UPPER);
}

export function secretAccessKey(world: World): string {
  return next(world, 'secret', 40, SECRET);
}

export function sessionToken(world: World): string {
  return next(world, 'session token', 240, SECRET);
}

/** A key's id: a UUID, or `mrk-` and 32 digits for a multi-Region key. */
export function keyId(world: World, multiRegion: boolean): string {
  const hex = next(world, 'key', 32, HEX);
  if (multiRegion) return `mrk-${hex}`;
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export function grantId(world: World): string {
  return next(world, 'grant', 64, HEX);
}

export function grantToken(world: World): string {
  return next(world, 'grant token', 120, SECRET);
}
