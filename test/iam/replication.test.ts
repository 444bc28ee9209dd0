import { describe, expect, it } from 'vitest';
import { lookUp, type Knowledge } from '../../src/iam/context.ts';
import {
  onBucket,
  onKey,
  onObjects,
  onTrust,
  type Place,
  type Replicator,
} from '../../src/iam/replication.ts';
import type { Request } from '../../src/iam/request.ts';
import { OURS, ROLE, THEIRS } from './build.ts';

const replicator: Replicator = { arn: ROLE, account: OURS, organization: { id: 'o-1' }, tags: { Team: 'a' } };
const source: Place = {
  arn: 'arn:aws:s3:::source',
  account: OURS,
  region: 'us-east-1',
  organization: { id: 'o-1' },
};
const key: Place = {
  arn: `arn:aws:kms:us-west-2:${THEIRS}:key/1`,
  account: THEIRS,
  region: 'us-west-2',
  organization: { id: null },
};
const known = (request: Request, name: string): Knowledge => lookUp(request.context, name.toLowerCase());

describe('what S3 brings', () => {
  it('to a bucket', () => {
    const request = onBucket(replicator, source, 's3:ListBucket');
    expect(request).toMatchObject({
      principal: { kind: 'role', arn: ROLE, account: OURS, session: null },
      action: 's3:ListBucket',
      resource: 'arn:aws:s3:::source',
      resourceAccount: OURS,
    });
    const keys = {
      'aws:calledvia': [],
      'aws:calledviafirst': [],
      'aws:calledvialast': [],
      'aws:currenttime': 'present',
      'aws:epochtime': 'present',
      'aws:principalaccount': [OURS],
      'aws:principalarn': [ROLE],
      'aws:principalisawsservice': ['false'],
      'aws:principalorgid': ['o-1'],
      'aws:principalorgpaths': 'present',
      'aws:principalservicename': [],
      'aws:principalservicenameslist': [],
      'aws:principaltag/*': [],
      'aws:principaltag/team': ['a'],
      'aws:principaltype': ['AssumedRole'],
      'aws:requestedregion': ['us-east-1'],
      'aws:resourceaccount': [OURS],
      'aws:resourceorgid': ['o-1'],
      'aws:resourceorgpaths': 'present',
      'aws:securetransport': ['true'],
      'aws:sourceaccount': [],
      'aws:sourcearn': [],
      'aws:sourceorgid': [],
      'aws:sourceorgpaths': [],
      'aws:tokenissuetime': 'present',
      'aws:useragent': 'present',
      'aws:userid': 'present',
      'aws:username': [],
      'aws:viaawsservice': ['false'],
      's3:accesspointnetworkorigin': [],
      's3:dataaccesspointaccount': [],
      's3:dataaccesspointarn': [],
      's3:resourceaccount': [OURS],
      's3:x-amz-server-side-encryption': 'unknown',
      's3:x-amz-server-side-encryption-aws-kms-key-id': 'unknown',
    };
    const asked = Object.keys(keys).map((name) => [name, known(request, name)]);
    expect(Object.fromEntries(asked)).toEqual(keys);
    expect(known(request, 'aws:SourceIp')).toBe('unknown');
    expect(request.context.sets).toEqual([]);
  });

  it('to objects', () => {
    const request = onObjects(replicator, source, 's3:ReplicateObject', 'logs/', {
      encryption: 'aws:kms',
      key: key.arn,
      lock: null,
    });
    expect(request.resource).toEqual({ under: 'arn:aws:s3:::source/logs/' });
    expect(known(request, 's3:x-amz-server-side-encryption')).toEqual(['aws:kms']);
    expect(known(request, 's3:x-amz-server-side-encryption-aws-kms-key-id')).toEqual([key.arn]);
    for (const name of ['mode', 'legal-hold', 'remaining-retention-days', 'retain-until-date'])
      expect(known(request, `s3:object-lock-${name}`)).toEqual([]);
    const locked = onObjects(replicator, source, 's3:ReplicateObject', '', {
      key: null,
      lock: { mode: 'GOVERNANCE', remainingDays: 30 },
    });
    expect(known(locked, 's3:x-amz-server-side-encryption-aws-kms-key-id')).toEqual([]);
    expect(known(locked, 's3:object-lock-mode')).toEqual(['GOVERNANCE']);
    expect(known(locked, 's3:object-lock-remaining-retention-days')).toEqual(['30']);
    expect(known(locked, 's3:object-lock-legal-hold')).toBe('unknown');
    expect(known(locked, 's3:object-lock-retain-until-date')).toBe('unknown');
    const held = onObjects(replicator, source, 's3:ReplicateObject', '', { lock: { legalHold: 'ON' } });
    expect(known(held, 's3:object-lock-legal-hold')).toEqual(['ON']);
    expect(known(held, 's3:object-lock-remaining-retention-days')).toBe('unknown');
    expect(known(onObjects(replicator, source, 's3:ReplicateObject', ''), 's3:object-lock-mode')).toBe(
      'unknown',
    );
  });

  it('to a key: the bucket under a Bucket Key, else each object', () => {
    const plain = onKey(replicator, key, 'kms:Decrypt', { bucket: source, prefix: 'a', bucketKey: false });
    expect(plain).toMatchObject({ action: 'kms:Decrypt', resource: key.arn, resourceAccount: THEIRS });
    expect(known(plain, 'kms:EncryptionContext:aws:s3:arn')).toEqual({ under: 'arn:aws:s3:::source/a' });
    const bucketKey = onKey(replicator, key, 'kms:Decrypt', { bucket: source, prefix: 'a', bucketKey: true });
    expect(known(bucketKey, 'kms:EncryptionContext:aws:s3:arn')).toEqual(['arn:aws:s3:::source']);
    expect(known(plain, 'kms:ViaService')).toEqual(['s3.us-west-2.amazonaws.com']);
    expect(known(plain, 'kms:CallerAccount')).toEqual([OURS]);
    expect(known(plain, 'kms:EncryptionAlgorithm')).toEqual(['SYMMETRIC_DEFAULT']);
    // An object may have been written with more context of its own.
    expect(known(plain, 'kms:EncryptionContextKeys')).toBe('unknown');
    expect(known(plain, 'aws:ViaAWSService')).toEqual(['true']);
    expect(known(plain, 'aws:CalledVia')).toBe('unknown');
    expect(known(plain, 'aws:ResourceOrgID')).toEqual([]);
    expect(known(plain, 'aws:ResourceOrgPaths')).toEqual([]);
  });

  it('what is not known of the places', () => {
    const nowhere: Place = { ...key, region: null, organization: 'unknown' };
    const request = onKey(
      { ...replicator, organization: { id: null }, tags: 'unknown' },
      nowhere,
      'kms:Decrypt',
      { bucket: source, prefix: '', bucketKey: true },
    );
    expect(known(request, 'kms:ViaService')).toBe('present');
    expect(known(request, 'aws:RequestedRegion')).toBe('present');
    expect(known(request, 'aws:ResourceOrgID')).toBe('unknown');
    expect(known(request, 'aws:ResourceOrgPaths')).toBe('unknown');
    expect(known(request, 'aws:PrincipalOrgID')).toEqual([]);
    expect(known(request, 'aws:PrincipalOrgPaths')).toEqual([]);
    expect(known(request, 'aws:PrincipalTag/Team')).toBe('unknown');
    const china: Place = { ...key, arn: `arn:aws-cn:kms:cn-north-1:${THEIRS}:key/1`, region: 'cn-north-1' };
    expect(
      known(
        onKey(replicator, china, 'kms:Decrypt', { bucket: source, prefix: '', bucketKey: true }),
        'kms:ViaService',
      ),
    ).toBe('present');
  });

  it('to the role that it assumes', () => {
    const request = onTrust({ arn: ROLE, account: OURS }, source);
    expect(request).toMatchObject({
      principal: { kind: 'service', name: 's3.amazonaws.com' },
      action: 'sts:AssumeRole',
      resource: ROLE,
      resourceAccount: OURS,
    });
    expect(request.context.sets).toEqual([]);
    expect(known(request, 'aws:SourceArn')).toEqual([source.arn]);
    expect(known(request, 'aws:SourceAccount')).toEqual([OURS]);
    expect(known(request, 'aws:SourceOrgID')).toEqual(['o-1']);
    expect(known(request, 'aws:SourceOrgPaths')).toBe('present');
    expect(known(request, 'aws:PrincipalIsAWSService')).toEqual(['true']);
    expect(known(request, 'aws:PrincipalServiceName')).toEqual(['s3.amazonaws.com']);
    expect(known(request, 'aws:PrincipalOrgID')).toEqual([]);
    expect(known(request, 'aws:PrincipalOrgPaths')).toEqual([]);
    expect(known(request, 'aws:ViaAWSService')).toBe('present');
    expect(known(request, 'aws:ResourceAccount')).toEqual([OURS]);
    const regional = onTrust({ arn: ROLE, account: OURS }, source, 's3.ap-east-1.amazonaws.com');
    expect(regional.principal).toEqual({ kind: 'service', name: 's3.ap-east-1.amazonaws.com' });
  });
});
