/** Findings divided by what they belong to: written into a file each, so that memory grows with neither. */
import { appendFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { readFindings } from './read.ts';
import type { Finding } from '../model/finding.ts';
import { makeFolder } from '../snapshot/lines.ts';

/** Characters that are gathered, over all files, before they are written. */
const enough = 1 << 24;

/** Findings by name; those of a name that has none are empty. */
export class DividedFindings {
  readonly #folder: string;
  readonly #files = new Map<string, number>();
  readonly #waiting = new Map<string, string[]>();
  #size = 0;

  /** The folder is this one's own, and goes away with {@link remove}. */
  constructor(folder: string) {
    this.#folder = folder;
    this.remove();
    makeFolder(folder);
  }

  async fill(findings: AsyncIterable<Finding>, nameOf: (finding: Finding) => string): Promise<void> {
    for await (const finding of findings) {
      const name = nameOf(finding);
      const line = `${JSON.stringify(finding)}\n`;
      const waiting = this.#waiting.get(name) ?? [];
      this.#waiting.set(name, waiting);
      waiting.push(line);
      this.#size += line.length;
      if (this.#size > enough) this.#flush();
    }
    this.#flush();
  }

  /** In the order in which they came. */
  of(name: string): () => AsyncIterable<Finding> {
    const path = this.#pathOf(name);
    return () => Readable.from(existsSync(path) ? readFindings(path) : []);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #flush(): void {
    for (const [name, lines] of this.#waiting) {
      appendFileSync(this.#pathOf(name), lines.join(''), { mode: 0o600 });
    }
    this.#waiting.clear();
    this.#size = 0;
  }

  /** By number: a name may hold what no file's may. */
  #pathOf(name: string): string {
    const number = this.#files.get(name) ?? this.#files.size;
    this.#files.set(name, number);
    return join(this.#folder, `${number}.ndjson`);
  }
}
