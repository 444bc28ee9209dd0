/** Wave one: an account's buckets, and what every bucket must tell. */
import { HeadBucketCommand, ListBucketsCommand } from '@aws-sdk/client-s3';
import pLimit from 'p-limit';
import { MalformedAnswer } from './answer.ts';
import { bucketReaders } from './readers.ts';
import { callsAtOnce, type Session } from './session.ts';
import { tellingOf } from '../facts.ts';
import type { BucketLine } from '../model/estate.ts';
import type { BucketFacts, Cause, Observed, ObservedFacts } from '../model/facts.ts';

interface ListedBucket {
  readonly name: string;
  readonly region: string | null;
}

/** All buckets of an account with the given facts, or why they could not be listed. */
export async function surveyAccount(
  session: Session,
  facts: readonly (keyof BucketFacts)[],
): Promise<readonly BucketLine[] | { readonly causes: readonly Cause[] }> {
  const listed = await listBuckets(session);
  if (!listed.known) return { causes: listed.causes };
  const limit = pLimit(callsAtOnce);
  return Promise.all((listed.value ?? []).map((bucket) => limit(() => readBucket(session, bucket, facts))));
}

async function listBuckets(session: Session): Promise<Observed<readonly ListedBucket[] | null>> {
  const all: ListedBucket[] = [];
  let token: string | undefined;
  do {
    const page = await session.ask({
      call: 's3:ListBuckets',
      what: `account ${session.account}`,
      // An account with a quota above 10,000 refuses an unpaginated call, and the Region comes only with a parameter.
      send: () =>
        session
          .s3(session.region)
          .send(new ListBucketsCommand({ MaxBuckets: 1000, ...(token ? { ContinuationToken: token } : {}) })),
    });
    if (!page.known) return page;
    for (const { Name, BucketRegion } of page.value?.Buckets ?? []) {
      if (Name !== undefined) all.push({ name: Name, region: BucketRegion ?? null });
    }
    token = page.value?.ContinuationToken;
    if (token === undefined) return { ...page, value: all };
  } while (token);
  return {
    known: false,
    causes: [{ reason: 'failed', call: 's3:ListBuckets', detail: 'An empty token came back.' }],
  };
}

async function readBucket(
  session: Session,
  { name, region: listed }: ListedBucket,
  facts: readonly (keyof BucketFacts)[],
): Promise<BucketLine> {
  const region = listed ?? (await askRegion(session, name));
  const line = { kind: 'bucket', name, account: session.account } as const;
  if (typeof region !== 'string') {
    return { ...line, region: null, facts: Object.fromEntries(facts.map((fact) => [fact, region])) };
  }
  return { ...line, region, facts: await readFacts(session, name, region, facts) };
}

/** Reads the given facts of a bucket, side by side. */
export async function readFacts(
  session: Session,
  name: string,
  region: string,
  facts: readonly (keyof BucketFacts)[],
): Promise<ObservedFacts<BucketFacts>> {
  const read = facts.map(async (fact) => {
    const { call, absent } = tellingOf('bucket', fact);
    const send = (): Promise<unknown> => bucketReaders[fact](session.s3(region), name);
    return [fact, await session.ask({ call, what: name, absent, send })];
  });
  // Each value is what the fact's own reader gave.
  return Object.fromEntries(await Promise.all(read)) as ObservedFacts<BucketFacts>;
}

/** Where a list names no Region, HeadBucket does: on 200, and in the header of 301 and 403. */
async function askRegion(session: Session, Bucket: string): Promise<string | Observed<never>> {
  const answer = await session.ask({
    call: 's3:HeadBucket',
    what: Bucket,
    send: async () => headBucket(session, Bucket),
  });
  if (!answer.known) return answer;
  if (answer.value?.region) return answer.value.region;
  const cause: Cause = {
    reason: answer.value?.status === 403 ? 'access-denied' : 'failed',
    call: 's3:HeadBucket',
    account: session.account,
    detail: `The Region of '${Bucket}' is not known: HeadBucket answered ${answer.value?.status ?? 'nothing'} without one.`,
  };
  return { known: false, causes: [cause] };
}

export interface Head {
  readonly status: 200 | 403 | 404;
  readonly region: string | null;
}

/** How a bucket answers; errors other than 301, 403 and 404 are thrown. */
export async function headBucket(session: Session, Bucket: string): Promise<Head> {
  try {
    const { BucketRegion } = await session.s3(session.region).send(new HeadBucketCommand({ Bucket }));
    return { status: 200, region: BucketRegion ?? null };
  } catch (error) {
    const { status, region } = headAnswer(error);
    if (status === 404) return { status, region: null };
    if (status === 403) return { status, region };
    // A bucket of another Region: that it answers at all says that it is there.
    if (status === 301 && region !== null) return headElsewhere(session, Bucket, region);
    throw error;
  }
}

async function headElsewhere(session: Session, Bucket: string, region: string): Promise<Head> {
  try {
    await session.s3(region).send(new HeadBucketCommand({ Bucket }));
    return { status: 200, region };
  } catch (error) {
    const { status } = headAnswer(error);
    if (status === 403 || status === 404) return { status, region };
    throw error;
  }
}

/** Error names differ by SDK version, and a HEAD has no body: only the status and the header tell. */
function headAnswer(error: unknown): { readonly status: number; readonly region: string | null } {
  const own = (from: unknown, key: string): unknown =>
    typeof from === 'object' && from !== null ? Reflect.get(from, key) : undefined;
  const status = own(own(error, '$metadata'), 'httpStatusCode');
  const region = own(own(own(error, '$response'), 'headers'), 'x-amz-bucket-region');
  if (typeof status !== 'number') throw error instanceof Error ? error : new MalformedAnswer('status');
  return { status, region: typeof region === 'string' ? region : null };
}
