/** A route's objects: both ends are listed with the credentials of the account that owns each. */
import type { Sessions } from './ends.ts';
import type { Session } from './session.ts';
import type { Place, RouteWork } from './share.ts';
import { filterSet, takesDeleteMarkers } from '../filter.ts';
import type { ReplicationRule } from '../model/aws.ts';
import type { Backfill, Cause, Observed, Unknown } from '../model/facts.ts';
import { compare } from '../objects/compare.ts';
import { listerOf, type Lister } from '../objects/listing.ts';

export interface ObjectLimits {
  readonly versions: number;
  /** Null: 15 where Replication Time Control is on, a day where it is not. */
  readonly pendingMinutes: number | null;
}

/** A route whose both ends are in scanned accounts. */
export interface OwnedRoute extends RouteWork {
  readonly destination: Place;
}

const call = 's3:ListObjectVersions';

/** A page was not answered: the comparison ends, and what was not learnt is said. */
class Unanswered extends Error {
  readonly causes: readonly Cause[];
  constructor(causes: readonly Cause[]) {
    super('A listing was not answered.');
    this.name = 'Unanswered';
    this.causes = causes;
  }
}

/** Compares the versions of a route's two ends, or says why that cannot be done. */
export async function readBackfill(
  { source, destination, rule }: OwnedRoute,
  sessions: Sessions,
  limits: ObjectLimits,
): Promise<Observed<Backfill>> {
  const { prefix, tags } = filterSet(rule);
  if (tags.length > 0)
    return unknown(
      'undetermined',
      `The rule '${rule.ID ?? ''}' filters by tags, which listings do not show.`,
    );
  const from = listerFor(source, prefix, sessions);
  const to = listerFor(destination, prefix, sessions);
  if ('known' in from) return from;
  if ('known' in to) return to;
  const now = new Date();
  try {
    const value = await compare({
      source: from,
      destination: to,
      prefix,
      deleteMarkers: takesDeleteMarkers(rule),
      versions: limits.versions,
      pendingMinutes: limits.pendingMinutes ?? usualMinutes(rule),
      now: now.getTime(),
    });
    return { known: true, value, account: source.account, at: now.toISOString() };
  } catch (error) {
    if (error instanceof Unanswered) return { known: false, causes: error.causes };
    throw error;
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-time-control.html: 15 minutes; without it most, not all, take minutes. */
function usualMinutes({ Destination }: ReplicationRule): number {
  return Destination.ReplicationTime?.Status === 'Enabled' ? 15 : 1440;
}

function unknown(reason: Cause['reason'], detail: string): Unknown {
  return { known: false, causes: [{ reason, call, detail }] };
}

function listerFor(bucket: Place, prefix: string, sessions: Sessions): Lister | Unknown {
  const session: Session | Unknown = sessions(bucket.account);
  if ('known' in session) return session;
  if (bucket.region === null) return unknown('not-collected', `The Region of '${bucket.name}' is not known.`);
  const list = listerOf(session.s3(bucket.region), bucket.name, prefix);
  return async (after, maxKeys) => {
    const page = await session.ask({ call, what: bucket.name, send: () => list(after, maxKeys) });
    if (!page.known) throw new Unanswered(page.causes);
    return page.value ?? { versions: [], next: null };
  };
}
