/** The page of AWS's failure reasons: what each means, which rules foretell it, and why none does where none does. */
import { rules } from '../../rules/index.ts';
import { foretellers } from '../../src/foretold.ts';
import { failureReasons, failures, failuresPage, type FailureReason } from '../../src/model/failures.ts';
import { code, joined, notice, table } from './markdown.ts';

/** The page: path below the repository's root → text. */
export function generateFailures(): Map<string, string> {
  return new Map([['docs/failure-reasons.md', page()]]);
}

function page(): string {
  return joined([
    "# AWS's failure reasons",
    notice,
    `What S3 gives as the reason when an object fails to replicate: as \`failureReason\` in the event \`s3:Replication:OperationFailedReplication\`, and in the report of a Batch Replication job. The meaning is told in our words; AWS's own are on [its page](https://docs.aws.amazon.com/${failuresPage}).`,
    'A rule that foretells a reason finds, before AWS meets it, the configuration that leads there. `replint explain REASON` prints one of these on a terminal.',
    table(
      ['reason', 'means', 'foretold by'],
      failureReasons.map((reason) => [code(reason), meaning(reason), foretold(reason)]),
    ),
  ]);
}

function meaning(reason: FailureReason): string {
  const { meaning: sentence, batchOnly, sameAs } = failures[reason];
  return [
    sentence,
    ...(batchOnly === true ? ['Only S3 Batch Replication meets it.'] : []),
    ...(sameAs === undefined ? [] : [`Another spelling of ${code(sameAs)}.`]),
  ].join(' ');
}

function foretold(reason: FailureReason): string {
  const by = foretellers(rules, reason);
  const { unforeseeable } = failures[reason];
  if (by.length === 0) return unforeseeable === undefined ? 'No rule yet.' : `None. ${unforeseeable}`;
  return by.map(({ id }) => `[${id}](rules/${id}.md)`).join(', ');
}
