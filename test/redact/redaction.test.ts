import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { Redaction } from '../../src/redact/redaction.ts';
import type { Audit } from '../../src/model/audit.ts';
import type { Finding } from '../../src/model/finding.ts';
import { sampleAudit, streamed } from '../reports/sample.ts';

const key = 'k'.repeat(32);
const { audit, findings } = sampleAudit({ findings: 40, incomplete: true });
const [sample] = findings.filter(({ outcome, route }) => outcome === 'fail' && route);
if (!sample) throw new Error('the sample has no failing route');

const token = /name-[a-z]{10}/;

async function learnt(extent: 'accounts' | 'names', of: Audit, all: readonly Finding[]): Promise<Redaction> {
  const redaction = new Redaction(extent, key, new Set());
  await redaction.learn(of, [streamed(all)]);
  return redaction;
}

/** A finding with this in its fields, after redaction. */
async function told(more: Partial<Finding>): Promise<Finding> {
  const finding = { ...(sample as Finding), ...more };
  return (await learnt('names', audit, [finding])).finding(finding);
}

describe('tokens', () => {
  const [one, same, other] = [key, key, 'K'.repeat(32)].map(
    (secret) => new Redaction('names', secret, new Set()),
  );

  test('are the same for one key, so that audits can be compared, and others for another', () => {
    for (const of of [
      (redaction?: Redaction) => redaction?.account('111122220000'),
      (redaction?: Redaction) => redaction?.name('acme-orders'),
      (redaction?: Redaction) => redaction?.finding(sample).fingerprint,
    ]) {
      expect(of(same)).toBe(of(one));
      expect(of(other)).not.toBe(of(one));
    }
  });

  test('are made of letters, and fingerprints stay fingerprints', () => {
    expect(one?.account('111122220000')).toMatch(/^account-[a-z]{10}$/);
    expect(one?.name('acme-orders')).toMatch(/^name-[a-z]{10}$/);
    expect(one?.finding(sample).fingerprint).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('accounts', () => {
  const accounts = new Redaction('accounts', key, new Set());
  const id = accounts.account('111122220000');

  test.each([
    ['arn:aws:iam::111122220000:role/x', `arn:aws:iam::${id}:role/x`],
    ['acme-111122220000-eu-west-1-an', `acme-${id}-eu-west-1-an`],
    ['{"AWS":"111122220000"}', `{"AWS":"${id}"}`],
    ['x111122220000y', `x${id}y`],
    ['1111222200001', '1111222200001'],
    ['2026-11-22T08:00:00.000Z', '2026-11-22T08:00:00.000Z'],
    ['no id', 'no id'],
  ])('of %s', (text, redacted) => {
    expect(accounts.text(text)).toBe(redacted);
  });

  test.each([
    `canonical ${'79a59df900b949e5'.repeat(4)} id`,
    'AROAEXAMPLEID1234567:session',
    'the organization o-a1b2c3d4e5',
    'below ou-ab12-cd34ef56',
  ])('also go by %s', (text) => {
    expect(accounts.text(text)).toMatch(/(account|name)-[a-z]{10}/);
    expect(accounts.text(text)).not.toMatch(/\d/);
  });

  test('leave names alone', () => {
    expect(accounts.name('acme-orders')).toBe('acme-orders');
    expect(accounts.finding({ ...sample, message: 'Of acme-orders' }).message).toBe('Of acme-orders');
  });
});

describe('names in texts', () => {
  test('a bucket is known wherever it stands, by itself and within longer names', async () => {
    const { name, cli, actual } = await (async () => {
      const resource = { ...sample.resource, bucket: 'acme-orders' };
      const {
        resource: redacted,
        message,
        fix,
      } = await told({
        resource,
        message: "'acme-orders', acme-orders. (acme-orders) s3://acme-orders/x my-acme-orders-2 acme-ordersx",
        fix: { text: 'f', cli: 'aws s3 ls acme-orders' },
      });
      return { name: redacted.bucket, cli: fix.cli, actual: message };
    })();
    expect(name).toMatch(token);
    expect(actual).toBe(`'${name}', ${name}. (${name}) s3://${name}/x my-${name}-2 acme-ordersx`);
    expect(cli).toBe(`aws s3 ls ${name}`);
  });

  test('the longest of several is meant', async () => {
    const { message, resource, route } = await told({
      resource: { ...sample.resource, bucket: 'acme-logs' },
      route: { replicationRule: 'r', destination: { bucket: 'acme-logs-copy', account: null, region: null } },
      message: "'acme-logs' to 'acme-logs-copy'",
    });
    expect(message).toBe(`'${resource.bucket}' to '${route?.destination.bucket ?? ''}'`);
  });

  test('a role, a key and an alias are known by their ARNs, in policies too', async () => {
    const { message, evidence } = await told({
      message: "Role 'team/copier' may not use 'e1f0c8a2-0000-4000-8000-0a1b2c3d4e5f' or 'alias/orders-key'.",
      evidence: [
        {
          ...{ call: 's3:GetBucketPolicy', resource: 'arn:aws:s3:::b', account: '1', time: 't', pointer: '' },
          value:
            '{"Principal":{"AWS":"arn:aws:iam::111122220000:role/team/copier"},"Resource":["arn:aws:s3:::acme-*/x","arn:aws:kms:eu-west-1:111122220000:alias/orders-key"]}',
        },
      ],
    });
    const text = String(evidence[0]?.value);
    for (const name of ['copier', 'team', 'acme', 'orders-key', 'e1f0c8a2', '111122220000']) {
      expect(text + message).not.toContain(name);
    }
    expect(text).toMatch(
      /^\{"Principal":\{"AWS":"arn:aws:iam::account-\w{10}:role\/name-\w{10}\/name-\w{10}"\},"Resource":\["arn:aws:s3:::name-\w{10}\*\/name-\w{10}","arn:aws:kms:eu-west-1:account-\w{10}:alias\/name-\w{10}"\]\}$/,
    );
    expect(message).toMatch(
      /^Role 'name-\w{10}\/name-\w{10}' may not use 'name-\w{10}' or 'alias\/name-\w{10}'\.$/,
    );
  });

  test('a name that is a word is one only where it is quoted or part of a path', async () => {
    const { message } = await told({
      resource: { ...sample.resource, bucket: 'replication' },
      message: "No replication of 'replication', s3://replication/x",
    });
    expect(message).toMatch(/^No replication of 'name-\w{10}', s3:\/\/name-\w{10}\/x$/);
  });

  test("what AWS owns has AWS's names", async () => {
    const text = 'arn:aws:iam::aws:policy/AmazonS3FullAccess, key/alias/aws/s3';
    expect((await told({ message: text })).message).toBe(text);
  });

  test('wildcards and variables stay, what is between them does not', async () => {
    const text = 'arn:aws:s3:::acme-${aws:PrincipalTag/team}-*';
    expect((await told({ message: text })).message).toMatch(
      /^arn:aws:s3:::name-\w{10}\$\{aws:PrincipalTag\/team\}name-\w{10}\*$/,
    );
  });

  test('keys of what AWS answered are texts too', async () => {
    const [evidence] = sample.evidence;
    if (!evidence) throw new Error('no evidence');
    const value = { 'arn:aws:s3:::acme-x': [{ Name: 'acme-policy', n: 1, none: null }] };
    const redacted = await told({ evidence: [{ ...evidence, value }] });
    expect(JSON.stringify(redacted.evidence[0]?.value)).toMatch(
      /^\{"arn:aws:s3:::name-\w{10}":\[\{"Name":"name-\w{10}","n":1,"none":null\}\]\}$/,
    );
  });
});

describe('labels', () => {
  const policy = {
    Statement: [
      {
        Sid: 'OnlyFinance',
        Resource: 'arn:aws:s3:::acme-x/ledger/${aws:PrincipalTag/squad}/*',
        Condition: {
          StringLike: { 's3:prefix': ['minutes/*'], 'aws:ResourceTag/clearance': 'cosmic' },
          StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
        },
      },
    ],
  };
  const value = {
    ...{ ID: 'to-vault', Status: 'Enabled', Filter: { And: { Prefix: 'board/2026/' } } },
    ...{
      Tags: [{ Key: 'project', Value: 'Enabled' }],
      key: 'hr/cv/anna.pdf',
      policy: JSON.stringify(policy),
    },
  };
  const more: Partial<Finding> = {
    message:
      "The statement 'OnlyFinance' denies 'acme-x/ledger/*'; 'to-vault' takes 'board/', of a project in https://docs.aws.amazon.com/project/x",
    fix: {
      text: 'f',
      cli: 'jq --arg prefix board/2026 .; aws s3api x --y \'{"Prefix":"board/","Status":"Enabled"}\'',
      terraform: 'policy = "{\\"Sid\\":\\"OnlyFinance\\",\\"Sid\\":\\"Replicas\\"}"\nprefix = "board/2026/"',
      cloudformation: 'Prefix: board\nKey: project\nSid: "OnlyFinance"',
    },
    route: { ...(sample.route as NonNullable<Finding['route']>), replicationRule: 'to-vault' },
  };

  async function labelled(): Promise<Finding> {
    const [evidence] = sample?.evidence ?? [];
    if (!evidence) throw new Error('no evidence');
    return told({ ...more, evidence: [{ ...evidence, value }] });
  }

  test.each([
    ...['OnlyFinance', 'to-vault', 'ledger', 'clearance', 'cosmic', 'minutes'],
    ...['board', '2026/', 'hr/cv', 'anna', 'cv/', "'project'", '"project"', 'Key: project'],
  ])('%s stands nowhere', async (label) => {
    const { message, fix, evidence, route } = await labelled();
    const text = [
      message,
      route?.replicationRule,
      ...Object.values<string>({ ...fix }),
      JSON.stringify(evidence[0]?.value),
    ];
    expect(text.join('\n').replaceAll('\\', '')).not.toContain(label);
  });

  test('have one token each, and what is no label stays', async () => {
    const { message, fix, evidence, route } = await labelled();
    const told = evidence[0]?.value as typeof value;
    const [sid] = /name-\w{10}/.exec(message) ?? [''];
    expect(told.policy).toContain(`"Sid":"${sid}"`);
    expect(told.policy).toContain('"kms:ViaService":"s3.eu-west-1.amazonaws.com"');
    expect(fix.terraform).toContain(`\\"Sid\\":\\"${sid}\\",\\"Sid\\":\\"Replicas\\"`);
    expect(route?.replicationRule).toBe(told.ID);
    expect(message).toMatch(/of a project in https:\/\/docs\.aws\.amazon\.com\/project\/x$/);
    const [folder = '', year = ''] = told.Filter.And.Prefix.split('/');
    expect(fix.cli).toBe(
      `jq --arg prefix ${folder}/${year} .; aws s3api x --y '{"Prefix":"${folder}/","Status":"Enabled"}'`,
    );
    expect(fix.cloudformation).toMatch(new RegExp(`^Prefix: ${folder}\\nKey: name-\\w{10}\\nSid: "${sid}"$`));
    // A word of AWS's is a label in the field that holds it only.
    expect([told.Status, String(told.Tags[0]?.Value)]).toEqual(['Enabled', expect.stringMatching(token)]);
  });

  test('of a rule without an id its place stays', async () => {
    const route = { ...(sample.route as NonNullable<Finding['route']>), replicationRule: '#2' };
    expect((await told({ route })).route?.replicationRule).toBe('#2');
  });

  test('stay where only accounts are redacted', async () => {
    const accounts = await learnt('accounts', audit, []);
    expect(accounts.finding({ ...sample, ...more }).message).toBe(more.message);
  });
});

describe('a redacted audit', () => {
  const policy = 'what acme-orders-0 needs';
  const loud: Audit = {
    ...audit,
    header: { ...audit.header, neverScanned: ['111122220002'] },
    waivers: [
      {
        ...{
          rule: 'bucket-key-off',
          policy,
          reason: 'acme-orders-0 goes',
          owner: 'team',
          expires: '2027-01-31',
        },
        ...({ state: 'in-force', failures: 0, undecided: 0, said: 'It takes acme-orders-0.' } as const),
        only: {
          ...{ buckets: ['acme-orders-*'], destinations: ['acme-orders-0'], accounts: ['111122220000'] },
          ...{
            ous: ['Root/Payments', 'ou-ab12-cd34ef56'],
            tags: { bucket: 'acme-orders-0' },
            regions: ['eu-*'],
          },
        },
      },
    ],
    rules: {
      ...audit.rules,
      [policy]: { ...Object.values(audit.rules)[0], title: policy },
    } as Audit['rules'],
  };
  const resource = { ...sample.resource, bucket: 'acme-orders-0', arn: 'arn:aws:s3:::acme-orders-0' };
  const all = [{ ...sample, policy, resource }, ...findings];

  test('has no name of an account or a bucket, and none of an OU', async () => {
    const redaction = await learnt('names', loud, all);
    // A framework has the name of an OU in its own.
    const text = JSON.stringify([
      redaction.audit(loud),
      ...all.map((each) => redaction.finding(each)),
    ]).replaceAll('AWS-SecurityHub', '');
    const names = new Set([
      ...loud.coverage.accounts.flatMap(({ id, name }) => [id, name]),
      ...loud.coverage.accounts.flatMap(({ ou }) => (ou ?? '').split('/').filter((one) => one !== 'Root')),
      ...all.flatMap(({ resource: { bucket }, route }) => [bucket, route?.destination.bucket ?? bucket]),
      ...['Payments', 'acme-orders', audit.header.organization ?? ''],
    ]);
    expect([...names].filter((name) => name !== '' && text.includes(name))).toEqual([]);
    expect(text).not.toContain(key);
  });

  test('keeps what holds it together: rules, tallies and policies go by one name', async () => {
    const redaction = await learnt('names', loud, all);
    const redacted = redaction.audit(loud);
    const [first] = all.map((each) => redaction.finding(each));
    expect(Object.keys(redacted.rules)).toContain(first?.policy);
    expect(redacted.waivers[0]?.policy).toBe(first?.policy);
    expect(first?.policy).toMatch(/^what name-\w{10} needs$/);
    expect(redacted.topology.edges.map(({ from }) => from)).toEqual(
      expect.arrayContaining(redacted.topology.nodes.map(({ id }) => id).slice(0, 1)),
    );
    expect(redacted.waivers[0]?.only.regions).toEqual(['eu-*']);
    expect(redacted.header.redacted).toBe('names');
    const named = new Redaction('names', key, new Set([policy]));
    await named.learn(loud, [streamed(all)]);
    expect(Object.keys(named.audit(loud).rules)).toContain(policy);
  });

  test.each(['accounts', 'names'] as const)('without %s is an audit by its schema', async (extent) => {
    const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
    for (const name of ['finding', 'framework', 'audit']) {
      ajv.addSchema(JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8')) as object);
    }
    const redaction = await learnt(extent, audit, findings);
    const told = JSON.parse(JSON.stringify(redaction.audit(audit))) as unknown;
    expect(ajv.validate('audit.schema.json', told), ajv.errorsText()).toBe(true);
    for (const each of findings) {
      expect(ajv.validate('finding.schema.json', redaction.finding(each)), ajv.errorsText()).toBe(true);
    }
  });

  test('says the same of hostile names, and never throws', async () => {
    const hostile = sampleAudit({ findings: 60, hostile: true, incomplete: true });
    const redaction = await learnt('names', hostile.audit, hostile.findings);
    const text = JSON.stringify([
      redaction.audit(hostile.audit),
      ...hostile.findings.map((each) => redaction.finding(each)),
    ]);
    for (const { resource } of hostile.findings) {
      expect(text).not.toContain(JSON.stringify(resource.bucket));
      expect(text).not.toContain(resource.account);
    }
  });
});
