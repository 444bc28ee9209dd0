/** The sample's frameworks: those that its rules' controls name, and one with a source, a part, a support and a gap. */
import type { RuleInfo } from '../../../src/model/audit.ts';
import type { Compliance, Control, Framework, Subject } from '../../../src/model/framework.ts';
import type { Taint } from './hostile.ts';

const catalogue = 'https://example.com/catalogue';

/** What the audit says of controls. */
export function complianceOf(rules: Readonly<Record<string, RuleInfo>>, taint: Taint): Compliance {
  const subjects: Record<string, Subject> = {};
  const named = new Map<string, Control[]>();
  for (const [name, { controls }] of Object.entries(rules)) {
    for (const control of controls) {
      const [framework = '', ...rest] = control.split('/');
      const before = subjects[control];
      subjects[control] = {
        title: taint(`Rules that name ${control}`),
        rules: [...(before?.rules ?? []), name],
      };
      if (before !== undefined) continue;
      const id = rest.join('/');
      const check = { subject: control, directness: 'direct', source: null } as const;
      named.set(framework || 'none', [
        ...(named.get(framework || 'none') ?? []),
        { id: id || control, title: null, checks: [check] },
      ]);
    }
  }
  subjects['versions'] = { title: taint('Both ends are versioned'), rules: firstWith(rules, 'Versioning') };
  subjects['nothing'] = { title: 'Nothing that was on', rules: [] };
  const own = [...named].map(([name, controls]): Framework => ({
    name,
    title: name,
    catalogue: null,
    note: 'n',
    sources: {},
    controls,
  }));
  return { frameworks: [...own, mapped(taint)], subjects };
}

function firstWith(rules: Readonly<Record<string, RuleInfo>>, call: string): readonly string[] {
  return Object.keys(rules).filter((name) => rules[name]?.calls.some((one) => one.includes(call)));
}

function mapped(taint: Taint): Framework {
  return {
    name: 'ACME-5',
    title: taint('The ACME standard, 5th edition'),
    catalogue,
    note: taint('Most of it is about people.'),
    sources: { page: { title: taint('The related requirements'), address: catalogue } },
    controls: [
      {
        id: '1',
        title: taint('Copies'),
        checks: [{ subject: 'versions', directness: 'partial', source: 'page' }],
      },
      { id: '2', title: 'Care', checks: [{ subject: 'versions', directness: 'supporting', source: 'page' }] },
      { id: '3', title: 'Locks', checks: [{ subject: 'nothing', directness: 'direct', source: 'page' }] },
      { id: '4', title: 'Drills', checks: [], unassessed: taint('A configuration shows nothing of drills.') },
    ],
  };
}
