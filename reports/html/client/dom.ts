/** The only way in which the page grows elements: text goes in as text. */

type Child = Node | string;

/** An element with attributes and children. */
export function h<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** The element of that id; the template has it, or the page is broken. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page lacks #${id}`);
  return element;
}

/** A kind's mark: its shape and colour come from the style, its word stands beside it. */
export function mark(kind: string): HTMLElement {
  return h('span', { class: `mark ${kind}`, 'aria-hidden': 'true' });
}

/** Says something to those who listen rather than look. */
export function announce(text: string): void {
  byId('announce').textContent = text;
}

/** Lets the browser see to whatever waits: a key, a wheel, a frame. */
export function breath(): Promise<void> {
  return new Promise((done) => {
    setTimeout(done);
  });
}

/** Lays out what is out of sight too, a piece a frame: the style puts it off, but whoever takes a picture of the page wants all. */
export async function layOutAll(): Promise<void> {
  for (const piece of document.querySelectorAll('main > section, .picture, .tall')) {
    piece.classList.add('whole');
    await breath();
    await new Promise(requestAnimationFrame);
  }
}
