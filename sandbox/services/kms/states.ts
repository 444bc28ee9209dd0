/** Keys switched off and on, and put on the way to their end. */
import { AwsError } from '../../service.ts';
import { number } from '../../wire/fields.ts';
import type { Call, Operations } from '../../wire/operation.ts';
import type { Key } from '../../world.ts';
import { keyOf } from './find.ts';

const DAY = 86_400_000;

export const keyStates: Operations = {
  DisableKey: (call) => put(call, 'Disabled'),
  EnableKey: (call) => put(call, 'Enabled'),

  ScheduleKeyDeletion(call) {
    const key = keyOf(call);
    refuseAwsManaged(key);
    refusePendingDeletion(key);
    const days = number(call.input, 'PendingWindowInDays', { least: 7, most: 30, otherwise: 30 });
    key.state = 'PendingDeletion';
    key.deletion = new Date(call.world.now().getTime() + days * DAY);
    return { KeyId: key.arn, DeletionDate: key.deletion, KeyState: key.state, PendingWindowInDays: days };
  },

  /** The key that was saved is disabled (KMS API, CancelKeyDeletion). */
  CancelKeyDeletion(call) {
    const key = keyOf(call);
    if (key.state !== 'PendingDeletion') throw invalidState(`${key.arn} is not pending deletion.`);
    key.state = 'Disabled';
    key.deletion = null;
    return { KeyId: key.arn };
  },
};

function put(call: Call, state: string): Readonly<Record<string, never>> {
  const key = keyOf(call);
  refuseAwsManaged(key);
  refusePendingDeletion(key);
  key.state = state;
  return {};
}

export function refusePendingDeletion(key: Key): void {
  if (key.state === 'PendingDeletion') throw invalidState(`${key.arn} is pending deletion.`);
}

export function refuseAwsManaged(key: Key): void {
  if (key.manager === 'AWS') {
    throw new AwsError('AccessDenied', 400, `${key.arn} is managed by AWS, and its owner can't change it.`);
  }
}

function invalidState(sentence: string): AwsError {
  return new AwsError('KMSInvalidStateException', 400, sentence);
}
