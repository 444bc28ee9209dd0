/** What to type to make a key usable again. */
import type { KeyDescription } from '../../src/model/aws.ts';
import { sh } from '../../src/rule.ts';

interface Key {
  readonly id: string;
  readonly region: string;
  readonly description: KeyDescription | null;
}

/** Enables a key; of other states than these no command leads back. */
export function enableKey({ id, region, description }: Key): { readonly cli?: string } {
  const enable = sh`aws kms enable-key --region ${region} --key-id ${id}`;
  switch (description?.KeyState) {
    case 'Disabled':
      return { cli: enable };
    case 'PendingDeletion':
      return { cli: `${sh`aws kms cancel-key-deletion --region ${region} --key-id ${id}`}\n${enable}` };
    default:
      return {};
  }
}
