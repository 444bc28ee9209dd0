/** Which part of a scan `collect` is asked for. */
import { wholeLock } from './lock.ts';
import type { Stage } from '../collect/shards.ts';
import { CannotRun } from '../model/cannot-run.ts';
import type { Shard } from '../model/shard.ts';

export interface StageFlags {
  readonly wave?: Stage['wave'];
  readonly shard?: Shard;
  readonly from?: readonly string[];
}

const whole: Shard = { index: 1, of: 1 };

/** Null: all of it. `folder` is the snapshot's own. */
export function stageOf({ wave, shard, from }: StageFlags, folder: string): Stage | null {
  if (wave === undefined) {
    if (shard === undefined && from === undefined) return null;
    throw new CannotRun(
      '--shard and --from go with --wave buckets or --wave ends: ends are read when every shard has read its buckets.',
    );
  }
  switch (wave) {
    case 'accounts':
      if (shard === undefined && from === undefined) return { wave };
      throw new CannotRun(
        '--wave accounts lists the organization as a whole: it takes no --shard and no --from.',
      );
    case 'buckets':
      if (from !== undefined && from.length > 1) {
        throw new CannotRun('--wave buckets takes one --from: the folder in which accounts.json is.');
      }
      return { wave, shard: shard ?? whole, from: from?.[0] ?? null };
    case 'ends':
      return { wave, shard: shard ?? whole, from: from ?? [folder] };
  }
}

/** Shards write into one folder at once; two processes of one shard must not. */
export function lockNameOf(stage: Stage | null): string {
  if (stage === null) return wholeLock;
  if (stage.wave === 'accounts') return 'running.accounts.lock';
  const { wave, shard } = stage;
  return `running.${wave}.${shard.index}-of-${shard.of}.lock`;
}

/** What to type after it. */
export function nextOf(stage: Stage | null, folder: string): string {
  switch (stage?.wave) {
    case undefined:
      return `replint evaluate ${folder}`;
    case 'accounts':
      return `replint collect --wave buckets --shard 1/8 --from ${folder}, and so on`;
    case 'buckets':
      return `replint collect --wave ends${stage.shard.of === 1 ? '' : ', when all shards are done'}`;
    case 'ends':
      return `replint evaluate ${folder}${stage.shard.of === 1 ? '' : ', when all shards are done'}`;
  }
}
