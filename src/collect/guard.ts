/**
 * Read-only by construction: every SDK client gets a middleware that refuses each operation that is not on the list of
 * reads. The list is made from the facts, and none of them reads an object's data.
 */
import { telling } from './heard.ts';
import type { Heard } from './progress.ts';
import { surveyCalls, tellings, type Told } from '../facts.ts';

/** What a middleware is added to: the part that every SDK client's stack shares. */
interface Guarded {
  readonly middlewareStack: {
    readonly add: (
      middleware: (
        next: (args: never) => Promise<never>,
        context: { readonly clientName?: string; readonly commandName?: string },
      ) => (args: never) => Promise<never>,
      options: { readonly step: 'initialize'; readonly name: string; readonly priority: 'high' },
    ) => void;
  };
}

/** Every operation that replint may ever call, as IAM names services. */
export const reads: ReadonlySet<string> = new Set([
  ...Object.keys(surveyCalls),
  ...Object.values(tellings).flatMap((facts) => Object.values<Told>(facts).flatMap(callsOf)),
]);

function callsOf({ call, also = [] }: Told): readonly string[] {
  return [call, ...also.map((more) => more.call)];
}

const failed = new WeakMap<object, string>();

/** Which operation ended with this error: of the several that tell one fact, the one to name. Null where no client threw it. */
export function operationOf(error: unknown): string | null {
  return typeof error === 'object' && error !== null ? (failed.get(error) ?? null) : null;
}

/** Remembers which operation ended with an error. */
export function failedIn(error: object, call: string): void {
  failed.set(error, call);
}

/** Puts the guard on a client, and gives the client back. */
export function guarded<C extends object>(client: C, heard?: Heard): C {
  // The SDK types each client's stack by its own inputs and outputs; the guard looks at neither.
  const { middlewareStack } = client as unknown as Guarded;
  middlewareStack.add(
    (next, context) => async (args) => {
      const call = operation(context.clientName, context.commandName);
      if (!reads.has(call)) throw new RefusedOperation(call);
      try {
        const { input } = args as { readonly input?: unknown };
        let answer: { readonly output?: unknown } = {};
        const send = async (): Promise<unknown> => {
          answer = await next(args);
          return answer.output;
        };
        await telling(heard, { call, input, send });
        // The same answer, at which only the telling has looked.
        return answer as never;
      } catch (error) {
        if (typeof error === 'object' && error !== null) failedIn(error, call);
        throw error;
      }
    },
    { step: 'initialize', name: 'replintReadOnly', priority: 'high' },
  );
  return client;
}

/** An operation that replint never makes: a fault of ours, which reaches nobody's network. */
export class RefusedOperation extends Error {
  constructor(call: string) {
    super(`replint refuses to call ${call}: it is not on its list of reads.`);
    this.name = 'RefusedOperation';
  }
}

function operation(client = '', command = ''): string {
  return `${client.replace(/Client$/, '').toLowerCase()}:${command.replace(/Command$/, '')}`;
}
