import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { compliance } from '../../rules/frameworks/index.ts';
import { rules } from '../../rules/index.ts';

const folder = new URL('../../rules/frameworks/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'subjects.json');

function read(path: string | URL): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

// JSON that a JSON Schema is; ajv says where it is none.
const schema = read(new URL('../../schemas/framework.schema.json', import.meta.url)) as object;
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictRequired: false });
ajv.addSchema(schema);

const { frameworks, subjects } = compliance;

describe('the frameworks', () => {
  test.each(files)('%s holds to its schema, and is in the catalogue', (name) => {
    const framework = read(new URL(name, folder));
    expect(ajv.validate('framework.schema.json', framework), ajv.errorsText()).toBe(true);
    expect(frameworks).toContainEqual(framework);
  });

  test('are those that were asked for', () => {
    expect(frameworks.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        ...['AWS-SecurityHub', 'NIST-800-53-r5', 'PCI-DSS-4.0.1', 'ISO-27001-2022'],
        ...['SOC-2', 'HIPAA', 'DORA', 'CIS-AWS-5.0'],
      ]),
    );
    expect(frameworks).toHaveLength(files.length);
  });

  test.each(frameworks)(
    '$name names each control once, and no subject or source that is not there',
    (framework) => {
      const ids = framework.controls.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { id, checks } of framework.controls) {
        expect(new Set(checks.map(({ subject }) => subject)).size, id).toBe(checks.length);
        for (const { subject, source } of checks) {
          expect(Object.keys(subjects), id).toContain(subject);
          expect(Object.keys(framework.sources), id).toContain(source);
        }
      }
      const cited = framework.controls.flatMap(({ checks }) => checks.map(({ source }) => source));
      expect(Object.keys(framework.sources).filter((source) => !cited.includes(source))).toEqual([]);
    },
  );
});

describe('the subjects', () => {
  test.each(Object.entries(subjects))(
    '%s holds to its schema and names rules that there are',
    (_name, subject) => {
      expect(ajv.validate('framework.schema.json#/$defs/subject', subject), ajv.errorsText()).toBe(true);
      const ids = rules.map(({ id }) => id);
      expect(subject.rules.filter((id) => !ids.includes(id))).toEqual([]);
      expect(subject.rules).not.toEqual([]);
    },
  );

  test('are each named by some control', () => {
    const named = frameworks.flatMap(({ controls }) => controls.flatMap(({ checks }) => checks));
    for (const key of Object.keys(subjects)) expect(named.map(({ subject }) => subject)).toContain(key);
  });
});

describe('a rule', () => {
  test('has the controls of its subjects, each once, and no file of a rule names one', () => {
    for (const { id, controls = [] } of rules) {
      const own = Object.keys(subjects).filter((key) => subjects[key]?.rules.includes(id) === true);
      const expected = frameworks.flatMap(({ name, controls: all }) =>
        all
          .filter(({ checks }) => checks.some(({ subject }) => own.includes(subject)))
          .map((control) => `${name}/${control.id}`),
      );
      expect(controls).toEqual(expected);
      const source = readFileSync(new URL(`../../rules/${id}.ts`, import.meta.url), 'utf8');
      expect(source).not.toMatch(/^ {2}controls:/m);
    }
  });
});
