/** Conditions on where a request comes from. Replication comes from S3 itself, out of no network of the customer's. */
import { holds } from '../../src/iam/condition.ts';
import { contextOf, type Context } from '../../src/iam/context.ts';
import type { Condition } from '../../src/iam/operators.ts';
import type { Policy, Statement } from '../../src/iam/policy.ts';
import { reachesRole, takesAction } from './statement.ts';

interface Role {
  readonly arn: string;
  readonly account: string;
}

/** Of the place that a request comes from. */
export const networkKeys: readonly string[] = [
  'aws:sourceip',
  'aws:vpcsourceip',
  'aws:sourcevpc',
  'aws:sourcevpce',
  's3:dataaccesspointarn',
  's3:dataaccesspointaccount',
];

/** A statement, and the key of its condition as the policy writes it. */
export interface Limit {
  readonly statement: Statement;
  readonly key: string;
}

/** The first Deny of an action to the role for all that does not come from some network. */
export function denyByNetwork(
  policy: Policy,
  role: Role,
  action: string,
  service: 's3' | 'kms',
): Limit | null {
  for (const statement of policy.statements) {
    if (statement.effect !== 'Deny' || !takesAction(statement, action) || !reachesRole(statement, role))
      continue;
    const network = statement.conditions.find((one) => isNetwork(one) && deniesTheRest(one));
    if (network !== undefined && !isSpared(statement, contextFor(role, service)))
      return { statement, key: network.key };
  }
  return null;
}

/** The first Allow of an action to the role that holds within some network, where no other Allow holds elsewhere. */
export function allowByNetwork(policy: Policy, role: Role, action: string): Limit | null {
  const allows = policy.statements.filter(
    (one) => one.effect === 'Allow' && takesAction(one, action) && reachesRole(one, role),
  );
  const limits = allows.map((statement) => ({
    statement,
    key: statement.conditions.find((one) => isNetwork(one) && !deniesTheRest(one))?.key,
  }));
  const [first] = limits;
  if (first?.key === undefined || limits.some(({ key }) => key === undefined)) return null;
  return { statement: first.statement, key: first.key };
}

function isNetwork({ lowerKey }: Condition): boolean {
  return networkKeys.includes(lowerKey);
}

/** `NotIpAddress`, `StringNotEquals`, or `Null: true`: it holds of what comes from anywhere else. */
function deniesTheRest({ negated, test, values }: Condition): boolean {
  return test.kind === 'null' ? values.includes('true') : negated;
}

/** Whether another condition lets the role out for sure. */
function isSpared({ conditions }: Statement, context: Context): boolean {
  return conditions.some((one) => !isNetwork(one) && holds(one, context, []) === 'no');
}

function contextFor({ arn, account }: Role, service: 's3' | 'kms'): Context {
  return contextOf({
    'aws:PrincipalArn': [arn],
    'aws:PrincipalAccount': [account],
    'aws:PrincipalIsAWSService': ['false'],
    // To KMS the request of the role's session is passed on by S3:
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
    'aws:ViaAWSService': [service === 'kms' ? 'true' : 'false'],
  });
}
