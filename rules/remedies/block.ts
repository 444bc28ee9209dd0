/** Blocks of Terraform, and of CloudFormation's YAML, in which every value is quoted. */
import { hcl, yamlString } from '../../src/rule.ts';

/** What is undefined is not written. */
export type Value = string | number | boolean | Reference | Pairs | undefined | readonly Value[] | Members;

export interface Members {
  readonly [name: string]: Value;
}

/** Names something of the reader's, and is written as it stands. */
interface Reference {
  readonly refersTo: string;
}

/** A map of Terraform's, whose keys are anybody's. */
interface Pairs {
  readonly pairs: readonly (readonly [key: string, value: string])[];
}

/** `aws_s3_bucket.destination.arn`, or `!Ref ReplicaKeyArn`. */
export function reference(refersTo: string): Reference {
  return { refersTo };
}

/** A resource of Terraform's AWS provider. */
export function resource(type: string, name: string, members: Members): string {
  return `resource "${type}" "${name}" {\n${terraform(members, '  ')}\n}`;
}

/** Arguments and nested blocks, as `terraform fmt` sets them; a list of members is a block each. */
export function terraform(members: Members, indent = ''): string {
  const all = Object.entries(members).flatMap(([name, value]) => blocks(name, value));
  const lines = all.map(({ name, value }, index) => {
    if (!isMembers(value)) return `${indent}${name.padEnd(width(all, index))} = ${literal(value)}`;
    const inner = terraform(value, `${indent}  `);
    return inner === '' ? `${indent}${name} {}` : `${indent}${name} {\n${inner}\n${indent}}`;
  });
  return lines.join('\n');
}

interface Named {
  readonly name: string;
  readonly value: Value;
}

function blocks(name: string, value: Value): readonly Named[] {
  if (value === undefined) return [];
  if (isList(value) && value.every(isMembers)) return value.map((one) => ({ name, value: one }));
  return [{ name, value }];
}

/** Of arguments that follow each other the equals signs stand in one column. */
function width(all: readonly Named[], index: number): number {
  const isBlock = ({ value }: Named): boolean => isMembers(value);
  const before = all.slice(0, index).findLastIndex(isBlock) + 1;
  const after = all.findIndex((one, at) => at > index && isBlock(one));
  const run = all.slice(before, after === -1 ? undefined : after);
  return Math.max(...run.map(({ name }) => name.length));
}

function literal(value: Value): string {
  if (isReference(value)) return value.refersTo;
  if (isList(value)) return `[${value.map(literal).join(', ')}]`;
  if (isPairs(value)) return `{ ${value.pairs.map(([key, one]) => `${hcl(key)} = ${hcl(one)}`).join(', ')} }`;
  return typeof value === 'string' ? hcl(value) : JSON.stringify(value);
}

/** Properties of a resource of CloudFormation. */
export function cloudformation(members: Members, indent = ''): string {
  return Object.entries(members)
    .flatMap(([name, value]) => property(name, value, indent))
    .join('\n');
}

function property(name: string, value: Value, indent: string): readonly string[] {
  if (value === undefined) return [];
  const key = `${indent}${plain(name)}:`;
  if (isList(value)) return [key, ...value.map((one) => item(one, `${indent}  `))];
  if (!isMembers(value)) return [`${key} ${scalar(value)}`];
  const inner = cloudformation(value, `${indent}  `);
  return inner === '' ? [`${key} {}`] : [key, inner];
}

function item(value: Value, indent: string): string {
  if (!isMembers(value)) return `${indent}- ${scalar(value)}`;
  return `${indent}- ${cloudformation(value, `${indent}  `).trimStart()}`;
}

function scalar(value: Value): string {
  if (isReference(value)) return value.refersTo;
  return typeof value === 'string' ? plain(value) : JSON.stringify(value);
}

/** Quoted wherever YAML, of whatever version, could take it for something else. */
function plain(text: string): string {
  const isWord =
    /^[A-Za-z][A-Za-z0-9_]*$/.test(text) && !/^(?:[yn]|yes|no|on|off|true|false|null)$/i.test(text);
  return isWord ? text : yamlString(text);
}

function isReference(value: Value): value is Reference {
  return typeof value === 'object' && 'refersTo' in value;
}

function isPairs(value: Value): value is Pairs {
  return typeof value === 'object' && 'pairs' in value;
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function isMembers(value: Value): value is Members {
  return typeof value === 'object' && !isList(value) && !isReference(value) && !isPairs(value);
}
