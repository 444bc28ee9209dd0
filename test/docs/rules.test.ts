import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { missing } from '../../scripts/generate/missing.ts';
import { generateRules } from '../../scripts/generate/rules.ts';
import type { Situation } from '../../src/rule.ts';
import { tryRule } from '../../src/tester.ts';

const folder = new URL('../../docs/rules/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

/** The text of each fenced block of a language, in order. */
function blocks(page: string, language: string): readonly string[] {
  const fences = page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)\\n\`\`\`$`, 'gms'));
  return [...fences].map(([, text = '']) => text);
}

/** A page's example, as a reader would copy it. */
function situation(json: string): Situation {
  // The page holds what the generator wrote; what is not a situation the engine would not judge as the page says.
  return JSON.parse(json) as Situation;
}

describe('the committed pages', () => {
  it('are those of the rules, and no others', () => {
    const ids = rules.map(({ id }) => `${id}.md`);
    expect(readdirSync(folder).toSorted()).toEqual(['README.md', ...ids].toSorted());
  });

  it('are what the generator writes', async () => {
    const generated = await generateRules();
    for (const [path, text] of generated) expect(read(path.slice('docs/rules/'.length))).toBe(text);
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))(
    '%s: the examples of the page do what it says',
    (id, rule) => {
      const page = read(`${id}.md`);
      const [remedies = '', examples = ''] = page.split('\n## Examples\n');
      const [bad = '', good = '', ...more] = blocks(examples, 'json');
      const [message, ...others] = blocks(examples, 'text');
      expect([...more, ...others]).toEqual([]);
      const outcome = tryRule(rule, situation(bad));
      expect(outcome).toMatchObject({ outcome: 'fail', finding: { message } });
      const json = 'finding' in outcome ? outcome.finding.fix.json : undefined;
      expect(blocks(remedies, 'json')).toEqual(json === undefined ? [] : [json]);
      expect(tryRule(rule, situation(good))).toMatchObject({ outcome: 'pass' });
    },
  );

  it('say of a lint rule, and of no other, that AWS refuses what it is about', () => {
    const lint = rules.filter((rule) => rule.lint === true).map(({ id }) => id);
    const said = rules
      .filter(({ id }) => read(`${id}.md`).includes('- AWS refuses it when'))
      .map(({ id }) => id);
    expect(lint).toContain('duplicate-priority');
    expect(said).toEqual(lint);
  });

  it('link to every rule from the catalogue', () => {
    const linked = [...read('README.md').matchAll(/^\| \[([\w-]+)\]\(\1\.md\)/gm)].map(([, id]) => id);
    expect(linked.toSorted()).toEqual(rules.map(({ id }) => id));
  });
});

/** Every fault of which AWS's documentation was found to tell; copied by hand, and not from the rules that it holds. */
const researched = `
  archived-before-backfill archived-replicas backfill-unobservable batch-role-unready
  bucket-key-lost-at-destination bucket-key-off bucket-key-with-dsse conflicting-overlap coverage-gap
  default-key-alias deletes-reach-unlocked-replica destination-account-mismatch destination-blocks-sse-c
  destination-count-near-quota destination-is-source destination-kms-default-ignored destination-missing
  destination-name-claimable destination-not-general-purpose destination-object-lock-missing
  destination-outside-organization destination-partition-mismatch destination-policy-missing
  destination-policy-principal-mismatch destination-public destination-region-disabled
  destination-requester-pays destination-unverifiable destination-versioning-off duplicate-priority
  duplicate-rule duplicate-rule-id encryption-context-key-typo encryption-context-without-bucket-arn
  encryption-context-without-object-arn existing-object-flag expiration-not-mirrored failure-events-off
  incomplete-replication-time-control incomplete-v2-rule invalid-replica-storage-class
  key-policy-network-condition kms-objects-not-selected kms-selector-mismatch kms-via-service-mismatch
  legacy-configuration lifecycle-mismatch logging-loop mixed-configuration-versions
  network-condition-blocks-role noncurrent-versions-kept-forever object-lock-required object-writer-ownership
  objects-not-backfilled objects-without-bucket-key one-way-modification-sync owner-override-in-same-account
  prefix-without-delimiter replica-in-same-account replica-in-same-region replica-key-alias
  replica-key-aws-managed replica-key-in-source-account replica-key-policy-missing replica-key-region-mismatch
  replica-key-unusable replica-key-wrong-type replicas-owned-by-source replication-chain replication-disabled
  replication-failing replication-lagging replication-metrics-off replication-required
  replication-rule-disabled replication-time-control-required retention-denied-by-policy
  role-cannot-change-owner role-cannot-decrypt-bucket-key role-cannot-decrypt-source
  role-cannot-encrypt-replica role-cannot-read-annotations role-cannot-read-retention
  role-cannot-read-source-configuration role-cannot-read-source-objects role-cannot-read-tags
  role-cannot-replicate role-cannot-replicate-deletes role-in-other-account role-missing role-not-trusting-s3
  role-overbroad role-shared role-trust-condition-mismatch role-trust-unscoped rule-count-near-quota
  shadowed-rule source-key-unusable source-versioning-off suspicious-prefix tag-filter-with-delete-markers
  tag-only-coverage unexpected-replica-retention versioning-required weak-replica-storage-class
  weaker-source-retention
`
  .trim()
  .split(/\s+/);

describe('the faults that are known', () => {
  const ids = new Set(rules.map(({ id }) => id));

  it('are all there, each once', () => {
    expect(researched).toHaveLength(106);
    expect(researched).toEqual([...new Set(researched)].toSorted());
  });

  it.each(researched.map((id) => [id]))('%s is a rule, or the catalogue says what it waits for', (id) => {
    if (id in missing) expect(ids.has(id)).toBe(false);
    else expect(ids.has(id)).toBe(true);
  });

  it('are those that the catalogue says wait, and each says for what', () => {
    expect(researched).toEqual(expect.arrayContaining(Object.keys(missing)));
    const table = read('README.md').split('## Not there yet')[1]?.split('\n## ')[0] ?? '';
    const rows = [...table.matchAll(/^\| `([\w-]+)` \| ([A-Z].{40,}\.) \|$/gm)];
    expect(rows.map(([, id]) => id)).toEqual(Object.keys(missing));
  });
});

describe('the catalogue', () => {
  it('is sorted by id, and each id is its file', () => {
    const ids = rules.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted());
    const files = readdirSync(new URL('../../rules/', import.meta.url)).filter((name) =>
      name.endsWith('.ts'),
    );
    expect(files.toSorted()).toEqual([...ids.map((id) => `${id}.ts`), 'index.ts'].toSorted());
  });

  it('has a test for every rule', () => {
    const tests = readdirSync(new URL('../rules/', import.meta.url));
    for (const { id } of rules) expect(tests).toContain(`${id}.test.ts`);
  });

  it('maps Bucket Keys to no control: they are about cost', () => {
    expect(
      rules.filter(({ id }) => id.startsWith('bucket-key')).flatMap(({ controls = [] }) => controls),
    ).toEqual([]);
  });
});
