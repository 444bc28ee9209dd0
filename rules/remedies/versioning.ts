/** What enables a bucket's versioning. */
import { hcl, sh } from '../../src/rule.ts';

/** `resource` names the block in Terraform: which end of the route it is. */
export function enableVersioning(
  bucket: string,
  resource: 'source' | 'destination',
): { readonly cli: string; readonly terraform: string; readonly cloudformation: string } {
  return {
    cli: sh`aws s3api put-bucket-versioning --bucket ${bucket} --versioning-configuration Status=Enabled`,
    terraform: `resource "aws_s3_bucket_versioning" "${resource}" {\n  bucket = ${hcl(bucket)}\n  versioning_configuration {\n    status = "Enabled"\n  }\n}`,
    cloudformation: 'VersioningConfiguration:\n  Status: Enabled',
  };
}
