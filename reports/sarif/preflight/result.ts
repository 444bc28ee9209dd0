/** A result, line by line of GitHub's list. */
import { fingerprintKey, mostResults } from '../limits.ts';
import { locationsComplaints } from './location.ts';
import { levels } from './rule.ts';
import { resultShape, shapeComplaints } from './shape.ts';
import { stringComplaints } from './strings.ts';
import { field, isText } from './values.ts';

/** Inspects one result after the other of a run: what it remembers is fingerprints, 5,000 at most. */
export function resultInspector(rules: readonly unknown[], path: string): (result: unknown) => string[] {
  const seen = new Set<unknown>();
  let worst = 0;
  let index = -1;
  return (result) => {
    index += 1;
    if (index === mostResults) return [`${path}.results: GitHub keeps ${mostResults} results only.`];
    if (index > mostResults) return [];
    const at = `${path}.results[${index}]`;
    const rank = Math.max(levels.indexOf(field(result, 'level')), 0);
    const unsorted =
      rank < worst ? [`${at}.level: worse than one before it; the worst must come first.`] : [];
    worst = Math.max(worst, rank);
    return [...resultComplaints(result, rules, at), ...fingerprintComplaints(result, seen, at), ...unsorted];
  };
}

function* resultComplaints(result: unknown, rules: readonly unknown[], path: string): Iterable<string> {
  const index = field(result, 'ruleIndex');
  if (
    typeof index !== 'number' ||
    !isText(field(result, 'ruleId')) ||
    rules[index] !== field(result, 'ruleId')
  ) {
    yield `${path}.ruleIndex: the rule of that place in the run is not the one of ruleId.`;
  }
  if (!levels.includes(field(result, 'level'))) yield `${path}.level: must be error, warning or note.`;
  yield* messageComplaints(field(result, 'message', 'text'), `${path}.message.text`);
  yield* locationsComplaints(field(result, 'locations'), `${path}.locations`);
  yield* shapeComplaints(result, resultShape, path);
  yield* stringComplaints(result, path);
}

/** A message of a result or a notification: plain text, in GitHub's way. */
export function* messageComplaints(text: unknown, path: string): Iterable<string> {
  if (!isText(text)) {
    yield `${path}: a message needs a text.`;
    return;
  }
  if (text.includes('`')) yield `${path}: GitHub drops backticks; use single quotes.`;
  if (/[\\[\]]/.test(text.replaceAll(/\\[\\[\]]/g, '')))
    yield `${path}: the characters \\ [ ] must be escaped.`;
}

function* fingerprintComplaints(result: unknown, seen: Set<unknown>, path: string): Iterable<string> {
  const fingerprint = field(result, 'partialFingerprints', fingerprintKey);
  const at = `${path}.partialFingerprints.${fingerprintKey}`;
  if (!isText(fingerprint) || !/^[^\s:]+:\d+$/.test(fingerprint)) {
    yield `${at}: must be a hash and an occurrence, as in '39fa2ee980eb94b0:1'.`;
  } else if (seen.has(fingerprint)) {
    yield `${at}: another result has the same fingerprint, and GitHub would make one alert of both.`;
  }
  seen.add(fingerprint);
}
