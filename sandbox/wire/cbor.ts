/** CBOR (RFC 8949), as far as Smithy's RPC v2 protocol uses it. */

const TIMESTAMP = 1;
const BREAK = 0xff;

/** The value of these bytes; what carries the tag of a timestamp is a Date. */
export function decode(bytes: Buffer): unknown {
  return new Reader(bytes).value();
}

/** A place in the bytes that moves on as it reads. */
class Reader {
  private at = 0;
  private readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  value(): unknown {
    const head = this.bytes.readUInt8(this.at++);
    const major = head >> 5;
    const minor = head & 31;
    if (major === 7) return this.simple(minor);
    const length = minor === 31 ? null : this.length(minor);
    switch (major) {
      case 0:
        return length;
      case 1:
        return -1 - (length ?? 0);
      case 2:
        return this.slice(length);
      case 3:
        return this.slice(length).toString();
      case 4:
        return this.items(length);
      case 5:
        return this.map(length);
      default:
        return this.tagged(length);
    }
  }

  private length(minor: number): number {
    if (minor < 24) return minor;
    if (minor === 27) {
      this.at += 8;
      return Number(this.bytes.readBigUInt64BE(this.at - 8));
    }
    const size = 2 ** (minor - 24);
    this.at += size;
    return this.bytes.readUIntBE(this.at - size, size);
  }

  /** A string; one of unknown length comes in pieces. */
  private slice(length: number | null): Buffer {
    if (length === null) return Buffer.concat(this.items(null).map((piece) => Buffer.from(piece as string)));
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  private items(length: number | null): unknown[] {
    const items: unknown[] = [];
    while (length === null ? !this.ended() : items.length < length) items.push(this.value());
    return items;
  }

  private map(length: number | null): Record<string, unknown> {
    const entries: [string, unknown][] = [];
    while (length === null ? !this.ended() : entries.length < length) {
      entries.push([String(this.value()), this.value()]);
    }
    return Object.fromEntries(entries);
  }

  private ended(): boolean {
    if (this.bytes[this.at] !== BREAK) return false;
    this.at++;
    return true;
  }

  private tagged(tag: number | null): unknown {
    const inner = this.value();
    return tag === TIMESTAMP && typeof inner === 'number' ? new Date(inner * 1000) : inner;
  }

  private simple(minor: number): unknown {
    if (minor === 20 || minor === 21) return minor === 21;
    if (minor === 22 || minor === 23) return null;
    const size = 2 ** (minor - 24);
    this.at += size;
    if (minor === 26) return this.bytes.readFloatBE(this.at - 4);
    if (minor === 27) return this.bytes.readDoubleBE(this.at - 8);
    throw new RangeError(`CBOR's simple value ${minor} is not known here.`);
  }
}

/** The bytes of a value; null and undefined members are left out. */
export function encode(value: unknown): Buffer {
  if (value instanceof Date)
    return Buffer.concat([Buffer.from([0xc0 | TIMESTAMP]), double(value.getTime() / 1000)]);
  if (typeof value === 'string') {
    const bytes = Buffer.from(value);
    return Buffer.concat([head(3, bytes.length), bytes]);
  }
  if (typeof value === 'number')
    return Number.isInteger(value) && value >= 0 && value < 2 ** 32 ? head(0, value) : double(value);
  if (typeof value === 'boolean') return Buffer.from([value ? 0xf5 : 0xf4]);
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(encode)]);
  const entries = Object.entries(value ?? {}).filter(([, inner]) => inner !== null && inner !== undefined);
  return Buffer.concat([
    head(5, entries.length),
    ...entries.flatMap(([key, inner]) => [encode(key), encode(inner)]),
  ]);
}

function head(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  const bytes = Buffer.alloc(5);
  bytes.writeUInt8((major << 5) | 26);
  bytes.writeUInt32BE(length, 1);
  return bytes;
}

function double(value: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes.writeUInt8(0xfb);
  bytes.writeDoubleBE(value, 1);
  return bytes;
}
