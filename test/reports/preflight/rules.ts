/** Documents with one thing wrong about a rule. */
import { severity, some, without } from './parts.ts';
import type { Case } from './parts.ts';

export const rules: readonly Case[] = [
  [
    'a rule without an id',
    (p) => {
      p.run.results = [];
      Reflect.deleteProperty(p.rule, 'id');
    },
    /rules\[0\]\.id: a rule needs an id/,
  ],
  ['a rule without a name', without((p) => p.rule, 'name'), /rules\[0\]\.name: must be a text/],
  [
    'a rule without a short description',
    without((p) => p.rule, 'shortDescription'),
    /shortDescription\.text: must be a text/,
  ],
  [
    'a rule without a full description',
    without((p) => p.rule, 'fullDescription'),
    /fullDescription\.text: must be a text/,
  ],
  ['a rule without a help text', without((p) => p.rule.help, 'text'), /help\.text: a rule needs a help text/],
  [
    'a rule without a level',
    without((p) => p.rule, 'defaultConfiguration'),
    /defaultConfiguration\.level: must be error/,
  ],
  ['a rule without tags', without((p) => p.rule.properties, 'tags'), /tags: must be a list of texts/],
  [
    'a rule without the tag security',
    (p) => (some(p.rule.properties).tags = ['backup']),
    /tags: without the tag 'security'/,
  ],
  [
    'a tag that is no text',
    (p) => (p.rule.properties = { ...p.rule.properties, tags: ['security', 7] as string[] }),
    /tags: must be a list of texts/,
  ],
  ['a security severity that is a number', severity(7.5), /security-severity: must be a string/],
  [
    'a security severity that is a word',
    severity('high'),
    /security-severity: must be a string, and a number/,
  ],
  ['a security severity above 10', severity('11.0'), /security-severity: must be .* up to 10/],
  ['a security severity of 0', severity('0.0'), /security-severity: must be .* above 0/],
  ['no security severity', severity(undefined), /security-severity: must be a string/],
  [
    'a help URI that is no https address',
    (p) => (p.rule.helpUri = 'http://example.com/'),
    /helpUri: must be an https address/,
  ],
  [
    'an information URI that is no https address',
    (p) => (p.run.tool.driver.informationUri = 'replint'),
    /informationUri: must be an https address/,
  ],
  [
    'two rules of one id',
    (p) => p.run.tool.driver.rules?.push({ ...p.rule }),
    /rules: two rules have one id/,
  ],
  [
    'no rules',
    (p) => {
      p.run.results = [];
      Reflect.deleteProperty(p.run.tool.driver, 'rules');
    },
    /driver\.rules: a run needs its rules/,
  ],
];
