/** A run that cannot begin or go on, in one sentence for the user: usage, configuration, credentials, a full disk. */
export class CannotRun extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'CannotRun';
  }
}
