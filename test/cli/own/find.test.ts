/** What a user's module may be like, on a bad day. Node itself loads each, as it would for a user: vitest would do it another way. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'replint-own-'));
  write('package.json', '{ "name": "ours" }');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const built = new URL('../../../dist/src/cli/own/find.js', import.meta.url).href;
const script = `
const [, built, name, configuration] = process.argv;
const { defaultOf } = await import(built);
const value = await defaultOf(name, configuration).catch((error) => ({ [error.name]: error.message }));
process.stdout.write(JSON.stringify(value));`;

/** The default export; or the name and message of what was thrown. */
function load(name: string): unknown {
  const parameters = ['--input-type=module', '-e', script, built, name, join(folder, 'conf/replint.yaml')];
  const { stdout, stderr } = spawnSync(process.execPath, parameters, { encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

const refused = (sentence: string): object => ({ CannotRun: expect.stringContaining(sentence) as string });

describe('a module', () => {
  it.each([
    ['an ES module', 'a.mjs', 'export default 7;'],
    ['a script that its package.json makes CommonJS', 'a.js', 'module.exports = 7;'],
    ['a CommonJS module', 'a.cjs', 'module.exports = 7;'],
    [
      'what tsc makes of a default export in CommonJS',
      'a.cjs',
      "Object.defineProperty(exports, '__esModule', { value: true }); exports.default = 7;",
    ],
  ])('may be %s, and is found from the folder of the configuration', (_, file, text) => {
    write(file, text);
    expect(load(`../${file}`)).toBe(7);
    expect(load(join(folder, file))).toBe(7);
  });

  it.each([
    ['exports for import alone', '{ "exports": { "import": "./i.mjs" } }', 'theirs'],
    [
      'exports by path, with conditions',
      '{ "exports": { ".": { "node": { "import": "./i.mjs" } } } }',
      'theirs',
    ],
    ['exports a subpath', '{ "exports": { "./sub": { "import": "./i.mjs" } } }', 'theirs/sub'],
    ['names its main file', '{ "main": "./i.mjs" }', 'theirs'],
  ])('may be a package that %s', (_, json, name) => {
    write('node_modules/theirs/package.json', json);
    write('node_modules/theirs/i.mjs', 'export default 7;');
    write('node_modules/@acme/theirs/package.json', json);
    write('node_modules/@acme/theirs/i.mjs', 'export default 8;');
    expect(load(name)).toBe(7);
    expect(load(`@acme/${name}`)).toBe(8);
  });

  it('in TypeScript is loaded where Node loads it, and elsewhere says which Node does', () => {
    write('a.ts', 'export default 7 as number;');
    if ('typescript' in process.features && process.features.typescript !== false) {
      expect(load('../a.ts')).toBe(7);
    } else {
      expect(load('../a.ts')).toEqual(
        refused(
          `It is TypeScript, which Node ${process.versions.node} does not load; Node 22.18 or later does`,
        ),
      );
    }
  });
});

describe('a module is refused that', () => {
  it.each([
    ['is not there', '../none.mjs', 'There is no such file.'],
    ['is a folder', '..', 'There is no such file.', './..'],
    ['is a package that is not installed', 'nothing-of-this-name', 'No such package is installed here.'],
    ['is a package without such a subpath', 'theirs/none', 'No such package is installed here.'],
  ])('%s', (_, name, sentence, given = name) => {
    write('node_modules/theirs/package.json', '{ "exports": { ".": { "import": "./i.mjs" } } }');
    expect(load(given)).toEqual(refused(sentence));
  });

  it.each([
    [
      'is no JavaScript',
      'export default 1;\nexport const x = ;\n',
      "bad.mjs:2: SyntaxError: Unexpected token ';'",
    ],
    [
      'asks for what is not exported',
      "\nimport { zip } from 'node:fs';\n",
      'bad.mjs:2: SyntaxError: The requested module',
    ],
    ['throws as it loads', '\n\nthrow new TypeError("early");\n', 'bad.mjs:3: TypeError: early'],
    ['imports what is not there', "import './none.mjs';\n", 'none.mjs'],
    [
      'imports what is not installed',
      "import 'nothing-of-this-name';\n",
      "Cannot find package 'nothing-of-this-name'",
    ],
    ['exports nothing', 'export const rule = 1;\n', 'It has no default export'],
  ])('%s, with the place', (_, text, sentence) => {
    write('bad.mjs', text);
    expect(load('../bad.mjs')).toEqual(refused(sentence));
  });

  it('imports a file that is no JavaScript, with the place in that file', () => {
    write('a.mjs', "import './inner.mjs';\nexport default 1;\n");
    write('inner.mjs', '\n\nconst = 3;\n');
    expect(load('../a.mjs')).toEqual(refused("inner.mjs:3: SyntaxError: Unexpected token '='"));
  });

  it('wants replint where there is none, with what to do', () => {
    write('bad.mjs', "import 'replint';\n");
    expect(load('../bad.mjs')).toEqual(refused('Install replint in that project'));
  });
});
