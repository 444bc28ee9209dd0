/** `replint.yaml`, as schemas/configuration.schema.json holds it. */
import type { Severity, Waiver } from './finding.ts';
import type { Selector } from './selector.ts';

export interface RuleDetail {
  readonly severity?: Severity;
  readonly only?: Selector;
  readonly options?: object;
}

/** One setting of several: it holds where its selector takes a bucket and none before it does. */
export interface RuleCase extends Omit<RuleDetail, 'severity'> {
  readonly severity?: Severity | 'off';
}

export type RuleSetting = Severity | 'off' | RuleDetail | readonly RuleCase[];

export interface PolicySetting extends RuleDetail {
  readonly name: string;
  readonly rule: string;
}

/** Buckets, and where their routes lead. */
export interface WaiverSelector extends Selector {
  /** Names of routes' destinations, or patterns with `*`; with these, nothing is meant that is about no route. */
  readonly destinations?: readonly string[];
}

export interface WaiverSetting extends Waiver {
  readonly rule: string;
  /** The name of a policy that uses the rule; left out, whoever asked for the rule. */
  readonly policy?: string;
  readonly only: WaiverSelector;
}

/** Accounts and OUs, by id. */
export interface AccountSelector {
  readonly accounts?: readonly string[];
  readonly ous?: readonly string[];
}

export interface Configuration {
  readonly organization?: {
    readonly role?: string;
    readonly externalId?: string;
    readonly include?: AccountSelector;
    readonly exclude?: AccountSelector;
  };
  /** `recommended`, `all`, `strict`, or a framework that the rules' controls name. */
  readonly preset?: string;
  readonly rules?: Readonly<Record<string, RuleSetting>>;
  readonly policies?: readonly PolicySetting[];
  readonly waivers?: readonly WaiverSetting[];
  /** Modules of rules of one's own: paths from the configuration's folder, or packages. */
  readonly use?: readonly string[];
  readonly limits?: {
    readonly accountsAtOnce?: number;
    /** Of each account and service. */
    readonly callsPerSecond?: number;
  };
  readonly objects?: {
    readonly mode?: 'off' | 'listing';
    /** How many versions of a route's source are compared at most. */
    readonly versions?: number;
    /** Versions younger than this count as pending. */
    readonly pendingMinutes?: number;
  };
}
