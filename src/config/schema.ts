/** The configuration's JSON Schema: its own words, and the ids and options of a catalogue's rules. */
import { presetsOf } from '../preset.ts';
import type { Rule } from '../rule.ts';

const strings = { type: 'array', items: { type: 'string', minLength: 1 } };
const accountIds = { type: 'array', items: { type: 'string', pattern: '^[0-9]{12}$' } };
const object = (properties: object, more: object = {}): object => ({
  type: 'object',
  properties,
  additionalProperties: false,
  ...more,
});

const severities = ['error', 'warning', 'note'];
const word = { enum: [...severities, 'off'] };

const selecting = {
  tags: { type: 'object', additionalProperties: { type: 'string' } },
  buckets: strings,
  accounts: accountIds,
  ous: strings,
  regions: strings,
};
const selector = object(selecting);

/** Of a waiver: who answers for what, and until when. All of it is asked for, so that none is silent or endless. */
function waiver(ids: object): object {
  return object(
    {
      rule: ids,
      policy: { type: 'string', minLength: 1 },
      only: object({ ...selecting, destinations: strings }, { minProperties: 1 }),
      reason: { type: 'string', minLength: 1 },
      owner: { type: 'string', minLength: 1 },
      expires: {
        type: 'string',
        pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
        description: 'The last day on which it holds, in UTC: 2027-01-31.',
      },
    },
    { required: ['rule', 'only', 'reason', 'owner', 'expires'] },
  );
}

const only = { $ref: '#/$defs/selector' };

/** A word, a mapping, or a list of which the first that takes a bucket holds. */
function setting(options: object, asked: object = {}): object {
  return {
    anyOf: [
      word,
      object({ severity: { enum: severities }, only, ...options }, asked),
      { type: 'array', minItems: 1, items: object({ severity: word, only, ...options }, asked) },
    ],
  };
}

function policy(options: object, asked: object = {}): object {
  return object({ name: true, rule: true, severity: { enum: severities }, only, ...options }, asked);
}

/** `options` as the rule's own schema has them; most rules have none, and share one definition. */
function ofRule({ options }: Rule, kind: 'setting' | 'policy'): object {
  if (options === undefined) return { $ref: `#/$defs/${kind}` };
  // A rule that cannot do without some option cannot do without options.
  const asked = 'required' in options.schema ? { required: ['options'] } : {};
  return { setting, policy }[kind]({ options: options.schema }, asked);
}

/** What a rule takes whose module is not at hand. */
const anyOptions = { options: { type: 'object' } };

function ruleIds(rules: readonly Rule[], open: boolean): object {
  const ids = { enum: rules.map(({ id }) => id) };
  return open ? { anyOf: [ids, { type: 'string' }] } : ids;
}

/** A policy of any rule: which options are allowed depends on the rule that it names. */
function policies(rules: readonly Rule[], open: boolean): object {
  const ids = rules.map(({ id }) => id);
  const named = (rule: object, then: object): object => ({
    if: { properties: { rule }, required: ['rule'] },
    then,
  });
  const plain = rules.filter(({ options }) => options === undefined).map(({ id }) => id);
  return {
    type: 'array',
    items: {
      type: 'object',
      required: ['name', 'rule'],
      properties: {
        name: { type: 'string', minLength: 1 },
        rule: ruleIds(rules, open),
      },
      allOf: [
        named({ enum: plain }, { $ref: '#/$defs/policy' }),
        ...rules
          .filter(({ options }) => options !== undefined)
          .map((rule) => named({ const: rule.id }, ofRule(rule, 'policy'))),
        ...(open ? [named({ not: { enum: ids } }, policy(anyOptions))] : []),
      ],
    },
  };
}

/**
 * The schema for a catalogue. An open one is for editors, which do not load rules of one's own: it takes ids and presets that
 * the catalogue does not have.
 */
export function schemaOf(rules: readonly Rule[], { open }: { readonly open: boolean }): object {
  const choice = object({ accounts: accountIds, ous: strings });
  const settings = rules
    .filter((rule) => rule.policy !== true)
    .map((rule) => [rule.id, ofRule(rule, 'setting')] as const);
  const presets = { enum: presetsOf(rules) };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'replint.yaml',
    description: 'The configuration of replint. Generated from the rules: npm run generate.',
    ...object({
      organization: object({
        role: {
          type: 'string',
          minLength: 1,
          description: 'Name, with its path, of the role to assume in every account.',
        },
        externalId: { type: 'string', minLength: 2 },
        include: choice,
        exclude: choice,
      }),
      preset: open ? { anyOf: [presets, { type: 'string' }] } : presets,
      use: {
        ...strings,
        description: "Modules of rules of one's own: paths from this file's folder, or packages.",
      },
      rules: object(Object.fromEntries(settings), open ? { additionalProperties: setting(anyOptions) } : {}),
      policies: policies(rules, open),
      waivers: { type: 'array', items: waiver(ruleIds(rules, open)) },
      limits: object({
        accountsAtOnce: { type: 'integer', minimum: 1, maximum: 256 },
        callsPerSecond: { type: 'number', exclusiveMinimum: 0, description: 'Of each account and service.' },
      }),
      objects: object({
        mode: { enum: ['off', 'listing'] },
        versions: {
          type: 'integer',
          minimum: 1000,
          description: "Versions of a route's source that are compared at most.",
        },
        pendingMinutes: {
          type: 'integer',
          minimum: 0,
          description: 'Versions younger than this count as pending.',
        },
      }),
    }),
    $defs: { selector, setting: setting({}), policy: policy({}) },
  };
}

/** How ajv is to read it: everything that is wrong at once, with what the complaints are made from. */
export const ajvOptions = {
  allErrors: true,
  verbose: true,
  strictTypes: false,
  strictRequired: false,
} as const;
