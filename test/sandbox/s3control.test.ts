import { beforeEach, describe, expect, it } from 'vitest';
import { administrator, createWorld } from '../../sandbox/create.ts';
import { AwsError } from '../../sandbox/service.ts';
import type { ServiceResponse, SignedRequest } from '../../sandbox/service.ts';
import { s3control } from '../../sandbox/services/s3control.ts';
import type { World } from '../../sandbox/world.ts';

const PATH = '/v20180820/configuration/publicAccessBlock';

let world: World;

beforeEach(() => {
  world = createWorld();
});

function request(method: string, body = '', path = PATH, account = world.managementAccount): SignedRequest {
  return {
    ...{ method, path, host: `${account}.localhost`, query: new URLSearchParams(), region: 'us-east-1' },
    headers: { 'x-amz-account-id': account },
    body: Buffer.from(body),
    caller: administrator(world).caller,
  };
}

function ask(...parts: Parameters<typeof request>): ServiceResponse {
  const asked = request(...parts);
  try {
    return s3control.handle(world, asked);
  } catch (thrown) {
    if (thrown instanceof AwsError) return s3control.error(thrown, 'id', asked);
    throw thrown;
  }
}

const SENT =
  '<PublicAccessBlockConfiguration xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/"><BlockPublicAcls>true</BlockPublicAcls><RestrictPublicBuckets>TRUE</RestrictPublicBuckets></PublicAccessBlockConfiguration>';

describe("an account's public access block", () => {
  it('is not there at first', () => {
    const { status, body } = ask('GET');
    expect(status).toBe(404);
    expect(body).toContain('<Code>NoSuchPublicAccessBlockConfiguration</Code>');
  });

  it('comes back with all four settings, and goes', () => {
    expect(ask('PUT', SENT).status).toBe(200);
    const { status, body } = ask('GET');
    expect(status).toBe(200);
    expect(body).toContain(
      '<BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>false</IgnorePublicAcls><BlockPublicPolicy>false</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets>',
    );
    expect(ask('DELETE').status).toBe(204);
    expect(ask('GET').status).toBe(404);
  });

  it('is for the account of the caller', () => {
    const { status, body } = ask('GET', '', PATH, '999999999999');
    expect(status).toBe(403);
    expect(body).toContain('<Code>AccessDenied</Code>');
  });

  it('has to be one', () => {
    expect(ask('PUT', '<Other/>').body).toContain('<Code>MalformedXML</Code>');
    expect(world.accounts.get(world.managementAccount)?.publicAccessBlock).toBeNull();
  });
});

it('names its operations, and does not pretend to know more', () => {
  expect(s3control.operation(world, request('GET'))).toBe('s3:GetAccountPublicAccessBlock');
  expect(ask('GET', '', '/v20180820/jobs').status).toBe(501);
});
