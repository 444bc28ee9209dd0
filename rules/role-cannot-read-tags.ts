import { askObjects } from './permission/answer.ts';
import { needsRole, sourceBucket, wantsSource } from './permission/places.ts';
import { prefixesOf } from './permission/prefix.ts';
import { judged } from './permission/verdict.ts';
import { allowRole } from './remedies/permission.ts';
import { allow, roleMay } from './shared/example.ts';
import { defineRule, notApplicable } from '../src/rule.ts';

export default defineRule({
  id: 'role-cannot-read-tags',
  title: "Replication role may not read the tags of the source's objects",
  severity: 'warning',
  scope: 'source',
  why: 'S3 replicates the tags of an object with it, and reads them with the permissions of this role. Where the role may not, AWS reports that it lacks the right to read the tags.',
  fix: 'Allow the role s3:GetObjectVersionTagging on the objects that the replication rules take.',
  page: 'AmazonS3/latest/userguide/setting-repl-config-perm-overview.html',
  predicts: ['SrcGetTaggingNotPermitted'],
  needs: needsRole,
  wants: wantsSource,
  evaluate(view) {
    const target = sourceBucket(view);
    if (target === null) return notApplicable;
    const answers = prefixesOf(view.routes).flatMap((prefix) =>
      actions.map((action) => askObjects(target, action, prefix)),
    );
    return judged(answers, { then: `Objects of '${view.source.name}' that carry tags may fail.` });
  },
  remedy: ({ role, source }) =>
    allowRole(role.arn, {
      Sid: 'ReadSourceTags',
      Effect: 'Allow',
      Action: actions,
      Resource: `${source.arn}/*`,
    }),
  examples: {
    bad: { role: roleMay(allow('s3:GetObjectVersionForReplication', 'arn:aws:s3:::orders/*')) },
    good: { role: roleMay(allow('s3:GetObjectVersionTagging', 'arn:aws:s3:::orders/*')) },
  },
});

const actions = ['s3:GetObjectVersionTagging'];
