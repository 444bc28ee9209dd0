/** The properties that our file may have. SARIF has many more; GitHub reads few, and a misspelt one is lost in silence. */
import { isFields } from './values.ts';

/** Names, and what may stand below them; an array's entries all have the array's shape. */
export interface Shape {
  readonly [name: string]: Shape | 'anything';
}

const text: Shape = { text: 'anything' };
const help: Shape = { text: 'anything', markdown: 'anything' };

const location: Shape = {
  physicalLocation: {
    artifactLocation: { uri: 'anything', uriBaseId: 'anything' },
    region: { startLine: 'anything', startColumn: 'anything', endLine: 'anything', endColumn: 'anything' },
  },
};

export const resultShape: Shape = {
  ruleId: 'anything',
  ruleIndex: 'anything',
  level: 'anything',
  message: text,
  locations: location,
  partialFingerprints: 'anything',
  properties: 'anything',
};

const ruleShape: Shape = {
  id: 'anything',
  name: 'anything',
  shortDescription: text,
  fullDescription: text,
  helpUri: 'anything',
  help,
  defaultConfiguration: { level: 'anything' },
  properties: 'anything',
};

/** The document but for its results. */
export const logShape: Shape = {
  $schema: 'anything',
  version: 'anything',
  runs: {
    tool: {
      driver: {
        name: 'anything',
        version: 'anything',
        semanticVersion: 'anything',
        informationUri: 'anything',
        rules: ruleShape,
      },
    },
    automationDetails: { id: 'anything' },
    invocations: {
      executionSuccessful: 'anything',
      startTimeUtc: 'anything',
      endTimeUtc: 'anything',
      toolExecutionNotifications: { level: 'anything', message: text, descriptor: { id: 'anything' } },
    },
    results: 'anything',
  },
};

const ignored: readonly string[] = [
  ...['logicalLocations', 'taxa', 'suppressions', 'baselineState', 'kind', 'rank', 'fixes', 'fingerprints'],
];

/** Properties that GitHub ignores, does not support, or nobody knows. */
export function* shapeComplaints(value: unknown, shape: Shape, path: string): Iterable<string> {
  if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) yield* shapeComplaints(each, shape, `${path}[${index}]`);
    return;
  }
  if (!isFields(value)) return;
  for (const [name, each] of Object.entries(value)) {
    const below = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (below === undefined) yield `${path}.${name}: ${fault(name)}`;
    else if (below !== 'anything') yield* shapeComplaints(each, below, `${path}.${name}`);
  }
}

function fault(name: string): string {
  if (ignored.includes(name)) return 'GitHub ignores this property; leave it out.';
  if (name === 'originalUriBaseIds')
    return 'GitHub does not support it; make the URIs relative to the repository.';
  return 'this is no property of an upload.';
}
