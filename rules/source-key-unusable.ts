import { enableKey } from './remedies/enable-key.ts';
import { describedKey, sourceKeyArn } from './shared/example.ts';
import { isOwnKey, isUsable } from './shared/key.ts';
import { defineRule, fail, notApplicable, pass, undetermined } from '../src/rule.ts';

export default defineRule({
  id: 'source-key-unusable',
  title: 'Key of the source does not exist or is not enabled',
  severity: 'error',
  scope: 'source',
  why: 'S3 must decrypt an object to replicate it. Under a key that is disabled, waits to be deleted or is gone, nothing that it encrypted can be read: neither replicated nor downloaded. New objects that ask for no other encryption are refused. This is about the default key; objects may be under other keys.',
  fix: 'Enable the key again; cancel its deletion while there is time. Then send the failed objects again with S3 Batch Replication. A key that is gone takes its objects with it.',
  page: 'AmazonS3/latest/userguide/replication-metrics-events.html',
  predicts: ['SrcKmsKeyInvalidState'],
  needs: { sourceKey: ['description'] },
  evaluate({ source, sourceKey }) {
    const state = sourceKey.description?.KeyState;
    if (state !== undefined && isUsable(state)) return pass;
    if (state === undefined && isOwnKey(sourceKey.id)) return notApplicable;
    // https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html: an alias is the requester's
    if (state === undefined && !sourceKey.id.startsWith('arn:')) {
      return undetermined(
        `There is no '${sourceKey.id}' in account '${sourceKey.account}', and KMS looks for it in the account of whoever writes.`,
      );
    }
    const how = state === undefined ? 'does not exist' : `is in the state ${state}`;
    return fail({
      message: `Objects of '${source.name}' under its default key will not be replicated, nor can they be read: '${sourceKey.id}' ${how}.`,
      expected: 'Enabled',
      actual: state ?? 'no such key',
      at: ['sourceKey.description#/KeyState'],
    });
  },
  remedy: ({ sourceKey }) => enableKey(sourceKey),
  examples: {
    bad: {
      source: {
        encryption: {
          Rules: [
            { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: sourceKeyArn } },
          ],
        },
      },
      sourceKey: { description: describedKey(sourceKeyArn, { KeyState: 'Disabled' }) },
    },
    good: {
      source: {
        encryption: {
          Rules: [
            { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: sourceKeyArn } },
          ],
        },
      },
      sourceKey: { description: describedKey(sourceKeyArn) },
    },
  },
});
