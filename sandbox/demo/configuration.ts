/** The configuration with which the demo is scanned: written beside the results, for whoever wants to change it. */

/** Waivers end on days of a calendar: those of the demo are as long after `now`, whenever that is. */
export function demoConfiguration(now: Date): string {
  return `${settings}${waivers(now)}`;
}

function waivers(now: Date): string {
  const inDays = (days: number): string =>
    new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
  return `waivers:
  # In force.
  - rule: destination-region-disabled
    only: { buckets: [acme-shop-receipts] }
    reason: Zurich is enabled once the contract for it is signed.
    owner: shop-platform
    expires: ${inDays(300)}
  # About to expire.
  - rule: source-versioning-off
    only: { buckets: [acme-shop-dev-uploads] }
    reason: Uploads of a test that ends this month.
    owner: shop-platform
    expires: ${inDays(10)}
  # Expired: what it took counts again.
  - rule: role-missing
    only: { buckets: [acme-network-flow-logs] }
    reason: The role comes with the next release of the landing zone.
    owner: cloud-foundation
    expires: ${inDays(-20)}
  # Takes nothing.
  - rule: bucket-key-off
    only: { buckets: ['acme-intranet-*'] }
    reason: The intranet is switched off in spring.
    owner: workplace
    expires: ${inDays(200)}
`;
}

const settings = `# The configuration of 'replint demo'. Change it, and judge what was read once more:
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
