"""The program against an emulator of others: moto, on the part of AWS that it keeps.

Where moto leaves out what AWS would answer, what is expected is what its answer honestly gives. It
- drops SourceSelectionCriteria, so that no rule selects KMS objects, whatever was put;
- answers GetBucketRequestPayment with nothing, which AWS never does: that is unknown, and neither pass nor failure;
- replicates no object, so that what is older than the pending time (0 minutes here) has no replica;
- tells a key's usage only where it was told it, which AWS does always;
- lets everybody assume every role and read every bucket, so that nothing here is denied.
"""

import subprocess
import time
from collections import Counter

import pytest

from cli import Scan, difference
from place import (
    OWN_ROLE,
    Keys,
    Server,
    free_port,
    lets_encrypt,
    lets_replicate,
    may_replicate,
    policy,
    program,
    wait_for,
)

HOME, AWAY = "eu-west-1", "eu-central-1"


@pytest.fixture(scope="module")
def moto():
    port = free_port()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = Server([program("moto_server"), "-H", "127.0.0.1", "-p", str(port)], **quiet)
    try:
        wait_for(f"http://127.0.0.1:{port}/moto-api/")
        yield Keys(f"http://127.0.0.1:{port}", "testing", "testing")
    finally:
        server.stop()


class Organization:
    """A source account and a destination account."""

    def __init__(self, moto: Keys):
        organizations = moto.client("organizations")
        organizations.create_organization(FeatureSet="ALL")
        self.ids = {}
        self.here = self.member(moto, organizations, "here")
        self.there = self.member(moto, organizations, "there")
        self.s3 = self.here.client("s3", HOME)
        self.replicas = self.there.client("s3", AWAY)
        self.iam = self.here.client("iam")

    def member(self, moto, organizations, name):
        made = organizations.create_account(AccountName=name, Email=f"{name}@example.com")
        self.ids[name] = made["CreateAccountStatus"]["AccountId"]
        return moto.assume(self.ids[name], OWN_ROLE)

    def bucket(self, s3, name, **more):
        place = {"LocationConstraint": s3.meta.region_name}
        s3.create_bucket(Bucket=name, CreateBucketConfiguration=place, **more)
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})

    def role(self, name, service="s3.amazonaws.com"):
        trust = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
        arn = self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=policy(trust))["Role"]["Arn"]
        self.iam.put_role_policy(RoleName=name, PolicyName="replicate", PolicyDocument=may_replicate(["*-replica"]))
        return arn

    def route(self, name, role, key_region=None, lock=False, **rule):
        """`name` replicates to `name-replica`, in the other account and Region."""
        self.bucket(self.s3, name, ObjectLockEnabledForBucket=lock)
        self.bucket(self.replicas, f"{name}-replica")
        lets = lets_replicate(f"{name}-replica", [self.ids["here"]])
        self.replicas.put_bucket_policy(Bucket=f"{name}-replica", Policy=lets)
        to = {"Bucket": f"arn:aws:s3:::{name}-replica", "Metrics": {"Status": "Enabled"}}
        if key_region:
            shared = lets_encrypt(self.ids["there"], [self.ids["here"]])
            kms = self.there.client("kms", key_region)
            key = kms.create_key(Policy=shared, KeyUsage="ENCRYPT_DECRYPT")["KeyMetadata"]["Arn"]
            to["EncryptionConfiguration"] = {"ReplicaKmsKeyID": key}
            rule["SourceSelectionCriteria"] = {"SseKmsEncryptedObjects": {"Status": "Enabled"}}
        whole = {
            "ID": name,
            "Priority": 1,
            "Filter": {},
            "Status": "Enabled",
            "DeleteMarkerReplication": {"Status": "Disabled"},
            "Destination": to,
            **rule,
        }
        configuration = {"Role": role, "Rules": [whole]}
        self.s3.put_bucket_replication(Bucket=name, ReplicationConfiguration=configuration)

    def encrypt(self, name, bucket_key):
        key = self.here.client("kms", HOME).create_key(KeyUsage="ENCRYPT_DECRYPT")["KeyMetadata"]["Arn"]
        default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}
        rules = [{"ApplyServerSideEncryptionByDefault": default, "BucketKeyEnabled": bucket_key}]
        self.s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": rules})


def build(moto: Keys) -> None:
    o = Organization(moto)
    role = o.role("replication")
    for name in ("healthy", "suspended", "deleted", "backlog", "plain-key", "dear-key"):
        o.route(name, role)
    o.replicas.put_bucket_versioning(
        Bucket="suspended-replica", VersioningConfiguration={"Status": "Suspended"}
    )
    o.replicas.delete_bucket(Bucket="deleted-replica")
    o.s3.put_object(Bucket="backlog", Key="a/ü", Body=b"x")
    o.encrypt("plain-key", bucket_key=True)
    o.encrypt("dear-key", bucket_key=False)
    o.route("locked", role, lock=True)
    o.route("roleless", o.role("gone"))
    o.iam.delete_role_policy(RoleName="gone", PolicyName="replicate")
    o.iam.delete_role(RoleName="gone")
    o.route("untrusted", o.role("batch", "batchoperations.s3.amazonaws.com"))
    o.route("right-key", role, key_region=AWAY)
    o.route("wrong-key", role, key_region=HOME)
    o.route("unmeasured", role, Destination={"Bucket": "arn:aws:s3:::unmeasured-replica"})
    o.route("disabled", role, Status="Disabled")
    o.bucket(o.s3, "bystander")


# Bucket → the rules that must fail of its route, and those that must fail of the bucket.
PLANTED = {
    "healthy": ([], []),
    "suspended": (["destination-versioning-off"], []),
    "deleted": (["destination-missing", "destination-name-claimable"], []),
    "backlog": (["objects-not-backfilled"], []),
    "plain-key": (["kms-objects-not-selected"], []),
    "dear-key": (["kms-objects-not-selected"], ["bucket-key-off"]),
    "locked": (["destination-object-lock-missing"], []),
    "roleless": ([], ["role-missing"]),
    "untrusted": ([], ["role-not-trusting-s3"]),
    "right-key": ([], []),
    "wrong-key": (["replica-key-region-mismatch"], []),
    "unmeasured": (["replication-metrics-off"], []),
    "disabled": ([], ["replication-disabled"]),
}


def wanted() -> Counter:
    found: Counter = Counter()
    for name, (of_the_route, of_the_bucket) in PLANTED.items():
        for rule in of_the_route:
            found["fail", rule, name, f"{name}-replica"] += 1
        for rule in of_the_bucket:
            found["fail", rule, name, None] += 1
        if name not in ("deleted", "disabled"):
            found["unknown", "destination-requester-pays", name, f"{name}-replica"] += 1
    return found


def test_what_was_planted_is_found(moto, tmp_path):
    build(moto)
    # S3 tells times to the second.
    time.sleep(1)
    configuration = tmp_path / "replint.yaml"
    configuration.write_text("objects: { pendingMinutes: 0 }\n", "utf-8")
    scan = Scan(moto, tmp_path, "--role", OWN_ROLE, "--config", str(configuration))
    assert scan.code == 1, scan.said
    assert difference(wanted(), scan.found()) == ""
    coverage = scan.audit["coverage"]
    assert [status for status, _ in scan.accounts().values()] == ["scanned"] * 3
    # Of each route two buckets; one replica is gone, and one bucket has no route.
    assert coverage["buckets"] == 2 * len(PLANTED) - 1 + 1
    assert coverage["routes"] == coverage["replicatingBuckets"] == len(PLANTED) - 1
    assert coverage["objects"] == {"exact": len(PLANTED) - 2, "sampled": 0, "notCompared": 1}
    assert coverage["complete"] is False
    malformed = [gap for gap in coverage["gaps"] if gap["call"] == "s3:GetBucketRequestPayment"]
    assert [(gap["reason"], gap["count"]) for gap in malformed] == [("failed", len(PLANTED) - 2)]
