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

export class EndLines {
  readonly #lines = new Map<string, () => EndLine>();
  readonly #recent = new Recent<EndLine>(mostKept);

  add(line: EndLine, read: () => EndLine): void {
    this.#lines.set(nameOf(line), read);
  }

  /** A line is found by a name that was made of its kind, so that it is of that kind. */
  lookups(): Ends {
    const find = (name: string): EndLine | undefined => this.#find(name);
    return {
      bucket: (name) => find(`bucket ${name}`) as BucketLine | undefined,
      stranger: (name) => find(`stranger ${name}`) as StrangerLine | undefined,
      role: (arn) => find(`role ${arn}`) as RoleLine | undefined,
      key: (ref) => find(`key ${keyName(ref)}`) as KeyLine | undefined,
      accountFacts: (id) => find(`account ${id}`) as AccountLine | undefined,
      objects: (source, index) => find(objectsName(source, index)) as ObjectsLine | undefined,
    };
  }

  #find(name: string): EndLine | undefined {
    const known = this.#recent.get(name);
    if (known !== undefined) return known;
    const line = this.#lines.get(name)?.();
    if (line !== undefined) this.#recent.set(name, line);
    return line;
  }
}

function nameOf(line: EndLine): string {
  switch (line.kind) {
    case 'bucket':
    case 'stranger':
      return `${line.kind} ${line.name}`;
    case 'role':
      return `role ${line.arn}`;
    case 'key':
      return `key ${keyName(line)}`;
    case 'account':
      return `account ${line.id}`;
    case 'objects':
      return objectsName(line.source, line.index);
  }
}

function objectsName(source: string, index: number): string {
  return `objects ${source}#${index}`;
}
