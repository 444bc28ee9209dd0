/** What S3 will ask for a route, and what the policies answer. */
import { contextOf, together, type Knowledge } from '../../src/iam/context.ts';
import { decide, type Decision } from '../../src/iam/decide.ts';
import { onBucket, onKey, onObjects, type Place, type Written } from '../../src/iam/replication.ts';
import type { Request } from '../../src/iam/request.ts';
import type { Layer } from '../../src/iam/verdict.ts';
import type { Target } from './places.ts';

/** One question and its answer. */
export interface Answer<P extends string = string> {
  /** `s3:ReplicateObject` */
  readonly action: string;
  /** On what, as a person reads it: `orders/*`, or a key's id. */
  readonly on: string;
  readonly request: Request;
  readonly decision: Decision;
  readonly target: Target<P>;
}

/** On the bucket itself. */
export function askBucket<P extends string>(target: Target<P>, action: string): Answer<P> {
  const request = onBucket(target.replicator, target.place, action);
  return answered(target, action, nameOf(target.place), request);
}

/** On all objects below a prefix. */
export function askObjects<P extends string>(
  target: Target<P>,
  action: string,
  prefix: string,
  written: Written = {},
): Answer<P> {
  const request = onObjects(target.replicator, target.place, action, prefix, written);
  return answered(target, action, `${nameOf(target.place)}/${prefix}*`, request);
}

/** For what a key is used. */
export interface KeyUse {
  readonly bucket: Place;
  readonly prefix: string;
  readonly bucketKey: boolean;
}

/** On a key, for the objects of a bucket. */
export function askKey<P extends string>(target: Target<P>, action: string, use: KeyUse): Answer<P> {
  const request = onKey(target.replicator, target.place, action, use);
  const { parts, sets } = request.context;
  const context = { parts: [...parts, withoutMisspelt], sets };
  return answered(target, action, target.place.arn, { ...request, context });
}

/** As one page of AWS prints the encryption context's key. S3 brings it under `aws:s3:arn`, and never under this. */
export const misspelt = 'kms:EncryptionContext:arn:aws:arn';
const withoutMisspelt = new Map<string, Knowledge>([[misspelt.toLowerCase(), []]]);

/** The answer if these context keys could be anything: what it was denied for shows by what then is open. */
export function ifUnknown<P extends string>(answer: Answer<P>, keys: readonly string[]): Answer<P> {
  const unknown = Object.fromEntries(keys.map((key): [string, Knowledge] => [key, 'unknown']));
  const context = together(answer.request.context, contextOf(unknown));
  return answered(answer.target, answer.action, answer.on, { ...answer.request, context });
}

/** What is refused for sure: of a set the decisions of its parts, else the decision itself. */
export function refusalsIn(decision: Decision): readonly Decision[] {
  const parts = decision.leftOut.length > 0 ? decision.leftOut.map((part) => part.decision) : [decision];
  return parts.filter(({ outcome }) => outcome !== 'allowed' && outcome !== 'undetermined');
}

/** Not allowed, or not all of it, for sure. */
export function isRefused({ decision }: Answer): boolean {
  return refusalsIn(decision).length > 0;
}

/** The first refusal speaks for all. */
export function culprit(decision: Decision): Decision {
  return refusalsIn(decision)[0] ?? decision;
}

/** The layers that refuse: one that denies, or all that would have to allow. */
export function refusingLayers({ outcome, layer, silent }: Decision): readonly Layer[] {
  return outcome === 'implicitlyDenied' && silent.length > 0 ? silent : [layer];
}

function answered<P extends string>(
  target: Target<P>,
  action: string,
  on: string,
  request: Request,
): Answer<P> {
  return { action, on, request, decision: decide(request, target.layers), target };
}

function nameOf({ arn }: Place): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}
