/** What is told of a line of wave two before it is read. */
import { bucketName } from './arn.ts';
import { keyName } from './key.ts';
import type { BucketLine, EndLine, Head, ObjectsLine } from './model/estate.ts';
import type { Observed } from './model/facts.ts';

/** The head of a line. */
export function headOf(line: EndLine): Head {
  const facts: readonly Observed<unknown>[] = Object.values(line.facts);
  const known = facts.filter((fact) => fact.known).length;
  return {
    kind: line.kind,
    name: endName(line),
    known,
    ...(known < facts.length ? { open: true } : {}),
    ...(line.kind === 'bucket' ? routesOf(line) : {}),
    ...(line.kind === 'objects' ? comparedOf(line) : {}),
  };
}

/** By what a line is looked up. */
export function endName(line: EndLine): string {
  switch (line.kind) {
    case 'bucket':
      // Most that is looked up is a bucket, and no other name goes without a space.
      return line.name;
    case 'stranger':
      return `stranger ${line.name}`;
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

/** Of the objects of a replication rule's route, by its place in the configuration. */
export function objectsName(source: string, index: number): string {
  return `objects ${source}#${index}`;
}

function routesOf({ facts: { replication } }: BucketLine): Pick<Head, 'role' | 'to'> {
  if (!replication?.known || replication.value === null) return {};
  const { Role, Rules } = replication.value;
  const to = Rules.filter(({ Status }) => Status === 'Enabled').map(({ Destination }) =>
    bucketName(Destination.Bucket),
  );
  return to.length === 0 ? {} : { role: Role, to };
}

function comparedOf({ facts: { backfill } }: ObjectsLine): Pick<Head, 'compared'> {
  if (!backfill?.known) return {};
  return { compared: backfill.value.exact ? 'exact' : 'sampled' };
}
