import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { html } from '../../reports/html.ts';
import { sampleAudit, streamed } from './sample.ts';
import type { SampleOptions } from './sample.ts';

async function written(options: SampleOptions): Promise<string> {
  const { audit, findings } = sampleAudit(options);
  const chunks: string[] = [];
  for await (const chunk of html.write(audit, streamed(findings))) chunks.push(chunk);
  return chunks.join('');
}

const templates = readdirSync('reports/html/templates').map((name) => ({
  name,
  source: readFileSync(`reports/html/templates/${name}`, 'utf8'),
}));

function hash(text: string | undefined): string {
  return `'sha256-${createHash('sha256')
    .update(text ?? '')
    .digest('base64')}'`;
}

/** Everything but what the browser runs or never looks at: the elements' text is checked on its own. */
function markup(page: string): string {
  return page
    .replace(/<style>[^<]*<\/style>/, '')
    .replace(/<script type="application\/octet-stream"[^>]*>[^<]*<\/script>\n/g, '')
    .replace(/<script>(?!.*<script>)[\s\S]*<\/script>\n<\/body>/, '</body>');
}

interface Tag {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
}

/** Reads markup of the strict kind that the templates write; whatever else follows a `<` is an error. */
function tags(text: string): Tag[] {
  const tag = /^<(?:!doctype html|\/?([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z:-]+(?:="[^"<>]*")?)*)\s*\/?)>/;
  return text
    .split(/(?=<)/)
    .filter((part) => part.startsWith('<'))
    .map((part) => {
      const [whole, name = 'doctype', attributes = ''] = tag.exec(part) ?? [];
      if (whole === undefined) throw new Error(`not of the templates: ${part.slice(0, 80)}`);
      const pairs = [...attributes.matchAll(/([a-zA-Z:-]+)(?:="([^"]*)")?/g)];
      return { name, attributes: pairs.map(([, key = '', value = '']) => [key, value] as const) };
    });
}

describe('templates', () => {
  test.each(templates)('$name escapes everything', ({ source }) => {
    expect(source).not.toMatch(/\{\{\{|\{\{~?&/);
  });

  test.each(templates)('$name has no style attribute, no handler, no address of its own', ({ source }) => {
    expect(source).not.toMatch(/\sstyle=|\son\w+=|javascript:|(?:src|href)="(?!#|\{\{|data:,)/i);
  });
});

describe('page', () => {
  test('runs and wears nothing but what its policy names by hash', async () => {
    const page = await written({});
    const style = /<style>([^<]*)<\/style>/.exec(page)?.[1];
    const script = page.slice(page.lastIndexOf('<script>') + 8, page.lastIndexOf('</script>'));
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
    const directives = policy.replaceAll('&#x27;', "'").replaceAll('&#x3D;', '=').split('; ');
    expect(directives).toEqual([
      "default-src 'none'",
      `script-src ${hash(script)}`,
      `style-src ${hash(style)}`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<style>'));
  });

  test('hostile names stay text', async () => {
    const plain = new Set(tags(markup(await written({ findings: 120 }))).map(({ name }) => name));
    const hostile = tags(markup(await written({ findings: 120, hostile: true })));
    for (const { name, attributes } of hostile) {
      expect(plain).toContain(name);
      for (const [key, value] of attributes) {
        expect(key).not.toMatch(/^(?:on|style$|src)/i);
        if (key === 'href') expect(value).toMatch(/^(?:#|https:|data:,$)/);
      }
    }
  });

  test('hostile names stay text in the inert blocks too', async () => {
    const page = await written({ findings: 120, hostile: true });
    expect(page.match(/<script/g)).toHaveLength(6);
    // The match alone: the page itself is too long to be shown.
    expect(/<img|<svg\/onload|[\u2028\u2029\u202e]|\p{Surrogate}/u.exec(page)?.[0]).toBeUndefined();
    expect(page.length).toBeLessThan(1_500_000);
  });

  test('the same audit gives the same bytes', async () => {
    expect(await written({ findings: 300 })).toBe(await written({ findings: 300 }));
  });

  test('holds the 50 worst findings in full, and says how many there are', async () => {
    const page = await written({ findings: 120 });
    const { findings } = sampleAudit({ findings: 120 });
    const ids = [...page.matchAll(/<article class="finding \w+" id="finding&#x3D;([0-9a-f]+)"/g)].map(
      ([, id]) => id,
    );
    expect(ids).toEqual(findings.slice(0, 50).map(({ fingerprint }) => fingerprint));
    expect(page).toContain('The 50 worst of 120 findings, in full.');
  });

  test('an empty audit makes a small page', async () => {
    const page = await written({ findings: 0 });
    expect(page.length).toBeLessThan(150_000);
    expect(page).toContain('Nothing was found.');
  });
});
