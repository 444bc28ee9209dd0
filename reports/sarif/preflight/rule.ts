/** A rule, line by line of GitHub's list. */
import { longestDescription, longestName, mostTags } from '../limits.ts';
import { field, isText, isTextWithin } from './values.ts';

export const levels: readonly unknown[] = ['error', 'warning', 'note'];

export function* ruleComplaints(rule: unknown, path: string): Iterable<string> {
  if (!isText(field(rule, 'id'))) yield `${path}.id: a rule needs an id.`;
  if (!isTextWithin(field(rule, 'name'), longestName)) {
    yield `${path}.name: must be a text of at most ${longestName} characters.`;
  }
  for (const name of ['shortDescription', 'fullDescription']) {
    if (isTextWithin(field(rule, name, 'text'), longestDescription)) continue;
    yield `${path}.${name}.text: must be a text of at most ${longestDescription} characters.`;
  }
  if (!isText(field(rule, 'help', 'text'))) yield `${path}.help.text: a rule needs a help text.`;
  if (!levels.includes(field(rule, 'defaultConfiguration', 'level'))) {
    yield `${path}.defaultConfiguration.level: must be error, warning or note.`;
  }
  const address = field(rule, 'helpUri');
  if (address !== undefined && !isHttps(address)) yield `${path}.helpUri: must be an https address.`;
  yield* propertyComplaints(field(rule, 'properties'), `${path}.properties`);
}

function* propertyComplaints(properties: unknown, path: string): Iterable<string> {
  yield* tagComplaints(field(properties, 'tags'), `${path}.tags`);
  if (!isScore(field(properties, 'security-severity'))) {
    yield `${path}.security-severity: must be a string, and a number above 0 and up to 10.`;
  }
}

function* tagComplaints(tags: unknown, path: string): Iterable<string> {
  if (!Array.isArray(tags) || !tags.every(isText)) {
    yield `${path}: must be a list of texts.`;
    return;
  }
  if (tags.length > mostTags) yield `${path}: GitHub keeps ${mostTags} tags only.`;
  if (!tags.includes('security')) {
    yield `${path}: without the tag 'security' GitHub does not read the security-severity.`;
  }
}

function isScore(value: unknown): boolean {
  return isText(value) && /^\d{1,2}(\.\d+)?$/.test(value) && Number(value) > 0 && Number(value) <= 10;
}

export function isHttps(value: unknown): boolean {
  return isText(value) && value.startsWith('https://') && URL.canParse(value);
}
