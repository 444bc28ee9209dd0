/** What to type to make a key usable again. */
import { cloudformation, terraform } from './block.ts';
import type { KeyDescription } from '../../src/model/aws.ts';
import { sh, type Remedy } from '../../src/rule.ts';

interface Key {
  readonly id: string;
  readonly region: string;
  readonly description: KeyDescription | null;
}

/** Enables a key; of other states than these no command leads back. */
export function enableKey({ id, region, description }: Key): Remedy {
  const enable = sh`aws kms enable-key --region ${region} --key-id ${id}`;
  const enabled = {
    terraform: terraform({ is_enabled: true }),
    cloudformation: cloudformation({ Enabled: true }),
  };
  const state = description?.KeyState;
  switch (state) {
    case 'Disabled':
      return { cli: enable, ...enabled };
    case 'PendingDeletion':
      return {
        cli: `${sh`aws kms cancel-key-deletion --region ${region} --key-id ${id}`}\n${enable}`,
        untyped: 'neither can cancel the deletion of a key.',
      };
    case undefined:
      return { untyped: 'a key that is gone cannot be had again.' };
    default:
      return { untyped: `no command by itself leads a key out of the state ${state}.` };
  }
}
