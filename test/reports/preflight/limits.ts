/** Documents beyond one of GitHub's limits. */
import { randomBytes } from 'node:crypto';
import { results, some } from './parts.ts';
import type { Case } from './parts.ts';

export const limits: readonly Case[] = [
  [
    '21 runs',
    (p) =>
      (p.log.runs = Array.from({ length: 21 }, (_, n) => ({
        ...p.run,
        automationDetails: { id: `r/${n}/` },
      }))),
    /^runs: GitHub refuses more than 20 runs/,
  ],
  ['no run', (p) => (p.log.runs = []), /^runs: the file has none/],
  [
    '5,001 results',
    (p) => (p.run.results = results(p.result, 5_001)),
    /results: GitHub keeps 5000 results only/,
  ],
  [
    '25,001 rules',
    (p) =>
      (p.run.tool.driver.rules = [
        ...(p.run.tool.driver.rules ?? []),
        ...Array.from({ length: 25_001 }, (_, n) => ({ ...p.rule, id: `r${n}` })),
      ].slice(0, 25_001)),
    /rules: GitHub refuses more than 25000 rules/,
  ],
  [
    '101 locations',
    (p) => (p.result.locations = Array.from({ length: 101 }, () => p.location)),
    /locations: GitHub keeps 100 locations/,
  ],
  [
    '11 tags',
    (p) => (some(p.rule.properties).tags = ['security', ...'a b c d e f g h i j'.split(' ')]),
    /tags: GitHub keeps 10 tags only/,
  ],
  [
    'more than 10 MB gzipped',
    (p) => (some(p.result.properties)['noise'] = randomBytes(10_500_000).toString('base64')),
    /^The file is \d+ bytes gzipped; GitHub takes 10000000/,
  ],
  [
    'a name of 256 characters',
    (p) => (p.rule.name = 'n'.repeat(256)),
    /rules\[0\]\.name: must be a text of at most 255/,
  ],
  [
    'a short description of 1,025',
    (p) => (p.rule.shortDescription = { text: 'n'.repeat(1_025) }),
    /shortDescription\.text: must be a text of at most 1024/,
  ],
  [
    'a full description of 1,025',
    (p) => (p.rule.fullDescription = { text: 'n'.repeat(1_025) }),
    /fullDescription\.text: must be a text of at most 1024/,
  ],
];
