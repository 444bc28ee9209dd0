import { editReplication } from './remedies/replication.ts';
import { cloudformation, reference, terraform } from './remedies/block.ts';
import { replicating } from './shared/example.ts';
import { coversAll, filterSet, type FilterSet } from '../src/filter.ts';
import { defineRule, fail, pass } from '../src/rule.ts';

const theRest = 'the-rest';

/** A rule below all others, which move up where there is no room below the least; their order stays. */
const withRest = `(if ([.Rules[].Priority] | min) > 0 then . else .Rules[].Priority += 1 end) | ([.Rules[].Priority] | min) as $least | .Rules += [{ID: "${theRest}", Priority: ($least - 1), Filter: {}, Status: "Enabled", DeleteMarkerReplication: {Status: "Disabled"}, Destination: {Bucket: $bucket}}]`;

export default defineRule({
  id: 'coverage-gap',
  title: 'Part of the bucket is not replicated',
  severity: 'warning',
  scope: 'source',
  policy: true,
  why: 'The policy that names this rule asks for the whole bucket, and no enabled replication rule takes the whole of it. Prefixes and tags together cannot: there is always a key that begins with none of the prefixes, and an object that has none of the tags. Whether all that is there today happens to be taken is not looked at.',
  fix: 'Add a replication rule with an empty filter, at a lower priority than the others; then send what it takes and was there before with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/replication-add-config.html',
  needs: {},
  evaluate({ source, routes }) {
    const filters = routes.map(({ rule }) => filterSet(rule));
    if (coversAll(filters)) return pass;
    const taken = [...new Set(filters.map(described))].join('; ');
    return fail({
      message: `Objects of '${source.name}' that no replication rule takes will not be replicated: its enabled rules take ${taken}.`,
      expected: 'a replication rule that takes everything',
      actual: taken,
      at: ['source.replication#/Rules'],
    });
  },
  remedy({ source, routes }) {
    if (routes.some(({ rule }) => rule.Filter === undefined))
      return {
        untyped: 'rules of version 1, which have no Filter, cannot overlap; give each a Filter first.',
      };
    const bucket = '"$DESTINATION_BUCKET_ARN"';
    return {
      cli: editReplication(source.name, withRest, `--arg bucket ${bucket}`),
      terraform: terraform({
        rule: {
          id: theRest,
          priority: reference('0 # below those of the others'),
          status: 'Enabled',
          filter: {},
          delete_marker_replication: { status: 'Disabled' },
          destination: { bucket: reference('aws_s3_bucket.destination.arn') },
        },
      }),
      cloudformation: cloudformation({
        Rules: [
          {
            Id: theRest,
            Priority: reference('0 # below those of the others'),
            Status: 'Enabled',
            Filter: { Prefix: '' },
            DeleteMarkerReplication: { Status: 'Disabled' },
            Destination: { Bucket: reference('!GetAtt DestinationBucket.Arn') },
          },
        ],
      }),
    };
  },
  examples: {
    bad: {
      source: replicating({ Filter: { Prefix: 'invoices/' } }, { Filter: { Prefix: 'orders/' } }),
    },
    good: { source: replicating({}, { Filter: { Prefix: 'invoices/' } }) },
  },
});

function described({ prefix, tags }: FilterSet): string {
  const keys = prefix === '' ? 'objects' : `keys that begin with '${prefix}'`;
  const having = tags.map(({ Key, Value }) => `'${Key}' = '${Value}'`).join(' and ');
  return having === '' ? keys : `${keys}, tagged ${having}`;
}
