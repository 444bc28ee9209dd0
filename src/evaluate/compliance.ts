/** The frameworks of an audit: what their controls ask for, and which of the rules that were on look into it. */
import type { Check, Compliance, Control, Framework, Subject } from '../model/framework.ts';
import type { Selected } from '../selection.ts';

const none: Compliance = { frameworks: [], subjects: {} };

/** The catalogue's frameworks with rules by the names that they have in the audit, and the controls that rules of one's own name. */
export function complianceOf(
  selection: readonly Selected[],
  { frameworks, subjects }: Compliance = none,
): Compliance {
  const own = ownSubjects(selection, { frameworks, subjects });
  return {
    frameworks: withOwn(frameworks, [...own.keys()]),
    subjects: {
      ...Object.fromEntries(
        Object.entries(subjects).map(([key, subject]) => [key, whereOn(subject, selection)]),
      ),
      ...Object.fromEntries(own),
    },
  };
}

function whereOn({ title, rules }: Subject, selection: readonly Selected[]): Subject {
  return { title, rules: selection.filter(({ rule }) => rules.includes(rule.id)).map(({ name }) => name) };
}

/** `FRAMEWORK/ID` → the rules that name it, where no file of ours maps them to it. */
function ownSubjects(
  selection: readonly Selected[],
  { frameworks, subjects }: Compliance,
): ReadonlyMap<string, Subject> {
  const own = new Map<string, Subject>();
  const mapped = new Set(
    frameworks.flatMap(({ name, controls }) =>
      controls.flatMap(({ id, checks }) =>
        checks.flatMap(({ subject }) =>
          (subjects[subject]?.rules ?? []).map((rule) => `${rule} ${name}/${id}`),
        ),
      ),
    ),
  );
  for (const { rule, name } of selection) {
    for (const control of new Set(rule.controls ?? [])) {
      if (mapped.has(`${rule.id} ${control}`)) continue;
      const { title = `Rules that name ${control}`, rules = [] } = own.get(control) ?? {};
      own.set(control, { title, rules: [...rules, name] });
    }
  }
  return own;
}

function withOwn(frameworks: readonly Framework[], refs: readonly string[]): readonly Framework[] {
  const all = new Map(frameworks.map((framework) => [framework.name, framework]));
  for (const ref of refs) {
    const slash = ref.indexOf('/');
    const name = ref.slice(0, slash);
    const framework = all.get(name) ?? ownFramework(name);
    all.set(name, { ...framework, controls: withCheck(framework.controls, ref.slice(slash + 1), ref) });
  }
  return [...all.values()];
}

/** A control's own rules bear on it as directly as their author says by naming it. */
function withCheck(controls: readonly Control[], id: string, subject: string): readonly Control[] {
  const check: Check = { subject, directness: 'direct', source: null };
  const known = controls.find((control) => control.id === id);
  if (known === undefined) return [...controls, { id, title: null, checks: [check] }];
  const { title, checks } = known;
  return controls.map((control) => (control === known ? { id, title, checks: [...checks, check] } : control));
}

function ownFramework(name: string): Framework {
  const note = "Named by rules of one's own.";
  return { name, title: name, catalogue: null, note, sources: {}, controls: [] };
}
