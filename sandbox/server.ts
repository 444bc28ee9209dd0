/** The sandbox's HTTP server: an AWS Organization on localhost. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answer, type Answer, type Surroundings } from './answer.ts';
import { CallLog } from './calls.ts';
import { answerControl } from './control.ts';
import { administrator, createWorld } from './create.ts';
import { Faults } from './faults.ts';
import type { RawRequest } from './canonical.ts';
import type { World } from './world.ts';

/** How to start a sandbox; all of it may be left out. */
export interface SandboxOptions {
  /** 0 takes any free port. */
  readonly port?: number;
  /** Every answer is held for so long. */
  readonly latencyMs?: number;
  /** A world that is there already; partition and region are then its own. */
  readonly world?: World;
  readonly partition?: string;
  readonly region?: string;
}

/** A running sandbox. */
export interface Sandbox {
  readonly endpoint: string;
  readonly world: World;
  /** The management account's administrator. */
  readonly administrator: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly faults: Faults;
  readonly calls: CallLog;
  close(): Promise<void>;
}

interface Running extends Surroundings {
  readonly latencyMs: number;
  /** Answers that are being held: they must not outlive the sandbox. */
  readonly held: Set<NodeJS.Timeout>;
  count: number;
}

function flatHeaders(message: IncomingMessage): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) flat[name] = typeof value === 'string' ? value : value.join(',');
  }
  return flat;
}

function rawRequest(message: IncomingMessage, body: Buffer): RawRequest {
  const url = message.url ?? '/';
  const mark = url.indexOf('?');
  const [path, rawQuery] = mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
  return { method: message.method ?? 'GET', path, rawQuery, headers: flatHeaders(message), body };
}

/** Cuts a document in the middle of its middle tag, so that no parser can take it for a whole one. */
function breakInTheMiddle(body: Buffer): Buffer {
  const half = Math.floor(body.length / 2);
  const open = Math.max(body.lastIndexOf('<', half), body.lastIndexOf('"', half));
  return body.subarray(0, open < 0 ? half : open + 1);
}

function send(running: Running, out: ServerResponse, { response, fault }: Answer): void {
  const whole = Buffer.from(response.body);
  const malformed = fault?.kind === 'malformed';
  const body = malformed ? breakInTheMiddle(whole) : whole;
  const headers: Record<string, string> = { date: running.world.now().toUTCString(), ...response.headers };
  // A HEAD of an object names the object's length, which the service then says itself.
  if (response.status !== 204) headers['content-length'] ??= String(body.length);
  out.writeHead(malformed ? 200 : response.status, headers);
  if (fault?.kind !== 'cut') {
    out.end(body);
    return;
  }
  out.write(body.subarray(0, Math.floor(body.length / 2)), () => out.destroy());
}

function hold(running: Running, milliseconds: number, then: () => void): void {
  if (milliseconds === 0) {
    then();
    return;
  }
  const timer = setTimeout(() => {
    running.held.delete(timer);
    then();
  }, milliseconds);
  running.held.add(timer);
}

function receive(running: Running, message: IncomingMessage, out: ServerResponse): void {
  const chunks: Buffer[] = [];
  message.on('data', (chunk: Buffer) => chunks.push(chunk));
  message.on('end', () => {
    const raw = rawRequest(message, chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    if (raw.path.startsWith('/_sandbox/')) {
      send(running, out, { response: answerControl(running, raw), fault: null });
      return;
    }
    running.count += 1;
    const requestId = running.count.toString(16).toUpperCase().padStart(16, '0');
    const given = answer(running, raw, requestId);
    const delay = given.fault?.kind === 'delay' ? (given.fault.delayMs ?? 1000) : 0;
    hold(running, running.latencyMs + delay, () => {
      send(running, out, given);
    });
  });
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      // A server that listens on a port has an address with a port, and neither null nor a pipe's name.
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function shut(server: Server, running: Running): Promise<void> {
  for (const timer of running.held) clearTimeout(timer);
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

/** Starts a sandbox on 127.0.0.1: an empty management account, unless a world is given. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, latencyMs = 0, world: given, ...place } = options;
  const world = given ?? createWorld(place);
  const running: Running = {
    world,
    faults: new Faults(),
    calls: new CallLog(),
    latencyMs,
    held: new Set(),
    count: 0,
  };
  // Clients keep idle connections; a server that drops them first gives them ECONNRESET now and then.
  const server = createServer({ keepAliveTimeout: 120_000 }, (message, out) => {
    receive(running, message, out);
  });
  const taken = await listen(server, port);
  const { accessKeyId, secretAccessKey } = administrator(world);
  return {
    endpoint: `http://127.0.0.1:${taken}`,
    world,
    administrator: { accessKeyId, secretAccessKey },
    faults: running.faults,
    calls: running.calls,
    close: () => shut(server, running),
  };
}
