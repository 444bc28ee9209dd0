import { needsRole, wantsSource } from './permission/places.ts';
import { askSource, mendSource } from './permission/source.ts';
import { judged } from './permission/verdict.ts';
import { allow, roleMay } from './shared/example.ts';
import { defineRule, notApplicable } from '../src/rule.ts';

export default defineRule({
  id: 'role-cannot-read-annotations',
  title: "Replication role may not read the annotations of the source's objects",
  severity: 'note',
  scope: 'source',
  why: 'Since 2026 objects may carry annotations, which S3 replicates with them where the role may read them. Roles from before lack the right. Objects without annotations need it not.',
  fix: 'Where objects of the source carry annotations, allow the role s3:GetObjectVersionAnnotationForReplication on them.',
  page: 'AmazonS3/latest/userguide/setting-repl-config-perm-overview.html',
  predicts: ['SrcGetObjectAnnotationNotPermitted'],
  needs: needsRole,
  wants: wantsSource,
  evaluate(view) {
    const answers = askSource(view, actions);
    if (answers === null) return notApplicable;
    return judged(answers, {
      then: `Annotations of objects of '${view.source.name}' will not be replicated.`,
    });
  },
  remedy: (view) => mendSource(view, askSource(view, actions), 'ReadSourceAnnotations', actions),
  examples: {
    bad: { role: roleMay(allow('s3:GetObjectVersionForReplication', 'arn:aws:s3:::orders/*')) },
    good: { role: roleMay(allow('s3:GetObjectVersionAnnotationForReplication', 'arn:aws:s3:::orders/*')) },
  },
});

const actions = ['s3:GetObjectVersionAnnotationForReplication'];
