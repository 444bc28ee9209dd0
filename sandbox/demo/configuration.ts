/** The configuration with which the demo is scanned: written beside the results, for whoever wants to change it. */

export const demoConfiguration = `# The configuration of 'replint demo'. Change it, and judge what was read once more:
#   replint evaluate replint-out/snapshot --config replint-out/demo.yaml
organization:
  role: ReplintAudit
rules:
  role-trust-unscoped: note # off unless it is named
policies:
  - name: critical data lives in two Regions
    rule: replication-required
    severity: error
    only:
      tags: { data: critical }
    options: { otherRegion: true }
limits:
  callsPerSecond: 500 # nobody else uses the sandbox; leave this out for AWS
`;
