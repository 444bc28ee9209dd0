/** Options that several commands share. */
import { InvalidArgumentError, Option } from 'commander';
import { formats, usualFormats } from '../../reports/index.ts';
import { usualLock } from './inventory.ts';
import { redactionKey } from './redact.ts';
import type { Format } from '../../reports/format.ts';
import { splits } from '../../reports/sarif/parts.ts';

export const usualOut = 'replint-out';

const list = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  ...value.split(',').filter((one) => one !== ''),
];

export const configOption = (): Option =>
  new Option('-c, --config <file>', 'the configuration; replint.yaml where there is one');
export const outOption = (): Option =>
  new Option('-o, --out <folder>', 'where the results go').default(usualOut);
export const ruleOption = (): Option => new Option('--rule <id...>', 'only these rules').argParser(list);
export const accountOption = (): Option =>
  new Option('--account <id...>', 'only these accounts').argParser(
    (value: string, before: readonly string[] | undefined) => {
      const ids = list(value, before);
      for (const id of ids)
        if (!/^\d{12}$/.test(id)) throw new InvalidArgumentError('An account id has 12 digits.');
      return ids;
    },
  );
export const ouOption = (): Option =>
  new Option('--ou <id...>', 'only accounts below these OUs, by id or by path (Root/Workloads)').argParser(
    list,
  );
export const waveOption = (): Option =>
  new Option(
    '--wave <wave>',
    'read one part only: accounts lists the organization, buckets is wave one, ends wave two',
  ).choices(['accounts', 'buckets', 'ends']);
export const shardOption = (): Option =>
  new Option(
    '--shard <i/n>',
    'of that wave only the accounts that fall to the i-th of n processes',
  ).argParser((value: string) => {
    const [index = 0, of = 0] = /^\d{1,5}\/\d{1,5}$/.test(value) ? value.split('/').map(Number) : [];
    if (index < 1 || index > of) throw new InvalidArgumentError('The third of eight shards is 3/8.');
    return { index, of };
  });
export const fromOption = (): Option =>
  new Option(
    '--from <folder...>',
    'where the wave before is: accounts.json for buckets, the shards of buckets for ends (<out>/snapshot where not said)',
  );
/** The JSON report is the audit itself. */
const unusual = formats.filter((one) => !usualFormats.includes(one)).map(({ name }) => name);
const formatNames = [...formats.map(({ name }) => name), 'json'];
export const formatOption = (): Option =>
  new Option(
    '--format <name...>',
    `reports to write: ${formatNames.join(', ')}; where not said, all but ${unusual.join(' and ')}`,
  ).argParser((value: string, before: readonly string[] | undefined) => {
    const names = list(value, before);
    for (const name of names) {
      if (!formatNames.includes(name)) throw new InvalidArgumentError(`Allowed: ${formatNames.join(', ')}.`);
    }
    return names;
  });
export const frameworkOption = (): Option =>
  new Option(
    '--framework <name>',
    'narrow the reports to the rules that bear on a framework; the audit stays whole',
  );
export const splitOption = (): Option =>
  new Option(
    '--sarif-split <by>',
    'SARIF in parts, a file and a category each, where one category has more than 5,000 alerts',
  ).choices(splits);
export const lockOption = (): Option =>
  new Option(
    '--lock [file]',
    `the inventory of buckets that the repository commits (${usualLock} where no file is said): SARIF points at its lines`,
  );
export const redactOption = (): Option =>
  new Option(
    '--redact <what>',
    `tokens in the place of account ids, or of names, Sids, prefixes and tags too; they hold for one key, in ${redactionKey}`,
  ).choices(['accounts', 'names']);
export const failOnOption = (): Option =>
  new Option('--fail-on <severity>', 'exit with 1 where a finding is this severe or worse')
    .choices(['error', 'warning', 'note', 'never'])
    .default('error');
export const allowIncompleteOption = (): Option =>
  new Option('--allow-incomplete', 'exit with 0, not 3, where not everything could be read');
export const verboseOption = (): Option =>
  new Option('-v, --verbose', 'tell of every call: its account, outcome and duration').conflicts('quiet');
export const logJsonOption = (): Option =>
  new Option(
    '--log-json',
    'tell of every call, and of all else on standard error, as lines of JSON',
  ).conflicts(['quiet', 'verbose']);
export const quietOption = (): Option => new Option('-q, --quiet', 'say nothing but errors');

/** The formats of these names; the usual ones where none is named. */
export function formatsOf(names: readonly string[] | undefined): readonly Format[] {
  return names === undefined ? usualFormats : formats.filter(({ name }) => names.includes(name));
}
