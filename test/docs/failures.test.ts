import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { generateFailures } from '../../scripts/generate/failures.ts';
import { foretellers } from '../../src/foretold.ts';
import { failureReasons, failures, type FailureReason } from '../../src/model/failures.ts';

const docs = new URL('../../docs/', import.meta.url);
const page = readFileSync(new URL('failure-reasons.md', docs), 'utf8');

/** Copied by hand from AWS's page replication-metrics-events, and not from the model that it holds. */
const aws = `
  AssumeRoleNotPermitted DstBucketNotFound DstBucketUnversioned DstBucketObjectLockConfigMissing DstBucketInvalidRegion
  DstDelObjNotPermitted DstKmsKeyInvalidState DstKmsKeyNotFound DstMultipartCompleteNotPermitted
  DstMultipartInitNotPermitted DstMultipartUploadNotPermitted DstMultipartPartUploadNotPermitted DstObjectHardDeleted
  DstPutAclNotPermitted DstPutLegalHoldNotPermitted DstPutObjectNotPermitted DstPutRetentionNotPermitted
  DstPutTaggingNotPermitted DstVersionNotFound InitiateReplicationNotPermitted SrcBucketInvalidRegion SrcBucketNotFound
  SrcBucketReplicationConfigMissing SrcGetAclNotPermitted SrcGetLegalHoldNotPermitted SrcGetObjectNotPermitted
  SrcGetRetentionNotPermitted SrcGetTaggingNotPermitted SrcHeadObjectNotPermitted SrcKeyNotFound SrcKmsKeyInvalidState
  SrcObjectNotEligible SrcObjectNotFound SrcReplicationNotPending SrcVersionNotFound
  SrcAnnotationNotFound SrcGetObjectAnnotationNotPermitted DstPutObjectAnnotationNotPermitted
  SrcAnnotationEncryptionUnsupported AnnotationLimitExceeded
`
  .trim()
  .split(/\s+/);

/** Of which AWS's page says that they are specific to Batch Replication. */
const batchOnly = [
  'DstBucketInvalidRegion',
  'DstObjectHardDeleted',
  'InitiateReplicationNotPermitted',
  'SrcBucketInvalidRegion',
];

const isForetold = (reason: FailureReason): boolean => foretellers(rules, reason).length > 0;

describe("AWS's failure reasons", () => {
  it('are those of its page', () => {
    expect(failureReasons).toEqual(aws.toSorted());
    expect(failureReasons.filter((reason) => failures[reason].batchOnly)).toEqual(batchOnly);
  });

  it.each(failureReasons.map((reason) => [reason]))(
    '%s is foretold by a rule, or says why none can',
    (reason) => {
      if (isForetold(reason)) expect(failures[reason].unforeseeable).toBeUndefined();
      else expect(failures[reason].unforeseeable).toMatch(/^[A-Z].*\.$/);
    },
  );

  it.each(failureReasons.map((reason) => [reason]))('%s has a meaning of one sentence', (reason) => {
    expect(failures[reason].meaning).toMatch(/^(?:[A-Z]|S3)[^|\n]*[^.]\.$/);
    expect(failures[reason].meaning).not.toMatch(/\. [A-Z]/);
  });

  it('that are spellings of others are of ones that are there', () => {
    const others = failureReasons.flatMap((reason) => failures[reason].sameAs ?? []);
    expect(others).toEqual(['DstMultipartUploadNotPermitted']);
    expect(failureReasons).toEqual(expect.arrayContaining(others));
  });
});

describe('the page of failure reasons', () => {
  const rows = new Map(
    [...page.matchAll(/^\| `(\w+)` \| (.+) \| (.+) \|$/gm)].map(([, reason = '', means, by]) => [
      reason,
      { means, by },
    ]),
  );

  it('is what the generator writes', () => {
    expect(generateFailures().get('docs/failure-reasons.md')).toBe(page);
  });

  it.each(aws.map((reason) => [reason]))('has a row of %s, whose links lead somewhere', (reason) => {
    const { means = '', by = '' } = rows.get(reason) ?? {};
    expect(means.length).toBeGreaterThan(20);
    const links = [...by.matchAll(/\]\((.*?)\)/g)].map(([, to = '']) => to);
    expect(links.length > 0 || /^(None\. .+|No rule yet\.)$/.test(by)).toBe(true);
    for (const link of links) expect(existsSync(new URL(link, docs))).toBe(true);
  });

  it.each(['README.md', 'docs/configuration.md', 'docs/rules/README.md'])('is linked from %s', (name) => {
    const text = readFileSync(new URL(`../${name}`, docs), 'utf8');
    const links = [...text.matchAll(/\]\(([^)]*failure-reasons\.md)\)/g)].map(([, to = '']) => to);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) {
      const here = new URL(link, new URL(`../${name}`, docs));
      expect(here.href).toBe(new URL('failure-reasons.md', docs).href);
    }
  });
});
