/** The pictures' zoom, and the routes behind each line. */
import { pairView, worstPairs } from '../view/topology-pairs.ts';
import { loadPairs } from './blocks.ts';
import { h } from './dom.ts';

/** Lets the pictures be zoomed; they scroll by themselves. */
export function zoomPictures(): void {
  for (const figure of document.querySelectorAll('.picture')) zoomPicture(figure);
}

function zoomPicture(figure: Element): void {
  const svg = figure.querySelector('svg');
  const viewport = figure.querySelector('.viewport');
  const bar = figure.querySelector<HTMLElement>('.zoom');
  if (svg === null || viewport === null || bar === null) return;
  const width = Number(svg.getAttribute('width'));
  const height = Number(svg.getAttribute('height'));
  let scale = 1;
  const set = (next: number): void => {
    scale = Math.max(0.1, Math.min(4, next));
    svg.setAttribute('width', String(Math.round(width * scale)));
    svg.setAttribute('height', String(Math.round(height * scale)));
  };
  const fit = (): void => {
    set(Math.min(1, (viewport.clientWidth - 2) / width));
  };
  const actions: Readonly<Record<string, () => void>> = {
    in: () => {
      set(scale * 1.25);
    },
    out: () => {
      set(scale / 1.25);
    },
    full: () => {
      set(1);
    },
    fit,
  };
  for (const button of bar.querySelectorAll('button'))
    button.addEventListener('click', () => actions[button.getAttribute('data-zoom') ?? '']?.());
  bar.hidden = false;
}

/** Fills an edge's list with all its routes when it is opened. */
export function drillEdges(): void {
  let pairs: ReturnType<typeof loadPairs> | null = null;
  for (const details of document.querySelectorAll<HTMLDetailsElement>('details[data-edge]')) {
    details.addEventListener('toggle', () => {
      const list = details.querySelector('ul');
      if (!details.open || list === null || list.hasAttribute('data-whole')) return;
      list.setAttribute('data-whole', '');
      pairs ??= loadPairs();
      void pairs.then((all) => {
        fill(list, all[Number(details.getAttribute('data-edge'))] ?? []);
      });
    });
  }
}

function fill(list: Element, pairs: Parameters<typeof worstPairs>[0]): void {
  const items = worstPairs(pairs)
    .map(pairView)
    .map(({ state, text, rule }) =>
      h(
        'li',
        {},
        h('span', { class: `state ${state}` }, state),
        ' ',
        h('bdi', {}, text),
        ' ',
        h('small', {}, rule),
      ),
    );
  list.replaceChildren(...items);
}
