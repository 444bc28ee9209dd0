/** Documents with one thing wrong about the run, or with a property that does not belong. */
import { says, some, without } from './parts.ts';
import type { Case } from './parts.ts';

export const ignored: readonly Case[] = [
  ...['taxa', 'suppressions', 'baselineState', 'kind', 'rank', 'fixes', 'fingerprints'].map((name): Case => [
    `a result's ${name}`,
    (p) => Object.assign(p.result, { [name]: [] }),
    new RegExp(`\\.${name}: GitHub ignores this property`),
  ]),
  [
    'logical locations besides',
    (p) => (p.location.logicalLocations = [{ name: 'b' }]),
    /logicalLocations: GitHub ignores this property/,
  ],
  [
    'a property that nobody knows',
    (p) => Object.assign(p.result, { severity: 'high' }),
    /severity: this is no property of an upload/,
  ],
  [
    'original URI base ids',
    (p) => (p.run.originalUriBaseIds = {}),
    /originalUriBaseIds: GitHub does not support it/,
  ],
];

export const runs: readonly Case[] = [
  ['another version', (p) => Object.assign(p.log, { version: '2.0.0' }), /^version: must be '2\.1\.0'/],
  ['a run without results', without((p) => p.run, 'results'), /results: a run needs its results/],
  [
    'a tool without a name',
    without((p) => p.run.tool.driver, 'name'),
    /driver\.name: a run needs its tool's name/,
  ],
  [
    'a failed invocation',
    (p) => (some(p.run.invocations?.[0]).executionSuccessful = false),
    /executionSuccessful: must be true/,
  ],
  [
    'a category that does not end with a slash',
    (p) => (p.run.automationDetails = { id: 'replint/o-1' }),
    /automationDetails\.id: the category must end with '\/'/,
  ],
  ['no category', without((p) => p.run, 'automationDetails'), /automationDetails\.id: the category must end/],
  [
    'two runs of one tool and category',
    (p) => p.log.runs.push(structuredClone(p.run)),
    /^runs: two have one tool and one category/,
  ],
  [
    'a notification without a text',
    (p) => (p.notification.message = {}),
    /toolExecutionNotifications\[0\]\.message\.text: a message needs a text/,
  ],
  [
    'a notification with backticks',
    (p) => (p.notification.message = { text: '`x`' }),
    /toolExecutionNotifications\[0\].*drops backticks/,
  ],
  [
    'an empty string',
    (p) => (p.run.tool.driver.version = ''),
    /driver\.version: GitHub refuses an empty string/,
  ],
  [
    'an empty string in a result',
    (p) => (some(p.result.properties)['locationKind'] = ''),
    /locationKind: GitHub refuses an empty string/,
  ],
  ['half of a surrogate pair', says('a \ud800 b.'), /message\.text: holds a control character or half/],
  [
    'a control character',
    (p) => (p.rule.help = { text: 'a \u0007 b' }),
    /help\.text: holds a control character/,
  ],
];
