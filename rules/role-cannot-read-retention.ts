import { needsRole, wantsSource } from './permission/places.ts';
import { askSource, mendSource } from './permission/source.ts';
import { judged } from './permission/verdict.ts';
import { allow, roleMay } from './shared/example.ts';
import { defineRule, notApplicable } from '../src/rule.ts';

export default defineRule({
  id: 'role-cannot-read-retention',
  title: "Replication role may not read the locks of the source's objects",
  severity: 'error',
  scope: 'source',
  why: 'The source has Object Lock, and S3 replicates retention and legal holds with the objects. It reads both with the permissions of this role; AWS asks for both rights before replication of a locked bucket is set up.',
  fix: 'Allow the role s3:GetObjectRetention and s3:GetObjectLegalHold on the objects that the replication rules take. Then send the failed objects again with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/object-lock-managing.html',
  predicts: ['SrcGetRetentionNotPermitted', 'SrcGetLegalHoldNotPermitted'],
  needs: { ...needsRole, source: ['objectLock'] },
  wants: wantsSource,
  evaluate(view) {
    if (view.source.objectLock?.ObjectLockEnabled !== 'Enabled') return notApplicable;
    const answers = askSource(view, actions);
    if (answers === null) return notApplicable;
    return judged(answers, {
      then: `Objects of '${view.source.name}', which has Object Lock, will not be replicated.`,
    });
  },
  remedy: (view) => mendSource(view, askSource(view, actions), 'ReadSourceLocks', actions),
  examples: {
    bad: {
      source: { objectLock: { ObjectLockEnabled: 'Enabled' } },
      role: roleMay(allow('s3:GetObjectRetention', 'arn:aws:s3:::orders/*')),
    },
    good: {
      source: { objectLock: { ObjectLockEnabled: 'Enabled' } },
      role: roleMay(allow(['s3:GetObjectRetention', 's3:GetObjectLegalHold'], 'arn:aws:s3:::orders/*')),
    },
  },
});

const actions = ['s3:GetObjectRetention', 's3:GetObjectLegalHold'];
