/** Whatever a rule finds can be typed in three languages, or the finding says why not. */
import { expect, it } from 'vitest';
import { expectWhole } from './whole.ts';
import { rules } from '../../rules/index.ts';
import { tryRule } from '../../src/tester.ts';

/** What the findings say of the bad examples that cannot be mended by typing, or not in each language. */
const untyped: Readonly<Record<string, string>> = {
  'archived-before-backfill':
    'There is nothing to type in Terraform and CloudFormation: neither has a resource for a job of S3 Batch Operations, which runs once.',
  'conflicting-overlap':
    'There is nothing to type: which of the two rules is meant for the objects that both take only their owner knows.',
  'destination-count-near-quota':
    'There is nothing to type: which rules are done with only their owner knows.',
  'destination-region-disabled': 'There is nothing to type in CloudFormation: no resource enables a Region.',
  'destination-requester-pays':
    'There is nothing to type in CloudFormation: AWS::S3::Bucket has no property for who pays.',
  'destination-unverifiable':
    'There is nothing to type: nothing about the bucket is known to be wrong; it is the scan that has to be let in.',
  'duplicate-rule':
    'There is nothing to type in Terraform and CloudFormation: take the block of the rule out.',
  'existing-object-flag':
    'There is nothing to type in Terraform and CloudFormation: take the flag out; what is not written there is not set.',
  'lifecycle-mismatch':
    'There is nothing to type: which of the two ends has it right only their owners know.',
  'objects-not-backfilled':
    'There is nothing to type in Terraform and CloudFormation: neither has a resource for a job of S3 Batch Operations, which runs once.',
  'owner-override-in-same-account':
    'There is nothing to type in Terraform and CloudFormation: take the block of the owner override out of the rule.',
  'region-not-allowed':
    'There is nothing to type: where the data shall be instead, and when the replicas may be deleted, people have to decide.',
  'replica-in-same-account':
    'There is nothing to type: which bucket of which other account shall take the replicas people have to decide, and its owner has to let them in.',
  'replica-in-same-region':
    'There is nothing to type: which bucket of which other Region shall take the replicas people have to decide.',
  'replica-key-unusable':
    'There is nothing to type in Terraform and CloudFormation: neither can cancel the deletion of a key.',
  'replication-chain':
    'There is nothing to type: whether the source shall reach that bucket too, and under which key and whose policy, people have to decide.',
  'replication-failing':
    'There is nothing to type in Terraform and CloudFormation: neither has a resource for a job of S3 Batch Operations, which runs once.',
  'replication-lagging':
    'There is nothing to type: no setting is wrong, and what holds replication up is not known.',
  'replication-required':
    'There is nothing to type: which bucket shall take the replicas, and under which role and key, people have to decide.',
  'role-shared': 'There is nothing to type: which sources belong together people have to decide.',
  'rule-count-near-quota':
    'There is nothing to type: which rules can go or be joined only their owner knows.',
  'tag-only-coverage':
    'There is nothing to type: which objects are meant, beyond those that have the tags, only their owner knows.',
};

const said = (text: string): string | undefined => /There is nothing to type.*$/s.exec(text)?.[0];

it.each(rules)('$id says on what it rests and what to type', (rule) => {
  const outcome = tryRule(rule, rule.examples.bad);
  if (!('finding' in outcome)) expect.unreachable(outcome.outcome);
  expect(outcome.finding.outcome).toBe('fail');
  expectWhole(outcome.finding);
  expect(said(outcome.finding.fix.text)).toBe(untyped[rule.id]);
});

it('lists no rule that is not there', () => {
  const ids = new Set(rules.map(({ id }) => id));
  expect(Object.keys(untyped).filter((id) => !ids.has(id))).toEqual([]);
});
