/**
 * Notes by account, packed into bytes: what is noted of ten thousand accounts is no work for a collection of garbage, and the
 * heap, which V8 lets grow to four times what is kept in it, does not grow by it.
 */
import { Recent } from '../recent.ts';

/** Before each note stands where the note before it of the same account is, and how long this one is. */
const head = 8;
const none = 0xffffffff;

/** What neighbours note again is noted once: of so many notes it is kept in mind. */
const neighbours = 1024;

/** `T` is what JSON carries. */
export class Notes<T> {
  #bytes = Buffer.allocUnsafeSlow(1 << 16);
  #end = 0;
  /** Where each account's last note is. */
  readonly #last = new Map<string, number>();
  readonly #recent = new Recent<string, true>(neighbours);

  /** Repeats may be noted twice. */
  add(account: string, note: T): void {
    const text = JSON.stringify(note);
    const name = `${account} ${text}`;
    if (this.#recent.get(name)) return;
    this.#recent.set(name, true);
    const length = Buffer.byteLength(text);
    this.#makeRoom(head + length);
    this.#bytes.writeUInt32LE(this.#last.get(account) ?? none, this.#end);
    this.#bytes.writeUInt32LE(length, this.#end + 4);
    this.#bytes.write(text, this.#end + head);
    this.#last.set(account, this.#end);
    this.#end += head + length;
  }

  /** The accounts of which something was noted, by id. */
  accounts(): readonly string[] {
    return [...this.#last.keys()].sort();
  }

  /** An account's notes, in the order in which they came. */
  of(account: string): readonly T[] {
    const notes: T[] = [];
    for (let at = this.#last.get(account) ?? none; at !== none; at = this.#bytes.readUInt32LE(at)) {
      const from = at + head;
      const text = this.#bytes.toString('utf8', from, from + this.#bytes.readUInt32LE(at + 4));
      // What `add` was given.
      notes.push(JSON.parse(text) as T);
    }
    return notes.reverse();
  }

  #makeRoom(bytes: number): void {
    if (this.#end + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * (this.#end + bytes));
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
  }
}
