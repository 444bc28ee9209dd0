/** What the cases of the preflight's test change, and how. */
import type { Location, Log, Notification, ReportingDescriptor, Result, Run } from 'sarif';

/** The parts of the document that the cases change. */
export interface Parts {
  readonly log: Log;
  readonly run: Run;
  readonly rule: ReportingDescriptor;
  readonly result: Result;
  readonly location: Location;
  readonly notification: Notification;
}

export type Case = readonly [says: string, change: (parts: Parts) => void, complaint: RegExp];

export function partsOf(log: Log): Parts {
  const run = some(log.runs[0]);
  const result = some(run.results?.[0]);
  return {
    ...{ log, run, result, rule: some(run.tool.driver.rules?.[0]), location: some(result.locations?.[0]) },
    notification: some(run.invocations?.[0]?.toolExecutionNotifications?.[0]),
  };
}

export function some<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the sample lacks a part that the test changes');
  return value;
}

/** So many results that differ in their fingerprints only. */
export function results(result: Result, count: number): Result[] {
  return Array.from({ length: count }, (_, index) => ({
    ...result,
    partialFingerprints: { primaryLocationLineHash: `${index.toString(16)}:1` },
  }));
}

export function at(uri: string): (parts: Parts) => void {
  return ({ location }) => (some(location.physicalLocation).artifactLocation = { uri });
}

export function says(text: string): (parts: Parts) => void {
  return ({ result }) => (result.message.text = text);
}

export function severity(value: unknown): (parts: Parts) => void {
  return ({ rule }) => (some(rule.properties)['security-severity'] = value);
}

export function without(pick: (parts: Parts) => object | undefined, name: string): (parts: Parts) => void {
  return (parts) => Reflect.deleteProperty(some(pick(parts)), name);
}
