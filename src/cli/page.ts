/** Text for reading: prose wrapped to the terminal, columns aligned, colour where it is wanted. To standard output: it was asked for. */
import { painter, type Paint } from './paint.ts';
import { inert, wantsColour } from './terminal.ts';

/** What a text is laid out for. */
export interface Page {
  readonly width: number;
  readonly paint: Paint;
}

/** Lines longer than this are hard to read, however wide the terminal is. */
const widest = 100;
const narrowest = 40;
const usual = 80;

/** Standard output as a page: 80 columns where there is no terminal, or one that does not know (0). */
export function standardPage(
  stdout: { readonly isTTY?: boolean; readonly columns?: number } = process.stdout,
  env: NodeJS.ProcessEnv = process.env,
): Page {
  const { columns: told = 0 } = stdout;
  const width = Math.min(widest, Math.max(narrowest, told === 0 ? usual : told));
  return { width, paint: painter(wantsColour(stdout, env)) };
}

/** Prose as lines no longer than the width, each after the indent; a word that is longer stands alone. */
export function wrapped(text: string, width: number, indent = ''): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const raw of text.split(/\s+/).filter((word) => word !== '')) {
    const word = inert(raw);
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, indent + line];
}

/** A heading with prose below it. */
export function section(heading: string, text: string, { width, paint }: Page): readonly string[] {
  return ['', paint('1', heading), ...wrapped(text, width, '  ')];
}

/** A name, what is said of it, and the name's colour. */
export type Row = readonly [name: string, text: string, colour?: string];

/** Two columns: the names, and prose that wraps beside them; where that leaves it no room, below them. */
export function columns(
  rows: readonly Row[],
  { width, paint }: Page,
  nameWidth: number = Math.max(...rows.map(([name]) => name.length)),
): readonly string[] {
  const at = nameWidth + 4;
  return rows.flatMap(([name, text, colour]) => {
    const shown = colour === undefined ? name : paint(colour, name);
    if (width - at < 20) return [`  ${shown}`, ...wrapped(text, width, '      ')];
    const [first = '', ...rest] = wrapped(text, width - at);
    const gap = ' '.repeat(at - 2 - name.length);
    return [`  ${shown}${gap}${first}`, ...rest.map((line) => ' '.repeat(at) + line)];
  });
}

/** Whole lines, with a line feed after each. */
export function written(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
