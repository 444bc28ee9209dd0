import { resource } from './remedies/block.ts';
import type { Region } from '../src/model/aws.ts';
import { defineRule, fail, pass, sh, undetermined, unknown, type Observed } from '../src/rule.ts';

export default defineRule({
  id: 'destination-region-disabled',
  title: "Destination's Region is disabled",
  severity: 'error',
  scope: 'route',
  why: "Replication requires that the owner of the source and the owner of the destination both have the destination's Region enabled. Regions that opened after March 2019 are off until an account asks for them, and one that was on can be switched off while replication still points there.",
  fix: 'Enable the Region in the account that is named, or replicate into a Region that both accounts have. Then send the objects that failed again with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/replication-requirements.html',
  needs: {},
  // One account that has the Region disabled is enough, whatever the other says.
  wants: { sourceAccount: ['regions'], destinationAccount: ['regions'] },
  evaluate({ source, destination, sourceAccount, destinationAccount }) {
    const { region } = destination;
    if (region === null) return undetermined(`The Region of '${destination.name}' is not known.`);
    const ends = [
      { owner: source.account, regions: sourceAccount.regions, at: 'sourceAccount.regions' },
      { owner: destination.account, regions: destinationAccount.regions, at: 'destinationAccount.regions' },
    ] as const;
    const off = ends.find(({ regions }) => isUsable(regions, region) === false);
    if (off) {
      const actual = statusOf(off.regions, region) ?? '';
      return fail({
        message: `Objects of '${source.name}' will not reach '${destination.name}': account ${off.owner ?? ''} has the Region ${region} ${actual}.`,
        expected: 'ENABLED or ENABLED_BY_DEFAULT',
        actual,
        at: [off.at],
      });
    }
    const causes = ends.flatMap(({ regions }) => (regions.known ? [] : regions.causes));
    if (causes.length > 0) return unknown({ known: false, causes });
    return ends.every(({ regions }) => isUsable(regions, region) === true)
      ? pass
      : undetermined(`AWS lists no Region ${region} for the accounts of this route.`);
  },
  remedy: ({ destination: { region } }) => ({
    // The Region is known where the rule fails.
    cli: sh`aws account enable-region --region-name ${region ?? ''}`,
    terraform: resource('aws_account_region', 'destination', { region_name: region ?? '', enabled: true }),
    untyped: 'no resource enables a Region.',
  }),
  examples: {
    bad: {
      destination: { region: 'ap-south-1' },
      accounts: {
        '444455556666': { regions: [{ RegionName: 'ap-south-1', RegionOptStatus: 'DISABLED' }] },
      },
    },
    good: {
      destination: { region: 'ap-south-1' },
      accounts: {
        '444455556666': { regions: [{ RegionName: 'ap-south-1', RegionOptStatus: 'ENABLED' }] },
      },
    },
  },
});

const usable: ReadonlySet<string> = new Set(['ENABLED', 'ENABLED_BY_DEFAULT']);

function statusOf(regions: Observed<readonly Region[]>, region: string): string | null {
  if (!regions.known) return null;
  return regions.value.find(({ RegionName }) => RegionName === region)?.RegionOptStatus ?? null;
}

/** Null where nobody can say. */
function isUsable(regions: Observed<readonly Region[]>, region: string): boolean | null {
  const status = statusOf(regions, region);
  return status === null ? null : usable.has(status);
}
