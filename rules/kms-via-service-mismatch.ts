import { askingFor } from './permission/asking.ts';
import { mendKeys } from './permission/mend-keys.ts';
import { judgedOfKeys, usesOf, wantsKeys } from './permission/both-keys.ts';
import { needsRole } from './permission/places.ts';
import { judgedFor, viaService } from './permission/reason.ts';
import { allow, encryptedPair, mayEncryptReplicas, roleMay, sourceKeyArn } from './shared/example.ts';
import { defineRule } from '../src/rule.ts';

export default defineRule({
  id: 'kms-via-service-mismatch',
  title: "Policy asks for kms:ViaService of another Region than the key's",
  severity: 'error',
  scope: 'route',
  why: "S3 asks KMS in the key's Region, and KMS sees the request come through `s3.<the key's Region>.amazonaws.com`. The role's policy or the key's asks for another value of kms:ViaService: the objects that need this key fail. A statement copied from the source's key to the replicas' is the usual cause.",
  fix: "Let the condition on kms:ViaService name S3 in the key's own Region. Then send the failed objects again with S3 Batch Replication.",
  page: 'AmazonS3/latest/userguide/replication-config-for-kms-objects.html',
  predicts: ['SrcGetObjectNotPermitted', 'DstPutObjectNotPermitted'],
  needs: { ...needsRole, source: ['encryption'] },
  wants: wantsKeys,
  evaluate(view) {
    const { source, destination } = view;
    return judgedOfKeys(view, (keys) =>
      judgedFor(viaService, usesOf(keys), {
        because: (answer) =>
          `${askingFor(answer, viaService)}, and S3 brings 's3.${answer.target.place.region ?? ''}.amazonaws.com' for this key`,
        then: `Objects of '${source.name}' that are encrypted with KMS will not reach '${destination.name}'.`,
      }),
    );
  },
  remedy: (view) => mendKeys(view, viaService),
  examples: {
    bad: {
      ...encryptedPair,
      role: roleMay(
        allow('kms:Decrypt', sourceKeyArn, via('eu-west-1')),
        mayEncryptReplicas(via('eu-west-1')),
      ),
    },
    good: {
      ...encryptedPair,
      role: roleMay(
        allow('kms:Decrypt', sourceKeyArn, via('eu-west-1')),
        mayEncryptReplicas(via('eu-central-1')),
      ),
    },
  },
});

function via(region: string): object {
  return { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } };
}
