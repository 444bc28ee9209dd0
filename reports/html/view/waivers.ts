/** The waivers: who has taken what on, until when, and what is to be done about it. */
import type { Audit, WaiverUse } from '../../../src/model/audit.ts';
import { count, shown } from '../text.ts';

export interface WaiverLine {
  readonly rule: string;
  readonly takes: string;
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
  readonly state: string;
  readonly failures: string;
  readonly said: string;
}

const words: Readonly<Record<WaiverUse['state'], string>> = {
  'in-force': 'In force',
  expiring: 'Expires soon',
  expired: 'Expired',
};

/** Every waiver of the configuration; those of which something is to be said come first. */
export function waiverLines({ waivers }: Audit): WaiverLine[] {
  const [quiet, loud] = [
    waivers.filter(({ said }) => said === null),
    waivers.filter(({ said }) => said !== null),
  ];
  return [...loud, ...quiet].map((waiver) => ({
    rule: shown(waiver.policy ?? waiver.rule),
    takes: takes(waiver),
    reason: shown(waiver.reason, 600),
    owner: shown(waiver.owner, 120),
    expires: shown(waiver.expires),
    state: words[waiver.state],
    failures: count(waiver.failures),
    said: shown(waiver.said ?? '–', 600),
  }));
}

function takes({ only: { tags = {}, ...lists } }: WaiverUse): string {
  const named = Object.entries(lists).map(([what, values]) => `${what}: ${values.join(', ')}`);
  const tagged = Object.entries(tags).map(([key, value]) => `tag ${key}: ${value}`);
  return shown([...named, ...tagged].join('; '), 600);
}
