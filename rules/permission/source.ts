/** What S3 asks of all objects that a source's replication rules take. */
import { askObjects, isRefused, type Answer } from './answer.ts';
import { mendBucket } from './mend.ts';
import { sourceBucket, type SourceFact, type SourceSide } from './places.ts';
import { objectsBelow, prefixesOf } from './prefix.ts';
import type { Remedy, Route } from '../../src/rule.ts';

type View = SourceSide & { readonly routes: readonly Route[] };

/** A question for each prefix and action; null where the role does not exist. */
export function askSource(view: View, actions: readonly string[]): readonly Answer<SourceFact>[] | null {
  const target = sourceBucket(view);
  if (target === null) return null;
  return prefixesOf(view.routes).flatMap((prefix) =>
    actions.map((action) => askObjects(target, action, prefix)),
  );
}

/** Allows what was refused. */
export function mendSource(
  { role, source, routes }: View,
  answers: readonly Answer[] | null,
  Sid: string,
  actions: readonly string[],
): Remedy {
  return mendBucket((answers ?? []).filter(isRefused), role, source, source.name, {
    Sid,
    Effect: 'Allow',
    Action: actions,
    Resource: objectsBelow(source.arn, prefixesOf(routes)),
  });
}
