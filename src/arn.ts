/** Names in ARNs. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */

/** The bucket's name in `arn:<partition>:s3:::name`; of anything else, the text itself. */
export function bucketName(arn: string): string {
  return /^arn:[^:]*:s3:::(.*)$/s.exec(arn)?.[1] ?? arn;
}

export function bucketArn(partition: string, name: string): string {
  return `arn:${partition}:s3:::${name}`;
}

/** The partition of any ARN: `aws`, `aws-cn`, `aws-us-gov`. */
export function partitionOf(arn: string): string {
  return fieldOf(arn, 1) ?? 'aws';
}

/** The account of an ARN; empty where it names none. */
export function accountOf(arn: string): string {
  return fieldOf(arn, 4) ?? '';
}

/** What stands after so many colons, up to the next. */
function fieldOf(arn: string, colons: number): string | undefined {
  let from = 0;
  for (let passed = 0; passed < colons; passed += 1) {
    const colon = arn.indexOf(':', from);
    if (colon === -1) return undefined;
    from = colon + 1;
  }
  const end = arn.indexOf(':', from);
  return arn.slice(from, end === -1 ? undefined : end);
}
