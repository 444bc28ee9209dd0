/**
 * A shorter way for the S3 configuration reads, of which nine tenths of a scan are made: the SDK's own request, signer,
 * connections and parser without the thirty steps between them, which it sets up anew for each call. Only an answer that leaves
 * nothing to do comes back from here: whatever would make the SDK wait, retry, correct its clock or look elsewhere goes through
 * the SDK from its beginning. `test/collect/shortcut.test.ts` holds that both ways give the same.
 */
import type { S3Client } from '@aws-sdk/client-s3';
import { failureOf } from './failure.ts';
import { failedIn } from './guard.ts';
import { telling } from './heard.ts';
import type { Pace } from './pace.ts';
import type { Heard } from './progress.ts';
import { tellings } from '../facts.ts';

/** An HTTP request of the SDK's: the parts that are changed here. */
interface Request {
  readonly hostname: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Requests as the SDK makes them, but for the bucket's name, by Region and operation: they are the same in every account. */
export type Templates = Map<string, Promise<Request>>;

/** What the shorter way needs of how AWS is reached. */
interface Way {
  readonly region: string | null;
  readonly pace?: Pace | undefined;
  readonly heard?: Heard | undefined;
  /** Left out: the client's own. */
  readonly templates?: Templates | undefined;
}

interface Response {
  readonly statusCode: number;
  body: unknown;
}

/** `[9, namespace, name, traits, input, output]` */
type Schema = readonly [9, string, string, object, unknown, unknown];

interface Command {
  readonly schema?: Schema;
  readonly input: Readonly<Record<string, unknown>>;
  readonly constructor: new (input: { readonly Bucket: string }) => Capturing;
}

interface Capturing {
  readonly middlewareStack: {
    readonly add: (
      middleware: () => (args: { readonly request: Request }) => never,
      options: { readonly step: 'build'; readonly priority: 'low' },
    ) => void;
  };
}

/** What the SDK's client is made of. */
interface Parts {
  readonly protocol: {
    readonly deserializeResponse: (operation: object, context: object, response: Response) => Promise<object>;
  };
  readonly requestHandler: {
    readonly handle: (request: Request) => Promise<{ readonly response: Response }>;
  };
  readonly signer: () => Promise<{
    readonly sign: (request: Request, at: { readonly signingDate: Date }) => Promise<Request>;
  }>;
  readonly streamCollector: (body: unknown) => Promise<Uint8Array>;
  readonly systemClockOffset: number;
}

/** Whether a request went out before the SDK's own. */
interface Trial {
  sent: boolean;
}

type Send = (command: unknown) => Promise<object>;

/** Those that answer with one document; lists have pages, and are few. */
const operations: ReadonlySet<string> = new Set(
  Object.values(tellings.bucket)
    .map(({ call }) => call.slice('s3:'.length))
    .filter((operation) => operation.startsWith('Get')),
);

/** In the place of a bucket's name in a request that is not sent. */
const nobody = 'replint-nobody';

/** Lets a client take the shorter way where it can, and gives the client back. */
export function shortened(client: S3Client, way: Way): S3Client {
  // The SDK types `send` by each command; the way is the same for all of them.
  const whole = client.send.bind(client) as unknown as Send;
  const shortcut = new Shortcut(client.config as unknown as Parts, whole, way);
  const send: Send = (command) => shortcut.send(command as Command);
  Object.assign(client, { send });
  return client;
}

class Shortcut {
  readonly #parts: Parts;
  readonly #whole: Send;
  readonly #pace: Pace | undefined;
  readonly #heard: Heard | undefined;
  readonly #context: object;
  readonly #region: string;
  readonly #templates: Templates;
  #signer: ReturnType<Parts['signer']> | undefined;

  constructor(parts: Parts, whole: Send, { region, pace, heard, templates = new Map() }: Way) {
    this.#parts = parts;
    this.#whole = whole;
    this.#pace = pace;
    this.#heard = heard;
    this.#region = region ?? '';
    this.#templates = templates;
    this.#context = { ...parts };
  }

  send(command: Command): Promise<object> {
    const call = `s3:${command.schema?.[2] ?? command.constructor.name.replace(/Command$/, '')}`;
    const trial = { sent: false };
    return telling(this.#heard, {
      call,
      input: command.input,
      send: () => this.#send(command, call, trial),
      tried: () => Number(trial.sent),
    });
  }

  async #send(command: Command, call: string, trial: Trial): Promise<object> {
    const bucket = bucketOf(command);
    const { schema } = command;
    if (bucket === null || schema === undefined) return this.#whole(command);
    const pace = this.#pace;
    const left = (await pace?.limiter.take(pace.signal)) ?? 0;
    const response = await this.#answer(command, schema[2], bucket, trial);
    if (response?.statusCode === 429 || response?.statusCode === 503) pace?.limiter.throttled(left);
    const given = response === null ? null : await this.#read(schema, response);
    if (given === null) return this.#whole(command);
    pace?.limiter.answered();
    if (!('error' in given)) return given.output;
    failedIn(given.error, call);
    throw given.error;
  }

  /** Null where there was none. */
  async #answer(command: Command, operation: string, bucket: string, trial: Trial): Promise<Response | null> {
    try {
      const template = await this.#template(command, operation);
      const request = { ...template, path: template.path.replace(nobody, bucket) };
      const signer = await (this.#signer ??= this.#parts.signer());
      const signingDate = new Date(Date.now() + this.#parts.systemClockOffset);
      const signed = await signer.sign(request, { signingDate });
      trial.sent = true;
      const { response } = await this.#parts.requestHandler.handle(signed);
      response.body = await this.#parts.streamCollector(response.body);
      return response;
    } catch {
      return null;
    }
  }

  /** What the answer says, where that is all; null where the SDK would do more. */
  async #read(
    [, namespace, name, traits, input, output]: Schema,
    response: Response,
  ): Promise<{ readonly output: object } | { readonly error: Error } | null> {
    const { statusCode, body } = response;
    if (statusCode !== 200 && statusCode !== 403 && statusCode !== 404) return null;
    if (!(body instanceof Uint8Array) || body.length === 0 || (statusCode === 200 && endsInError(body)))
      return null;
    const operation = { namespace, name, traits, input, output };
    try {
      return { output: await this.#parts.protocol.deserializeResponse(operation, this.#context, response) };
    } catch (error) {
      if (!(error instanceof Error) || statusCode === 200) return null;
      const failure = failureOf(error);
      if (failure.status !== statusCode) return null;
      return statusCode === 404 || failure.name === 'AccessDenied' ? { error } : null;
    }
  }

  #template(command: Command, operation: string): Promise<Request> {
    const key = `${this.#region} ${operation}`;
    const known = this.#templates.get(key);
    if (known) return known;
    const made = this.#capture(command).then(inPath);
    this.#templates.set(key, made);
    // The SDK asks for credentials on the way, and another account may have some.
    made.catch(() => this.#templates.delete(key));
    return made;
  }

  async #capture({ constructor: Operation }: Command): Promise<Request> {
    const probe = new Operation({ Bucket: nobody });
    let made: Request | undefined;
    const stopped = new Error('The request was made.');
    probe.middlewareStack.add(
      () =>
        ({ request }) => {
          made = request;
          throw stopped;
        },
      { step: 'build', priority: 'low' },
    );
    await this.#whole(probe).catch((error: unknown) => {
      if (error !== stopped) throw error;
    });
    if (made === undefined) throw stopped;
    return made;
  }
}

/** A command that asks for a bucket's configuration and nothing besides, a page of a list for example. */
function bucketOf({ schema, input }: Command): string | null {
  if (!Array.isArray(schema) || !operations.has(schema[2])) return null;
  const { Bucket, ...more } = input;
  const plain = typeof Bucket === 'string' && /^[\w.-]+$/.test(Bucket) && !/^\.+$/.test(Bucket);
  return plain && Object.keys(more).length === 0 ? Bucket : null;
}

/**
 * The bucket's name in the path and not in the host, so that all buckets of a Region share their connections:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html#path-style-access
 */
function inPath(request: Request): Request {
  const { hostname, path, headers } = request;
  if (!hostname.startsWith(`${nobody}.`)) return request;
  const host = hostname.slice(nobody.length + 1);
  return { ...request, hostname: host, path: `/${nobody}${path}`, headers: { ...headers, host } };
}

/** S3 may begin an answer of 200 and end it in an error. */
function endsInError(body: Uint8Array): boolean {
  return Buffer.from(body.subarray(-16)).toString().trimEnd().endsWith('</Error>');
}
