/** What is told of a call: never what it was signed with. */
import { failureOf } from './failure.ts';
import type { Heard } from './progress.ts';

/** A call, its input, and who sends it: `tried` says how often somebody did before the SDK. */
interface Call<T> {
  readonly call: string;
  readonly input: unknown;
  readonly send: () => Promise<T>;
  readonly tried?: () => number;
}

/** Makes a call, and tells how it went. */
export async function telling<T>(heard: Heard | undefined, call: Call<T>): Promise<T> {
  if (heard === undefined) return call.send();
  const begun = performance.now();
  const tell = (outcome: string, answer: unknown): void => {
    heard.answered({
      call: call.call,
      account: heard.account,
      about: aboutOf(call.input),
      outcome,
      attempts: attemptsOf(answer, call.tried?.() ?? 0),
      milliseconds: Math.round(performance.now() - begun),
    });
  };
  try {
    const answer = await call.send();
    tell('ok', answer);
    return answer;
  } catch (error) {
    tell(failureOf(error).name, error);
    throw error;
  }
}

const own = (from: unknown, key: string): unknown =>
  typeof from === 'object' && from !== null ? Reflect.get(from, key) : undefined;

/** Members that name a thing; nothing else of a request is told, since an external id is a secret. */
const names = [
  'Bucket',
  'RoleArn',
  'RoleName',
  'PolicyArn',
  'KeyId',
  'PolicyId',
  'TargetId',
  'ParentId',
  'AccountId',
];

function aboutOf(input: unknown): string | null {
  const about = names.map((name) => own(input, name)).find((one) => typeof one === 'string');
  return typeof about === 'string' ? about : null;
}

/** The SDK's own count, and what was tried before it; what the SDK did not count it did not do. */
function attemptsOf(answer: unknown, tried: number): number {
  const attempts = own(own(answer, '$metadata'), 'attempts');
  return Math.max(1, tried + (typeof attempts === 'number' ? attempts : 0));
}
