/** Finds and loads a module that the configuration names; what is wrong is said with the place where it is. */
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, isAbsolute, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { CannotRun } from '../../model/cannot-run.ts';

/** The default export of a module, which is a path from the configuration's folder or a package's name. */
export async function defaultOf(name: string, configuration: string): Promise<unknown> {
  const file = isPath(name) ? resolve(dirname(configuration), name) : packageFile(name, configuration);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new CannotRun('There is no such file.');
  const url = pathToFileURL(file).href;
  let module: unknown;
  try {
    module = await import(url);
  } catch (error) {
    throw new CannotRun(sentenceOf(error, file, url));
  }
  if (!hasDefault(module)) {
    throw new CannotRun('It has no default export; that is a rule, or a list of rules.');
  }
  // What tsc makes of `export default` in CommonJS is one export of several.
  const exported = module.default;
  return hasDefault(exported) && '__esModule' in exported ? exported.default : exported;
}

function hasDefault(value: unknown): value is { readonly default: unknown } {
  return typeof value === 'object' && value !== null && 'default' in value;
}

function isPath(name: string): boolean {
  return isAbsolute(name) || /^\.{1,2}[/\\]/.test(name);
}

/** As Node finds it from the configuration's folder. */
function packageFile(name: string, configuration: string): string {
  const require = createRequire(resolve(configuration));
  try {
    return require.resolve(name);
  } catch (error) {
    const found = codeOf(error) === 'ERR_PACKAGE_PATH_NOT_EXPORTED' ? importOnly(name, require) : null;
    if (found !== null) return found;
    throw new CannotRun('No such package is installed here. A path begins with ./');
  }
}

/** `require` does not see what a package exports for `import` alone. https://nodejs.org/api/packages.html#conditional-exports */
function importOnly(name: string, require: NodeJS.Require): string | null {
  const [, own = '', rest = ''] = /^((?:@[^/]+\/)?[^/]+)(.*)$/.exec(name) ?? [];
  const folders = (require.resolve.paths(name) ?? []).map((folder) => join(folder, own));
  const folder = folders.find((one) => statSync(join(one, 'package.json'), { throwIfNoEntry: false }));
  if (folder === undefined) return null;
  const { exports }: { readonly exports?: unknown } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as object;
  const of = typeof exports === 'object' && exports !== null && `.${rest}` in exports;
  const target = targetOf(of ? Reflect.get(exports, `.${rest}`) : rest === '' ? exports : null);
  return target === null ? null : join(folder, target);
}

const conditions = new Set(['node', 'import', 'module-sync', 'default']);

function targetOf(exported: unknown): string | null {
  if (typeof exported === 'string') return exported;
  if (typeof exported !== 'object' || exported === null) return null;
  for (const [condition, inner] of Object.entries(exported)) {
    const target = conditions.has(condition) ? targetOf(inner) : null;
    if (target !== null) return target;
  }
  return null;
}

const typescript = new Set(['.ts', '.mts', '.cts']);

function sentenceOf(error: unknown, file: string, url: string): string {
  const said = error instanceof Error ? error.message : String(error);
  if (codeOf(error) === 'ERR_UNKNOWN_FILE_EXTENSION' && typescript.has(extname(file))) {
    return `It is TypeScript, which Node ${process.versions.node} does not load; Node 22.18 or later does, and every Node loads what tsc makes of it.`;
  }
  if (codeOf(error) === 'ERR_MODULE_NOT_FOUND' || codeOf(error) === 'MODULE_NOT_FOUND') {
    const hint = said.includes("'replint'") ? ' Install replint in that project, not only globally.' : '';
    return `It does not load: ${said.split('\n', 1)[0] ?? ''}.${hint}`;
  }
  const place = placeOf(error) ?? (error instanceof SyntaxError ? syntaxPlace(url) : null);
  return `It does not load: ${place ?? shown(file)}: ${error instanceof Error ? error.name : 'Error'}: ${said}`;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}

/** `rules/ours.mjs:3`, from the head of a stack or its first frame outside Node. */
function placeOf(error: unknown): string | null {
  return error instanceof Error ? placeIn(error.stack ?? '') : null;
}

function placeIn(stack: string): string | null {
  const head = /^(?:file:\/\/)?(\/[^\n]*|[A-Za-z]:[^\n]*):(\d+)\n/.exec(stack);
  const frame = /^ {4}at .*?(file:\/\/[^\n]*?):(\d+):\d+\)?$/m.exec(stack);
  const [, file, line] = head ?? frame ?? [];
  if (file === undefined || line === undefined) return null;
  return `${shown(file.startsWith('file:') ? fileURLToPath(file) : decodeURI(file))}:${line}`;
}

/** Node prints where a module is no JavaScript, and tells it to nobody: another Node is made to print it. Nothing of it runs. */
function syntaxPlace(url: string): string | null {
  const script = 'await import(process.argv[1])';
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script, url], {
    encoding: 'utf8',
  });
  return placeIn(stderr);
}

function shown(file: string): string {
  const near = relative('.', file);
  return near.startsWith('..') ? file : near;
}
