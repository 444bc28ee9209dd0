import { defineRule, fail, pass, undetermined } from '../src/rule.ts';

const defaults: { readonly regions: readonly string[] } = { regions: [] };

export default defineRule({
  id: 'region-not-allowed',
  title: 'Data is in a Region that is not allowed',
  severity: 'error',
  scope: 'bucket',
  policy: true,
  why: 'The policy that names this rule says in which Regions this data may be. Replication carries it out of the Region of its bucket as soon as one rule points elsewhere, so a bucket keeps to the policy only where all its replicas do.',
  fix: 'Remove the replication rule that leads out and delete the replicas there, or move the bucket. A service control policy on aws:RequestedRegion keeps it so.',
  page: 'AmazonS3/latest/userguide/replication.html',
  needs: { bucket: ['replication'] },
  options: {
    defaults,
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['regions'],
      properties: {
        regions: {
          type: 'array',
          minItems: 1,
          items: { type: 'string', minLength: 1 },
          description: 'The Regions in which the bucket and all its replicas must be.',
        },
      },
    },
  },
  evaluate({ bucket, routes }, { regions }) {
    const places = [bucket, ...routes.map(({ destination }) => destination)];
    const outside = places.filter(({ region }) => region !== null && !regions.includes(region));
    if (outside.length > 0) {
      const named = [...new Set(outside.map(({ name, region }) => `'${name}' in ${region ?? ''}`))].join(
        ', ',
      );
      return fail({
        message: `Data of '${bucket.name}' is where it may not be: ${named}.`,
        expected: regions.join(', '),
        actual: [...new Set(outside.map(({ region }) => region ?? ''))].join(', '),
        at: ['bucket.replication'],
      });
    }
    const open = places.find(({ region }) => region === null);
    return open ? undetermined(`The Region of '${open.name}' is not known.`) : pass;
  },
  remedy: () => ({
    untyped: 'where the data shall be instead, and when the replicas may be deleted, people have to decide.',
  }),
  examples: {
    bad: {
      options: { regions: ['eu-west-1', 'eu-central-1'] },
      source: { region: 'eu-west-1' },
      destination: { region: 'us-east-1' },
    },
    good: {
      options: { regions: ['eu-west-1', 'eu-central-1'] },
      source: { region: 'eu-west-1' },
      destination: { region: 'eu-central-1' },
    },
  },
});
