import { defineRule, fail, notApplicable, pass, undetermined, type Route } from '../src/rule.ts';

interface Demand {
  readonly otherRegion?: boolean;
  readonly otherAccount?: boolean;
  readonly destinations?: number;
  readonly replicationTimeControl?: boolean;
}

const defaults: Demand = {};

export default defineRule({
  id: 'replication-required',
  title: 'Bucket is not replicated as required',
  severity: 'error',
  scope: 'bucket',
  policy: true,
  why: 'The policy that names this rule asks for replicas of this bucket, and no route makes them as it asks. A route counts whatever part of the bucket its filter takes. A bucket that only receives replicas is left out: it is the copy.',
  fix: 'Add a replication rule to a destination as the policy asks for, then send the objects that are there already with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/replication.html',
  controls: [
    'AWS-SecurityHub/S3.7',
    'NIST-800-53-r5/AU-9(2)',
    'NIST-800-53-r5/CP-6',
    'NIST-800-53-r5/CP-6(1)',
    'NIST-800-53-r5/CP-6(2)',
    'NIST-800-53-r5/CP-9',
    'NIST-800-53-r5/CP-10',
    'NIST-800-53-r5/SC-5(2)',
    'NIST-800-53-r5/SC-36(2)',
    'NIST-800-53-r5/SI-13(5)',
  ],
  needs: { bucket: ['replication'] },
  options: {
    defaults,
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        otherRegion: { type: 'boolean', description: 'Replicas must be in another Region.' },
        otherAccount: { type: 'boolean', description: 'Replicas must be in another account.' },
        destinations: {
          type: 'integer',
          minimum: 1,
          description: 'How many distinct destination buckets must satisfy the demand; 1 if left out.',
        },
        replicationTimeControl: {
          type: 'boolean',
          description: 'The route must have Replication Time Control.',
        },
      },
    },
  },
  evaluate({ bucket, routes, isDestination }, demand) {
    if (isDestination && routes.length === 0) return notApplicable;
    const wanted = demand.destinations ?? 1;
    const sure = destinations(routes, (route) => satisfies(route, demand) === true);
    if (sure.length >= wanted) return pass;
    const possible = destinations(routes, (route) => satisfies(route, demand) !== false);
    if (possible.length >= wanted) {
      const open = possible.filter((name) => !sure.includes(name));
      return undetermined(
        `The Region or account at an end of the route is not known: ${open.map((name) => `'${name}'`).join(', ')}.`,
      );
    }
    const asked = describe(demand);
    return fail({
      message: `'${bucket.name}' is not replicated as required: ${sure.length} of ${wanted} required destinations satisfy the policy (${asked}), out of ${routes.length} enabled routes.`,
      expected: asked,
      actual: routes.length === 0 ? 'no enabled route' : `${sure.length} destinations that satisfy it`,
      at: ['bucket.replication'],
    });
  },
  examples: {
    bad: {
      options: { otherRegion: true },
      source: { region: 'eu-west-1' },
      destination: { region: 'eu-west-1' },
    },
    good: {
      options: { otherRegion: true },
      source: { region: 'eu-west-1' },
      destination: { region: 'eu-central-1' },
    },
  },
});

function destinations(routes: readonly Route[], takes: (route: Route) => boolean): readonly string[] {
  return [...new Set(routes.filter(takes).map((route) => route.destination.name))];
}

/** Null where a Region or an account that would decide is not known. */
function satisfies({ source, destination, rule }: Route, demand: Demand): boolean | null {
  const answers = [
    demand.replicationTimeControl === true ? rule.Destination.ReplicationTime?.Status === 'Enabled' : true,
    demand.otherRegion === true ? differ(source.region, destination.region) : true,
    demand.otherAccount === true ? differ(source.account, destination.account) : true,
  ];
  if (answers.includes(false)) return false;
  return answers.includes(null) ? null : true;
}

function differ(one: string | null, other: string | null): boolean | null {
  return one === null || other === null ? null : one !== other;
}

function describe({
  otherRegion,
  otherAccount,
  destinations: wanted = 1,
  replicationTimeControl,
}: Demand): string {
  return [
    wanted === 1 ? 'one destination' : `${wanted} destinations`,
    ...(otherRegion === true ? ['in another Region'] : []),
    ...(otherAccount === true ? ['in another account'] : []),
    ...(replicationTimeControl === true ? ['with Replication Time Control'] : []),
  ].join(' ');
}
