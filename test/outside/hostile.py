"""An organization in which whatever may be named freely has a name that would do harm where nobody quotes it."""

from __future__ import annotations

from place import OWN_ROLE, Sandbox, policy

# A shell, HCL's templates, YAML's signs, and the ends of all their strings.
HARM = "a'b\"c $(touch pwned) `touch pwned` ; touch pwned # ${file(\"x\")} %{if true} !Ref x: - &a *b {x}\\"
# CloudFormation would put a parameter's value in its place.
RESOLVED = "{{resolve:ssm:/deploy/password:1}}"

TRUST = policy({"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sts:AssumeRole"})


def build(sandbox: Sandbox) -> None:
    organizations = sandbox.client("organizations")
    organizations.create_organization(FeatureSet="ALL")
    made = organizations.create_account(AccountName=HARM[:40], Email="m@example.com")
    keys = sandbox.assume(made["CreateAccountStatus"]["AccountId"], OWN_ROLE)
    here, there = keys.client("s3", "eu-west-1"), keys.client("s3", "eu-central-1")
    iam = keys.client("iam")
    role = iam.create_role(RoleName="it=is,a+role@x", Path="/p/", AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
    look = {"Effect": "Allow", "Action": "s3:GetReplicationConfiguration", "Resource": "*"}
    iam.put_role_policy(RoleName="it=is,a+role@x", PolicyName="p", PolicyDocument=policy(look))
    for number, name in enumerate((HARM, RESOLVED)):
        source, replica = f"source-{number}", f"replica-{number}"
        for s3, bucket in ((here, source), (there, replica)):
            place = {"LocationConstraint": s3.meta.region_name}
            s3.create_bucket(Bucket=bucket, CreateBucketConfiguration=place)
            s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
            statement = {"Sid": name, "Effect": "Deny", "Principal": "*", "Action": "s3:PutBucketAcl"}
            s3.put_bucket_policy(Bucket=bucket, Policy=policy({**statement, "Resource": f"arn:aws:s3:::{bucket}"}))
        prefixes = (f"/{name}/", name, f"{name}/tagged", f"{name}/off/")
        rules = [rule(f"{name}{index}"[:255], replica, prefix, index) for index, prefix in enumerate(prefixes)]
        rules[2]["Filter"] = {"And": {"Prefix": prefixes[2], "Tags": [{"Key": name[:128], "Value": name}]}}
        rules[3]["Status"] = "Disabled"
        here.put_bucket_replication(Bucket=source, ReplicationConfiguration={"Role": role, "Rules": rules})
        old = {"ID": f"expire {name}"[:255], "Status": "Enabled", "Filter": {"Prefix": name}, "Expiration": {"Days": 9}}
        here.put_bucket_lifecycle_configuration(Bucket=source, LifecycleConfiguration={"Rules": [old]})
        there.put_bucket_versioning(Bucket=replica, VersioningConfiguration={"Status": "Suspended"})


def rule(name: str, replica: str, prefix: str, priority: int) -> dict:
    return {
        "ID": name,
        "Priority": priority,
        "Filter": {"Prefix": prefix},
        "Status": "Enabled",
        "DeleteMarkerReplication": {"Status": "Disabled"},
        "Destination": {"Bucket": f"arn:aws:s3:::{replica}"},
    }
