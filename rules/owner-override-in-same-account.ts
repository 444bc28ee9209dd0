import { editReplication } from './remedies/replication.ts';
import { defineRule, fail, notApplicable, pass, unknown } from '../src/rule.ts';

export default defineRule({
  id: 'owner-override-in-same-account',
  title: 'Owner override between buckets of one account',
  severity: 'warning',
  scope: 'route',
  why: "The override gives replicas to the owner of the destination, who owns them already here. What it does besides is to leave the source's ACLs behind: neither the ACL of an object nor any later change of it is replicated. S3 does not check whether the two buckets have one owner, and AWS advises against the override where they have. A destination that enforces its ownership has no ACLs to lose.",
  fix: 'Take AccessControlTranslation out of the replication rule. ACLs of objects that were replicated meanwhile are not sent afterwards.',
  page: 'AmazonS3/latest/userguide/replication-change-owner.html',
  needs: {},
  // Without an override the setting decides nothing.
  wants: { destination: ['ownershipControls'] },
  evaluate({ source, destination, route }) {
    if (route.rule.Destination.AccessControlTranslation?.Owner !== 'Destination') return notApplicable;
    if (destination.account !== source.account) return pass;
    if (!destination.ownershipControls.known) return unknown(destination.ownershipControls);
    if (destination.ownershipControls.value?.Rules[0]?.ObjectOwnership === 'BucketOwnerEnforced') return pass;
    return fail({
      message: `ACLs of '${source.name}' will not reach '${destination.name}': the replication rule overrides the owner, though both buckets are of account '${source.account}'.`,
      expected: 'no owner override',
      actual: 'Destination',
      at: [`source.replication#/Rules/${route.index}/Destination/AccessControlTranslation/Owner`],
    });
  },
  remedy: ({ source, route }) => ({
    cli: editReplication(source.name, `del(.Rules[${route.index}].Destination.AccessControlTranslation)`),
    untyped: 'take the block of the owner override out of the rule.',
  }),
  examples: {
    bad: {
      destination: {
        account: '111122223333',
        ownershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] },
      },
      replicationRule: {
        Destination: {
          Bucket: 'arn:aws:s3:::orders-replica',
          Account: '111122223333',
          AccessControlTranslation: { Owner: 'Destination' },
        },
      },
    },
    good: {
      destination: { ownershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] } },
      replicationRule: {
        Destination: {
          Bucket: 'arn:aws:s3:::orders-replica',
          Account: '444455556666',
          AccessControlTranslation: { Owner: 'Destination' },
        },
      },
    },
  },
});
