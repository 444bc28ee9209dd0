/**
 * Read-only by construction: every SDK client gets a middleware that refuses each operation that is not on the list of
 * reads. The list is made from the facts, and none of them reads an object's data.
 */
import { failureOf } from './failure.ts';
import type { AnsweredCall } from './progress.ts';
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

/** Who hears of a client's calls. */
export interface Heard {
  readonly account: string | null;
  readonly answered: (call: AnsweredCall) => void;
}

/** Puts the guard on a client, and gives the client back. */
export function guarded<C extends object>(client: C, heard?: Heard): C {
  // The SDK types each client's stack by its own inputs and outputs; the guard looks at neither.
  const { middlewareStack } = client as unknown as Guarded;
  middlewareStack.add(
    (next, context) => async (args) => {
      const call = operation(context.clientName, context.commandName);
      if (!reads.has(call)) throw new RefusedOperation(call);
      const begun = performance.now();
      const tell = (outcome: string, answer: unknown): void => {
        const milliseconds = Math.round(performance.now() - begun);
        const { account = null } = heard ?? {};
        heard?.answered({
          call,
          account,
          about: aboutOf(args),
          outcome,
          attempts: attemptsOf(answer),
          milliseconds,
        });
      };
      try {
        const answer: unknown = await next(args);
        tell('ok', own(answer, 'output'));
        // The same answer, at which only `tell` has looked.
        return answer as never;
      } catch (error) {
        tell(failureOf(error).name, error);
        if (typeof error === 'object' && error !== null) failed.set(error, call);
        throw error;
      }
    },
    { step: 'initialize', name: 'replintReadOnly', priority: 'high' },
  );
  return client;
}

const own = (from: unknown, key: string): unknown =>
  typeof from === 'object' && from !== null ? Reflect.get(from, key) : undefined;

/** Members that name a thing; nothing else of a request is told, since an external id is a secret. */
const names = [
  'Bucket',
  'RoleArn',
  'RoleName',
  'PolicyArn',
  'KeyId',
  'PolicyId',
  'TargetId',
  'ParentId',
  'AccountId',
];

function aboutOf(args: unknown): string | null {
  const about = names.map((name) => own(own(args, 'input'), name)).find((one) => typeof one === 'string');
  return typeof about === 'string' ? about : null;
}

function attemptsOf(answer: unknown): number {
  const attempts = own(own(answer, '$metadata'), 'attempts');
  return typeof attempts === 'number' ? attempts : 1;
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
