/** What all policy documents of the demo are made of. */

/** The text of a policy with these statements. */
export function policy(...Statement: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

/** The trust policy of a role that this principal may assume. */
export function trust(Principal: object, Condition?: object): string {
  return policy({
    Effect: 'Allow',
    Principal,
    Action: 'sts:AssumeRole',
    ...(Condition ? { Condition } : {}),
  });
}

/** The ARN that stands for all of an account. */
export function rootOf(account: string): string {
  return `arn:aws:iam::${account}:root`;
}
