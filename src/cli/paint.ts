/** Colours, and the shapes that say the same without them. */
import type { Severity } from '../model/finding.ts';

/** Puts a text into a colour (a code of SGR), or leaves it as it is. */
export type Paint = (code: string, text: string) => string;

/** Paints, where colour is wanted. */
export function painter(colour: boolean): Paint {
  return (code, text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
}

/** Shape and word beside colour: a red that nobody sees says nothing. */
export const marks: Readonly<Record<Severity, readonly [shape: string, colour: string]>> = {
  error: ['■', '31'],
  warning: ['▲', '33'],
  note: ['●', '36'],
};
