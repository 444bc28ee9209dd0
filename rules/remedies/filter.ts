/** What to type to give a replication rule another prefix, where its filter has one. */
import { editReplication } from './replication.ts';
import { hcl, sh, yamlString, type Route } from '../../src/rule.ts';

interface Remedy {
  readonly cli: string;
  readonly terraform: string;
  readonly cloudformation: string;
}

export function setPrefix({ source, rule, index }: Route, prefix: string): Remedy {
  const cli = (path: string): string =>
    editReplication(source.name, `.Rules[${index}].${path} = $prefix`, sh`--arg prefix ${prefix}`);
  const [tf, yaml] = [`prefix = ${hcl(prefix)}`, `Prefix: ${yamlString(prefix)}`];
  if (rule.Filter === undefined) {
    return { cli: cli('Prefix'), terraform: tf, cloudformation: yaml };
  }
  if (rule.Filter.And === undefined) {
    return {
      cli: cli('Filter.Prefix'),
      terraform: `filter {\n  ${tf}\n}`,
      cloudformation: `Filter:\n  ${yaml}`,
    };
  }
  return {
    cli: cli('Filter.And.Prefix'),
    terraform: `filter {\n  and {\n    ${tf}\n  }\n}`,
    cloudformation: `Filter:\n  And:\n    ${yaml}`,
  };
}
