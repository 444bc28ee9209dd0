/** The validator of a configuration that names rules of its own. Loads ajv, so only such a configuration waits for it. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Validator } from './read.ts';
import { ajvOptions, schemaOf } from './schema.ts';
import type { Configuration } from '../model/configuration.ts';
import type { Rule } from '../rule.ts';

/** As the generated one, for another catalogue. */
export function validatorOf(rules: readonly Rule[]): Validator {
  return new Ajv2020(ajvOptions).compile<Configuration>(schemaOf(rules, { open: false }));
}

/** What is wrong with the JSON Schema of a rule's options, or with its defaults under it; null where nothing is. */
export function faultOfOptions({ schema, defaults }: { schema: object; defaults: unknown }): string | null {
  try {
    const ajv = new Ajv2020(ajvOptions);
    // Where it will stand: what it refers to from its root would not be found there.
    const validate = ajv.compile({ properties: { options: schema } });
    if (validate({ options: defaults })) return null;
    return `options.defaults do not hold under options.schema: ${ajv.errorsText(validate.errors, { dataVar: '' })}`;
  } catch (error) {
    return `options.schema is no JSON Schema: ${error instanceof Error ? error.message : String(error)}`;
  }
}
