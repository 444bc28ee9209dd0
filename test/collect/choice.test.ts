import { describe, expect, it } from 'vitest';
import { skipReason, type Choice } from '../../src/collect/choice.ts';
import type { AccountIdentity } from '../../src/model/estate.ts';

const account: AccountIdentity = {
  id: '111122223333',
  name: 'shop',
  state: 'ACTIVE',
  ou: 'Root/Workloads/Production',
  ouId: 'r-ab12/ou-ab12-work/ou-ab12-prod',
};

const reason = (choice: Partial<Choice>, more: Partial<AccountIdentity> = {}): string | null =>
  skipReason({ ...account, ...more }, { include: {}, exclude: {}, ...choice });

describe('the choice of accounts', () => {
  it.each([
    ['ACTIVE', null],
    ['PENDING_CLOSURE', null],
    ['UNKNOWN', null],
    ['SUSPENDED', 'Its state is SUSPENDED.'],
    ['PENDING_ACTIVATION', 'Its state is PENDING_ACTIVATION.'],
    ['CLOSED', 'Its state is CLOSED.'],
  ])('of one whose state is %s', (state, why) => {
    expect(reason({}, { state })).toBe(why);
  });

  it.each([
    [{ accounts: ['111122223333'] }, true],
    [{ accounts: ['999988887777'] }, false],
    [{ ous: ['Root/Workloads/Production'] }, true],
    [{ ous: ['Root/Workloads'] }, true],
    [{ ous: ['Root'] }, true],
    [{ ous: ['Root/Work'] }, false],
    [{ ous: ['Root/Workloads/Production/Deeper'] }, false],
    [{ ous: ['r-ab12'] }, true],
    [{ ous: ['ou-ab12-work'] }, true],
    [{ ous: ['ou-ab12'] }, false],
    [{ accounts: ['999988887777'], ous: ['ou-ab12-prod'] }, true],
  ])('by %j', (selector, taken) => {
    expect(reason({ include: selector })).toBe(
      taken ? null : 'It is not among the included accounts and OUs.',
    );
    expect(reason({ exclude: selector })).toBe(taken ? 'The configuration excludes it.' : null);
  });

  it('lets what is excluded win, and a state before either', () => {
    const accounts = [account.id];
    expect(reason({ include: { accounts }, exclude: { accounts } })).toContain('excludes');
    expect(reason({ exclude: { accounts } }, { state: 'SUSPENDED' })).toContain('SUSPENDED');
  });

  it('does not guess where the OU is not known', () => {
    const nowhere = { ou: null, ouId: null };
    const why = expect.stringContaining('OU of this account is not known') as string;
    expect(reason({ include: { ous: ['Root'] } }, nowhere)).toEqual(why);
    expect(reason({ exclude: { ous: ['Root'] } }, nowhere)).toEqual(why);
    expect(reason({ include: { accounts: [account.id], ous: ['Root'] } }, nowhere)).toBeNull();
    expect(reason({ include: { ous: [] }, exclude: { ous: [] } }, nowhere)).toBeNull();
  });
});
