/** The report for people: one HTML file that works offline, for ever, and from an e-mail. */
import { createHash } from 'node:crypto';
import type { Audit } from '../src/model/audit.ts';
import { nothingBesides, type Besides, type Findings, type Format } from './format.ts';
import { FindingBlocks, pairsBlock, rulesBlock } from './html/blocks.ts';
import { client, style } from './html/client.generated.ts';
import { page, topFindings } from './html/page.ts';
import { render } from './html/render.ts';
import { first, surveying } from './html/survey.ts';
import { apartShown } from './html/view/change.ts';

// No request can leave, and nothing runs but the two texts whose hashes stand here. https://www.w3.org/TR/CSP3/
const policy = [
  "default-src 'none'",
  `script-src '${hash(client)}'`,
  `style-src '${hash(style)}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

async function* write(
  audit: Audit,
  findings: Findings,
  { resolved, carried }: Besides = nothingBesides,
): AsyncIterable<string> {
  const apart = { resolved: await first(resolved, apartShown), carried: await first(carried, apartShown) };
  // The page begins with what all of them come to; they are packed on the way, so that they are read once.
  const [seen, blocks] = [surveying(topFindings), new FindingBlocks()];
  for await (const finding of findings()) {
    seen.add(finding);
    await blocks.add(finding);
  }
  const data = page(audit, seen.survey(), apart);
  yield render('head', { policy, title: data.title });
  yield `<style>${style}</style>\n</head>\n`;
  yield render('body', data);
  yield rulesBlock(audit.rules);
  yield pairsBlock(audit.topology);
  yield* blocks.texts();
  yield `<script>${client}</script>\n</body>\n</html>\n`;
}

/** `report.html` */
export const html: Format = { name: 'html', file: 'report.html', write };
