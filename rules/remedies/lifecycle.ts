/** What to type to add a lifecycle rule: S3 takes the configuration as a whole only. */
import type { LifecycleConfiguration, LifecycleRule } from '../../src/model/aws.ts';
import { sh } from '../../src/rule.ts';

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
