/** The frameworks as their files have them, and the controls of each rule of the catalogue. */
import awsSecurityHub from './aws-securityhub.json' with { type: 'json' };
import cisAws from './cis-aws-5.0.json' with { type: 'json' };
import dora from './dora.json' with { type: 'json' };
import hipaa from './hipaa.json' with { type: 'json' };
import iso27001 from './iso-27001-2022.json' with { type: 'json' };
import nist80053 from './nist-800-53-r5.json' with { type: 'json' };
import pciDss from './pci-dss-4.0.1.json' with { type: 'json' };
import soc2 from './soc-2.json' with { type: 'json' };
import subjects from './subjects.json' with { type: 'json' };
import type { Compliance, Framework } from '../../src/model/framework.ts';
import type { Rule } from '../../src/rule.ts';

const files = [awsSecurityHub, nist80053, pciDss, iso27001, soc2, hipaa, dora, cisAws];

/** All frameworks that we map, and the subjects of our rules. */
export const compliance: Compliance = {
  // What a file holds is known to the compiler as strings; test/rules/frameworks.test.ts holds it to the schema.
  frameworks: files as readonly Framework[],
  subjects,
};

/** `FRAMEWORK/ID` of every control that a rule bears on, by the rule's id. */
const controlsByRule = new Map<string, string[]>();
for (const { name, controls } of compliance.frameworks) {
  for (const { id, checks } of controls) {
    for (const rule of new Set(checks.flatMap(({ subject }) => compliance.subjects[subject]?.rules ?? []))) {
      controlsByRule.set(rule, [...(controlsByRule.get(rule) ?? []), `${name}/${id}`]);
    }
  }
}

/** A rule with its controls, which no file of a rule names: a mapping has its source, and stands with it. */
export function withControls(rule: Rule): Rule {
  const controls = controlsByRule.get(rule.id);
  return controls === undefined ? rule : { ...rule, controls };
}
