#!/usr/bin/env node
/** The command line: arguments → the steps → exit code. */
import './environment.ts';
import { Command, CommanderError } from 'commander';
import { demoCommand } from './demo.ts';
import { diffCommand } from './diff.ts';
import { describeError, exitCodes } from './exit.ts';
import { explainCommand } from './explain.ts';
import { policyCommand } from './policy.ts';
import { rulesCommand } from './rules.ts';
import { inertLines, logLine } from './terminal.ts';
import { reportCommand } from './report.ts';
import { collectCommand, evaluateCommand, scanCommand } from './scan.ts';
import { version } from '../version.generated.ts';

const program = new Command('replint')
  .description('Linter and compliance auditor for Amazon S3 replication and SSE-KMS Bucket Keys')
  .version(version)
  .showHelpAfterError('(replint --help, or replint <command> --help)')
  .showSuggestionAfterError()
  // Commander repeats what was typed, and a script may have typed it.
  .configureOutput({
    outputError: (text, write) => {
      write(inertLines(text));
    },
  });

const commands = [
  demoCommand(),
  scanCommand(),
  collectCommand(),
  evaluateCommand(),
  reportCommand(),
  diffCommand(),
  rulesCommand(),
  explainCommand(),
  policyCommand(),
];
program.exitOverride();
for (const command of commands) program.addCommand(command.copyInheritedSettings(program));

// Whoever reads may have read enough (`replint rules | head`); any other fault of writing is one like all.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') end(error);
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has said what is wrong; help and version are no errors.
    process.exitCode = error.exitCode === 0 ? exitCodes.clean : exitCodes.cannotRun;
  } else end(error);
}

function end(error: unknown): void {
  const { code, text } = describeError(error);
  // Whoever asked for JSON reads this line with the others.
  const isJson = process.argv.includes('--log-json');
  process.stderr.write(isJson ? logLine('error', { code, text }) : `replint: ${text}\n`);
  process.exitCode = code;
  // Calls that are still out would go on, and complain.
  if (code === exitCodes.interrupted) process.exit();
}
