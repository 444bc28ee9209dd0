import { describe, expect, it } from 'vitest';
import { holds } from '../../src/iam/condition.ts';
import { contextOf, type Knowledge, type Truth, type Unknown } from '../../src/iam/context.ts';
import { conditionOf } from '../../src/iam/operators.ts';
import type { Version } from '../../src/iam/template.ts';

type Keys = Readonly<Record<string, Knowledge>>;
type Block = Readonly<Record<string, Readonly<Record<string, readonly string[] | string>>>>;

/** A whole Condition block, all of which must hold, in a context. */
function judge(
  block: Block,
  keys: Keys,
  version: Version = '2012-10-17',
): { truth: Truth; unknown: readonly string[] } {
  const unknown: Unknown[] = [];
  const truths = Object.entries(block).flatMap(([operator, byKey]) =>
    Object.entries(byKey).map(([key, values]) => {
      const condition = conditionOf(operator, key, [values].flat(), version);
      if (condition === null) throw new Error(`no operator ${operator}`);
      return holds(condition, contextOf(keys), unknown);
    }),
  );
  const truth = (['no', 'maybe', 'yes'] as const).find((one) => truths.includes(one));
  if (truth === undefined) throw new Error(`no truth among ${truths.join()}`);
  return { truth, unknown: unknown.map(({ name }) => name) };
}

const MATCH = 'yes';
const NO_MATCH = 'no';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
describe("AWS's tables of operators", () => {
  const tag = { StringEquals: { 'aws:PrincipalTag/job-category': 'iamuser-admin' } };
  const home = { StringLike: { 's3:prefix': ['', 'home/', 'home/${aws:username}/'] } };
  const tags = {
    StringEqualsIgnoreCase: { 'aws:RequestTag/environment': ['preprod', 'storage'] },
    'ForAnyValue:StringEquals': { 'aws:TagKeys': 'environment' },
  };
  const plain = { Bool: { 'aws:SecureTransport': 'false' } };
  const bytes = { BinaryEquals: { key: 'QmluYXJ5VmFsdWVJbkJhc2U2NA==' } };
  const range = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };
  const topic = { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:us-west-2:123456789012:TOPIC-ID' } };
  const logs = {
    'ForAllValues:ArnLike': {
      'logs:Arns': [
        'arn:aws:cloudfront::123456789012:distribution/*',
        'arn:aws:cloudfront::123456789012:d/s*',
      ],
    },
  };
  const type = { StringLikeIfExists: { 'ec2:InstanceType': ['t1.*', 't2.*', 'm3.*'] } };
  const front = (account: string, id: string): string => `arn:aws:cloudfront::${account}:distribution/${id}`;
  it.each<[Block, Keys, Truth]>([
    [tag, { 'aws:PrincipalTag/job-category': ['iamuser-admin'] }, MATCH],
    [tag, { 'aws:PrincipalTag/job-category': ['dev-ops'] }, NO_MATCH],
    [tag, { 'aws:PrincipalTag/job-category': [] }, NO_MATCH],
    [home, { 's3:prefix': ['home/martha_rivera/'], 'aws:username': ['martha_rivera'] }, MATCH],
    [home, { 's3:prefix': ['home/martha_rivera/'], 'aws:username': ['nikki_wolf'] }, NO_MATCH],
    [home, { 's3:prefix': ['home/martha_rivera/'], 'aws:username': [] }, NO_MATCH],
    [home, { 's3:prefix': ['home/'], 'aws:username': [] }, MATCH],
    [tags, { 'aws:TagKeys': ['environment'], 'aws:RequestTag/environment': ['preprod'] }, MATCH],
    [
      tags,
      { 'aws:TagKeys': ['environment', 'costcenter'], 'aws:RequestTag/environment': ['PreProd'] },
      MATCH,
    ],
    [tags, { 'aws:TagKeys': ['Environment'], 'aws:RequestTag/Environment': ['preprod'] }, NO_MATCH],
    [tags, { 'aws:TagKeys': ['costcenter'], 'aws:RequestTag/environment': ['preprod'] }, NO_MATCH],
    [tags, { 'aws:TagKeys': [], 'aws:RequestTag/environment': ['storage'] }, NO_MATCH],
    [tags, { 'aws:TagKeys': ['environment'], 'aws:RequestTag/environment': [] }, NO_MATCH],
    [tags, { 'aws:TagKeys': [], 'aws:RequestTag/environment': [] }, NO_MATCH],
    [plain, { 'aws:SecureTransport': ['false'] }, MATCH],
    [plain, { 'aws:SecureTransport': ['true'] }, NO_MATCH],
    [plain, { 'aws:SecureTransport': [] }, NO_MATCH],
    [bytes, { key: ['QmluYXJ5VmFsdWVJbkJhc2U2NA=='] }, MATCH],
    [bytes, { key: ['ASIAIOSFODNN7EXAMPLE'] }, NO_MATCH],
    [bytes, { key: [] }, NO_MATCH],
    [range, { 'aws:SourceIp': ['203.0.113.1'] }, MATCH],
    [range, { 'aws:SourceIp': ['198.51.100.1'] }, NO_MATCH],
    [range, { 'aws:SourceIp': [] }, NO_MATCH],
    [topic, { 'aws:SourceArn': ['arn:aws:sns:us-west-2:123456789012:TOPIC-ID'] }, MATCH],
    [topic, { 'aws:SourceArn': ['arn:aws:sns:us-west-2:777788889999:TOPIC-ID'] }, NO_MATCH],
    [topic, { 'aws:SourceArn': [] }, NO_MATCH],
    [logs, { 'logs:Arns': [front('123456789012', 'costcenter')] }, MATCH],
    [
      logs,
      { 'logs:Arns': [front('123456789012', 'costcenter'), front('123456789012', 'support2025')] },
      MATCH,
    ],
    [logs, { 'logs:Arns': [front('777788889999', 'costcenter')] }, NO_MATCH],
    [logs, { 'logs:Arns': [front('123456789012', 'a'), front('777788889999', 'a')] }, NO_MATCH],
    [logs, { 'logs:Arns': [] }, MATCH],
    // "or if the context key value resolves to a null dataset, such as an empty string"
    [logs, { 'logs:Arns': [''] }, MATCH],
    [logs, { 'logs:Arns': ['', ''] }, NO_MATCH],
    [type, { 'ec2:InstanceType': ['t1.micro'] }, MATCH],
    [type, { 'ec2:InstanceType': ['m2.micro'] }, NO_MATCH],
    [type, { 'ec2:InstanceType': [] }, MATCH],
  ])('%j with %j: %s', (block, keys, truth) => {
    expect(judge(block, keys).truth).toBe(truth);
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
describe("AWS's tables of sets", () => {
  const wanted = { 'aws:TagKeys': ['environment', 'cost-center'] };
  const all = { 'ForAllValues:StringEquals': wanted, Null: { 'aws:TagKeys': 'false' } };
  const any = { 'ForAnyValue:StringEquals': wanted };
  it.each<[Block, readonly string[], Truth]>([
    [all, ['environment'], MATCH],
    [all, ['cost-center'], MATCH],
    [all, ['environment', 'cost-center'], MATCH],
    [all, ['environment', 'dept'], NO_MATCH],
    [all, [], NO_MATCH],
    [any, ['environment'], MATCH],
    [any, ['cost-center'], MATCH],
    [any, ['environment', 'cost-center'], MATCH],
    [any, ['environment', 'dept'], MATCH],
    [any, ['dept'], NO_MATCH],
    [any, [], NO_MATCH],
    // The operators' page, #conditions_string_multivalued: none may match; at least one must not match.
    [{ 'ForAllValues:StringNotEquals': wanted }, ['a', 'b'], MATCH],
    [{ 'ForAllValues:StringNotEquals': wanted }, ['a', 'environment'], NO_MATCH],
    [{ 'ForAllValues:StringNotEquals': wanted }, [], MATCH],
    [{ 'ForAnyValue:StringNotEquals': wanted }, ['a', 'environment'], MATCH],
    [{ 'ForAnyValue:StringNotEquals': wanted }, ['cost-center', 'environment'], NO_MATCH],
    // "if the key does not exist, the condition returns false"
    [{ 'ForAnyValue:StringNotEquals': wanted }, [], NO_MATCH],
    [{ 'ForAnyValue:StringEqualsIfExists': wanted }, [], MATCH],
    [{ 'ForAllValues:StringEqualsIfExists': wanted }, ['dept'], NO_MATCH],
  ])('%j with %j: %s', (block, values, truth) => {
    expect(judge(block, { 'aws:TagKeys': values }).truth).toBe(truth);
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
describe("AWS's tables of several keys and values", () => {
  const tags = {
    StringEquals: {
      'aws:PrincipalTag/department': ['finance', 'hr', 'legal'],
      'aws:PrincipalTag/role': ['audit', 'security'],
    },
  };
  const users = {
    'aws:PrincipalArn': ['arn:aws:iam::222222222222:user/Ana', 'arn:aws:iam::222222222222:user/Mary'],
  };
  const like = { ...tags, ArnLike: users };
  const notLike = { ...tags, ArnNotLike: users };
  const keys = (department: string | null, its: string | null, user: string): Keys => ({
    'aws:PrincipalTag/department': department === null ? [] : [department],
    'aws:PrincipalTag/role': its === null ? [] : [its],
    'aws:PrincipalArn': [`arn:aws:iam::222222222222:user/${user}`],
  });
  it.each<[Block, Keys, Truth]>([
    [like, keys('legal', 'audit', 'Mary'), MATCH],
    [like, keys('hr', 'audit', 'Nikki'), NO_MATCH],
    [like, keys('hr', 'payroll', 'Mary'), NO_MATCH],
    [like, keys('hr', null, 'Mary'), NO_MATCH],
    [like, keys(null, null, 'Mary'), NO_MATCH],
    [notLike, keys('legal', 'audit', 'Nikki'), MATCH],
    [notLike, keys('hr', 'audit', 'Mary'), NO_MATCH],
    [notLike, keys('hr', 'payroll', 'Nikki'), NO_MATCH],
    [notLike, keys('hr', null, 'Nikki'), NO_MATCH],
    [notLike, keys(null, null, 'Nikki'), NO_MATCH],
  ])('%j with %j: %s', (block, context, truth) => {
    expect(judge(block, context).truth).toBe(truth);
  });
});

describe('operators by the letter', () => {
  const one = (operator: string, wanted: string, actual: string | null): Truth =>
    judge({ [operator]: { key: wanted } }, { key: actual === null ? [] : [actual] }).truth;

  it.each<[string, string, string | null, Truth]>([
    ['StringEquals', 'a*', 'ab', NO_MATCH],
    ['StringEquals', 'a', 'A', NO_MATCH],
    ['StringNotEquals', 'a', 'A', MATCH],
    ['StringNotEquals', 'a', 'a', NO_MATCH],
    ['StringNotEquals', 'a', null, MATCH],
    ['StringEqualsIgnoreCase', 'aB', 'Ab', MATCH],
    ['StringEqualsIgnoreCase', 'a*', 'ab', NO_MATCH],
    ['StringNotEqualsIgnoreCase', 'aB', 'Ab', NO_MATCH],
    ['StringLike', 'a*c?', 'abbcd', MATCH],
    ['StringLike', 'a*', 'Ab', NO_MATCH],
    ['StringNotLike', 'a*', 'ab', NO_MATCH],
    ['StringNotLike', 'a*', null, MATCH],
    ['ArnEquals', 'arn:aws:s3:::b*', 'arn:aws:s3:::bucket', MATCH],
    ['ArnLike', 'arn:aws:s3:::b*', 'arn:aws:s3:::Bucket', NO_MATCH],
    // "Each of the six colon-delimited components of the ARN is checked separately"
    ['ArnLike', 'arn:aws:s3:*', 'arn:aws:s3:::bucket', NO_MATCH],
    ['ArnLike', '*', 'arn:aws:s3:::bucket', NO_MATCH],
    ['ArnEquals', 'arn:aws:s3:*', 'arn:aws:s3:::bucket', NO_MATCH],
    ['ArnLike', 'arn:*:*:*:*:*', 'arn:aws:s3:::a:b', MATCH],
    ['ArnNotEquals', 'arn:aws:s3:::b', 'arn:aws:s3:::b', NO_MATCH],
    ['ArnNotLike', 'arn:aws:s3:::b', null, MATCH],
    ['Bool', 'TRUE', 'true', MATCH],
    ['Bool', 'true', 'false', NO_MATCH],
    ['BoolIfExists', 'true', null, MATCH],
    ['NumericEquals', '10', '10.0', MATCH],
    ['NumericEquals', '10', 'ten', NO_MATCH],
    ['NumericEquals', '1*', '1', NO_MATCH],
    ['NumericNotEquals', '10', '11', MATCH],
    ['NumericNotEquals', '10', '10', NO_MATCH],
    ['NumericNotEquals', '10', null, MATCH],
    ['NumericLessThan', '10', '9.5', MATCH],
    ['NumericLessThan', '10', '10', NO_MATCH],
    ['NumericLessThanEquals', '10', '10', MATCH],
    ['NumericLessThanEquals', '10', '10.5', NO_MATCH],
    ['NumericGreaterThan', '10', '11', MATCH],
    ['NumericGreaterThan', '10', '10', NO_MATCH],
    ['NumericGreaterThan', '10', null, NO_MATCH],
    ['NumericGreaterThanEquals', '10', '10', MATCH],
    ['NumericGreaterThanEquals', '10', '9', NO_MATCH],
    ['NumericGreaterThanIfExists', '10', null, MATCH],
    ['DateEquals', '2020-01-01T00:00:00Z', '1577836800', MATCH],
    ['DateEquals', '2020-01-01', '2020-01-01T00:00:00Z', MATCH],
    ['DateEquals', '2020-01-01T01:00:00+01:00', '2020-01-01T00:00:00Z', MATCH],
    ['DateEquals', 'January 2020', '2020-01-01T00:00:00Z', NO_MATCH],
    ['DateNotEquals', '2020', '2020-01-01T00:00:00.000Z', NO_MATCH],
    ['DateLessThan', '2020-01', '2019-12-31T23:59:59Z', MATCH],
    ['DateLessThan', '2020-01', '2020-01-01T00:00Z', NO_MATCH],
    ['DateLessThanEquals', '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z', MATCH],
    ['DateGreaterThan', '2020-01-01T00:00:01Z', '2020-01-01T00:00:02Z', MATCH],
    ['DateGreaterThan', '2020-01-01T00:00:01Z', '2020-01-01T00:00:01Z', NO_MATCH],
    ['DateGreaterThanEquals', '2020-01-01T00:00:01Z', '2020-01-01T00:00:01Z', MATCH],
    ['NotIpAddress', '203.0.113.0/24', '203.0.113.9', NO_MATCH],
    ['NotIpAddress', '203.0.113.0/24', '203.0.114.9', MATCH],
    ['IpAddress', '203.0.113.9', '203.0.113.9', MATCH],
    ['IpAddress', '203.0.113.9', '203.0.113.8', NO_MATCH],
    ['stringlike', 'a*', 'ab', MATCH],
    ['foranyvalue:stringlikeifexists', 'a*', null, MATCH],
    ['Null', 'true', null, MATCH],
    ['Null', 'true', 'a', NO_MATCH],
    ['Null', 'false', 'a', MATCH],
    ['Null', 'false', null, NO_MATCH],
  ])('%s %s of %s: %s', (operator, wanted, actual, truth) => {
    expect(one(operator, wanted, actual)).toBe(truth);
  });

  it.each([
    'StringMatches',
    'String',
    '',
    'ForAllValues:',
    'ForSomeValues:StringLike',
    'NullIfExists',
    'IfExists',
  ])('there is no operator %j', (operator) => {
    expect(conditionOf(operator, 'key', ['a'], '2012-10-17')).toBeNull();
  });

  it('tags that are not named are known by their family, and other keys are not', () => {
    const keys = { 'aws:PrincipalTag/*': [], 'aws:PrincipalTag/a': ['b'] };
    const wanted = (key: string) => judge({ Null: { [key]: 'true' } }, keys).truth;
    expect(
      ['aws:PrincipalTag/a', 'aws:PrincipalTag/c', 'aws:PrincipalTags', 'aws:Tag/c'].map(wanted),
    ).toEqual(['no', 'yes', 'maybe', 'maybe']);
  });

  it('one of several values is enough', () => {
    expect(judge({ NumericEquals: { key: ['9', '10'] } }, { key: ['10'] }).truth).toBe('yes');
    expect(judge({ NumericNotEquals: { key: ['9', '10'] } }, { key: ['10'] }).truth).toBe('no');
    expect(judge({ StringLike: { key: ['a', 'b*'] } }, { key: ['bc'] }).truth).toBe('yes');
  });

  it('keys ignore case, and no value matches nothing', () => {
    expect(judge({ StringEquals: { 'AWS:principalARN': 'a' } }, { 'aws:PrincipalArn': ['a'] }).truth).toBe(
      'yes',
    );
    expect(judge({ StringEquals: { key: [] } }, { key: ['a'] }).truth).toBe('no');
    expect(judge({ StringNotEquals: { key: [] } }, { key: ['a'] }).truth).toBe('yes');
  });
});

describe('what is not known', () => {
  it.each<[Block, Keys, Truth, readonly string[]]>([
    [{ StringEquals: { 'aws:SourceVpc': 'vpc-1' } }, {}, 'maybe', ['aws:SourceVpc']],
    [{ StringNotEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' } }, {}, 'maybe', ['aws:SourceVpc']],
    [{ 'ForAllValues:StringLike': { key: '*' } }, {}, 'maybe', ['key']],
    [{ StringEquals: { key: 'a' } }, { key: 'present' }, 'maybe', ['key']],
    [{ StringEquals: { key: 'a' } }, { key: { under: 'a' } }, 'maybe', ['key']],
    [{ Null: { key: 'true' } }, {}, 'maybe', ['key']],
    [{ Null: { key: ['true', 'false'] } }, {}, 'yes', []],
    [{ Null: { key: 'true' } }, { key: 'present' }, 'no', []],
    [{ Null: { key: 'false' } }, { key: 'present' }, 'yes', []],
    [{ Null: { key: 'false' } }, { key: { under: 'a' } }, 'yes', []],
    // Several values without a set operator: documented nowhere.
    [{ StringEquals: { key: 'a' } }, { key: ['a', 'b'] }, 'maybe', ['key']],
    [{ StringEquals: { key: ['${aws:username}', 'a'] } }, { key: ['b'] }, 'maybe', ['aws:username']],
    [{ StringEquals: { key: ['${aws:username}', 'a'] } }, { key: ['a'] }, 'yes', []],
    [{ StringNotEquals: { key: ['${aws:username}', 'a'] } }, { key: ['a'] }, 'no', []],
    [{ StringNotEquals: { key: '${aws:username}' } }, { key: ['a'] }, 'maybe', ['aws:username']],
    [{ StringEquals: { key: 'x-${aws:username}' } }, { key: ['y-a'] }, 'no', []],
    [{ StringEquals: { key: '*${aws:username}' } }, { key: ['y-a'] }, 'no', []],
    [
      { 'ForAllValues:StringEquals': { key: '${aws:username}' } },
      { key: ['a', 'b'] },
      'maybe',
      ['aws:username', 'aws:username'],
    ],
    [{ 'ForAllValues:StringEquals': { key: 'x${aws:username}' } }, { key: ['xa', 'b'] }, 'no', []],
    [{ 'ForAnyValue:StringEquals': { key: ['a', 'x${aws:username}'] } }, { key: ['xa', 'a'] }, 'yes', []],
    [
      { 'ForAnyValue:StringEquals': { key: ['x${aws:username}'] } },
      { key: ['xa', 'a'] },
      'maybe',
      ['aws:username'],
    ],
    [{ Bool: { key: '${aws:username}' } }, { key: ['true'] }, 'maybe', ['aws:username']],
  ])('%j with %j: %s', (block, keys, truth, unknown) => {
    expect(judge(block, keys)).toEqual({ truth, unknown });
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
describe('variables', () => {
  const one = (
    wanted: string,
    actual: string,
    keys: Keys,
    operator = 'StringEquals',
    version?: Version,
  ): Truth => judge({ [operator]: { key: wanted } }, { ...keys, key: [actual] }, version).truth;

  it.each<[string, string, Keys, Truth]>([
    ['${aws:PrincipalTag/team}', 'a', { 'aws:PrincipalTag/team': ['a'] }, MATCH],
    ['${AWS:principaltag/TEAM}', 'a', { 'aws:PrincipalTag/team': ['a'] }, MATCH],
    ['${ aws:PrincipalTag/team }', 'a', { 'aws:PrincipalTag/team': ['a'] }, MATCH],
    ["b-${aws:PrincipalTag/team, 'company-wide'}-c", 'b-company-wide-c', { 'aws:PrincipalTag/*': [] }, MATCH],
    ["${aws:PrincipalTag/team, 'company-wide'}", 'a', { 'aws:PrincipalTag/team': ['a'] }, MATCH],
    ['${aws:PrincipalTag/team}', '${aws:PrincipalTag/team}', { 'aws:PrincipalTag/*': [] }, NO_MATCH],
    ['${*}${?}${$}', '*?$', {}, MATCH],
    ['a${*}', 'ab', {}, NO_MATCH],
    ['${', '${', {}, MATCH],
    ['${}', '${}', {}, MATCH],
    // "You can't use a multivalued condition key as a variable."
    ['${aws:TagKeys}', 'a', { 'aws:TagKeys': ['a', 'b'] }, 'maybe'],
  ])('%s of %s with %j: %s', (wanted, actual, keys, truth) => {
    expect(one(wanted, actual, keys)).toBe(truth);
  });

  it('the value of a variable holds no wildcards', () => {
    const keys = { 'aws:PrincipalTag/team': ['*'] };
    expect(one('${aws:PrincipalTag/team}', 'a', keys, 'StringLike')).toBe('no');
    expect(one('${aws:PrincipalTag/team}*', '*a', keys, 'StringLike')).toBe('yes');
    expect(one('a${*}', 'ab', keys, 'StringLike')).toBe('no');
    expect(one('a${*}', 'a*', keys, 'StringLike')).toBe('yes');
  });

  it('letters beside an unknown variable stay letters, wildcards stay wildcards', () => {
    expect(one('*-${aws:username}', 'a-b', {}, 'StringLike')).toBe('maybe');
    expect(one('*-${aws:username}', 'a-b', {}, 'StringEquals')).toBe('no');
    expect(one('*-${aws:username}', '*-b', {}, 'StringEquals')).toBe('maybe');
    expect(one('arn:aws:s3:*:${aws:username}', 'arn:aws:s3:::x', {}, 'ArnLike')).toBe('no');
    expect(one('arn:aws:s3:*:*:${aws:username}', 'arn:aws:s3:::x', {}, 'ArnLike')).toBe('maybe');
  });

  it('case is ignored in values of variables where the operator ignores it', () => {
    expect(one('${aws:username}', 'ANA', { 'aws:username': ['ana'] }, 'StringEqualsIgnoreCase')).toBe('yes');
    expect(one('x${aws:username}', 'XANA', {}, 'StringEqualsIgnoreCase')).toBe('maybe');
  });

  it('a variable without a value matches nothing, and what asks for no match holds', () => {
    const keys = { 'aws:PrincipalTag/*': [], key: ['a'] };
    const wanted = { key: '${aws:PrincipalTag/Team}' };
    expect(judge({ StringNotEquals: wanted }, keys).truth).toBe('yes');
    expect(judge({ StringLike: wanted }, keys).truth).toBe('no');
  });

  it('stand in Bool too, as the page of operators has it', () => {
    expect(one('${flag}', 'TRUE', { flag: ['true'] }, 'Bool')).toBe('yes');
    expect(one('${flag}', 'false', { flag: ['true'] }, 'Bool')).toBe('no');
  });

  it('are letters before the version 2012-10-17, and in operators that are not of text', () => {
    const keys = { 'aws:username': ['ana'] };
    expect(one('${aws:username}', 'ana', keys, 'StringEquals', '2008-10-17')).toBe('no');
    expect(one('${aws:username}', '${aws:username}', keys, 'StringEquals', '2008-10-17')).toBe('yes');
    expect(one('${n}', '1', { n: ['1'] }, 'NumericEquals')).toBe('no');
  });
});
