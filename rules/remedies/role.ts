/** What to type for the role under which S3 replicates. */
import { cloudformation, reference, resource, terraform, type Members } from './block.ts';
import { editReplication } from './replication.ts';
import { sh, type BucketRef, type Remedy, type Route } from '../../src/rule.ts';

/** Names a role in the replication configuration; without an ARN, the one that the reader puts in. */
export function nameRole(bucket: string, arn?: string): Remedy {
  const argument = arn === undefined ? '--arg role "$REPLICATION_ROLE_ARN"' : sh`--arg role ${arn}`;
  return {
    cli: editReplication(bucket, '.Role = $role', argument),
    terraform: terraform({ role: arn ?? reference('aws_iam_role.replication.arn') }),
    cloudformation: cloudformation({
      ReplicationConfiguration: { Role: arn ?? reference('!GetAtt ReplicationRole.Arn') },
    }),
  };
}

const Version = '2012-10-17';
const writing = ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'];

/** Makes the role that the configuration names, path included, with what replication without keys takes. */
export function makeRole(arn: string, source: BucketRef, routes: readonly Route[]): Remedy {
  const [, full = ''] = arn.split(/:role\/(.*)/s);
  const name = full.slice(full.lastIndexOf('/') + 1);
  const path = `/${full.slice(0, full.length - name.length)}`;
  const trusted = { Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const trust = { Version, Statement: [trusted] };
  // Two sources may name the role: neither's policy may replace the other's.
  const [PolicyName, policy] = [
    `replication-${source.name}`,
    { Version, Statement: permissions(source, routes) },
  ];
  const [trustText, policyText] = [JSON.stringify(trust), JSON.stringify(policy)];
  const role = { name, path, assume_role_policy: trustText };
  return {
    cli: [
      sh`aws iam create-role --path ${path} --role-name ${name} --assume-role-policy-document ${trustText}`,
      sh`aws iam put-role-policy --role-name ${name} --policy-name ${PolicyName} --policy-document ${policyText}`,
    ].join('\n'),
    json: JSON.stringify(policy.Statement, null, 2),
    terraform: [
      resource('aws_iam_role', 'replication', role),
      resource('aws_iam_role_policy', 'replication', {
        role: reference('aws_iam_role.replication.id'),
        policy: policyText,
      }),
    ].join('\n\n'),
    cloudformation: cloudformation({
      RoleName: name,
      Path: path,
      AssumeRolePolicyDocument: trust,
      Policies: [{ PolicyName, PolicyDocument: policy }],
    }),
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html */
function permissions({ arn }: BucketRef, routes: readonly Route[]): readonly Members[] {
  const onSource = ['s3:GetReplicationConfiguration', 's3:ListBucket'];
  const onObjects = [
    's3:GetObjectVersionForReplication',
    's3:GetObjectVersionAcl',
    's3:GetObjectVersionTagging',
  ];
  return [
    { Sid: 'ReadSource', Effect: 'Allow', Action: onSource, Resource: arn },
    { Sid: 'ReadSourceObjects', Effect: 'Allow', Action: onObjects, Resource: `${arn}/*` },
    { Sid: 'WriteReplicas', Effect: 'Allow', Action: writing, Resource: objectsOf(routes) },
  ];
}

function objectsOf(routes: readonly Route[]): readonly string[] {
  return [...new Set(routes.map(({ destination }) => `${destination.arn}/*`))];
}

/** Denies the role to write anywhere but into the destinations, whatever its policies allow. */
export function keepTo(arn: string, routes: readonly Route[]): Remedy {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const [Sid, Effect, NotResource] = ['OnlyDestinations', 'Deny', objectsOf(routes)];
  const statement = { Sid, Effect, Action: writing, NotResource };
  const document = JSON.stringify({ Version, Statement: [statement] });
  return {
    cli: sh`aws iam put-role-policy --role-name ${name} --policy-name replint-onlydestinations --policy-document ${document}`,
    json: JSON.stringify(statement, null, 2),
    terraform: terraform({
      statement: { sid: Sid, effect: Effect, actions: writing, not_resources: NotResource },
    }),
    cloudformation: cloudformation({ Statement: [statement] }),
  };
}
