/** Markdown, as the generated pages write it. */

/** Second block of every generated page. */
export const notice = '<!-- Generated from the rules. Change those. -->';

/** A word as code. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** A fenced block of a language. */
export function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** A table of GitHub's. */
export function table(head: readonly string[], body: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');
}

/** Blocks with an empty line between them. */
export function joined(blocks: readonly string[]): string {
  return `${blocks.join('\n\n')}\n`;
}
