/** A tag as every answer of S3 writes it. */
import { required } from './answer.ts';
import type { Tag } from '../model/aws.ts';

export function tag({ Key, Value }: { Key: string | undefined; Value: string | undefined }): Tag {
  return { Key: required(Key, 'Tag.Key'), Value: required(Value, 'Tag.Value') };
}
