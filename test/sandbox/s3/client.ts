/** A sandbox and clients of it, for the tests of its S3. */
import { S3Client } from '@aws-sdk/client-s3';
import { type Sandbox, startSandbox } from '../../../sandbox/server.ts';

/** A client of the management account's administrator. */
export function clientOf(
  { endpoint, administrator }: Sandbox,
  region = 'us-east-1',
  more: ConstructorParameters<typeof S3Client>[0] = {},
): S3Client {
  return new S3Client({
    endpoint,
    region,
    credentials: administrator,
    forcePathStyle: true,
    maxAttempts: 1,
    ...more,
  });
}

/** A sandbox with a client. */
export async function startWithClient(): Promise<{ sandbox: Sandbox; s3: S3Client }> {
  const sandbox = await startSandbox();
  return { sandbox, s3: clientOf(sandbox) };
}

/** What a call says no with: `NoSuchBucket 404`. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    // The SDK's own exceptions have both; anything else shows itself as undefined.
    const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode?: number } };
    return `${name} ${String($metadata?.httpStatusCode)}`;
  }
  return 'no refusal';
}
