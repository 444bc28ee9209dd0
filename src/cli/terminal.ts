/** What a person sees: colour where it is wanted, one live line on a terminal, plain lines elsewhere. All on standard error. */
import type { AnsweredCall, Progress } from '../collect/progress.ts';

export type Log = 'sentences' | 'calls' | 'json';

/** What of the options is about what is told. */
export interface LogFlags {
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly logJson?: boolean;
}

export interface Terminal {
  readonly colour: boolean;
  readonly live: boolean;
  readonly quiet: boolean;
  /** How much is told: sentences, every call too, or everything as lines of JSON. */
  readonly log: Log;
  readonly write: (text: string) => void;
}

export function terminal({ quiet = false, verbose, logJson }: LogFlags): Terminal {
  const { stderr, env } = process;
  const log = logJson === true ? 'json' : verbose === true ? 'calls' : 'sentences';
  return {
    quiet,
    log,
    live: stderr.isTTY && !quiet && log === 'sentences' && env['TERM'] !== 'dumb',
    colour: wantsColour(stderr, env),
    write: (text) => {
      stderr.write(text);
    },
  };
}

/** Colour is for terminals, and for nobody who said NO_COLOR: https://no-color.org */
export function wantsColour({ isTTY }: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  return isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
}

/**
 * Text from AWS, made inert: escape sequences and other control characters would move the cursor, and right-to-left marks would
 * turn the line around.
 */
export function inert(text: string, most = 400): string {
  const plain = text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu,
    (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`,
  );
  // What is cut in two may leave half a surrogate pair behind.
  return plain.length > most ? `${plain.slice(0, most).replace(/\p{Cs}$/u, '')}…` : plain;
}

/** A sentence a line, or a stack: what AWS said may be in any of them. */
export function inertLines(text: string): string {
  return text
    .split('\n')
    .map((line) => inert(line))
    .join('\n');
}

/** Of one kind no more notices than this: an organization that lets nobody in has one of every account. */
const mostOfAKind = 5;

/** What a notice is about, whichever account it names. */
function kindOf(notice: string): string {
  return (notice.split(': ', 1)[0] ?? '').replace(/\d+/g, '…');
}

const stepNames: Readonly<Record<string, string>> = { buckets: 'Buckets', routes: 'Routes' };

/** Shows how a scan goes on. */
export class ScanProgress implements Progress {
  readonly #terminal: Terminal;
  readonly #begun = performance.now();
  readonly #discreet: boolean;
  #step = '';
  #accounts = 0;
  #done = 0;
  #buckets = 0;
  #calls = 0;
  #throttles = 0;
  #shown = 0;
  /** How often each kind of notice was there. */
  readonly #notices = new Map<string, number>();

  /** The discreet say nothing that could name an account: what they leave out stands in the audit. */
  constructor(to: Terminal, { discreet = false } = {}) {
    this.#terminal = to;
    this.#discreet = discreet;
  }

  get calls(): number {
    return this.#calls;
  }

  step(name: string, accounts: number): void {
    this.#tellHeld();
    this.#step = stepNames[name] ?? name;
    this.#accounts = accounts;
    this.#done = 0;
    if (!this.#terminal.live) this.#say(`${this.#step}: ${count(accounts, 'account')} to read.`);
  }

  accountDone(_account: string, buckets: number): void {
    this.#done += 1;
    this.#buckets += buckets;
    this.#show();
    if (this.#done === this.#accounts) this.#tellHeld();
    if (!this.#terminal.live && this.#done === this.#accounts) {
      this.#say(`${this.#step}: ${count(this.#done, 'account')} read, ${count(this.#calls, 'call')} so far.`);
    }
  }

  called(): void {
    this.#calls += 1;
    this.#show();
  }

  throttled(): void {
    this.#throttles += 1;
  }

  notice(sentence: string): void {
    if (this.#discreet) return;
    const kind = kindOf(sentence);
    const before = this.#notices.get(kind) ?? 0;
    this.#notices.set(kind, before + 1);
    // Whoever wants all has them: these logs are read by machines, or searched.
    if (before >= mostOfAKind && this.#terminal.log === 'sentences') return;
    this.clear();
    this.#say(inert(sentence));
  }

  /** The end, whichever it was. */
  end(): void {
    this.#tellHeld();
    this.clear();
  }

  /** Takes the live line away. */
  clear(): void {
    if (this.#terminal.live) this.#terminal.write('\r\u001b[K');
  }

  /** Every call, where the terminal wants to know; otherwise nobody asks, and nobody pays for it. */
  get answered(): ((call: AnsweredCall) => void) | undefined {
    const { log, quiet } = this.#terminal;
    if (quiet || log === 'sentences' || this.#discreet) return undefined;
    return (call) => {
      this.#terminal.write(log === 'json' ? logLine('call', { ...call }) : `${callLine(call)}\n`);
    };
  }

  #tellHeld(): void {
    if (this.#terminal.log === 'sentences')
      for (const [kind, number] of this.#notices) {
        if (number <= mostOfAKind) continue;
        this.clear();
        this.#say(`${inert(kind)}: ${(number - mostOfAKind).toLocaleString('en')} more.`);
      }
    this.#notices.clear();
  }

  #say(sentence: string): void {
    const { quiet, log, write } = this.#terminal;
    if (!quiet) write(log === 'json' ? logLine('notice', { sentence }) : `${sentence}\n`);
  }

  #show(): void {
    const now = performance.now();
    if (!this.#terminal.live || now - this.#shown < 100) return;
    this.#shown = now;
    const seconds = (now - this.#begun) / 1000;
    const left =
      this.#done === 0 ? '' : ` · ${duration((seconds / this.#done) * (this.#accounts - this.#done))} left`;
    const throttles = this.#throttles === 0 ? '' : ` · ${this.#throttles} throttled`;
    this.#terminal.write(
      `\r\u001b[K${this.#step}: account ${this.#done} of ${this.#accounts} · ${this.#buckets} buckets · ` +
        `${Math.round(this.#calls / seconds)} calls/s${throttles}${left}`,
    );
  }
}

/** A line of JSON on standard error. */
export function logLine(kind: string, what: object): string {
  return `${JSON.stringify({ kind, time: new Date().toISOString(), ...what })}\n`;
}

function callLine({ call, account, about, outcome, attempts, milliseconds }: AnsweredCall): string {
  const again = attempts === 1 ? '' : `, ${attempts} attempts`;
  return `${account ?? '-'} ${call}${about === null ? '' : ` ${inert(about, 200)}`}: ${inert(outcome, 80)}, ${milliseconds} ms${again}`;
}

function duration(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}

/** `1 bucket`, `1,200 buckets`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}
