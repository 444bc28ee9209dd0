/** The configuration with which the demo is scanned: written beside the results, for whoever wants to change it. */

export const demoConfiguration = `# The configuration of 'replint demo'. Change it, and judge what was read once more:
#   replint evaluate replint-out/snapshot --config replint-out/demo.yaml
organization:
  role: ReplintAudit
rules:
  # Off unless they are named.
  role-trust-unscoped: note
  prefix-without-delimiter: note
  unexpected-replica-retention: warning
  noncurrent-versions-kept-forever: { only: { tags: { data: critical } } }
  role-shared: { only: { tags: { data: critical } }, options: { most: 3 } }
  # CloudWatch has numbers of these alone.
  replication-failing: { only: { buckets: [acme-shop-orders, acme-shop-invoices] } }
  replication-lagging: { only: { buckets: [acme-shared-terraform-state, acme-shop-images] } }
  # The quotas are 1,000 and 28; this asks long before.
  rule-count-near-quota: { options: { atLeast: 14 } }
  destination-count-near-quota: { options: { atLeast: 8 } }
policies:
  - name: critical data lives in two Regions and accounts
    rule: replication-required
    severity: error
    only: { tags: { data: critical } }
    options: { otherRegion: true, otherAccount: true, deleteMarkers: false }
  - name: personal data stays in the EU
    rule: region-not-allowed
    only: { tags: { data: personal } }
    options: { regions: [eu-west-1, eu-central-1] }
  - name: evidence is locked
    rule: object-lock-required
    only: { tags: { data: evidence } }
    options: { mode: COMPLIANCE, days: 365 }
  - name: logs are versioned
    rule: versioning-required
    only: { buckets: ['acme-logs-*'] }
  - name: nothing of it is left out
    rule: coverage-gap
    only: { tags: { coverage: whole } }
  - name: a copy in another Region
    rule: replica-in-same-region
    only: { tags: { recovery: other-region } }
  - name: a copy in another account
    rule: replica-in-same-account
    only: { tags: { recovery: other-account } }
  - name: a copy within 15 minutes
    rule: replication-time-control-required
    only: { tags: { recovery: 15-minutes } }
limits:
  callsPerSecond: 500 # nobody else uses the sandbox; leave this out for AWS
`;
