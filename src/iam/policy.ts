/**
 * Policies, parsed and compiled once, to be evaluated many times.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
import { readJson, type Complaint, type Node } from './json.ts';
import type { Condition } from './operators.ts';
import { matches, type Pattern } from './pattern.ts';
import type { Named } from './principal.ts';
import { statementOf, Refusal } from './statement.ts';
import type { Template, Version } from './template.ts';

/** Where a policy is attached: to an identity (boundaries and service control policies are alike), a resource, or a role as its trust. */
export type Kind = 'identity' | 'resource' | 'trust';

/** A policy that can be evaluated. */
export class Policy {
  readonly name: string;
  readonly version: Version;
  readonly statements: readonly Statement[];
  /** Whether it denies anything. */
  readonly denies: boolean;
  /** The statements about an action are few, and asked for again and again. */
  readonly #about = new Map<string, readonly Statement[]>();

  constructor(name: string, version: Version, statements: readonly Statement[]) {
    this.name = name;
    this.version = version;
    this.statements = statements;
    this.denies = statements.some(({ effect }) => effect === 'Deny');
  }

  /** The same with other statements. */
  saying(statements: readonly Statement[]): Policy {
    return new Policy(this.name, this.version, statements);
  }

  /** The statements about an action, given in lower case. */
  about(action: string): readonly Statement[] {
    const known = this.#about.get(action);
    if (known !== undefined) return known;
    const statements = this.statements.filter((statement) => takesAction(statement, action));
    this.#about.set(action, statements);
    return statements;
  }
}

/** Actions ignore case: here and there they are in lower case. */
function takesAction({ action: { patterns, negated } }: Statement, asked: string): boolean {
  for (const pattern of patterns) if (matches(pattern, asked)) return !negated;
  return negated;
}

/** A statement, as it stands and compiled. */
export interface Statement {
  readonly index: number;
  readonly sid: string | null;
  readonly effect: 'Allow' | 'Deny';
  /** Null where the kind of policy has none. */
  readonly principal: Named | null;
  readonly action: {
    readonly negated: boolean;
    readonly texts: readonly string[];
    readonly patterns: readonly Pattern[];
  };
  /** Null in a trust policy, which is about its own role. */
  readonly resource: { readonly negated: boolean; readonly templates: readonly Template[] } | null;
  readonly conditions: readonly Condition[];
}

/** A text that is no policy: where it is wrong, and how. */
export interface Malformed {
  readonly name: string;
  readonly malformed: string;
  readonly line: number;
  readonly column: number;
}

/** Reads a policy's text, or says where it is malformed. */
export function parsePolicy(text: string, name: string, kind: Kind): Policy | Malformed {
  const root = readJson(text);
  if ('sentence' in root) return malformed(text, name, root);
  try {
    return policyOf(root, name, kind);
  } catch (error) {
    if (error instanceof Refusal) return malformed(text, name, error.complaint);
    throw error;
  }
}

export function isMalformed(policy: Policy | Malformed): policy is Malformed {
  return 'malformed' in policy;
}

function malformed(text: string, name: string, { at, sentence }: Complaint): Malformed {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  return { name, malformed: sentence, line, column: at - before.lastIndexOf('\n') };
}

function policyOf(root: Node, name: string, kind: Kind): Policy {
  if (root.kind !== 'object') throw new Refusal(root.at, 'A policy is an object.');
  for (const { key, keyAt } of root.members) {
    if (!['Version', 'Id', 'Statement'].includes(key))
      throw new Refusal(keyAt, `A policy has no element '${key}'.`);
  }
  const version = versionOf(root.members.get('Version')?.value);
  const listed = root.members.get('Statement')?.value;
  if (listed === undefined) throw new Refusal(root.at, 'The policy has no Statement.');
  const nodes = listed.kind === 'array' ? listed.items : [listed];
  const statements = nodes.map((node, index) => statementOf(node, index, version, kind));
  return new Policy(name, version, statements);
}

/** Without a Version a policy is of the older one. reference_policies_elements_version.html */
function versionOf(node: Node | undefined): Version {
  if (node === undefined) return '2008-10-17';
  const text = node.kind === 'string' ? node.text : null;
  if (text === '2008-10-17' || text === '2012-10-17') return text;
  throw new Refusal(node.at, 'The Version is neither 2008-10-17 nor 2012-10-17.');
}
