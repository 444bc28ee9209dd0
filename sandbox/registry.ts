/** Which service a request is for. */
import type { Dialect } from './dialect.ts';
import { notImplemented, type Service } from './service.ts';
import { account } from './services/account.ts';
import { cloudwatch } from './services/cloudwatch.ts';
import { iam } from './services/iam.ts';
import { kms } from './services/kms.ts';
import { organizations } from './services/organizations.ts';
import { s3 } from './services/s3/service.ts';
import { s3control } from './services/s3control.ts';
import { sts } from './services/sts.ts';
import type { RawRequest } from './canonical.ts';

/** A service, and the protocol of its errors. */
export interface Entry {
  readonly service: Service;
  readonly dialect: Dialect;
}

const entries: Readonly<Record<string, Entry>> = {
  account: { service: account, dialect: 'rest-json' },
  iam: { service: iam, dialect: 'query' },
  kms: { service: kms, dialect: 'json' },
  monitoring: { service: cloudwatch, dialect: 'query' },
  organizations: { service: organizations, dialect: 'organizations' },
  sts: { service: sts, dialect: 'query' },
};

const s3Entry: Entry = { service: s3, dialect: 's3' };
const s3ControlEntry: Entry = { service: s3control, dialect: 's3' };

/** The service that the signature names; S3 Control signs as S3, and has its own path. */
export function serviceFor(name: string, path: string): Entry {
  if (name === 's3') return path.startsWith('/v20180820/') ? s3ControlEntry : s3Entry;
  const entry = entries[name];
  if (!entry) throw notImplemented(`the service ${name}`);
  return entry;
}

/** The service whose form a refusal takes where no signature names one. */
export function serviceForUnsigned({ headers, path }: RawRequest): Entry {
  const target = headers['x-amz-target'] ?? '';
  if (target.startsWith('TrentService.')) return serviceFor('kms', path);
  if (target.startsWith('AWSOrganizations')) return serviceFor('organizations', path);
  const isForm = (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  return isForm ? serviceFor('sts', path) : serviceFor('s3', path);
}
