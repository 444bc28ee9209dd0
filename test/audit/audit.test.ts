import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAudit } from '../../src/audit/read.ts';
import { copyAudit, FindingsFile, writeAudit } from '../../src/audit/write.ts';
import type { Finding } from '../../src/model/finding.ts';
import { sampleAudit } from '../reports/sample.ts';

const { audit, findings: samples } = sampleAudit({ findings: 40 });
const [sample] = samples;
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'replint-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function finding(severity: Finding['severity'], outcome: Finding['outcome'], message: string): Finding {
  if (!sample) throw new Error('The sample has findings.');
  return { ...sample, severity, outcome, message };
}

function write(findings: Iterable<Finding>): void {
  const file = new FindingsFile(folder);
  for (const one of findings) file.add(one);
  file.finish();
  writeAudit(folder, audit);
}

async function readBack(path = folder): Promise<readonly Finding[]> {
  const all: Finding[] = [];
  for await (const one of openAudit(path).findings()) all.push(one);
  return all;
}

const path = (): string => join(folder, 'findings.ndjson');

describe('the findings', () => {
  it('leave worst first, failures before unknowns, and otherwise as they came', async () => {
    const kinds = [
      ['note', 'unknown'],
      ['warning', 'fail'],
      ['error', 'unknown'],
      ['note', 'fail'],
      ['error', 'fail'],
      ['warning', 'unknown'],
    ] as const;
    write(
      [1, 2].flatMap((time) => kinds.map(([severity, outcome]) => finding(severity, outcome, `${time}`))),
    );
    const order = (await readBack()).map(
      ({ severity, outcome, message }) => `${severity} ${outcome} ${message}`,
    );
    const worstFirst = [
      'error fail',
      'error unknown',
      'warning fail',
      'warning unknown',
      'note fail',
      'note unknown',
    ];
    expect(order).toEqual(worstFirst.flatMap((kind) => [`${kind} 1`, `${kind} 2`]));
  });

  it('come back whole, a line each, whatever their names hold', async () => {
    const hostile = [
      'a\u2028b\u2029c',
      'd\r\ne\nf',
      '\u0085\u000b\u000c',
      '\ufeff',
      '\ud800',
      '😀'.repeat(40_000),
    ];
    const findings = hostile.map((message) => finding('error', 'fail', message));
    write(findings);
    expect(await readBack()).toEqual(findings);
    expect(readFileSync(path(), 'utf8').split('\n')).toHaveLength(hostile.length + 1);
  });

  it('may be none', async () => {
    write([]);
    expect(await readBack()).toEqual([]);
  });

  it('may be very many', async () => {
    const count = 60_000;
    write(
      (function* () {
        for (let at = 0; at < count; at += 1) {
          yield finding(at % 2 === 0 ? 'note' : 'error', 'fail', String(at).padStart(6, '0'));
        }
      })(),
    );
    // More than is gathered before it is written, several times over.
    expect(statSync(path()).size).toBeGreaterThan(16 << 20);
    const messages = (await readBack()).map(({ message }) => message);
    expect(messages).toHaveLength(count);
    const [errors, notes] = [messages.slice(0, count / 2), messages.slice(count / 2)];
    expect(errors).toEqual([...errors].sort());
    expect(Number(errors[0])).toBe(1);
    expect(notes).toEqual([...notes].sort());
  });

  it('stand alone when they are finished, and are for their owner', () => {
    write([finding('error', 'fail', 'x')]);
    expect(readdirSync(folder).sort()).toEqual(['audit.json', 'findings.ndjson']);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077, name).toBe(0);
  });

  it('of a run that was cut short are not among the next', async () => {
    const file = new FindingsFile(folder);
    for (let at = 0; at < 3000; at += 1) file.add(finding('error', 'fail', `old ${at}`));
    expect(readdirSync(folder)).toEqual(['findings.ndjson.error-fail.unfinished']);
    write([finding('error', 'fail', 'new')]);
    expect((await readBack()).map(({ message }) => message)).toEqual(['new']);
  });

  it.skipIf(!existsSync('/dev/full'))('do not stand under their name where the disk was full', () => {
    symlinkSync('/dev/full', `${path()}.unfinished`);
    expect(() => {
      write([finding('error', 'fail', 'x')]);
    }).toThrow('ENOSPC');
    expect(existsSync(path())).toBe(false);
  });
});

describe("what is not the audit's own", () => {
  const marked = (change: NonNullable<Finding['change']>, message: string): Finding => ({
    ...finding('error', 'fail', message),
    change,
  });
  const zero = { error: 0, warning: 0, note: 0 };
  const change = {
    baseline: { replint: '0.1.0', finished: '2026-11-20T08:00:00.000Z', configuration: 'c' },
    ...{ new: zero, unchanged: zero, resolved: zero, carried: zero, unknownNow: 0, dropped: 0 },
    ...{ carriedAccounts: [], carriedRules: false, rules: {} },
  };
  const all = [
    marked('resolved', 'gone'),
    { ...marked('unchanged', 'waived'), waiver: { reason: 'r', owner: 'o', expires: '2027-01-31' } },
    marked('carried', 'away'),
    { ...marked('new', 'note'), severity: 'note' as const },
  ];
  const messages = async (
    findings: AsyncIterable<Finding> | Iterable<Finding>,
  ): Promise<readonly string[]> => {
    const found: string[] = [];
    for await (const one of findings) found.push(one.message);
    return found;
  };

  function writeCompared(): void {
    const file = new FindingsFile(folder, { compared: true });
    for (const one of all) file.add(one);
    file.finish();
    writeAudit(folder, { ...audit, change });
  }

  it('stands beside it, and what is waived last of its own', async () => {
    writeCompared();
    const opened = openAudit(folder);
    expect(await messages(opened.findings())).toEqual(['note', 'waived']);
    expect(await messages(opened.resolved())).toEqual(['gone']);
    expect(await messages(opened.carried())).toEqual(['away']);
    expect(await messages(opened.all())).toEqual(['note', 'waived', 'away']);
    expect(readdirSync(folder).sort()).toEqual([
      'audit.json',
      'carried.ndjson',
      'findings.ndjson',
      'resolved.ndjson',
    ]);
  });

  it('is none where there is no baseline, and goes with the next audit that has none', async () => {
    writeCompared();
    write([finding('error', 'fail', 'x')]);
    expect(readdirSync(folder).sort()).toEqual(['audit.json', 'findings.ndjson']);
    const opened = openAudit(folder);
    expect(await messages(opened.resolved())).toEqual([]);
    expect(await messages(opened.all())).toEqual(['x']);
  });

  it('is copied along, or removed', () => {
    const to = mkdtempSync(join(tmpdir(), 'replint-'));
    try {
      writeCompared();
      copyAudit(folder, to);
      expect(readdirSync(to)).toEqual(readdirSync(folder));
      write([]);
      copyAudit(folder, to);
      expect(readdirSync(to).sort()).toEqual(['audit.json', 'findings.ndjson']);
    } finally {
      rmSync(to, { recursive: true, force: true });
    }
  });

  it('is missed where it is lost', () => {
    writeCompared();
    rmSync(join(folder, 'carried.ndjson'));
    expect(() => [...openAudit(folder).all()]).toThrow('the audit has lost its findings');
  });
});

describe('an audit', () => {
  it('is opened by its folder or its file', async () => {
    write(samples);
    expect(openAudit(folder).audit).toEqual(audit);
    expect(await readBack(join(folder, 'audit.json'))).toEqual(await readBack());
  });

  it('whose last line is cut off is refused, after what is whole', async () => {
    write([finding('error', 'fail', 'one'), finding('error', 'fail', 'two')]);
    truncateSync(path(), statSync(path()).size - 3);
    await expect(readBack()).rejects.toThrow(`Cannot read '${path()}': its last line is cut off.`);
  });

  it('with a line that is not JSON is refused', async () => {
    write([finding('error', 'fail', 'one')]);
    appendFileSync(path(), '{"rule":\n');
    await expect(readBack()).rejects.toThrow('it holds a line that is not JSON');
  });

  it('of another format, or that is none, is refused', () => {
    write([]);
    for (const text of ['{"format":2}', '{}', 'null', '"1"']) {
      writeFileSync(join(folder, 'audit.json'), text);
      expect(() => openAudit(folder), text).toThrow('it is no audit of format 1');
    }
  });

  it('that is not there, or has lost its findings, is said to be so', () => {
    expect(() => openAudit(folder)).toThrow("there is none; 'replint scan' writes one");
    expect(() => openAudit(join(folder, 'nowhere'))).toThrow('there is none');
    write([]);
    rmSync(path());
    expect(() => openAudit(folder)).toThrow('the audit has lost its findings');
  });
});
