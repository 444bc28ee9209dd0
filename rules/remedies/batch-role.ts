/** What to type to make a role ready for S3 Batch Replication. */
import { initiate, service } from '../shared/batch.ts';
import { partitionOf } from '../../src/arn.ts';
import { hcl, sh, yamlString } from '../../src/rule.ts';

interface Remedy {
  readonly cli: string;
  readonly json: string;
  readonly terraform: string;
  readonly cloudformation: string;
}

const newRole = 'batch-replication';
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
};

/** Gives a role of the source's account what a job needs, and makes one where there is none; the reader names the report's bucket. */
export function batchRole(source: string, role: string | null): Remedy {
  const name = role === null ? newRole : role.slice(role.lastIndexOf('/') + 1);
  // Jobs for other sources may have the role, too.
  const policyName = `${newRole}-${source.slice(source.lastIndexOf(':') + 1)}`;
  const put = sh`aws iam put-role-policy --role-name ${name} --policy-name ${policyName} --policy-document `;
  // The shell puts the bucket's name between two quoted halves.
  const document = JSON.stringify(permissions(source, '\n'));
  const at = document.lastIndexOf('\\n');
  const [before, after] = [document.slice(0, at), document.slice(at + 2)];
  const policy = `${sh`${before}`}"$REPORT_BUCKET"${sh`${after}`}`;
  const create = sh`aws iam create-role --role-name ${newRole} --assume-role-policy-document ${JSON.stringify(trust)}`;
  return {
    cli: [...(role === null ? [create] : []), `${put}${policy}`].join('\n'),
    json: JSON.stringify(permissions(source, 'REPORT_BUCKET').Statement, null, 2),
    terraform: terraform(source),
    cloudformation: cloudformation(source),
  };
}

function permissions(
  source: string,
  reports: string,
): { readonly Version: string; readonly Statement: readonly object[] } {
  return {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: initiate, Resource: `${source}/*` },
      {
        Effect: 'Allow',
        Action: ['s3:GetReplicationConfiguration', 's3:PutInventoryConfiguration'],
        Resource: source,
      },
      {
        Effect: 'Allow',
        Action: 's3:PutObject',
        Resource: `arn:${partitionOf(source)}:s3:::${reports}/*`,
      },
    ],
  };
}

function terraform(source: string): string {
  return `resource "aws_iam_role" "batch_replication" {
  name               = ${hcl(newRole)}
  assume_role_policy = ${hcl(JSON.stringify(trust))}
}

resource "aws_iam_role_policy" "batch_replication" {
  role = aws_iam_role.batch_replication.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ${hcl(initiate)}, Resource = ${hcl(`${source}/*`)} },
      { Effect = "Allow", Action = ["s3:GetReplicationConfiguration", "s3:PutInventoryConfiguration"], Resource = ${hcl(source)} },
      { Effect = "Allow", Action = "s3:PutObject", Resource = "\${aws_s3_bucket.reports.arn}/*" },
    ]
  })
}`;
}

function cloudformation(source: string): string {
  return `BatchReplicationRole:
  Type: AWS::IAM::Role
  Properties:
    RoleName: ${newRole}
    AssumeRolePolicyDocument: ${JSON.stringify(trust)}
    Policies:
      - PolicyName: batch-replication
        PolicyDocument:
          Version: '2012-10-17'
          Statement:
            - Effect: Allow
              Action: ${initiate}
              Resource: ${yamlString(`${source}/*`)}
            - Effect: Allow
              Action: [s3:GetReplicationConfiguration, s3:PutInventoryConfiguration]
              Resource: ${yamlString(source)}
            - Effect: Allow
              Action: s3:PutObject
              Resource: !Sub '\${Reports.Arn}/*'`;
}
