/** Which findings an upload holds, and in which order. */
import { severities, type Finding } from '../../src/model/finding.ts';
import type { Findings } from '../format.ts';
import { mostResults } from './limits.ts';

/** The worst failures that no waiver takes, found or carried along; both come worst first. */
export async function* worst(findings: Findings, carried: Findings): AsyncGenerator<Finding> {
  let taken = 0;
  for await (const finding of merged(open(findings), open(carried))) {
    if (taken === mostResults) return;
    yield finding;
    taken += 1;
  }
}

async function* open(findings: Findings): AsyncGenerator<Finding> {
  for await (const finding of findings()) if (finding.outcome === 'fail' && !finding.waiver) yield finding;
}

/** Of two that are as severe the one that was found comes first. */
async function* merged(
  found: AsyncGenerator<Finding>,
  carried: AsyncGenerator<Finding>,
): AsyncGenerator<Finding> {
  let waiting = await carried.next();
  try {
    for await (const finding of found) {
      while (waiting.done !== true && rank(waiting.value) < rank(finding)) {
        yield waiting.value;
        waiting = await carried.next();
      }
      yield finding;
    }
    if (waiting.done !== true) yield waiting.value;
    yield* carried;
  } finally {
    await carried.return(undefined);
  }
}

function rank({ severity }: Finding): number {
  return severities.indexOf(severity);
}
