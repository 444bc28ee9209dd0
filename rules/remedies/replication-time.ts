/** What to type for Replication Time Control, which S3 takes with its metrics and with 15 minutes only. */
import { editReplication, ofDestination } from './replication.ts';
import type { Remedy, Route } from '../../src/rule.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ReplicationTime.html */
export function enableTimeControl({ source, index }: Route): Remedy {
  const [time, Time] = [{ minutes: 15 }, { Minutes: 15 }];
  return {
    cli: editReplication(
      source.name,
      `.Rules[${index}].Destination += {ReplicationTime: {Status: "Enabled", Time: {Minutes: 15}}, Metrics: {Status: "Enabled", EventThreshold: {Minutes: 15}}}`,
    ),
    ...ofDestination(
      {
        replication_time: { status: 'Enabled', time },
        metrics: { status: 'Enabled', event_threshold: time },
      },
      {
        ReplicationTime: { Status: 'Enabled', Time },
        Metrics: { Status: 'Enabled', EventThreshold: Time },
      },
    ),
  };
}
