/** A bucket's policy: JSON that comes back byte for byte, and whether S3 calls it public. */
import { AwsError } from '../../service.ts';
import { element, s3Document, textAt } from '../../xml.ts';
import { storedDocument } from './stored-document.ts';
import { accessDenied } from './errors.ts';
import { type BucketOperation, type Call, emptyResponse, xmlResponse } from './operation.ts';

function malformedPolicy(sentence: string): AwsError {
  return new AwsError('MalformedPolicy', 400, sentence);
}

function noSuchPolicy(): AwsError {
  return new AwsError('NoSuchBucketPolicy', 404, 'The bucket policy does not exist');
}

type Statement = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Statement {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The statements of a policy that is one, else MalformedPolicy. */
function statementsOf(text: string): readonly Statement[] {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    throw malformedPolicy("Policies must be valid JSON and the first byte must be '{'");
  }
  if (!isRecord(policy) || policy['Statement'] === undefined) {
    throw malformedPolicy('Missing required field Statement');
  }
  const statements: unknown[] = [policy['Statement']].flat();
  if (!statements.every(isRecord)) throw malformedPolicy('Invalid policy syntax.');
  for (const statement of statements) checkStatement(statement);
  return statements;
}

function checkStatement(statement: Statement): void {
  const effect = statement['Effect'];
  if (effect !== 'Allow' && effect !== 'Deny') throw malformedPolicy('Invalid effect');
  for (const name of ['Principal', 'Action', 'Resource']) {
    if (statement[name] === undefined && statement[`Not${name}`] === undefined) {
      throw malformedPolicy(`Missing required field ${name}`);
    }
  }
}

function isEverybody(principal: unknown): boolean {
  if (principal === '*') return true;
  return isRecord(principal) && [principal['AWS']].flat().includes('*');
}

function isPublic(text: string): boolean {
  return statementsOf(text).some(
    (statement) =>
      statement['Effect'] === 'Allow' &&
      isEverybody(statement['Principal']) &&
      statement['Condition'] === undefined,
  );
}

function policyOf({ bucket }: Call): string {
  const text = bucket.documents.get('policy');
  if (text === undefined) throw noSuchPolicy();
  return text;
}

function put(call: Call): void {
  const text = call.request.body.toString();
  const block = storedDocument(call.bucket, 'publicAccessBlock');
  if (isPublic(text) && textAt(block, 'BlockPublicPolicy') === 'true') {
    throw accessDenied(
      'public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.',
    );
  }
  call.bucket.documents.set('policy', text);
}

/** GetBucketPolicyStatus. */
export const policyStatus: BucketOperation = {
  name: 'GetBucketPolicyStatus',
  actions: () => ['GetBucketPolicyStatus'],
  handle: (call) => {
    const answer = isPublic(policyOf(call)) ? 'true' : 'false';
    return xmlResponse(s3Document(element('PolicyStatus', [element('IsPublic', answer)])));
  },
};

/** Get, Put and Delete, by method. */
export const policyOperations: Readonly<Record<string, BucketOperation>> = {
  GET: {
    name: 'GetBucketPolicy',
    actions: () => ['GetBucketPolicy'],
    handle: (call) => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: policyOf(call),
    }),
  },
  PUT: {
    name: 'PutBucketPolicy',
    actions: () => ['PutBucketPolicy'],
    handle: (call) => {
      put(call);
      return emptyResponse(204);
    },
  },
  DELETE: {
    name: 'DeleteBucketPolicy',
    actions: () => ['DeleteBucketPolicy'],
    handle: ({ bucket }) => {
      bucket.documents.delete('policy');
      return emptyResponse(204);
    },
  },
};
