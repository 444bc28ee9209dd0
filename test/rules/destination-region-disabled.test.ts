import { describeRule } from './describe-rule.ts';
import rule from '../../rules/destination-region-disabled.ts';

const having = (RegionOptStatus: string): { regions: { RegionName: string; RegionOptStatus: string }[] } => ({
  regions: [
    { RegionName: 'eu-central-1', RegionOptStatus },
    { RegionName: 'me-south-1', RegionOptStatus: 'DISABLED' },
  ],
});
const source = '111122223333';
const destination = '444455556666';

describeRule(rule, {
  pass: [
    { name: 'both accounts have it by default' },
    {
      name: 'both asked for it',
      accounts: { [source]: having('ENABLED'), [destination]: having('ENABLED') },
    },
    { name: 'one account owns both ends', destination: { account: source } },
  ],
  fail: [
    {
      name: "the destination's account has it disabled",
      accounts: { [destination]: having('DISABLED') },
      message:
        "Objects of 'orders' will not reach 'orders-replica': account 444455556666 has the Region eu-central-1 DISABLED.",
      actual: 'DISABLED',
    },
    {
      name: "the source's account has it disabled",
      accounts: { [source]: having('DISABLED') },
      message: ['account 111122223333 has the Region eu-central-1 DISABLED'],
    },
    {
      name: 'it is being switched on, and is not on yet',
      accounts: { [source]: having('ENABLING') },
      message: ['ENABLING'],
    },
    {
      name: "the source's account has it disabled, and the destination's does not say",
      accounts: { [source]: having('DISABLED') },
      denied: ['destinationAccount.regions'],
      message: ['account 111122223333'],
    },
  ],
  notApplicable: 'never: every destination is in a Region',
  unknown: [
    { name: "the source's account does not say", denied: ['sourceAccount.regions'] },
    { name: "the destination's account does not say", denied: ['destinationAccount.regions'] },
  ],
  undetermined: [
    {
      name: 'the Region of the destination is not known',
      destination: { region: null },
      message: ["The Region of 'orders-replica' is not known."],
    },
    {
      name: 'AWS lists it for one account only',
      accounts: { [destination]: { regions: [] } },
      message: ['lists no Region eu-central-1'],
    },
    {
      name: 'AWS lists no such Region',
      destination: { region: 'eu-nowhere-1' },
      message: ['lists no Region eu-nowhere-1'],
    },
  ],
});
