/** Writes every generated file; with --check compares them instead, and fails where one is stale. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generateConfiguration } from './generate/configuration.ts';
import { generateFailures } from './generate/failures.ts';
import { generateFrameworks } from './generate/frameworks.ts';
import { generateHtml } from './generate/html.ts';
import { generateRules } from './generate/rules.ts';

const files = new Map<string, string>([
  ...versionFile(),
  ...(await generateConfiguration()),
  ...(await generateHtml()),
  ...(await generateRules()),
  ...generateFailures(),
  ...generateFrameworks(),
]);

function versionFile(): Map<string, string> {
  // The shape of our own package.json.
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const text = `/** The version of this package. Generated from package.json. */\nexport const version = '${version}';\n`;
  return new Map([['src/version.generated.ts', text]]);
}

/** Pages of rules that are gone. */
const leftovers = readdirSync('docs/rules')
  .map((name) => join('docs/rules', name))
  .filter((path) => !files.has(path));

if (process.argv.includes('--check')) {
  const stale = [...files].filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text);
  const named = [...stale.map(([path]) => path), ...leftovers];
  if (named.length > 0) {
    console.error(`Stale: ${named.join(', ')}. Run: npm run generate`);
    process.exitCode = 1;
  }
} else {
  for (const path of leftovers) rmSync(path);
  for (const [path, text] of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  console.log(`${files.size} files.`);
}
