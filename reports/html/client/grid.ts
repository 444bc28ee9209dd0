/** The table of findings: only the rows in sight exist. */
import type { Row } from '../packing.ts';
import type { Sort, SortKey } from '../select.ts';
import { byId, h } from './dom.ts';
import { makeRow } from './row.ts';
import type { RowView } from './row.ts';

// As in style.css.
const rowHeight = 92;
// Browsers stop growing an element at about 17 million pixels; nobody scrolls so far, but searching still finds all.
const mostRows = 180_000;
const beyondSight = 6;

const columns: readonly { readonly key: SortKey; readonly label: string }[] = [
  { key: 'severity', label: 'Severity' },
  { key: 'message', label: 'Finding' },
  { key: 'bucket', label: 'Bucket' },
  { key: 'account', label: 'Account' },
  { key: 'region', label: 'Region' },
];

export interface Grid {
  readonly show: (rows: readonly number[], sort: Sort | null) => void;
  readonly focus: () => void;
}

/** Makes the table; `open` is called with a row's index, `sort` with a column. */
export function makeGrid(
  rows: readonly Row[],
  open: (index: number) => void,
  sort: (key: SortKey) => void,
): Grid {
  const grid = byId('grid');
  const body = byId('rows');
  // Elements are used again: to make and to throw them away is what a long scroll would stumble over.
  const views: RowView[] = [];
  let shownRows: readonly number[] = [];
  let active = 0;

  const length = (): number => Math.min(shownRows.length, mostRows);
  const draw = (): void => {
    const first = Math.max(0, Math.floor(grid.scrollTop / rowHeight) - beyondSight);
    const sight = Math.ceil(grid.clientHeight / rowHeight) + 2 * beyondSight;
    const last = Math.min(length(), first + sight);
    while (views.length < sight) {
      const view = makeRow(rowHeight);
      views.push(view);
      body.append(view.element);
    }
    for (const view of views) view.hide();
    for (let place = first; place < last; place += 1) {
      const row = rows[shownRows[place] ?? -1];
      if (row !== undefined) views[place % views.length]?.show(row, place, place === active);
    }
    if (active >= first && active < last) grid.setAttribute('aria-activedescendant', `row-${active}`);
    else grid.removeAttribute('aria-activedescendant');
  };
  const move = (to: number): void => {
    active = Math.max(0, Math.min(length() - 1, to));
    const top = active * rowHeight;
    const visible = grid.clientHeight - byId('columns').offsetHeight;
    if (top < grid.scrollTop) grid.scrollTop = top;
    else if (top + rowHeight > grid.scrollTop + visible) grid.scrollTop = top + rowHeight - visible;
    draw();
  };
  const openAt = (place: number): void => {
    const index = shownRows[place];
    if (index !== undefined) open(index);
  };

  grid.addEventListener('scroll', draw, { passive: true });
  new ResizeObserver(draw).observe(grid);
  grid.addEventListener('keydown', (event) => {
    // The column heads are buttons of their own.
    if (event.target !== grid) return;
    if (event.key === 'Enter' || event.key === ' ') openAt(active);
    else {
      const page = Math.max(1, Math.floor(grid.clientHeight / rowHeight) - 2);
      const to = destination(event.key, active, page, length());
      if (to === null) return;
      move(to);
    }
    event.preventDefault();
  });
  body.addEventListener('click', (event) => {
    const row = event.target instanceof Element ? event.target.closest('[data-place]') : null;
    if (row === null) return;
    active = Number(row.getAttribute('data-place'));
    draw();
    openAt(active);
  });

  return {
    focus: () => {
      grid.focus();
    },
    show: (next, order) => {
      shownRows = next;
      active = 0;
      grid.scrollTop = 0;
      grid.setAttribute('aria-rowcount', String(next.length + 1));
      byId('columns').replaceChildren(...columns.map(({ key, label }) => head(key, label, order, sort)));
      body.style.height = `${Math.max(1, length()) * rowHeight}px`;
      draw();
    },
  };
}

function destination(key: string, from: number, page: number, length: number): number | null {
  const places: Readonly<Record<string, number>> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: length - 1,
  };
  return places[key] ?? null;
}

function head(key: SortKey, label: string, order: Sort | null, sort: (key: SortKey) => void): HTMLElement {
  const own = order?.by === key ? order : null;
  const button = h('button', { type: 'button', 'data-sort': key }, label);
  button.addEventListener('click', () => {
    sort(key);
    byId('columns').querySelector<HTMLElement>(`[data-sort="${key}"]`)?.focus();
  });
  const direction = own === null ? 'none' : own.down ? 'descending' : 'ascending';
  return h('div', { role: 'columnheader', class: `cell ${key}`, 'aria-sort': direction }, button);
}
