/** Rules of one's own: the modules that the configuration names, loaded and checked before any call. */
import { faultsOf, isRule } from './check.ts';
import { defaultOf } from './find.ts';
import type { Use } from '../../config/read.ts';
import { CannotRun } from '../../model/cannot-run.ts';
import type { Rule } from '../../rule.ts';

/** The rules of the modules, in their order; throws CannotRun naming all that is wrong. */
export async function loadRules(
  uses: readonly Use[],
  configuration: string,
  builtIn: readonly Rule[],
): Promise<readonly Rule[]> {
  const taken = new Map(builtIn.map(({ id }) => [id, 'of replint']));
  const rules: Rule[] = [];
  const faults: string[] = [];
  for (const use of uses) {
    for (const { rule, faults: wrong } of await candidates(use, configuration)) {
      const before = rule === null ? undefined : taken.get(rule.id);
      const twice =
        before === undefined ? [] : [`rule '${rule?.id ?? ''}': there is a rule of that id, ${before}.`];
      faults.push(...[...wrong, ...twice].map((fault) => `${use.at}: '${use.module}': ${fault}`));
      if (rule === null) continue;
      taken.set(rule.id, `in '${use.module}'`);
      rules.push(rule);
    }
  }
  if (faults.length > 0) throw new CannotRun(faults.join('\n'));
  return rules;
}

interface Candidate {
  readonly rule: Rule | null;
  readonly faults: readonly string[];
}

async function candidates({ module }: Use, configuration: string): Promise<readonly Candidate[]> {
  let exported: unknown;
  try {
    exported = await defaultOf(module, configuration);
  } catch (error) {
    if (error instanceof CannotRun) return [{ rule: null, faults: [error.message] }];
    throw error;
  }
  const values: readonly unknown[] = Array.isArray(exported) ? exported : [exported];
  if (values.length === 0) return [{ rule: null, faults: ['its list of rules is empty.'] }];
  return values.map((value, at) => {
    if (isRule(value)) return { rule: value, faults: [] };
    const name = nameOf(value) ?? (Array.isArray(exported) ? `rule #${at + 1}` : 'the rule');
    return { rule: null, faults: faultsOf(value).map((fault) => `${name}: ${fault}`) };
  });
}

function nameOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('id' in value)) return null;
  return typeof value.id === 'string' ? `rule '${value.id}'` : null;
}
