/** `replint explain` and `replint rules` as the real command, and the text of a reason by itself. */
import { spawn, spawnSync } from 'node:child_process';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reasonText } from '../../src/cli/explain.ts';
import type { Page } from '../../src/cli/page.ts';
import { failureReasons } from '../../src/model/failures.ts';
import { rules } from '../../rules/index.ts';

const main = join(import.meta.dirname, '../../dist/src/cli/main.js');

function print(...args: readonly string[]): { readonly code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

const plain = (width: number): Page => ({ width, paint: (_, text) => text });

describe('a reason on a terminal', () => {
  it('says what it means, which rules foretell it, worst first, and how to check', () => {
    expect(reasonText('DstKmsKeyNotFound', rules, plain(100)).join('\n')).toMatch(
      /^DstKmsKeyNotFound\n {2}The KMS key .*\n\nForetold by\n(?: {2}■ error {4}\S.*\n)+(?: {2}▲ warning {2}\S.*\n)+\nTo check\n {2}\$ replint scan --rule \S+,replica-key-alias\n\nAWS\n {2}https:\S+$/,
    );
  });

  it('says why no rule foretells it', () => {
    const text = reasonText('SrcKeyNotFound', rules, plain(100)).join('\n');
    expect(text).toContain('Foretold by no rule\n  The object was gone');
    expect(text).not.toContain('To check');
  });

  it('says that only batch jobs meet it, and that it is another spelling', () => {
    expect(reasonText('DstObjectHardDeleted', rules, plain(80))).toContain(
      '  Only S3 Batch Replication meets it.',
    );
    expect(reasonText('DstMultipartPartUploadNotPermitted', rules, plain(80))).toContain(
      '  Another spelling of DstMultipartUploadNotPermitted.',
    );
  });

  it('sends nobody to a scan that would run no rule', () => {
    const [one] = rules.filter(({ predicts }) => predicts?.includes('DstBucketNotFound'));
    if (one === undefined) throw new Error('no rule');
    const text = reasonText('DstBucketNotFound', [{ ...one, policy: true }], plain(100)).join('\n');
    expect(text).toContain('off until a policy asks for it');
    expect(text).not.toContain('To check');
  });
});

describe('replint explain', () => {
  it('takes any case, and offers JSON with every key', () => {
    const { code, out } = print('explain', 'dstbucketUNVERSIONED', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      reason: 'DstBucketUnversioned',
      meaning: 'Versioning is not enabled on the destination bucket.',
      ...{ batchOnly: false, sameAs: null, unforeseeable: null },
      page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-metrics-events.html',
      foretoldBy: [
        {
          id: 'destination-versioning-off',
          title: 'Destination bucket is not versioned',
          severity: 'error',
        },
      ],
      check: 'replint scan --rule destination-versioning-off',
    });
    expect(print('explain', ' DstBucketUnversioned').out).toContain('■ error    destination-versioning-off');
  });

  it('lists all of them where none is named', () => {
    const all = JSON.parse(print('explain', '--json').out) as readonly { readonly reason: string }[];
    expect(all.map(({ reason }) => reason)).toEqual(failureReasons);
    const { code, out } = print('explain');
    expect(code).toBe(0);
    for (const reason of failureReasons) expect(out).toMatch(new RegExp(`^  ${reason} +\\S`, 'm'));
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it.each([
    [
      'SrcKeyNotFond',
      "no failure reason 'SrcKeyNotFond'. Did you mean 'SrcKeyNotFound'? 'replint explain' lists",
    ],
    ['nonsense', "no failure reason 'nonsense'. 'replint explain' lists them."],
    ['role-missing', "It is a rule: 'replint rules role-missing' explains it."],
    ['\u001b[31mred\r\n\u202e', "no failure reason '\\u{1b}[31mred\\u{d}\\u{a}\\u{202e}'. 'replint explain'"],
    ['x'.repeat(5000), "xxx…'. 'replint explain' lists them."],
    ['__proto__', "no failure reason '__proto__'"],
    ['', "no failure reason ''"],
  ])('does not know %j, and says where to look', (given, sentence) => {
    const { code, out, err } = print('explain', given);
    expect(err).toContain(sentence);
    expect(err.split('\n')).toHaveLength(2);
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});

describe('what is typed', () => {
  it.each([
    [['rules', '\u001b[31mred']],
    [['rules', '--\u001b[31mred']],
    [['explain', 'a', 'b\u001b[31m']],
    [['\u001b[31mred']],
    [['scan', '--fail-on', '\u001b[31mred']],
  ])('%j comes back inert', (args) => {
    const { code, err } = print(...args);
    expect(err).toMatch(/^(replint|error): /);
    expect(err).not.toContain('\u001b');
    expect(code).toBe(2);
  });
});

it('of a rule id that is far too long, so much is said that the rest of the sentence is read', () => {
  expect(print('rules', 'x'.repeat(5000)).err).toMatch(/x…'\. 'replint rules' lists them\.\n$/);
});

describe('where the text goes', () => {
  it('may stop reading', async () => {
    const child = spawn(process.execPath, [main, 'rules', '--json'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let err = '';
    child.stderr.on('data', (data: Buffer) => (err += data.toString()));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(err).toBe('');
    expect(code).toBe(0);
  });

  it.skipIf(process.platform !== 'linux')('may be a full disk', () => {
    const stdio = ['ignore', openSync('/dev/full', 'w'), 'pipe'] as const;
    const { status, stderr } = spawnSync(process.execPath, [main, 'rules'], { stdio: [...stdio] });
    expect(stderr.toString()).toBe('replint: Cannot write: the disk is full.\n');
    expect(status).toBe(2);
  });
});
