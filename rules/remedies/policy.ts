/**
 * What to type to change a policy. AWS takes it as a whole only: it is read, changed and put back, so that one remedy keeps
 * what another, or anybody since the scan, has written.
 */
import { sh } from '../../src/rule.ts';

/** Where a policy is had, and where it goes to. */
export interface Stored {
  readonly get: string;
  readonly put: string;
}

/** Of a bucket; `seen` is what the scan read. */
export function bucketPolicy(bucket: string, seen: string | null): Stored {
  const get = sh`aws s3api get-bucket-policy --bucket ${bucket} --query Policy --output text > policy.json`;
  return {
    get: seen === null ? `${get} ${orNone}` : get,
    put: sh`aws s3api put-bucket-policy --bucket ${bucket} --policy file://changed.json`,
  };
}

/** A policy that may not be read is not one that does not exist: it must not be replaced. */
const orNone = `2> error.txt ||
  { cat error.txt && grep -q '(NoSuchBucketPolicy)' error.txt && echo '{"Version":"2012-10-17","Statement":[]}' > policy.json; }`;

/** Of a key. */
export function keyPolicy(key: string, region: string): Stored {
  const of = sh`--key-id ${key} --policy-name default --region ${region}`;
  return {
    get: `aws kms get-key-policy ${of} --query Policy --output text > policy.json`,
    put: `aws kms put-key-policy ${of} --policy file://changed.json`,
  };
}

/** Of a role: whom it trusts. */
export function trustPolicy(role: string): Stored {
  const name = role.slice(role.lastIndexOf('/') + 1);
  return {
    get: sh`aws iam get-role --role-name ${name} --query Role.AssumeRolePolicyDocument --output json > policy.json`,
    put: sh`aws iam update-assume-role-policy --role-name ${name} --policy-document file://changed.json`,
  };
}

/** Changes the list of statements with a jq program. */
export function editStatements({ get, put }: Stored, options: string, program: string): string {
  const edit = `.Statement |= ([.] | flatten | ${program})`;
  // Spaces count towards the size that AWS allows a policy.
  return [get, `jq -c ${options} ${sh`${edit}`} policy.json > changed.json`, put].join('\n');
}

/**
 * A Sid stands once in a policy: where another remedy has taken it by now, the statement goes without.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
 */
const add =
  '. - [$new, ($new | del(.Sid))] | . + [if any(.Sid == $new.Sid) then $new | del(.Sid) else $new end]';

/** Adds a statement, unless it is there. */
export function addStatement(stored: Stored, statement: object): string {
  return editStatements(stored, sh`--argjson new ${JSON.stringify(statement)}`, add);
}
