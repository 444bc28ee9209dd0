/** Search, filters, order and the open finding; all of it is in the address, so that a link says it too. */
import { address, parseAddress, select, sorted } from '../select.ts';
import type { FacetName, Selection, SortKey } from '../select.ts';
import { judgeOf, own } from '../survey.ts';
import { counted, count } from '../text.ts';
import { detail } from '../view/detail.ts';
import type { Store } from './blocks.ts';
import { showDetail } from './detail.ts';
import { byId } from './dom.ts';
import { exportCsv } from './export.ts';
import { makeFacets } from './facets.ts';
import { makeGrid } from './grid.ts';
import { rankRows } from './orders.ts';

// Long enough to finish a word's letter, short enough not to be felt.
const searchDelay = 60;

/** Takes over the findings' section. */
export function explore(store: Store): void {
  const { rows, prints, index } = store;
  const ranksOf = rankRows(rows);
  const search = byId('search');
  if (!(search instanceof HTMLInputElement)) return;
  let selection = parseAddress('');
  let found: readonly number[] = [];
  let shown: readonly number[] = [];

  const write = (): void => {
    const text = address(selection);
    history.replaceState(null, '', text === '' ? '#findings' : `#${text}`);
  };
  const order = (): void => {
    const { sort } = selection;
    shown = sort === null ? found : sorted(found, ranksOf(sort.by), sort.down);
    grid.show(shown, sort);
  };
  const draw = (): void => {
    const selected = select(index, selection);
    found = selected.rows;
    order();
    drawFacets(selected.counts, selection);
    const all = counted(rows.length, 'finding');
    byId('matches').textContent = found.length === rows.length ? all : `${count(found.length)} of ${all}`;
    byId('clear').hidden = !filtered(selection);
  };
  const change = (next: Partial<Selection>): void => {
    selection = { ...selection, ...next };
    write();
    draw();
  };
  const open = (row: number): void => {
    const fingerprint = prints.at(row);
    void openFinding(store, row, () => {
      selection = { ...selection, finding: null };
      write();
    }).then(() => {
      selection = { ...selection, finding: fingerprint };
      write();
    });
  };
  const sortBy = (by: SortKey): void => {
    const own = selection.sort?.by === by ? selection.sort : null;
    selection = { ...selection, sort: { by, down: own === null ? false : !own.down } };
    write();
    // What is found stays the same, and with it the filters' numbers.
    order();
  };
  const toggle = (name: FacetName, value: string): void => {
    const before = selection.facets[name];
    const values = before.includes(value) ? before.filter((each) => each !== value) : [...before, value];
    change({ facets: { ...selection.facets, [name]: values } });
  };
  const grid = makeGrid(rows, open, sortBy);
  const drawFacets = makeFacets(rows, toggle);

  /** Follows the address; a plain `#coverage` is the browser's own business. */
  const follow = (): void => {
    const text = location.hash.slice(1);
    if (!text.includes('=')) return;
    const next = parseAddress(text);
    // A link to a finding leaves the filters as they are.
    const bare = next.finding !== null && !filtered(next);
    selection = bare ? { ...selection, finding: next.finding } : next;
    search.value = selection.query;
    draw();
    const place = next.finding === null ? undefined : prints.beginning(next.finding)[0];
    if (place !== undefined) open(place);
    else {
      closeFinding();
      byId('findings').scrollIntoView();
    }
  };

  let waiting: ReturnType<typeof setTimeout> | undefined;
  search.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      change({ query: search.value });
    }, searchDelay);
  });
  search.addEventListener('keydown', ({ key }) => {
    if (key === 'ArrowDown' || key === 'Enter') grid.focus();
  });
  byId('clear').addEventListener('click', () => {
    search.value = '';
    change({ ...parseAddress(''), sort: selection.sort });
    search.focus();
  });
  byId('csv').addEventListener('click', () => {
    void exportCsv(store, shown);
  });
  window.addEventListener('hashchange', follow);
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    event.preventDefault();
    search.focus();
    search.select();
  });
  // Where they stand above the table they would hide it.
  if (matchMedia('(max-width: 60rem)').matches) document.querySelector('.facets')?.removeAttribute('open');
  byId('explorer').hidden = false;
  document.body.classList.add('live');
  draw();
  follow();
}

function filtered({ query, facets }: Selection): boolean {
  return query !== '' || Object.values(facets).some((values) => values.length > 0);
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input:not([type=checkbox]), textarea, select');
}

async function openFinding(store: Store, index: number, closed: () => void): Promise<void> {
  for await (const [finding] of store.findings([index]))
    showDetail(detail(finding, own(store.rules, judgeOf(finding))), closed);
}

function closeFinding(): void {
  const dialog = byId('detail');
  if (dialog instanceof HTMLDialogElement && dialog.open) dialog.close();
}
