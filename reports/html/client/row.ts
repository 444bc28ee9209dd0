/** A row of the table of findings, which can show one finding after another. */
import type { Row } from '../packing.ts';
import { judgeOf } from '../survey.ts';
import { shown } from '../text.ts';
import { kind } from '../view/detail.ts';
import { h, mark } from './dom.ts';

export interface RowView {
  readonly element: HTMLElement;
  readonly show: (row: Row, place: number, active: boolean) => void;
  readonly hide: () => void;
}

type Line = 'strong' | 'small' | 'span';

/** An empty row of that height. */
export function makeRow(height: number): RowView {
  const element = h('div', { role: 'row', class: 'row' });
  const sign = mark('note');
  const word = h('span');
  const [message, judge] = lines('strong');
  const [bucket, destination] = lines('span');
  const [account, id] = lines('span');
  const [region, toRegion] = lines('span');
  element.append(
    cell('severity', sign, word),
    cell('message', message.line, judge.line),
    cell('bucket', bucket.line, destination.line),
    cell('account', account.line, id.line),
    cell('region', region.line, toRegion.line),
  );
  let last: Row | null = null;
  const fill = (row: Row): void => {
    const of = kind(row);
    sign.className = `mark ${of.name}`;
    word.textContent = of.word;
    message.write(row.message);
    judge.write(judgeOf(row));
    bucket.write(row.bucket);
    destination.write(row.destination === null ? '' : `→ ${row.destination}`);
    account.write(row.accountName);
    id.write(row.account);
    region.write(row.region ?? '–');
    toRegion.write(row.toRegion === null ? '' : `→ ${row.toRegion}`);
  };
  return {
    element,
    show: (row, place, active) => {
      if (row !== last) fill(row);
      last = row;
      element.hidden = false;
      element.id = `row-${place}`;
      element.classList.toggle('active', active);
      element.setAttribute('aria-rowindex', String(place + 2));
      element.setAttribute('aria-selected', String(active));
      element.setAttribute('data-place', String(place));
      // Set through the object model: the page's policy lets no style attribute through.
      element.style.transform = `translateY(${place * height}px)`;
    },
    hide: () => {
      element.hidden = true;
      element.removeAttribute('id');
    },
  };
}

function cell(name: string, ...children: readonly Node[]): HTMLElement {
  return h('div', { role: 'gridcell', class: `cell ${name}` }, ...children);
}

interface Writable {
  readonly line: HTMLElement;
  readonly write: (text: string) => void;
}

/** A line that stands out, and a small one below it. */
function lines(first: Line): readonly [Writable, Writable] {
  return [line(first), line('small')];
}

function line(name: Line): Writable {
  const text = h('bdi');
  return {
    line: h(name, { class: 'line' }, text),
    write: (of) => {
      text.textContent = shown(of);
    },
  };
}
