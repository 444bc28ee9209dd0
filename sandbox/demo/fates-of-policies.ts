/** What somebody made of a bucket's policy. */
import { accessRole, type Clients } from './clients.ts';
import type { Directory } from './directory.ts';
import { rootOf } from './document.ts';
import type { DemoBucket, Fate } from './layout/bucket.ts';
import {
  acceptReplicas,
  acceptReplicasOf,
  acceptToOwn,
  denyReads,
  keepEverything,
  letReplicate,
  lockNoLonger,
  onlyOurEndpoint,
  openToEverybody,
} from './policies.ts';
import { roles } from './roles.ts';

/** A fate that is a policy. */
type Rewritten = Exclude<
  Fate,
  | 'versioning suspended'
  | 'versioning lost'
  | 'deleted'
  | 'requester pays'
  | 'policy taken away'
  | 'key disabled'
  | 'taken by another account'
>;

/** The statements of the bucket's new policy. */
export function rewrittenPolicy(
  clients: Clients,
  directory: Directory,
  bucket: DemoBucket,
  fate: Rewritten,
): readonly object[] {
  const { name, account } = bucket;
  const [source = account] = directory.sourcesOf(bucket);
  // The usual role of the first account that replicates into the bucket.
  const role = `arn:aws:iam::${clients.idOf(source)}:role${roles.usual.path}${roles.usual.name}`;
  const sources = directory.sourcesOf(bucket).map((one) => clients.idOf(one));
  const accepted = acceptReplicas(name, sources);
  switch (fate) {
    case 'opened to everybody':
      return [accepted, openToEverybody(name)];
    case 'reads partly denied':
      return [accepted, denyReads(name, `arn:aws:iam::${clients.idOf(account)}:role/${accessRole}`)];
    case 'fenced in':
      return [accepted, onlyOurEndpoint(name)];
    case 'fenced in but for the role':
      return [accepted, onlyOurEndpoint(name, role)];
    case 'role made again':
      // The id into which AWS turned the ARN of the role that was deleted.
      return [acceptReplicasOf(name, ['AROAACMEACMEACMEACME1'])];
    case 'role without its path':
      return [acceptReplicasOf(name, [role.replace(roles.usual.path, '/')])];
    case 'role by its whole name':
      return [acceptReplicasOf(name, [role])];
    case 'keeps everything':
      return [accepted, keepEverything(name)];
    case 'owns a part':
      return acceptToOwn(name, sources.map(rootOf), 'ours/');
    case 'locks for 30 days':
      return [accepted, lockNoLonger(name, 30)];
    case 'locks for ten years':
      return [accepted, lockNoLonger(name, 3650)];
    case "open to the log archive's role":
      return letReplicate(name, `arn:aws:iam::${clients.idOf('logs')}:role/${roles.both.name}`);
  }
}
