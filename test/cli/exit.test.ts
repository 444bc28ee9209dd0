import { describe, expect, it } from 'vitest';
import { describeError, exitCodeOf, exitCodes } from '../../src/cli/exit.ts';
import { CannotRun } from '../../src/model/cannot-run.ts';
import type { Audit } from '../../src/model/audit.ts';
import type { Severity } from '../../src/model/finding.ts';
import { UnreadableFile } from '../../src/snapshot/lines.ts';
import { sampleAudit } from '../reports/sample.ts';

const { audit } = sampleAudit({ findings: 1 });

function auditWith(fail: Partial<Record<Severity, number>>, complete: boolean): Audit {
  const tallies = { ...audit.tallies, fail: { error: 0, warning: 0, note: 0, ...fail }, unknown: 9 };
  return { ...audit, tallies, coverage: { ...audit.coverage, complete } };
}

const { clean, findings, incomplete } = exitCodes;

describe('the exit code', () => {
  it.each([
    [{}, 'error', clean],
    [{ warning: 1, note: 1 }, 'error', clean],
    [{ error: 1 }, 'error', findings],
    [{ warning: 1 }, 'warning', findings],
    [{ error: 1 }, 'warning', findings],
    [{ note: 1 }, 'warning', clean],
    [{ note: 1 }, 'note', findings],
    [{ error: 1 }, 'note', findings],
    [{ error: 1, warning: 1, note: 1 }, 'never', clean],
  ] as const)('of %j with --fail-on %s is %d', (fail, failOn, code) => {
    expect(exitCodeOf(auditWith(fail, true), { failOn })).toBe(code);
    // Whatever could not be read: findings come first, and only --allow-incomplete makes a gap clean.
    const gap = code === clean ? incomplete : code;
    expect(exitCodeOf(auditWith(fail, false), { failOn })).toBe(gap);
    expect(exitCodeOf(auditWith(fail, false), { failOn, allowIncomplete: true })).toBe(code);
  });

  it('of new failures alone is so only with a baseline to tell them by', () => {
    const zero = { error: 0, warning: 0, note: 0 };
    const of = auditWith({ error: 3 }, true);
    const change = {
      baseline: { replint: '0.1.0', finished: '2026-11-20T08:00:00.000Z', configuration: 'c' },
      ...{ new: { ...zero, warning: 1 }, unchanged: { ...zero, error: 3 }, resolved: zero, carried: zero },
      ...{ unknownNow: 0, dropped: 0, carriedAccounts: [], carriedRules: false, rules: {} },
    };
    const compared = { ...of, change };
    expect(exitCodeOf(compared, { failOn: 'error', failOnNew: true })).toBe(clean);
    expect(exitCodeOf(compared, { failOn: 'warning', failOnNew: true })).toBe(findings);
    expect(exitCodeOf(compared, { failOn: 'error' })).toBe(findings);
    expect(exitCodeOf(of, { failOn: 'error', failOnNew: true })).toBe(findings);
  });

  it('is each what the documentation says', () => {
    expect(exitCodes).toEqual({ clean: 0, findings: 1, cannotRun: 2, incomplete: 3, interrupted: 130 });
  });
});

describe('an error, from outside', () => {
  const disk = (code: string, path?: string): Error =>
    Object.assign(new Error(`${code}: no`), path === undefined ? { code } : { code, path });

  it.each<readonly [string, Error, number, string]>([
    ['of the configuration', new CannotRun('one\ntwo'), 2, 'one\ntwo'],
    ['of a file', new UnreadableFile('a/b', 'it is cut.'), 2, "Cannot read 'a/b': it is cut."],
    ['of a full disk', disk('ENOSPC', '/out/x'), 2, "Cannot write '/out/x': the disk is full."],
    ['of a disk without a path', disk('EROFS'), 2, 'Cannot write: the disk is read-only.'],
    ['of rights', disk('EACCES', 'out'), 2, "Cannot write 'out': replint may not write there."],
  ])('%s is a sentence', (_, error, code, text) => {
    expect(describeError(error)).toEqual({ code, text });
  });

  it('of somebody who stopped it says what is kept', () => {
    const stopped = Object.assign(new Error('x'), { name: 'AbortError' });
    expect(describeError(stopped)).toMatchObject({
      code: 130,
      text: expect.stringContaining('--resume') as string,
    });
    expect(describeError(AbortSignal.abort().reason).code).toBe(130);
  });

  it('that nobody foresaw has a stack, and is called a bug', () => {
    const { code, text } = describeError(new TypeError('x is undefined'));
    expect(code).toBe(2);
    expect(text).toMatch(/^This is a bug of replint:\nTypeError: x is undefined\n {4}at .*exit\.test\.ts/);
    expect(describeError('a word').text).toContain('bug of replint:\na word');
    expect(describeError(disk('EWHATEVER', 'x')).text).toContain('bug of replint');
  });

  it('is inert, whoever wrote its text', () => {
    const hostile = '\u001b[31mred\u202e';
    for (const error of [
      new CannotRun(hostile),
      new UnreadableFile(hostile, hostile),
      new Error(hostile),
      hostile,
    ]) {
      // eslint-disable-next-line no-control-regex -- control characters are what is looked for
      expect(describeError(error).text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    }
  });
});
