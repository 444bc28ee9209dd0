import { cloudformation, reference, resource } from './remedies/block.ts';
import { filterSet } from '../src/filter.ts';
import type { InventoryConfiguration } from '../src/model/aws.ts';
import type { Reason } from '../src/model/facts.ts';
import { defineRule, fail, pass, sh, unknown, type ReplicationRule } from '../src/rule.ts';

export default defineRule({
  id: 'backfill-unobservable',
  title: 'Nobody can see whether old objects were replicated',
  severity: 'note',
  scope: 'route',
  why: 'Objects that were there before replication, or were written while it was off, get no replica unless a batch job sends them. Whether that was done shows in two places: in listings of both ends held side by side, and in an inventory of the source that has the replication status. Here the listings cannot be had, and there is no such inventory.',
  fix: 'Let the scanning role call s3:ListBucketVersions on both buckets, or give the source an inventory of all versions with the optional field ReplicationStatus. Its first report takes up to 48 hours.',
  page: 'AmazonS3/latest/userguide/storage-inventory.html',
  needs: {},
  // It speaks where the listing did not, so it cannot need what it speaks of.
  wants: { objects: ['backfill'], source: ['inventory'] },
  evaluate({ source, destination, objects, route }) {
    const { backfill } = objects;
    if (backfill.known) return pass;
    if (!source.inventory.known) {
      return unknown({ known: false, causes: [...source.inventory.causes, ...backfill.causes] });
    }
    if (source.inventory.value.some((one) => shows(one, route.rule))) return pass;
    const lasting = backfill.causes.filter(({ reason }) => lasts.has(reason));
    if (lasting.length === 0) return unknown(backfill);
    const details = [...new Set(lasting.map(({ detail }) => detail))].join(' ');
    return fail({
      message: `Nobody can see whether the older objects of '${source.name}' are in '${destination.name}': no inventory of the source has their replication status, and their versions cannot be compared. ${details}`,
      expected: 'listings of both ends, or an inventory with ReplicationStatus',
      actual: `${source.inventory.value.length} inventories, none with ReplicationStatus for this route`,
      at: ['source.inventory'],
    });
  },
  remedy: ({ source }) => ({
    cli: `${sh`aws s3api put-bucket-inventory-configuration --bucket ${source.name} --id replication-status --inventory-configuration`} "{${inventory}}"`,
    terraform: resource('aws_s3_bucket_inventory', 'source', {
      bucket: source.name,
      name: 'replication-status',
      included_object_versions: 'All',
      optional_fields: ['ReplicationStatus'],
      schedule: { frequency: 'Weekly' },
      destination: { bucket: { format: 'Parquet', bucket_arn: reference('aws_s3_bucket.inventory.arn') } },
    }),
    cloudformation: cloudformation({
      InventoryConfigurations: [
        {
          Id: 'replication-status',
          Enabled: true,
          IncludedObjectVersions: 'All',
          OptionalFields: ['ReplicationStatus'],
          ScheduleFrequency: 'Weekly',
          Destination: { BucketArn: reference('!GetAtt Inventory.Arn'), Format: 'Parquet' },
        },
      ],
    }),
  }),
  examples: {
    bad: { destination: { account: null } },
    good: {
      destination: { account: null },
      source: {
        inventory: [
          {
            Id: 'daily',
            IsEnabled: true,
            IncludedObjectVersions: 'All',
            OptionalFields: ['ReplicationStatus'],
          },
        ],
      },
    },
  },
});

/** In double quotes, so that the shell puts in whose bucket gets the reports. */
const inventory = String.raw`\"Id\":\"replication-status\",\"IsEnabled\":true,\"IncludedObjectVersions\":\"All\",\"OptionalFields\":[\"ReplicationStatus\"],\"Schedule\":{\"Frequency\":\"Weekly\"},\"Destination\":{\"S3BucketDestination\":{\"Bucket\":\"$INVENTORY_BUCKET_ARN\",\"Format\":\"Parquet\"}}`;

/** Reasons that the next scan meets again; a call that failed or was throttled may answer then. */
const lasts: ReadonlySet<Reason> = new Set(['access-denied', 'outside-organization', 'undetermined']);

function shows(
  { IsEnabled, OptionalFields, Filter }: InventoryConfiguration,
  rule: ReplicationRule,
): boolean {
  return (
    IsEnabled &&
    OptionalFields.includes('ReplicationStatus') &&
    filterSet(rule).prefix.startsWith(Filter?.Prefix ?? '')
  );
}
