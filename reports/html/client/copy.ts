/** Copies what is shown, exactly as it is shown. */
import { announce, h } from './dom.ts';

/** A button that copies the text. */
export function copyButton(text: string, label: string): HTMLElement {
  const button = h('button', { type: 'button', class: 'copy', 'aria-label': `Copy ${label}` }, 'Copy');
  button.addEventListener('click', () => {
    void copy(text, button).then((done) => {
      button.textContent = done ? 'Copied' : 'Press Ctrl+C';
      announce(done ? `${label} copied` : `${label} is selected: copy it with Ctrl+C`);
    });
  });
  return button;
}

async function copy(text: string, button: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No clipboard for this page: select the text, so that one key copies it.
    const code = button.parentElement?.querySelector('pre');
    if (code) getSelection()?.selectAllChildren(code);
    return false;
  }
}
