import { disableRule, editReplication, ofDestination } from './remedies/replication.ts';
import { toReplica } from './shared/example.ts';
import { defineRule, fail, notApplicable, pass, sh, unknown } from '../src/rule.ts';

export default defineRule({
  id: 'destination-account-mismatch',
  title: 'Destination belongs to another account than the rule says',
  severity: 'error',
  scope: 'route',
  why: "Account in the replication rule says whose bucket the destination is, and S3 refuses a configuration in which that is not so. In a live bucket it means that the destination has changed hands since: the bucket was deleted, and its name was taken by somebody else. Objects no longer go where they were meant to go, and where the rule overrides the owner, the replicas are somebody else's.",
  fix: 'Find out whose bucket it is. If that is meant, name its account in the replication rule; otherwise disable the rule now and point it to a bucket of the account that was meant.',
  page: 'AmazonS3/latest/API/ErrorResponses.html#ReplicationErrorCodeList',
  needs: {},
  // Of a bucket that an account lists this is known without a call.
  wants: { destination: ['presence'] },
  evaluate({ source, destination, route, organization }) {
    const { Account: named } = route.rule.Destination;
    if (named === undefined) return notApplicable;
    if (destination.account === named) return pass;
    const { presence } = destination;
    if (destination.account === null) {
      // Only an account that told all its buckets is known not to have this one.
      const told = organization.everyAccountListed && organization.members?.includes(named) === true;
      if (!told) return notApplicable;
      if (!presence.known) return unknown(presence);
      if (presence.value.status === 404) return notApplicable;
    }
    const owner =
      destination.account === null
        ? 'that account has no such bucket'
        : `account '${destination.account}' does`;
    return fail({
      message: `Objects of '${source.name}' may not go where they were meant to: the replication rule says that account '${named}' owns '${destination.name}', but ${owner}.`,
      expected: destination.account ?? `a bucket of account ${named}`,
      actual: named,
      at: [`source.replication#/Rules/${route.index}/Destination/Account`],
    });
  },
  remedy: ({ source, destination: { account }, route }) =>
    account === null
      ? disableRule(route)
      : {
          cli: editReplication(
            source.name,
            `.Rules[${route.index}].Destination.Account = $account`,
            sh`--arg account ${account}`,
          ),
          ...ofDestination({ account }, { Account: account }),
        },
  examples: {
    bad: { replicationRule: { Destination: toReplica({ Account: '999900001111' }) } },
    good: { replicationRule: { Destination: toReplica({ Account: '444455556666' }) } },
  },
});
