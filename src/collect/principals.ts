/** Wave two's roles and keys: the first answer says how the next is asked. */
import { keyReaders } from './readers-key.ts';
import { roleReaders } from './readers-role.ts';
import type { Session } from './session.ts';
import { tellingOf } from '../facts.ts';
import type { KeyLine, KeyRef, RoleLine } from '../model/estate.ts';
import type { Observed, Unknown } from '../model/facts.ts';

/** What followed from an answer that is null or unknown: the same. */
function follows<T, U>(before: Observed<T | null>): Observed<U | null> | null {
  if (!before.known) return before;
  return before.value === null ? { ...before, value: null } : null;
}

/** A role's definition, and its policies where they are planned. */
export async function readRole(
  arn: string,
  session: Session | Unknown,
  facts: readonly string[],
): Promise<RoleLine> {
  const line = { kind: 'role', arn } as const;
  if ('known' in session) return { ...line, facts: Object.fromEntries(facts.map((fact) => [fact, session])) };
  const definition = await session.ask({
    ...asked('definition'),
    what: arn,
    send: () => roleReaders.definition(session.iam(), arn),
  });
  if (!facts.includes('policies')) return { ...line, facts: { definition } };
  const known = definition.known ? definition.value : null;
  const policies =
    follows<unknown, never>(definition) ??
    (await session.ask({
      ...asked('policies'),
      what: arn,
      send: async () => (known === null ? null : roleReaders.policies(session.iam(), known)),
    }));
  return { ...line, facts: { definition, policies } };
}

function asked(fact: 'definition' | 'policies'): { call: string; absent: string | undefined } {
  const { call, absent } = tellingOf('role', fact);
  return { call, absent };
}

/** A key's description, and with the ARN that it names the rest. */
export async function readKey(
  key: KeyRef,
  session: Session | Unknown,
  facts: readonly string[],
): Promise<KeyLine> {
  const line = { kind: 'key', ...key } as const;
  if ('known' in session) return { ...line, facts: Object.fromEntries(facts.map((fact) => [fact, session])) };
  const kms = session.kms(key.region);
  const ask = <T>(fact: keyof typeof keyReaders, send: () => Promise<T>): Promise<Observed<T | null>> => {
    const { call, absent } = tellingOf('sourceKey', fact);
    return session.ask({ call, absent, what: key.id, send });
  };
  const description = await ask('description', () => keyReaders.description(kms, key.id));
  const arn = description.known ? (description.value?.Arn ?? '') : '';
  const policy = async (): Promise<KeyLine['facts']> => ({
    policy: follows<unknown, never>(description) ?? (await ask('policy', () => keyReaders.policy(kms, arn))),
  });
  const grants = async (): Promise<KeyLine['facts']> => ({
    grants: follows<unknown, never>(description) ?? (await ask('grants', () => keyReaders.grants(kms, arn))),
  });
  const more = await Promise.all([
    ...(facts.includes('policy') ? [policy()] : []),
    ...(facts.includes('grants') ? [grants()] : []),
  ]);
  return { ...line, facts: more.reduce((all, one) => ({ ...all, ...one }), { description }) };
}
