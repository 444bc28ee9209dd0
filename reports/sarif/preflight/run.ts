/** A run but for its results, line by line of GitHub's list. */
import { mostRules } from '../limits.ts';
import { messageComplaints } from './result.ts';
import { isHttps, ruleComplaints } from './rule.ts';
import { entries, field, isText } from './values.ts';

export function* runComplaints(run: unknown, path: string): Iterable<string> {
  const driver = field(run, 'tool', 'driver');
  if (!isText(field(driver, 'name'))) yield `${path}.tool.driver.name: a run needs its tool's name.`;
  const information = field(driver, 'informationUri');
  if (information !== undefined && !isHttps(information)) {
    yield `${path}.tool.driver.informationUri: must be an https address.`;
  }
  const category = field(run, 'automationDetails', 'id');
  if (!isText(category) || !category.endsWith('/')) {
    yield `${path}.automationDetails.id: the category must end with '/'.`;
  }
  if (!Array.isArray(field(run, 'results'))) yield `${path}.results: a run needs its results.`;
  yield* rulesComplaints(field(driver, 'rules'), `${path}.tool.driver.rules`);
  for (const [index, invocation] of entries(field(run, 'invocations')).entries()) {
    yield* invocationComplaints(invocation, `${path}.invocations[${index}]`);
  }
}

/** The ids of a run's rules, in their order. */
export function ruleIds(run: unknown): readonly unknown[] {
  return entries(field(run, 'tool', 'driver', 'rules')).map((rule) => field(rule, 'id'));
}

function* rulesComplaints(rules: unknown, path: string): Iterable<string> {
  const all = entries(rules);
  if (!Array.isArray(rules)) yield `${path}: a run needs its rules.`;
  if (all.length > mostRules) yield `${path}: GitHub refuses more than ${mostRules} rules.`;
  if (new Set(all.map((rule) => field(rule, 'id'))).size < all.length)
    yield `${path}: two rules have one id.`;
  for (const [index, rule] of all.slice(0, mostRules).entries())
    yield* ruleComplaints(rule, `${path}[${index}]`);
}

function* invocationComplaints(invocation: unknown, path: string): Iterable<string> {
  if (field(invocation, 'executionSuccessful') !== true) {
    yield `${path}.executionSuccessful: must be true, or GitHub does not process the file.`;
  }
  const notifications = entries(field(invocation, 'toolExecutionNotifications'));
  for (const [index, notification] of notifications.entries()) {
    const at = `${path}.toolExecutionNotifications[${index}].message.text`;
    yield* messageComplaints(field(notification, 'message', 'text'), at);
  }
}
