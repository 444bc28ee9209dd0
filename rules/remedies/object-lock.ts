/** What to type to lock a bucket's objects. */
import { cloudformation, resource } from './block.ts';
import { sh, type Remedy } from '../../src/rule.ts';
import type { DefaultRetention } from '../shared/retention.ts';

/** `end` names the block in Terraform: which bucket of a route it is. No retention takes the default one off. */
export function putObjectLock(
  bucket: string,
  end: 'bucket' | 'source' | 'destination',
  retention: DefaultRetention | null,
): Remedy {
  const { Mode, Days, Years } = retention ?? {};
  const ObjectLockEnabled = 'Enabled';
  const lock = {
    ObjectLockEnabled,
    ...(retention === null ? {} : { Rule: { DefaultRetention: { Mode, Days, Years } } }),
  };
  const rule =
    retention === null ? undefined : { default_retention: { mode: Mode, days: Days, years: Years } };
  return {
    cli: sh`aws s3api put-object-lock-configuration --bucket ${bucket} --object-lock-configuration ${JSON.stringify(lock)}`,
    terraform: resource('aws_s3_bucket_object_lock_configuration', end, {
      bucket,
      object_lock_enabled: ObjectLockEnabled,
      rule,
    }),
    cloudformation: cloudformation({ ObjectLockEnabled: true, ObjectLockConfiguration: lock }),
  };
}
