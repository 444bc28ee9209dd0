import { defineRule, fail, pass } from '../src/rule.ts';

export default defineRule({
  id: 'role-shared',
  title: 'Replication role serves many sources',
  severity: 'note',
  scope: 'source',
  // Central teams hand out one role on purpose, and each of its sources would say so.
  recommended: false,
  why: 'One role replicates many buckets. It may read every one of them and write into the destinations of all, so that whoever may change the replication of one source can send its objects to the destinations of the others; and a mistake in the role, or a key that it loses, stops replication of all these buckets at once.',
  fix: 'Give each source, or each group of sources that belong together, a role of its own that may read those buckets and write to their destinations only. Where one role is meant to serve many, raise `most`.',
  page: 'judgement',
  needs: {},
  options: {
    schema: {
      type: 'object',
      properties: {
        most: { type: 'integer', minimum: 1, description: 'The number of sources that one role may serve.' },
      },
      additionalProperties: false,
    },
    defaults: { most: 10 },
  },
  evaluate({ role: { arn, sources } }, { most }) {
    if (sources.count <= most) return pass;
    const count = sources.count.toLocaleString('en-US');
    const names = sources.first.map((name) => `'${name}'`).join(', ');
    return fail({
      message: `The role '${arn}' replicates ${count} buckets, more than ${most.toLocaleString('en-US')}: ${names}${sources.count > sources.first.length ? ' and others' : ''}.`,
      expected: `${most.toLocaleString('en-US')} sources at most`,
      actual: `${count} sources`,
      at: ['source.replication#/Role'],
    });
  },
  remedy: () => ({ untyped: 'which sources belong together people have to decide.' }),
  examples: {
    bad: {
      options: { most: 1 },
      buckets: [
        {
          name: 'invoices',
          account: '111122223333',
          region: 'eu-west-1',
          replication: {
            Role: 'arn:aws:iam::111122223333:role/orders-replication',
            Rules: [
              { Status: 'Enabled', Filter: {}, Destination: { Bucket: 'arn:aws:s3:::orders-replica' } },
            ],
          },
        },
      ],
    },
    good: { options: { most: 1 } },
  },
});
