"""A destination in an account of the organization that was closed: nobody reads it, and it is not a stranger's."""

from build import TRUSTS_S3
from cli import Scan
from place import OWN_ROLE, Sandbox


def test_a_closed_accounts_bucket_does_not_leave_the_organization(tmp_path):
    with Sandbox() as sandbox:
        organizations = sandbox.client("organizations")
        organizations.create_organization()
        made = organizations.create_account(AccountName="closed", Email="closed@example.com")
        account = made["CreateAccountStatus"]["AccountId"]
        ours, theirs = sandbox.client("s3"), sandbox.assume(account, OWN_ROLE).client("s3")
        for s3, name in ((ours, "ours"), (theirs, "theirs")):
            s3.create_bucket(Bucket=name)
            s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
        role = sandbox.client("iam").create_role(RoleName="r", AssumeRolePolicyDocument=TRUSTS_S3)["Role"][
            "Arn"
        ]
        to = {"Bucket": "arn:aws:s3:::theirs", "Metrics": {"Status": "Enabled"}}
        rules = [{"ID": "all", "Prefix": "", "Status": "Enabled", "Destination": to}]
        ours.put_bucket_replication(Bucket="ours", ReplicationConfiguration={"Role": role, "Rules": rules})
        organizations.close_account(AccountId=account)
        scan = Scan(sandbox, tmp_path, "--role", OWN_ROLE)
    found = scan.found()
    assert ("fail", "destination-outside-organization", "ours", "theirs") not in found
    assert ("fail", "destination-unverifiable", "ours", "theirs") in found
