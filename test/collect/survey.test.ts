import { PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { estate, makeBucket, type Estate } from './estate.ts';
import { sessionOf } from './reach.ts';
import type { Session } from '../../src/collect/session.ts';
import { headBucket, surveyAccount } from '../../src/collect/survey.ts';
import type { BucketLine } from '../../src/model/estate.ts';
import { keysOf, policy } from '../sandbox/sdk.ts';
import type { FaultKind } from '../../sandbox/faults.ts';

let org: Estate;
let shop = '';
let vault = '';

/** A bucket in the session's own Region, one elsewhere, and one of another account elsewhere. */
beforeEach(async () => {
  org = await estate(2);
  [shop = '', vault = ''] = org.accounts;
  await makeBucket(await org.s3(shop, 'us-east-1'), 'near');
  await makeBucket(await org.s3(shop, 'eu-west-1'), 'far');
  await makeBucket(await org.s3(vault, 'eu-central-1'), 'foreign');
});

afterEach(() => org.close());

/** A session of the shop, in the auditing role. */
async function session(): Promise<Session> {
  const { sts } = await org.inside(org.sandbox.world.managementAccount).catch(() => ({ sts: null }));
  expect(sts).toBeNull();
  const keys = await keysOf((await adminClients()).sts, `arn:aws:iam::${shop}:role/ReplintAudit`);
  return sessionOf(org.sandbox, shop, () => Promise.resolve(keys));
}
