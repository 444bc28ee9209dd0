/** The names that an audit or a finding holds: in the fields that are names, and in ARNs and commands wherever they stand. */
import { withoutArnNames } from './arns.ts';
import { labelsIn } from './labelled.ts';
import type { Audit } from '../model/audit.ts';
import type { Finding } from '../model/finding.ts';

/** Fields whose value is the name of a bucket or a policy. */
const fields: ReadonlySet<string> = new Set(['bucket', 'TargetBucket', 'Name']);

/**
 * Of an account, which texts hardly name. One of a single word (`Security`, `Suspended`) is left to the fields that hold it: in
 * a text it cannot be told from a word of AWS's.
 */
const accountFields: ReadonlySet<string> = new Set(['accountName', 'name']);
const singleWord = /^\p{L}+$/u;

/** Options of commands, and attributes of Terraform and CloudFormation, that take a name. */
const typed =
  /(?:--(?:bucket|role-name|policy-name|key-id|alias-name|user-name|table-bucket)[ =]|\b(?:bucket|role|Bucket|RoleName|PolicyName)\s*[=:]\s*)["']?(?!arn:)([\w.+=@/-]+)/g;
const uri = /\bs3:\/\/([\w.-]+)/g;

/** Of an audit what it says of the estate: frameworks and rules have names too, which are nobody's. */
export function namesInAudit(
  { header, coverage, waivers, topology }: Audit,
  add: (name: string) => void,
  label: (label: string) => void,
): void {
  for (const part of [header, coverage, waivers, topology.nodes]) visit(part, '', add);
  for (const { only } of waivers)
    for (const one of Object.entries(only.tags ?? {}).flat(2)) labelsIn(one, label, 'Key');
  for (const { pairs } of topology.edges) {
    for (const { source, destination, replicationRule } of pairs) {
      for (const one of [source, destination]) namesOf(one, 'bucket', add);
      labelsIn({ replicationRule }, label);
    }
  }
}

export function namesInFinding(
  finding: Finding,
  add: (name: string) => void,
  label: (label: string) => void,
): void {
  visit(finding, '', add);
  labelsIn([finding.route, finding.evidence.map(({ value }) => value)], label);
}

function visit(value: unknown, field: string, add: (name: string) => void): void {
  if (typeof value === 'string') {
    namesOf(value, field, add);
  } else if (Array.isArray(value)) {
    for (const one of value) visit(one, field, add);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value)) visit(one, key, add);
  }
}

function namesOf(text: string, field: string, add: (name: string) => void): void {
  if (field === 'ou') for (const name of text.split('/')) addTelling(name, add);
  else if (accountFields.has(field)) addTelling(text, add);
  else if (fields.has(field) && !text.startsWith('arn:')) add(text);
  withoutArnNames(text, (name) => {
    add(name);
    return name;
  });
  for (const found of [typed, uri]) for (const [, name = ''] of text.matchAll(found)) add(name);
}

function addTelling(name: string, add: (name: string) => void): void {
  if (!singleWord.test(name)) add(name);
}
