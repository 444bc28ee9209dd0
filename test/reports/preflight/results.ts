/** Documents with one thing wrong about a result or its location. */
import { at, results, says, some, without } from './parts.ts';
import type { Case } from './parts.ts';

export const locations: readonly Case[] = [
  [
    'a location that is not physical',
    without((p) => p.location, 'physicalLocation'),
    /locations\[0\]: has no physical location; GitHub refuses one that is logical only/,
  ],
  [
    'one result without a location',
    without((p) => p.result, 'locations'),
    /locations: a result needs a location; without one GitHub refuses the whole file/,
  ],
  ['an empty list of locations', (p) => (p.result.locations = []), /locations: a result needs a location/],
  [
    'a location without a URI',
    (p) => (some(p.location.physicalLocation).artifactLocation = {}),
    /uri: a location needs a URI/,
  ],
  [
    'a location without a region',
    without((p) => p.location.physicalLocation, 'region'),
    /startLine: must be a line number/,
  ],
  [
    'line 0',
    (p) => (some(p.location.physicalLocation).region = { startLine: 0 }),
    /startLine: must be a line number/,
  ],
  ['an ARN as a URI', at('arn:aws:s3:::bucket'), /uri: GitHub refuses the scheme 'arn'/],
  ['an s3 URI', at('s3://bucket'), /uri: GitHub refuses the scheme 's3'/],
  ['an https URI', at('https://example.com/x'), /uri: GitHub refuses the scheme 'https'/],
  ['an absolute path', at('/aws/bucket'), /uri: must be relative to the repository's root/],
  [
    'a path that leaves the repository',
    at('aws/../../etc/passwd'),
    /uri: has an empty segment, or one that leads elsewhere/,
  ],
  ['the same, percent-encoded', at('aws/%2e%2E/x'), /uri: has an empty segment, or one that leads elsewhere/],
  ['a path that is not encoded', at('aws/a bucket'), /uri: is not percent-encoded/],
];

export const ofResults: readonly Case[] = [
  ['a result without a message', (p) => (p.result.message = {}), /message\.text: a message needs a text/],
  ['backticks', says('Set `Status`.'), /message\.text: GitHub drops backticks/],
  [
    'brackets that are not escaped',
    says('A [link](https://example.com).'),
    /message\.text: the characters .* must be escaped/,
  ],
  ['a backslash that is not escaped', says('A \\ b.'), /message\.text: the characters .* must be escaped/],
  [
    'a level that is none',
    (p) => {
      p.run.results = [p.result];
      p.result.level = 'none';
    },
    /results\[0\]\.level: must be error, warning or note/,
  ],
  [
    'no fingerprint',
    without((p) => p.result, 'partialFingerprints'),
    /primaryLocationLineHash: must be a hash and an occurrence/,
  ],
  [
    'a fingerprint of another form',
    (p) => (p.result.partialFingerprints = { primaryLocationLineHash: 'abc' }),
    /primaryLocationLineHash: must be a hash/,
  ],
  [
    'one fingerprint for two results',
    (p) => (p.run.results = [p.result, { ...p.result }]),
    /results\[1\].*another result has the same fingerprint/,
  ],
  [
    'a rule that the run does not describe',
    (p) => (p.result.ruleId = 'another'),
    /ruleIndex: the rule of that place/,
  ],
  [
    'the worst not first',
    (p) =>
      (p.run.results = results(p.result, 2).map((r, n) => ({ ...r, level: n === 0 ? 'note' : 'error' }))),
    /results\[1\]\.level: worse than one before it/,
  ],
];
