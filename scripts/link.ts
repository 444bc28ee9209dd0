/**
 * Lets `npx replint` find the command in a clone: npm links the commands of dependencies, and not the package's own.
 * Does nothing where there is no node_modules, or on Windows, where the file would need a shell script beside it.
 */
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';

const command = resolve('dist/src/cli/main.js');
const folder = join('node_modules', '.bin');

if (existsSync('node_modules') && process.platform !== 'win32') {
  mkdirSync(folder, { recursive: true });
  rmSync(join(folder, 'replint'), { force: true });
  symlinkSync(join('..', '..', 'dist', 'src', 'cli', 'main.js'), join(folder, 'replint'));
  chmodSync(command, 0o755);
}
