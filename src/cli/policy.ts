/** `replint policy`: the least-privilege role for the rules that are on. */
import { Command, Option } from 'commander';
import { configOption, ruleOption } from './options.ts';
import { loadSettings } from './settings.ts';
import { usualRole } from './steps.ts';
import { actionsOf, callerActionsOf, planOf } from '../plan.ts';
import { hcl, yamlString } from '../quote.ts';

interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly object[];
}

interface PolicyFlags {
  readonly config?: string;
  readonly rule?: readonly string[];
  readonly format: 'json' | 'cloudformation' | 'terraform';
  readonly caller?: boolean;
}

export function policyCommand(): Command {
  return new Command('policy')
    .description('print the least-privilege policy of the role that replint assumes in every account')
    .addOption(configOption())
    .addOption(ruleOption())
    .addOption(
      new Option('--format <format>', 'the form')
        .choices(['json', 'cloudformation', 'terraform'])
        .default('json'),
    )
    .option('--caller', 'the policy of whoever runs replint, instead: list the organization, assume the role')
    .action(async (flags: PolicyFlags) => {
      const { configuration, selection } = await loadSettings(flags);
      const role = configuration.organization?.role ?? usualRole;
      const plan = planOf(selection, configuration.waivers);
      const document =
        flags.caller === true ? callerPolicy(callerActionsOf(plan), role) : auditPolicy(actionsOf(plan));
      process.stdout.write(written(document, role, flags.format));
    });
}

/** Reads of configuration and listings; none of an object's data. */
export function auditPolicy(actions: readonly string[]): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [{ Sid: 'ReplintReads', Effect: 'Allow', Action: actions, Resource: '*' }],
  };
}

function callerPolicy(actions: readonly string[], role: string): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ReplintListsTheOrganization',
        Effect: 'Allow',
        Action: actions.filter((action) => action !== 'sts:AssumeRole'),
        Resource: '*',
      },
      {
        Sid: 'ReplintAssumesItsRole',
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Resource: `arn:*:iam::*:role/${role}`,
      },
    ],
  };
}

function written(document: PolicyDocument, role: string, format: PolicyFlags['format']): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(document, null, 2)}\n`;
    case 'cloudformation':
      return cloudformation(document, role);
    case 'terraform':
      return terraform(document, role);
  }
}

/** A role's name and its path: `audit/Replint` is Replint below /audit/. */
function nameAndPath(role: string): { readonly name: string; readonly path: string } {
  const at = role.lastIndexOf('/');
  return { name: role.slice(at + 1), path: at < 0 ? '/' : `/${role.slice(0, at).replace(/^\//, '')}/` };
}

/** For a stack set: the account that runs replint is its parameter. */
function cloudformation(document: PolicyDocument, role: string): string {
  const { name, path } = nameAndPath(role);
  const trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${ScannerAccount}:root' } },
        Action: 'sts:AssumeRole',
      },
    ],
  };
  return `AWSTemplateFormatVersion: '2010-09-09'
Description: The role that replint assumes, which reads configuration and listings and no object's data
Parameters:
  ScannerAccount:
    Type: String
    AllowedPattern: '[0-9]{12}'
    Description: The account that replint runs in
Resources:
  ReplintRole:
    Type: AWS::IAM::Role
    Properties:
      RoleName: ${yamlString(name)}
      Path: ${yamlString(path)}
      AssumeRolePolicyDocument: ${JSON.stringify(trust)}
      Policies:
        - PolicyName: replint
          PolicyDocument: ${JSON.stringify(document)}
`;
}

function terraform(document: PolicyDocument, role: string): string {
  const { name, path } = nameAndPath(role);
  return `variable "scanner_account" {
  type        = string
  description = "The account that replint runs in"
}

data "aws_partition" "current" {}

resource "aws_iam_role" "replint" {
  name = ${hcl(name)}
  path = ${hcl(path)}
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:\${data.aws_partition.current.partition}:iam::\${var.scanner_account}:root" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "replint" {
  name   = "replint"
  role   = aws_iam_role.replint.id
  policy = ${hcl(JSON.stringify(document))}
}
`;
}
