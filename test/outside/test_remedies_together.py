"""All remedies of an audit typed one after the other, with bash, jq and the AWS CLI, at a sandbox: none undoes another."""

import json
import subprocess

import pytest

from cli import replint
from place import HOME, OWN_ROLE, Sandbox, lets_encrypt, may_replicate, policy, program, refusal
from terminal import GIVEN

REGION = "eu-west-1"
TRUST = policy({"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sts:AssumeRole"})
PREFIXES = ("a/", "b/")

# What is the destination's is typed by whoever keeps it, the rest by the owner of the source.
PRELUDE = r"""set -euo pipefail
aws() {
  case " $* " in
    *" replica "* | " kms "*) AWS_ACCESS_KEY_ID=$KEY AWS_SECRET_ACCESS_KEY=$SECRET AWS_SESSION_TOKEN=$TOKEN command aws "$@" ;;
    *) command aws "$@" ;;
  esac
}
"""
# Each mends a policy, and each finds something here.
RULES = {
    "destination-policy-missing",
    "role-cannot-replicate",
    "role-cannot-replicate-deletes",
    "role-cannot-change-owner",
    "replica-key-policy-missing",
    "role-trust-unscoped",
}


class Estate:
    """Two sources in one account replicate into one bucket of another, encrypted, under one role, and nobody there lets them."""

    def __init__(self, sandbox: Sandbox):
        organizations = sandbox.client("organizations")
        organizations.create_organization(FeatureSet="ALL")
        made = [organizations.create_account(AccountName=name, Email=f"{name}@example.com") for name in ("we", "they")]
        self.ids = [one["CreateAccountStatus"]["AccountId"] for one in made]
        self.ours, self.theirs = [sandbox.assume(account, OWN_ROLE) for account in self.ids]
        self.sandbox = sandbox
        self.key = self.theirs.client("kms", REGION).create_key(Policy=lets_encrypt(self.ids[1], []))["KeyMetadata"]["Arn"]
        iam = self.ours.client("iam")
        self.role = iam.create_role(RoleName="r", AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
        iam.put_role_policy(RoleName="r", PolicyName="p", PolicyDocument=may_replicate(["replica"], lacks="write"))
        there = self.bucket(self.theirs, "replica")
        writers = {"Rules": [{"ObjectOwnership": "ObjectWriter"}]}
        there.put_bucket_ownership_controls(Bucket="replica", OwnershipControls=writers)
        for name in ("source", "another-source"):
            self.bucket(self.ours, name).put_bucket_replication(
                Bucket=name,
                ReplicationConfiguration={"Role": self.role, "Rules": [self.rule(*one) for one in enumerate(PREFIXES)]},
            )

    def bucket(self, keys, name: str):
        s3 = keys.client("s3", REGION)
        s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
        return s3

    def rule(self, number: int, prefix: str) -> dict:
        return {
            "ID": prefix,
            "Priority": number,
            "Status": "Enabled",
            "Filter": {"Prefix": prefix},
            "DeleteMarkerReplication": {"Status": "Enabled"},
            "SourceSelectionCriteria": {"SseKmsEncryptedObjects": {"Status": "Enabled"}},
            "Destination": {
                "Bucket": "arn:aws:s3:::replica",
                "Account": self.ids[1],
                "AccessControlTranslation": {"Owner": "Destination"},
                "EncryptionConfiguration": {"ReplicaKmsKeyID": self.key},
            },
        }

    def findings(self, out) -> list[dict]:
        replint("scan", "--role", OWN_ROLE, "--rule", ",".join(RULES), "--out", str(out), keys=self.sandbox)
        return [json.loads(line) for line in (out / "findings.ndjson").read_text("utf-8").splitlines()]

    def type(self, remedies: list[str], folder) -> subprocess.CompletedProcess:
        folder.mkdir(exist_ok=True)
        theirs = {"KEY": self.theirs.key, "SECRET": self.theirs.secret, "TOKEN": self.theirs.token}
        own = self.ours.environment(REGION)
        path = f"{program('.')}:{own['PATH']}"
        return subprocess.run(
            ["bash", "--norc", "-c", PRELUDE + "\n".join(remedies)],
            cwd=folder, env={**own, **GIVEN, **theirs, "PATH": path},
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip

    def statements(self) -> dict[str, list[dict]]:
        """Of each policy that a remedy may change."""
        s3, kms = self.theirs.client("s3", REGION), self.theirs.client("kms", REGION)
        iam = self.ours.client("iam")
        names = iam.list_role_policies(RoleName="r")["PolicyNames"]
        return {
            "bucket": json.loads(s3.get_bucket_policy(Bucket="replica")["Policy"])["Statement"],
            "key": json.loads(kms.get_key_policy(KeyId=self.key, PolicyName="default")["Policy"])["Statement"],
            "trust": iam.get_role(RoleName="r")["Role"]["AssumeRolePolicyDocument"]["Statement"],
            "role": [
                one
                for name in names
                for one in iam.get_role_policy(RoleName="r", PolicyName=name)["PolicyDocument"]["Statement"]
            ],
        }


@pytest.fixture(scope="module")
def estate():
    with Sandbox() as running:
        yield Estate(running)


def nameless(statements):
    """A statement gives up its Sid where another has taken it."""
    return [{name: value for name, value in one.items() if name != "Sid"} for one in statements]


def test_every_statement_stands_in_the_end_and_nothing_is_found_any_more(estate, tmp_path):
    found = estate.findings(tmp_path / "before")
    assert {one["rule"] for one in found} == RULES
    remedies = [one["fix"]["cli"] for one in found]
    done = estate.type(remedies, tmp_path / "typed")
    assert done.returncode == 0, done.stderr
    stand = estate.statements()
    everything = nameless(statement for listed in stand.values() for statement in listed)
    wanted = [json.loads(one["fix"]["json"]) for one in found if "json" in one["fix"]]
    wanted = nameless(statement for one in wanted for statement in (one if isinstance(one, list) else [one]))
    assert len(wanted) >= 12
    assert [one for one in wanted if one not in everything] == []
    # Each once, beside what was there: nobody's root loses his key.
    assert len(stand["bucket"]) == len({json.dumps(one) for one in nameless(stand["bucket"])})
    assert len({one["Sid"] for one in stand["bucket"] if "Sid" in one}) == sum("Sid" in one for one in stand["bucket"])
    assert json.loads(lets_encrypt(estate.ids[1], []))["Statement"][0] in stand["key"]
    assert estate.findings(tmp_path / "after") == []

    again = estate.type(remedies, tmp_path / "typed")
    assert again.returncode == 0, again.stderr
    assert {name: len(listed) for name, listed in estate.statements().items()} == {
        name: len(listed) for name, listed in stand.items()
    }


def test_what_may_not_be_read_is_not_replaced(estate, tmp_path):
    """Whoever may put the policy and not get it, at a bucket of which the scan saw none."""
    s3 = estate.theirs.client("s3", REGION)
    s3.delete_bucket_policy(Bucket="replica")
    found = estate.findings(tmp_path / "out")
    remedy = next(one["fix"]["cli"] for one in found if one["rule"] == "destination-policy-missing")
    blind = policy({"Effect": "Deny", "Principal": "*", "Action": "s3:GetBucketPolicy", "Resource": "arn:aws:s3:::replica"})
    s3.put_bucket_policy(Bucket="replica", Policy=blind)
    for typed in (remedy, f"set +e\n{remedy}"):
        done = estate.type([typed], tmp_path / "typed")
        assert done.returncode != 0
        assert "(AccessDenied)" in done.stdout
        assert refusal(s3.get_bucket_policy, Bucket="replica") == ("AccessDenied", 403), "Its Deny is gone."
