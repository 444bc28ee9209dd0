/** The lines of wave two: where each is, and the thing itself where it is asked for. */
import { endName, objectsName } from '../head.ts';
import { keyName } from '../key.ts';
import type {
  AccountLine,
  BucketLine,
  EndLine,
  Ends,
  KeyLine,
  KeyRef,
  ObjectsLine,
  RoleLine,
  StrangerLine,
} from '../model/estate.ts';
import { Recent } from '../recent.ts';
import { Places } from './places.ts';

/** Finds a line by what it is of. */
export interface Lookups {
  readonly bucket: (name: string) => BucketLine | undefined;
  readonly stranger: (name: string) => StrangerLine | undefined;
  readonly role: (arn: string) => RoleLine | undefined;
  readonly key: (ref: KeyRef) => KeyLine | undefined;
  readonly accountFacts: (id: string) => AccountLine | undefined;
  readonly objects: (source: string, index: number) => ObjectsLine | undefined;
}

/** An account's keys and those of the accounts that it replicates into, beside the ends of a few routes. */
const mostKept = 16;

export class EndLines {
  readonly #ends: Ends;
  readonly #places = new Places();
  readonly #recent = new Recent<number, EndLine>(mostKept);

  constructor(ends: Ends) {
    this.#ends = ends;
  }

  /** The next line, by its name. */
  add(name: string): void {
    this.#places.add(name);
  }

  /** A line is found by a name that was made of its kind, so that it is of that kind. */
  lookups(): Lookups {
    const find = (name: string): EndLine | undefined => this.#find(name);
    return {
      bucket: (name) => find(name) as BucketLine | undefined,
      stranger: (name) => find(`stranger ${name}`) as StrangerLine | undefined,
      role: (arn) => find(`role ${arn}`) as RoleLine | undefined,
      key: (ref) => find(`key ${keyName(ref)}`) as KeyLine | undefined,
      accountFacts: (id) => find(`account ${id}`) as AccountLine | undefined,
      objects: (source, index) => find(objectsName(source, index)) as ObjectsLine | undefined,
    };
  }

  /** Names may look alike to the places; the line itself says which it has. Of several of one name the last counts. */
  #find(name: string): EndLine | undefined {
    let found: EndLine | undefined;
    for (const at of this.#places.of(name)) {
      const line = this.#line(at);
      if (endName(line) === name) found = line;
    }
    return found;
  }

  #line(at: number): EndLine {
    const known = this.#recent.get(at);
    if (known !== undefined) return known;
    const line = this.#ends.again(at);
    this.#recent.set(at, line);
    return line;
  }
}
