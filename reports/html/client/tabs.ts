/** Tabs, as the ARIA practices have them. https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ */
import { h } from './dom.ts';

interface Tab {
  readonly label: string;
  readonly panel: HTMLElement;
}

/** One panel in sight at a time; arrow keys change it. */
export function tabs(label: string, items: readonly Tab[]): HTMLElement {
  const buttons = items.map((item, index) =>
    h(
      'button',
      { type: 'button', role: 'tab', id: `tab-${index}`, 'aria-controls': `panel-${index}` },
      item.label,
    ),
  );
  const panels = items.map(({ panel }, index) =>
    h('div', { role: 'tabpanel', id: `panel-${index}`, 'aria-labelledby': `tab-${index}` }, panel),
  );
  const choose = (chosen: number): void => {
    buttons.forEach((button, index) => {
      button.setAttribute('aria-selected', String(index === chosen));
      button.tabIndex = index === chosen ? 0 : -1;
    });
    panels.forEach((panel, index) => {
      panel.hidden = index !== chosen;
    });
  };
  buttons.forEach((button, index) => {
    button.addEventListener('click', () => {
      choose(index);
    });
    button.addEventListener('keydown', ({ key }) => {
      const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
      if (step === 0) return;
      const next = (index + step + buttons.length) % buttons.length;
      choose(next);
      buttons[next]?.focus();
    });
  });
  choose(0);
  return h(
    'div',
    { class: 'tabs' },
    h('div', { role: 'tablist', 'aria-label': label }, ...buttons),
    ...panels,
  );
}
