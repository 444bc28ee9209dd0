import { askBucket, isRefused, type Answer } from './permission/answer.ts';
import { mendBucket } from './permission/mend.ts';
import {
  needsRole,
  sourceBucket,
  wantsSource,
  type SourceFact,
  type SourceSide,
} from './permission/places.ts';
import { judged } from './permission/verdict.ts';
import { allow, roleMay } from './shared/example.ts';
import { defineRule, notApplicable } from '../src/rule.ts';

export default defineRule({
  id: 'role-cannot-read-source-configuration',
  title: "Replication role may not read the source's configuration",
  severity: 'error',
  scope: 'source',
  why: 'S3 reads the replication configuration and lists the source with the permissions of this role. Where the role may not, nothing that the configuration asks for can be relied on.',
  fix: 'Allow the role s3:GetReplicationConfiguration and s3:ListBucket on the source bucket itself: its ARN without /*. Take away a Deny that reaches it.',
  page: 'AmazonS3/latest/userguide/setting-repl-config-perm-overview.html',
  needs: needsRole,
  wants: wantsSource,
  evaluate(view) {
    const answers = asked(view);
    // Of a role that does not exist nothing is asked.
    if (answers.length === 0) return notApplicable;
    return judged(answers, { then: `Objects of '${view.source.name}' will not be replicated.` });
  },
  remedy: (view) => {
    const { role, source } = view;
    return mendBucket(asked(view).filter(isRefused), role, source, source.name, {
      Sid: 'ReadSourceConfiguration',
      Effect: 'Allow',
      Action: actions,
      Resource: source.arn,
    });
  },
  examples: {
    // The ARN of the objects is not the bucket's.
    bad: {
      role: roleMay(allow(['s3:GetReplicationConfiguration', 's3:ListBucket'], 'arn:aws:s3:::orders/*')),
    },
    good: {
      role: roleMay(allow(['s3:GetReplicationConfiguration', 's3:ListBucket'], 'arn:aws:s3:::orders')),
    },
  },
});

const actions = ['s3:GetReplicationConfiguration', 's3:ListBucket'];

function asked(view: SourceSide): readonly Answer<SourceFact>[] {
  const target = sourceBucket(view);
  return target === null ? [] : actions.map((action) => askBucket(target, action));
}
