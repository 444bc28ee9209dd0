/** What to type to add a lifecycle rule: S3 takes the configuration as a whole only. */
import { cloudformation, terraform, type Members } from './block.ts';
import { filterSet } from '../../src/filter.ts';
import type { LifecycleConfiguration, LifecycleRule } from '../../src/model/aws.ts';
import { sh, type Remedy, type Tag } from '../../src/rule.ts';

/** Puts a rule beside those that are there. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html */
export function addLifecycleRule(
  bucket: string,
  lifecycle: LifecycleConfiguration | null,
  rule: LifecycleRule,
): string {
  if (lifecycle === null) {
    const configuration = JSON.stringify({ Rules: [rule] });
    return sh`aws s3api put-bucket-lifecycle-configuration --bucket ${bucket} --lifecycle-configuration ${configuration}`;
  }
  return [
    sh`aws s3api get-bucket-lifecycle-configuration --bucket ${bucket} > lifecycle.json`,
    sh`jq --argjson rule ${JSON.stringify(rule)} '{Rules: (.Rules + [$rule])}' lifecycle.json > changed.json`,
    sh`aws s3api put-bucket-lifecycle-configuration --bucket ${bucket} --lifecycle-configuration file://changed.json`,
  ].join('\n');
}

/** The rule, to stand beside those that are there. */
export function lifecycleRule(rule: LifecycleRule): Pick<Remedy, 'terraform' | 'cloudformation'> {
  const { prefix, tags } = filterSet(rule);
  const { ObjectSizeGreaterThan, ObjectSizeLessThan } = { ...rule.Filter, ...rule.Filter?.And };
  const sizes = {
    object_size_greater_than: ObjectSizeGreaterThan,
    object_size_less_than: ObjectSizeLessThan,
  };
  const { Days, Date: due } = rule.Expiration ?? {};
  const noncurrent = rule.NoncurrentVersionExpiration?.NoncurrentDays;
  return {
    terraform: terraform({
      rule: {
        id: rule.ID,
        status: rule.Status,
        filter: inTerraform(prefix, tags, sizes),
        expiration: rule.Expiration && { days: Days, date: due },
        noncurrent_version_expiration: noncurrent === undefined ? undefined : { noncurrent_days: noncurrent },
      },
    }),
    cloudformation: cloudformation({
      Rules: [
        {
          Id: rule.ID,
          Status: rule.Status,
          Prefix: prefix === '' ? undefined : prefix,
          TagFilters: tags.length === 0 ? undefined : tags.map(({ Key, Value }) => ({ Key, Value })),
          // CloudFormation takes the sizes as texts.
          ObjectSizeGreaterThan: ObjectSizeGreaterThan?.toString(),
          ObjectSizeLessThan: ObjectSizeLessThan?.toString(),
          ExpirationInDays: Days,
          ExpirationDate: due,
          NoncurrentVersionExpiration: noncurrent === undefined ? undefined : { NoncurrentDays: noncurrent },
        },
      ],
    }),
  };
}

/** More conditions than one stand in `and`. */
function inTerraform(prefix: string, tags: readonly Tag[], sizes: Members): Members {
  const given = { prefix: prefix === '' ? undefined : prefix, ...sizes };
  const many = Object.values(given).filter((value) => value !== undefined).length + tags.length > 1;
  if (!many) return { ...given, tag: tags.map(({ Key, Value }) => ({ key: Key, value: Value })) };
  return {
    and: {
      ...given,
      tags: tags.length === 0 ? undefined : { pairs: tags.map(({ Key, Value }) => [Key, Value]) },
    },
  };
}
