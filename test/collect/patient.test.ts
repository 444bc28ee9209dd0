import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { expect, it } from 'vitest';
import { patient } from '../../src/collect/patient.ts';

type Parts = Parameters<NodeHttpHandler['handle']>;
type Answer = Awaited<ReturnType<NodeHttpHandler['handle']>>;

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A handler that answers when it is told to, and one in front of it that lets two requests of a host through. */
function handlers() {
  const begun: string[] = [];
  const answers = new Map<string, (error?: Error) => void>();
  const handle = async ({ hostname, path }: Parts[0]): Promise<Answer> => {
    begun.push(`${hostname}${path}`);
    await new Promise<void>((resolve, reject) => {
      answers.set(`${hostname}${path}`, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
    // Nobody looks at more of an answer.
    return { response: path } as unknown as Answer;
  };
  const { handle: send } = patient({ handle }, 2);
  const ask = (hostname: string, path: string): Promise<Answer> => {
    // Nor at more of a request.
    const request: unknown = { hostname, path };
    return send(request as Parts[0]);
  };
  const answer = async (name: string, error?: Error): Promise<void> => {
    answers.get(name)?.(error);
    await soon();
  };
  return { begun, ask, answer };
}

it('lets so many requests of a host through, the others as those are answered, and each has its own answer', async () => {
  const { begun, ask, answer } = handlers();
  const asked = ['/1', '/2', '/3', '/4'].map((path) => ask('one', path));
  await soon();
  expect(begun).toEqual(['one/1', 'one/2']);
  await answer('one/2');
  expect(begun).toEqual(['one/1', 'one/2', 'one/3']);
  for (const name of ['one/1', 'one/3', 'one/4']) await answer(name);
  expect(await Promise.all(asked)).toEqual(['/1', '/2', '/3', '/4'].map((response) => ({ response })));
});

it('goes on after one that failed, and tells whose that was', async () => {
  const { begun, ask, answer } = handlers();
  const asked = Promise.allSettled(['/1', '/2', '/3'].map((path) => ask('one', path)));
  await soon();
  await answer('one/1', new Error('reset'));
  await answer('one/2');
  await answer('one/3');
  expect((await asked).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(begun).toHaveLength(3);
});

it('has a host that does not answer hold up no other', async () => {
  const { begun, ask, answer } = handlers();
  const dead = ['/1', '/2', '/3'].map((path) => ask('dead', path));
  const other = ask('other', '/1');
  await soon();
  expect(begun).toEqual(['dead/1', 'dead/2', 'other/1']);
  await answer('other/1');
  expect(await other).toEqual({ response: '/1' });
  for (const name of ['dead/1', 'dead/2', 'dead/3']) await answer(name);
  await Promise.all(dead);
});
