/** The lines of wave two: where each is, and the thing itself where it is asked for. */
import { keyName } from '../key.ts';
import type {
  AccountLine,
  BucketLine,
  EndLine,
  KeyLine,
  KeyRef,
  ObjectsLine,
  RoleLine,
  StrangerLine,
} from '../model/estate.ts';
import { Recent } from '../recent.ts';

/** Finds a line by what it is of. */
export interface Ends {
  readonly bucket: (name: string) => BucketLine | undefined;
  readonly stranger: (name: string) => StrangerLine | undefined;
  readonly role: (arn: string) => RoleLine | undefined;
  readonly key: (ref: KeyRef) => KeyLine | undefined;
  readonly accountFacts: (id: string) => AccountLine | undefined;
  readonly objects: (source: string, index: number) => ObjectsLine | undefined;
}

/** An account's keys and those of the accounts that it replicates into, beside the ends of a few routes. */
const mostKept = 32;

type Read = () => EndLine;

/** A kind's lines by their names: most that is looked up is a bucket, and most buckets are no end. */
type Lines = Readonly<Record<EndLine['kind'], Map<string, Read>>>;

export class EndLines {
  readonly #lines: Lines = {
    bucket: new Map(),
    stranger: new Map(),
    role: new Map(),
    key: new Map(),
    account: new Map(),
    objects: new Map(),
  };
  readonly #recent = new Recent<Read, EndLine>(mostKept);

  add(line: EndLine, read: Read): void {
    this.#lines[line.kind].set(nameOf(line), read);
  }

  /** A line is found among those of its kind, so that it is of that kind. */
  lookups(): Ends {
    const { bucket, stranger, role, key, account, objects } = this.#lines;
    const line = (read: Read | undefined): EndLine | undefined => this.#line(read);
    return {
      bucket: (name) => line(bucket.get(name)) as BucketLine | undefined,
      stranger: (name) => line(stranger.get(name)) as StrangerLine | undefined,
      role: (arn) => line(role.get(arn)) as RoleLine | undefined,
      key: (ref) => line(key.get(keyName(ref))) as KeyLine | undefined,
      accountFacts: (id) => line(account.get(id)) as AccountLine | undefined,
      objects: (source, index) => line(objects.get(objectsName(source, index))) as ObjectsLine | undefined,
    };
  }

  #line(read: Read | undefined): EndLine | undefined {
    if (read === undefined) return undefined;
    const known = this.#recent.get(read);
    if (known !== undefined) return known;
    const line = read();
    this.#recent.set(read, line);
    return line;
  }
}

function nameOf(line: EndLine): string {
  switch (line.kind) {
    case 'bucket':
    case 'stranger':
      return line.name;
    case 'role':
      return line.arn;
    case 'key':
      return keyName(line);
    case 'account':
      return line.id;
    case 'objects':
      return objectsName(line.source, line.index);
  }
}

function objectsName(source: string, index: number): string {
  return `${source}#${index}`;
}
