/** KMS keys as they are named, and whether they can be used. */

/** States in which a key encrypts and decrypts: https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html */
export function isUsable(state: string): boolean {
  return state === 'Enabled' || state === 'Updating';
}

/** An alias without account and Region: `alias/orders`, or S3's own spelling of its key, `aws/s3`. */
export function isBareAlias(id: string): boolean {
  return id.startsWith('alias/') || isOwnKey(id);
}

/** The key that S3 takes where none is named. */
export function isOwnKey(id: string): boolean {
  return id === 'alias/aws/s3' || id === 'aws/s3';
}
