import { selectKms } from './remedies/replica-key.ts';
import { nameDefaultKey } from './remedies/encryption.ts';
import { defaultEncryption, isKms } from './shared/encryption.ts';
import { defineRule, fail, notApplicable, pass, unknown } from '../src/rule.ts';

export default defineRule({
  id: 'destination-kms-default-ignored',
  title: "Destination's KMS default does not encrypt replicas",
  severity: 'warning',
  scope: 'route',
  why: "A replica is encrypted as its source's object was. The default encryption of the destination counts for what is not encrypted at all, and since January 2023 nothing is written so. Replicas of SSE-S3 objects are SSE-S3 objects: whoever may read the bucket reads them without a KMS key, whatever its default says.",
  fix: 'Where the replicas must be under a KMS key, encrypt the source with SSE-KMS too, let the replication rule select such objects and name a replica key. Objects that are there must be copied first.',
  page: 'AmazonS3/latest/userguide/replication-config-for-kms-objects.html',
  needs: { source: ['encryption'] },
  // Where the source encrypts with KMS, the destination need not be known.
  wants: { destination: ['encryption'] },
  evaluate({ source, destination }) {
    const ours = defaultEncryption(source.encryption);
    if (isKms(ours.algorithm)) return notApplicable;
    if (!destination.encryption.known) return unknown(destination.encryption);
    const theirs = defaultEncryption(destination.encryption.value);
    if (!isKms(theirs.algorithm)) return pass;
    return fail({
      message: `Replicas of '${source.name}' in '${destination.name}' are not encrypted with KMS: the source encrypts with SSE-S3, its replicas stay so, and the destination's ${theirs.algorithm} is not used for them.`,
      expected: theirs.algorithm,
      actual: ours.algorithm,
      at: [
        'source.encryption#/Rules/0/ApplyServerSideEncryptionByDefault/SSEAlgorithm',
        'destination.encryption#/Rules/0/ApplyServerSideEncryptionByDefault/SSEAlgorithm',
      ],
    });
  },
  remedy({ source, route }) {
    const [key, rule] = [nameDefaultKey(source.name, 'aws:kms'), selectKms(route)];
    const both = (one = '', other = ''): string => `${one}\n${other}`;
    return {
      cli: both(key.cli, rule.cli),
      terraform: both(key.terraform, rule.terraform),
      cloudformation: both(key.cloudformation, rule.cloudformation),
    };
  },
  examples: {
    bad: {
      destination: {
        encryption: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] },
      },
    },
    good: {
      destination: {
        encryption: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
      },
    },
  },
});
