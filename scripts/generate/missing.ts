/** Faults that are known and that no rule finds yet: the id that is kept for each, and what it waits for. */
export const missing: Readonly<Record<string, string>> = {
  'objects-without-bucket-key':
    "SSE-KMS objects from before the bucket's Bucket Key was on. Only an inventory report (its field BucketKeyStatus) shows them without a call an object. Reports are objects, and s3:GetObject is the right to read data, which the scanning role does not have: inventories are not read yet.",
};
