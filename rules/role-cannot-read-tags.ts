import { needsRole, wantsSource } from './permission/places.ts';
import { askSource, mendSource } from './permission/source.ts';
import { judged } from './permission/verdict.ts';
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
    const answers = askSource(view, actions);
    if (answers === null) return notApplicable;
    return judged(answers, { then: `Objects of '${view.source.name}' that carry tags may fail.` });
  },
  remedy: (view) => mendSource(view, askSource(view, actions), 'ReadSourceTags', actions),
  examples: {
    bad: { role: roleMay(allow('s3:GetObjectVersionForReplication', 'arn:aws:s3:::orders/*')) },
    good: { role: roleMay(allow('s3:GetObjectVersionTagging', 'arn:aws:s3:::orders/*')) },
  },
});

const actions = ['s3:GetObjectVersionTagging'];
