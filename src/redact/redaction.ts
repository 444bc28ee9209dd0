/** An audit with tokens in the place of names, before any format is made of it: so all formats have the same ones. */
import { pattern, withoutArnNames } from './arns.ts';
import { Dictionary } from './dictionary.ts';
import { withoutIds, withoutKeys } from './ids.ts';
import { isLabel } from './labelled.ts';
import { Labels, withoutPieces } from './labels.ts';
import { namesInAudit, namesInFinding } from './names.ts';
import { tokensOf, type Tokens } from './tokens.ts';
import type {
  AccountCoverage,
  Audit,
  AuditChange,
  Coverage,
  Gap,
  Header,
  Redaction as Extent,
  RuleInfo,
  Topology,
  WaiverUse,
} from '../model/audit.ts';
import type { WaiverSelector } from '../model/configuration.ts';
import type { Cause } from '../model/facts.ts';
import type { Evidence, Finding, FindingRoute, Fix, Resource, Waiver } from '../model/finding.ts';

type Findings = () => AsyncIterable<Finding>;

const mostTold = 20_000;

export class Redaction {
  readonly #extent: Extent;
  readonly #tokens: Tokens;
  readonly #dictionary = new Dictionary();
  readonly #labels = new Labels();
  /** The last texts: one policy is evidence of many findings. */
  readonly #told = new Map<string, string>();
  /** Ids of rules that anybody has: neither they nor what they say of themselves is anybody's name. */
  readonly #catalogue: ReadonlySet<string>;

  constructor(extent: Extent, key: string, catalogue: ReadonlySet<string>) {
    this.#extent = extent;
    this.#tokens = tokensOf(key);
    this.#catalogue = catalogue;
  }

  /** Learns the names of an audit, before the first of it is redacted. */
  async learn(audit: Audit, findings: readonly Findings[]): Promise<void> {
    if (this.#extent === 'accounts') return;
    this.#told.clear();
    const add = (name: string): void => {
      this.#dictionary.add(name);
    };
    const label = (one: string): void => {
      this.#labels.add(one);
    };
    namesInAudit(audit, add, label);
    for (const each of findings) for await (const finding of each()) namesInFinding(finding, add, label);
  }

  audit(audit: Audit): Audit {
    const { waivers, change, rules, tallies, compliance } = audit;
    const subjects = Object.entries(compliance.subjects).map(
      ([key, subject]) =>
        [key, { ...subject, rules: subject.rules.map((name) => this.#judge(name)) }] as const,
    );
    return {
      ...audit,
      header: this.#header(audit.header),
      coverage: this.#coverage(audit.coverage),
      tallies: { ...tallies, rules: this.#byJudge(tallies.rules, (tally) => tally) },
      waivers: waivers.map((waiver) => this.#waiverUse(waiver)),
      ...(change ? { change: this.#change(change) } : {}),
      rules: this.#byJudge(rules, (info, name) => this.#rule(info, name)),
      compliance: { ...compliance, subjects: Object.fromEntries(subjects) },
      topology: this.#topology(audit.topology),
    };
  }

  finding(finding: Finding): Finding {
    const { route, expected, actual, policy, waiver } = finding;
    return {
      ...finding,
      fingerprint: this.#tokens.fingerprint(finding.fingerprint),
      resource: this.#resource(finding.resource),
      ...(route ? { route: this.#route(route) } : {}),
      message: this.text(finding.message),
      ...(expected === undefined ? {} : { expected: this.text(expected) }),
      ...(actual === undefined ? {} : { actual: this.text(actual) }),
      evidence: finding.evidence.map((evidence) => this.#evidence(evidence)),
      causes: finding.causes.map((cause) => this.#cause(cause)),
      fix: this.#fix(finding.fix),
      ...(policy === undefined ? {} : { policy: this.#judge(policy) }),
      ...(waiver ? { waiver: this.#waiver(waiver) } : {}),
    };
  }

  /** An account's id. */
  account(id: string): string {
    return /^\d{12}$/.test(id) ? this.#tokens.account(id) : this.text(id);
  }

  /** A name by itself: a bucket's, say. Many hold an account's id. */
  name(name: string): string {
    if (this.#extent === 'accounts' || name === '') return this.text(name);
    return name.startsWith('arn:') ? this.text(name) : this.#tokens.name(name);
  }

  /** Any text. */
  text(text: string): string {
    const before = this.#told.get(text);
    if (before !== undefined) return before;
    const told = this.#extent === 'accounts' ? withoutIds(text, this.#tokens) : this.#withoutNames(text);
    if (this.#told.size >= mostTold) this.#told.clear();
    this.#told.set(text, told);
    return told;
  }

  /** A Sid, a prefix, a tag, the id of a rule: of itself, where nothing else says that it is one. */
  #label(field: string, text: string): string {
    if (this.#extent === 'accounts' || !isLabel(field, text)) return this.text(text);
    const told = withoutPieces(text, this.#tokens.name);
    return withoutIds(told, this.#tokens);
  }

  #withoutNames(text: string): string {
    const labelled = this.#labels.replace(text, this.#tokens.name);
    const plain = withoutArnNames(labelled, this.#tokens.name);
    const known = this.#dictionary.replace(plain, this.#tokens.name);
    return withoutIds(withoutKeys(known, this.#tokens), this.#tokens);
  }

  /** A rule's or a policy's name. */
  #judge(name: string): string {
    return this.#catalogue.has(name) ? name : this.text(name);
  }

  #byJudge<T>(record: Readonly<Record<string, T>>, map: (value: T, name: string) => T): Record<string, T> {
    return Object.fromEntries(
      Object.entries(record).map(([name, value]) => [this.#judge(name), map(value, name)]),
    );
  }

  #header({ organization, caller, neverScanned, ...header }: Header): Header {
    return {
      ...header,
      organization: organization === null ? null : this.text(organization),
      caller: { account: this.account(caller.account), arn: this.text(caller.arn) },
      ...(neverScanned ? { neverScanned: neverScanned.map((id) => this.account(id)) } : {}),
      redacted: this.#extent,
    };
  }

  #coverage({ accounts, gaps, ...coverage }: Coverage): Coverage {
    return {
      ...coverage,
      accounts: accounts.map((account) => this.#accountCoverage(account)),
      gaps: gaps.map((gap): Gap => ({ ...gap, ...this.#cause(gap), example: this.text(gap.example) })),
    };
  }

  #accountCoverage(account: AccountCoverage): AccountCoverage {
    const identity = {
      id: this.account(account.id),
      name: this.name(account.name),
      ou: this.#ou(account.ou),
      ouId: account.ouId === null ? null : this.text(account.ouId),
    };
    switch (account.status) {
      case 'scanned':
        return { ...account, ...identity };
      case 'unreadable':
        return { ...account, ...identity, causes: account.causes.map((cause) => this.#cause(cause)) };
      case 'skipped':
        return { ...account, ...identity, why: this.text(account.why) };
    }
  }

  #ou(path: string | null): string | null {
    if (path === null) return null;
    return path
      .split('/')
      .map((name) => (name === 'Root' ? name : this.name(name)))
      .join('/');
  }

  #resource(resource: Resource): Resource {
    return {
      ...resource,
      arn: this.text(resource.arn),
      bucket: this.name(resource.bucket),
      account: this.account(resource.account),
      accountName: this.name(resource.accountName),
      ou: this.#ou(resource.ou),
    };
  }

  #route({ replicationRule, destination }: FindingRoute): FindingRoute {
    const { bucket, account } = destination;
    return {
      replicationRule: this.#label('replicationRule', replicationRule),
      destination: {
        ...destination,
        bucket: this.name(bucket),
        account: account === null ? null : this.account(account),
      },
    };
  }

  #evidence({ resource, account, pointer, value, ...evidence }: Evidence): Evidence {
    return {
      ...evidence,
      resource: this.text(resource),
      account: this.account(account),
      pointer: this.text(pointer),
      value: this.#value(value),
    };
  }

  /** What AWS answered. */
  #value(value: unknown, field = ''): unknown {
    if (typeof value === 'string') return this.#label(field, value);
    if (Array.isArray(value)) return value.map((one) => this.#value(one, field));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [this.text(key), this.#value(one, key)]),
    );
  }

  #cause<C extends Cause>(cause: C): C {
    const { account, detail } = cause;
    const known = account === undefined ? {} : { account: this.account(account) };
    return { ...cause, ...known, detail: this.text(detail) };
  }

  #fix({ text, ...typed }: Fix): Fix {
    const redacted = Object.entries(typed).map(([kind, code]) => [kind, this.text(code)] as const);
    return { text: this.text(text), ...Object.fromEntries(redacted) };
  }

  #waiver<W extends Waiver>(waiver: W): W {
    return { ...waiver, reason: this.text(waiver.reason), owner: this.name(waiver.owner) };
  }

  #waiverUse(waiver: WaiverUse): WaiverUse {
    const { policy, only, said } = waiver;
    return {
      ...this.#waiver(waiver),
      ...(policy === undefined ? {} : { policy: this.#judge(policy) }),
      only: this.#selector(only),
      said: said === null ? null : this.text(said),
    };
  }

  #selector({ tags, buckets, accounts, ous, destinations, ...selector }: WaiverSelector): WaiverSelector {
    const patterns = (all: readonly string[]): string[] =>
      all.map((one) => (this.#extent === 'accounts' ? this.text(one) : pattern(one, this.#tokens.name)));
    return {
      ...selector,
      ...(tags ? { tags: this.#tags(tags) } : {}),
      ...(buckets ? { buckets: patterns(buckets) } : {}),
      ...(accounts ? { accounts: accounts.map((id) => this.account(id)) } : {}),
      ...(ous ? { ous: ous.map((ou) => this.#ou(this.text(ou)) ?? '') } : {}),
      ...(destinations ? { destinations: patterns(destinations) } : {}),
    };
  }

  #tags(tags: NonNullable<WaiverSelector['tags']>): NonNullable<WaiverSelector['tags']> {
    const label = (text: string): string => this.#label('Key', text);
    return Object.fromEntries(Object.entries(tags).map(([key, value]) => [label(key), label(value)]));
  }

  #change({ carriedAccounts, rules, ...change }: AuditChange): AuditChange {
    return {
      ...change,
      carriedAccounts: carriedAccounts.map((id) => this.account(id)),
      rules: this.#byJudge(rules, (info, name) => this.#rule(info, name)),
    };
  }

  #rule(info: RuleInfo, name: string): RuleInfo {
    if (this.#catalogue.has(name)) return info;
    return { ...info, title: this.text(info.title), why: this.text(info.why), fix: this.text(info.fix) };
  }

  #topology({ nodes, edges }: Topology): Topology {
    return {
      nodes: nodes.map((node) => ({
        ...node,
        id: this.text(node.id),
        account: node.account === null ? null : this.account(node.account),
        accountName: node.accountName === null ? null : this.name(node.accountName),
      })),
      edges: edges.map((edge) => ({
        ...edge,
        from: this.text(edge.from),
        to: this.text(edge.to),
        pairs: edge.pairs.map((pair) => ({
          ...pair,
          source: this.name(pair.source),
          destination: this.name(pair.destination),
          replicationRule: this.#label('replicationRule', pair.replicationRule),
        })),
      })),
    };
  }
}
