/** The open finding, in a dialog at the page's side. */
import type { Code, Detail, EvidenceView, Line } from '../view/detail.ts';
import { pieces } from '../text.ts';
import { copyButton } from './copy.ts';
import { byId, h, mark } from './dom.ts';
import { tabs } from './tabs.ts';

/** Fills the dialog and opens it. */
export function showDetail(detail: Detail, closed: () => void): void {
  const dialog = byId('detail');
  if (!(dialog instanceof HTMLDialogElement)) return;
  dialog.onclose = closed;
  // A click beside the dialog's content is one on its backdrop.
  dialog.onclick = (event) => {
    if (event.target === dialog) dialog.close();
  };
  const close = h('button', { type: 'button', class: 'close', 'aria-label': 'Close' }, '×');
  close.addEventListener('click', () => {
    dialog.close();
  });
  dialog.replaceChildren(h('div', { class: `sheet finding ${detail.kind.name}` }, close, ...content(detail)));
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
}

function content(detail: Detail): Node[] {
  return [
    h(
      'p',
      { class: 'eyebrow' },
      h('span', { class: `tag ${detail.kind.name}` }, mark(detail.kind.name), detail.kind.word),
      ` ${detail.rule}`,
    ),
    h('h2', { id: 'detail-title' }, detail.message),
    lines([...detail.facts, ...judged(detail)], 'facts'),
    ...predicted(detail.predicts),
    ...section('Why this is not known', detail.causes, (causes) => [lines(causes, 'causes')]),
    h('h3', {}, 'Fix'),
    h('p', {}, detail.fix),
    ...section(null, detail.codes, (codes) => [tabs('Fix as', codes.map(codePanel))]),
    ...section('Evidence', detail.evidence, (all) => all.map(evidence)),
    ...(detail.why === null ? [] : [h('h3', {}, 'Why it matters'), h('p', {}, detail.why)]),
    foot(detail),
  ];
}

function judged({ expected, actual }: Detail): Line[] {
  return [
    ...(expected === null ? [] : [{ label: 'Expected', text: expected }]),
    ...(actual === null ? [] : [{ label: 'Actual', text: actual }]),
  ];
}

function predicted(reasons: readonly string[]): Node[] {
  if (reasons.length === 0) return [];
  const codes = reasons.flatMap((reason) => [h('code', {}, reason), ' ']);
  return [h('h3', {}, 'AWS will report'), h('p', {}, ...codes)];
}

function section<T>(
  title: string | null,
  items: readonly T[],
  draw: (items: readonly T[]) => Node[],
): Node[] {
  if (items.length === 0) return [];
  return [...(title === null ? [] : [h('h3', {}, title)]), ...draw(items)];
}

function lines(of: readonly Line[], name: string): HTMLElement {
  const rows = of.map(({ label, text }) =>
    h('div', {}, h('dt', {}, label), h('dd', {}, h('bdi', {}, ...breaking(text)))),
  );
  return h('dl', { class: name }, ...rows);
}

/** The text, which may break after every slash. */
function breaking(text: string): readonly (Node | string)[] {
  return pieces(text).flatMap((piece, index) => (index === 0 ? [piece] : [h('wbr'), piece]));
}

function evidence({ call, lines: of, value }: EvidenceView): HTMLElement {
  return h(
    'div',
    { class: 'evidence' },
    h('p', {}, h('code', {}, call)),
    lines(of, 'facts'),
    h('pre', { tabindex: '0', role: 'region', 'aria-label': `What ${call} answered` }, value),
  );
}

function codePanel({ label, code }: Code): { readonly label: string; readonly panel: HTMLElement } {
  return {
    label,
    panel: h(
      'div',
      { class: 'code' },
      copyButton(code, label),
      h('pre', { tabindex: '0', role: 'region', 'aria-label': label }, code),
    ),
  };
}

function foot({ page, controls, fingerprint, link }: Detail): HTMLElement {
  const codes = controls.flatMap((control) => [h('code', {}, control), ' ']);
  return h(
    'p',
    { class: 'foot' },
    ...(page === null ? [] : [h('a', { href: page, rel: 'noreferrer' }, 'AWS’s documentation'), ' ']),
    ...codes,
    h('a', { href: link, class: 'permalink' }, 'Link to this finding'),
    h('span', { class: 'print' }, ` Fingerprint ${fingerprint}`),
  );
}
