/** The filters: their boxes, with how many findings each would show, and the chips of those in force. */
import type { Row } from '../packing.ts';
import { facetNames } from '../select.ts';
import type { FacetCounts, FacetName, Selection } from '../select.ts';
import { count, shown } from '../text.ts';
import { byId, h } from './dom.ts';

const labels: Readonly<Record<FacetName, string>> = {
  severity: 'Severity',
  outcome: 'Outcome',
  change: 'Since the baseline',
  rule: 'Rule',
  account: 'Account',
  region: 'Region',
  toAccount: 'To account',
  toRegion: 'To Region',
};

// The far end of a route is chosen in the picture, and shown as a chip.
const boxed: readonly FacetName[] = ['severity', 'outcome', 'change', 'rule', 'account', 'region'];
const order: Readonly<Record<string, number>> = {
  error: 0,
  warning: 1,
  note: 2,
  'would-be-error': 3,
  'would-be-warning': 4,
  'would-be-note': 5,
  fail: 6,
  unknown: 7,
  waived: 8,
};
// More boxes help nobody; the search finds the rest.
const mostBoxes = 200;

export type Toggle = (name: FacetName, value: string) => void;

/** Draws the filters; `toggle` is called when one is taken or given up. */
export function makeFacets(
  rows: readonly Row[],
  toggle: Toggle,
): (counts: FacetCounts, selection: Selection) => void {
  const names = new Map<string, string>();
  for (const { account, accountName } of rows) names.set(account, accountName);
  // Without a baseline there is nothing to choose.
  const asked = boxed.filter((name) => name !== 'change' || rows.some(({ change }) => change !== null));
  const text = (name: FacetName, value: string): string => {
    if (value === '?') return 'not known';
    // What is not decided, or waived: in the details, too, it would be of that severity.
    if (name === 'severity') return value.replace(/^would-be-/, 'would be ');
    const known = name === 'account' || name === 'toAccount' ? names.get(value) : undefined;
    return known === undefined || known === '' ? shown(value, 80) : `${shown(known, 60)} (${shown(value)})`;
  };
  return (counts, selection) => {
    const focused = document.activeElement?.id ?? '';
    byId('facets').replaceChildren(
      ...asked.map((name) => group(name, counts[name], selection.facets[name], text, toggle)),
    );
    chips(selection, text, toggle);
    if (focused.startsWith('facet-')) document.getElementById(focused)?.focus();
  };
}

type Text = (name: FacetName, value: string) => string;

function group(
  name: FacetName,
  counts: ReadonlyMap<string, number>,
  chosen: readonly string[],
  text: Text,
  toggle: Toggle,
): HTMLElement {
  const values = [...new Set([...chosen, ...counts.keys()])].sort(
    (a, b) =>
      (order[a] ?? 99) - (order[b] ?? 99) || (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1),
  );
  const left = values.length - mostBoxes;
  return h(
    'fieldset',
    { 'data-facet': name },
    h('legend', {}, labels[name]),
    h(
      'div',
      { class: 'boxes' },
      ...values
        .slice(0, mostBoxes)
        .map((value) => box(name, value, counts.get(value) ?? 0, chosen.includes(value), text, toggle)),
      ...(left > 0 ? [h('p', { class: 'hint' }, `and ${count(left)} more`)] : []),
    ),
  );
}

function box(
  name: FacetName,
  value: string,
  number: number,
  checked: boolean,
  text: Text,
  toggle: Toggle,
): HTMLElement {
  const input = h('input', { type: 'checkbox', id: `facet-${name}-${value}`, value });
  input.checked = checked;
  input.addEventListener('change', () => {
    toggle(name, value);
  });
  return h(
    'label',
    {},
    input,
    h('span', { class: 'value' }, h('bdi', {}, text(name, value))),
    h('span', { class: 'number' }, count(number)),
  );
}

function chips({ facets }: Selection, text: Text, toggle: Toggle): void {
  const list = byId('chips');
  const items = facetNames.flatMap((name) =>
    facets[name].map((value) => {
      const label = `${labels[name]}: ${text(name, value)}`;
      const button = h('button', { type: 'button', 'aria-label': `Remove filter ${label}` }, label, ' ×');
      button.addEventListener('click', () => {
        toggle(name, value);
      });
      return h('li', {}, button);
    }),
  );
  list.hidden = items.length === 0;
  list.replaceChildren(...items);
}
