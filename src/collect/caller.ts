/** Who runs the scan, and the organization that this identity may list. */
import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import { listOrganization } from './accounts.ts';
import { organizationsClient, type Reach } from './aws.ts';
import { causeOf, failureOf } from './failure.ts';
import type { Progress } from './progress.ts';
import { partitionOf } from '../arn.ts';
import { CannotRun } from '../model/cannot-run.ts';
import type { AccountIdentity, Membership } from '../model/estate.ts';

export interface Caller {
  readonly account: string;
  readonly arn: string;
  readonly partition: string;
}

/** The Region that the environment or the profile names. */
export async function regionOf(sts: STSClient): Promise<string> {
  const region = await sts.config.region().catch(() => null);
  if (region === null || region === '') {
    throw new CannotRun('No AWS Region is set: set AWS_REGION (eu-west-1, say), or a region in the profile.');
  }
  if (!/^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(region)) {
    throw new CannotRun(
      `'${region}' is not the name of an AWS Region: set AWS_REGION to one like eu-west-1.`,
    );
  }
  return region;
}

/** Asks STS who we are; the partition comes from the answer. */
export async function identify(sts: STSClient, region: string): Promise<Caller> {
  try {
    const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
    if (!Account || !Arn) throw new Error('GetCallerIdentity answered without an account.');
    return { account: Account, arn: Arn, partition: partitionOf(Arn) };
  } catch (error) {
    throw new CannotRun(whyNobody(error, region));
  }
}

function whyNobody(error: unknown, region: string): string {
  const { name, message, status } = failureOf(error);
  if (name === 'CredentialsProviderError') {
    return `No AWS credentials were found: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. (${message})`;
  }
  if (status === null)
    return `STS in ${region} could not be reached: ${message}. Is the Region right, and the network open?`;
  return `AWS refused the credentials: ${name}: ${message}`;
}

/** Lists the organization. Without one there is the caller's account; where it may not be listed, the accounts that were named. */
export async function membership(
  reach: Reach,
  caller: Caller,
  named: readonly string[],
  progress: Progress,
): Promise<Membership> {
  const client = organizationsClient(reach);
  const anonymous = (id: string): AccountIdentity => ({
    id,
    name: '',
    state: 'UNKNOWN',
    ou: null,
    ouId: null,
  });
  try {
    const listed = await listOrganization(client, caller.account, () => {
      progress.called();
    });
    if (listed === null) {
      progress.notice(`Account ${caller.account} is in no organization: it alone is scanned.`);
      return {
        id: null,
        management: null,
        accounts: [anonymous(caller.account)],
        policyTypes: [],
        unitsUnknown: null,
      };
    }
    if (listed.unitsUnknown !== null) {
      progress.notice(
        `The organizational units could not be listed, so no account shows its OU: ${listed.unitsUnknown.detail}`,
      );
    }
    return listed;
  } catch (error) {
    const { name, message } = failureOf(error);
    if (named.length > 0) {
      progress.notice(
        `The organization could not be listed (${name}): only the accounts that you name are scanned.`,
      );
      return {
        id: null,
        management: null,
        accounts: [...named].sort().map(anonymous),
        policyTypes: null,
        unitsUnknown: causeOf(error, 'organizations:ListAccounts', caller.account, 'the organization'),
      };
    }
    throw new CannotRun(
      `The organization could not be listed: ${name}: ${message} ` +
        'Run from the management account or a delegated administrator, or name accounts with --account.',
    );
  }
}
