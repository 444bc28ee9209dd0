/** What to type to name a key for replicas. */
import { editReplication, ofDestination } from './replication.ts';
import { cloudformation, reference, terraform } from './block.ts';
import type { Remedy, Route } from '../../src/rule.ts';

const argument = '--arg key "$REPLICA_KEY_ARN"';
const ofRegion = "# of the destination's Region";
const encryption = ofDestination(
  { encryption_configuration: { replica_kms_key_id: reference(`aws_kms_key.replica.arn ${ofRegion}`) } },
  { EncryptionConfiguration: { ReplicaKmsKeyID: reference(`!Ref ReplicaKeyArn ${ofRegion}`) } },
);

/** Names a key by the ARN that the reader puts in. */
export function nameReplicaKey({ source, index }: Route): Remedy {
  return {
    cli: editReplication(
      source.name,
      `.Rules[${index}].Destination.EncryptionConfiguration.ReplicaKmsKeyID = $key`,
      argument,
    ),
    ...encryption,
  };
}

/** Has the rule take objects that are encrypted with KMS, and names a key for their replicas: S3 takes neither alone. */
export function selectKms({ source, index }: Route): Remedy {
  const [on, On] = [{ status: 'Enabled' }, { Status: 'Enabled' }];
  return {
    cli: editReplication(
      source.name,
      `.Rules[${index}] |= (.SourceSelectionCriteria.SseKmsEncryptedObjects.Status = "Enabled" | .Destination.EncryptionConfiguration.ReplicaKmsKeyID = $key)`,
      argument,
    ),
    terraform: `${terraform({ source_selection_criteria: { sse_kms_encrypted_objects: on } })}\n${encryption.terraform}`,
    cloudformation: `${cloudformation({ SourceSelectionCriteria: { SseKmsEncryptedObjects: On } })}\n${encryption.cloudformation}`,
  };
}
