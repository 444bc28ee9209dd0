/** What to type to name another key for replicas. */
import type { Route } from '../../src/rule.ts';
import { editReplication } from './replication.ts';

interface Remedy {
  readonly cli: string;
  readonly terraform: string;
  readonly cloudformation: string;
}

/** Names a key by the ARN that the reader puts in. */
export function nameReplicaKey({ source, index }: Route): Remedy {
  return {
    cli: editReplication(
      source.name,
      `.Rules[${index}].Destination.EncryptionConfiguration.ReplicaKmsKeyID = $key`,
      '--arg key "$REPLICA_KEY_ARN"',
    ),
    terraform:
      "destination {\n  encryption_configuration {\n    replica_kms_key_id = aws_kms_key.replica.arn # of the destination's Region\n  }\n}",
    cloudformation:
      "Destination:\n  EncryptionConfiguration:\n    ReplicaKmsKeyID: !Ref ReplicaKeyArn # of the destination's Region",
  };
}
