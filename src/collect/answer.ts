/** What an answer must have to be one. */

/** An answer that AWS's own documentation rules out: a broken proxy, a truncated body, an emulator. */
export class MalformedAnswer extends Error {
  constructor(member: string) {
    super(`The answer lacks '${member}', which AWS documents as required.`);
    this.name = 'MalformedAnswer';
  }
}

/** The member, or {@link MalformedAnswer}. */
export function required<T>(value: T | undefined, member: string): T {
  if (value === undefined) throw new MalformedAnswer(member);
  return value;
}
