/** Applies the configuration's waivers to failures, and says what became of each. */
import { like, takes } from './selector.ts';
import type { Coverage, WaiverUse } from '../model/audit.ts';
import type { Tag } from '../model/aws.ts';
import type { WaiverSetting } from '../model/configuration.ts';
import type { Account } from '../model/estate.ts';
import type { Observed, Unknown } from '../model/facts.ts';
import type { Finding, Waiver } from '../model/finding.ts';

/** So long before its end a waiver is named. */
const warningDays = 14;

interface Use {
  readonly setting: WaiverSetting;
  readonly state: WaiverUse['state'];
  readonly daysLeft: number;
  failures: number;
  undecided: number;
}

type Tagging = Observed<readonly Tag[] | null> | undefined;

export class WaiverCount {
  readonly #uses: readonly Use[];
  readonly #byRule = new Map<string, Use[]>();

  /** `finished` is when AWS had been read. */
  constructor(settings: readonly WaiverSetting[], finished: string) {
    this.#uses = settings.map((setting) => useOf(setting, finished));
    for (const use of this.#uses) {
      const { rule } = use.setting;
      this.#byRule.set(rule, [...(this.#byRule.get(rule) ?? []), use]);
    }
  }

  /** The finding, waived where the first waiver that takes it has not expired; what is unknown cannot be waived. */
  apply(finding: Finding, account: Account | undefined, tagging: Tagging): Finding {
    const { waiver: before, ...bare } = finding;
    let doubt = false;
    for (const use of this.#byRule.get(finding.rule) ?? []) {
      const taken = takesFinding(use.setting, finding, account, tagging);
      if (taken === false) continue;
      if (taken !== true || finding.outcome === 'unknown') {
        use.undecided += 1;
        doubt ||= use.state !== 'expired';
        continue;
      }
      use.failures += 1;
      if (use.state !== 'expired') return { ...bare, waiver: waiverOf(use.setting) };
    }
    // A failure that is carried along has its tags no longer, and keeps what was decided by them.
    return doubt && before !== undefined && this.#uses.some((use) => grants(use, before)) ? finding : bare;
  }

  /** What became of each; `names` are those of the rules and policies that were on. */
  finish({ complete }: Coverage, names: ReadonlySet<string>): readonly WaiverUse[] {
    return this.#uses.map((use) => ({
      ...use.setting,
      state: use.state,
      failures: use.failures,
      undecided: use.undecided,
      said: [ending(use), idle(use, complete, names)].filter((part) => part !== null).join(' ') || null,
    }));
  }
}

function useOf(setting: WaiverSetting, finished: string): Use {
  const daysLeft = Math.round((dayOf(setting.expires) - dayOf(finished)) / 86_400_000);
  const state = daysLeft < 0 ? 'expired' : daysLeft <= warningDays ? 'expiring' : 'in-force';
  return { setting, state, daysLeft, failures: 0, undecided: 0 };
}

/** The beginning of an ISO date's day, in UTC. A 31st of February is the 3rd of March. */
function dayOf(iso: string): number {
  const [year = 0, month = 1, day = 1] = iso.slice(0, 10).split('-').map(Number);
  return Date.UTC(year, month - 1, day);
}

function takesFinding(
  { policy, only: { destinations, ...selector } }: WaiverSetting,
  { policy: asked, resource, route }: Finding,
  account: Account | undefined,
  tagging: Tagging,
): boolean | Unknown {
  if (policy !== undefined && policy !== asked) return false;
  const leads = route?.destination.bucket;
  if (destinations && !destinations.some((one) => leads !== undefined && like(one, leads))) return false;
  return takes(selector, { ...resource, name: resource.bucket }, account, tagging);
}

function waiverOf({ reason, owner, expires }: WaiverSetting): Waiver {
  return { reason, owner, expires };
}

function grants({ setting, state }: Use, { reason, owner, expires }: Waiver): boolean {
  const same = setting.reason === reason && setting.owner === owner && setting.expires === expires;
  return same && state !== 'expired';
}

function ending({ state, setting: { expires }, daysLeft, failures }: Use): string | null {
  switch (state) {
    case 'in-force':
      return null;
    case 'expiring':
      return `It expires on ${expires}, ${daysLeft === 0 ? 'today' : `in ${daysLeft} day${daysLeft === 1 ? '' : 's'}`}.`;
    case 'expired':
      return failures === 0
        ? `It expired on ${expires}.`
        : `It expired on ${expires}: what it took (${failures}) counts again.`;
  }
}

function idle(
  { setting, failures, undecided }: Use,
  complete: boolean,
  names: ReadonlySet<string>,
): string | null {
  if (failures + undecided > 0) return null;
  if (!names.has(setting.policy ?? setting.rule)) return 'It matches nothing: its rule or policy is not on.';
  return complete
    ? 'It matches nothing: what it took was mended, or its selector takes no bucket.'
    : 'It matches nothing in what was read, and not everything was.';
}
