/**
 * Bytes as text, and back: 13 bits in two of 91 printable characters, none of which means anything to HTML. Where base64 adds a third,
 * this adds less than a quarter. The report writes it and its client script reads it, so nothing of Node's is used.
 */

// All of printable ASCII but the space and `&`, `<`, `>`.
const alphabet = Array.from({ length: 94 }, (_, place) => String.fromCharCode(33 + place)).filter(
  (character) => !'&<>'.includes(character),
);
const base = alphabet.length;
const [pairBits, lastBits] = [13, 6];

const pairs = Array.from(
  { length: 1 << pairBits },
  (_, number) => `${alphabet[Math.floor(number / base)] ?? ''}${alphabet[number % base] ?? ''}`,
);
const values = new Uint8Array(128);
alphabet.forEach((character, value) => {
  values[character.charCodeAt(0)] = value;
});

/** Bytes → text. */
export function dense(bytes: Uint8Array): string {
  const text: string[] = [];
  let [waiting, held] = [0, 0];
  for (const byte of bytes) {
    waiting = (waiting << 8) | byte;
    held += 8;
    if (held < pairBits) continue;
    held -= pairBits;
    text.push(pairs[waiting >> held] ?? '');
    waiting &= (1 << held) - 1;
  }
  // Never as many bits too many as a byte has: whoever reads it back gets the same number of bytes.
  if (held > lastBits) text.push(pairs[waiting << (pairBits - held)] ?? '');
  else if (held > 0) text.push(alphabet[waiting << (lastBits - held)] ?? '');
  return text.join('');
}

/** The reverse of `dense`. */
export function sparse(text: string): Uint8Array<ArrayBuffer> {
  const odd = text.length % 2;
  const bytes = new Uint8Array(Math.floor((((text.length - odd) / 2) * pairBits + odd * lastBits) / 8));
  let [waiting, held, at] = [0, 0, 0];
  for (let place = 0; place < text.length; place += 2) {
    const value = values[text.charCodeAt(place)] ?? 0;
    if (place + 1 < text.length) {
      waiting = (waiting << pairBits) | (value * base + (values[text.charCodeAt(place + 1)] ?? 0));
      held += pairBits;
    } else {
      waiting = (waiting << lastBits) | value;
      held += lastBits;
    }
    for (; held >= 8; at += 1) {
      held -= 8;
      bytes[at] = waiting >> held;
    }
    waiting &= (1 << held) - 1;
  }
  return bytes;
}
