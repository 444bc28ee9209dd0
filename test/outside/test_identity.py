"""IAM and STS as boto3 meets them."""

import json
from datetime import datetime, timedelta, timezone

from place import OWN_ROLE, policy, refusal, said

READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"


TRUST = policy({"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sts:AssumeRole"})
GRANT = policy({"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b/ü &<>+%20*"})


def test_iam_roles(one, organization):
    iam = one.client("iam")
    made = iam.create_role(
        RoleName="replication",
        Path="/service-role/a/",
        AssumeRolePolicyDocument=TRUST,
        Description="copies <&> things",
        MaxSessionDuration=7200,
    )["Role"]
    assert made["Arn"] == f"arn:aws:iam::{organization['one']}:role/service-role/a/replication"
    role = iam.get_role(RoleName="replication")["Role"]
    # boto3 decodes the document that IAM sends percent-encoded.
    assert role["AssumeRolePolicyDocument"] == json.loads(TRUST)
    for member in ("Path", "RoleId", "Arn", "Description", "MaxSessionDuration", "CreateDate"):
        assert role[member] == made[member]
    listed = [
        r
        for page in iam.get_paginator("list_roles").paginate(PathPrefix="/service-role/")
        for r in page["Roles"]
    ]
    assert [r["Arn"] for r in listed] == [made["Arn"]]
    iam.update_assume_role_policy(RoleName="replication", PolicyDocument=GRANT_TO_BATCH)
    assert iam.get_role(RoleName="replication")["Role"]["AssumeRolePolicyDocument"] == json.loads(
        GRANT_TO_BATCH
    )
    assert refusal(iam.create_role, RoleName="replication", AssumeRolePolicyDocument=TRUST) == (
        "EntityAlreadyExists",
        409,
    )
    assert refusal(iam.create_role, RoleName="x", AssumeRolePolicyDocument=GRANT) == (
        "MalformedPolicyDocument",
        400,
    )
    iam.delete_role(RoleName="replication")
    assert refusal(iam.get_role, RoleName="replication") == ("NoSuchEntity", 404)


GRANT_TO_BATCH = TRUST.replace("s3.amazonaws.com", "batchoperations.s3.amazonaws.com")


def test_iam_pages(one):
    iam = one.client("iam")
    names = [f"paged-{number:02}" for number in range(7)]
    for name in names:
        iam.create_role(RoleName=name, Path="/paged/", AssumeRolePolicyDocument=TRUST)
    pages = list(
        iam.get_paginator("list_roles").paginate(PathPrefix="/paged/", PaginationConfig={"PageSize": 3})
    )
    assert [[r["RoleName"] for r in page["Roles"]] for page in pages] == [names[:3], names[3:6], names[6:]]


def test_iam_policies_of_a_role(one, organization):
    iam = one.client("iam")
    iam.create_role(RoleName="policies", AssumeRolePolicyDocument=TRUST)
    iam.put_role_policy(RoleName="policies", PolicyName="inline", PolicyDocument=GRANT)
    assert iam.list_role_policies(RoleName="policies")["PolicyNames"] == ["inline"]
    inline = iam.get_role_policy(RoleName="policies", PolicyName="inline")
    assert inline["PolicyDocument"] == json.loads(GRANT)
    made = iam.create_policy(PolicyName="managed", Path="/p/", PolicyDocument=GRANT)["Policy"]
    assert made["Arn"] == f"arn:aws:iam::{organization['one']}:policy/p/managed"
    iam.attach_role_policy(RoleName="policies", PolicyArn=made["Arn"])
    iam.attach_role_policy(RoleName="policies", PolicyArn=READ_ONLY)
    attached = iam.list_attached_role_policies(RoleName="policies")["AttachedPolicies"]
    assert attached == [
        {"PolicyName": "managed", "PolicyArn": made["Arn"]},
        {"PolicyName": "ReadOnlyAccess", "PolicyArn": READ_ONLY},
    ]
    changed = policy({"Effect": "Deny", "Action": "*", "Resource": "*"})
    second = iam.create_policy_version(PolicyArn=made["Arn"], PolicyDocument=changed, SetAsDefault=True)[
        "PolicyVersion"
    ]
    assert (second["VersionId"], second["IsDefaultVersion"]) == ("v2", True)
    shown = iam.get_policy(PolicyArn=made["Arn"])["Policy"]
    assert (shown["DefaultVersionId"], shown["AttachmentCount"]) == ("v2", 1)
    for version, document in (("v1", GRANT), ("v2", changed)):
        read = iam.get_policy_version(PolicyArn=made["Arn"], VersionId=version)["PolicyVersion"]
        assert read["Document"] == json.loads(document)
    assert [v["VersionId"] for v in iam.list_policy_versions(PolicyArn=made["Arn"])["Versions"]] == [
        "v2",
        "v1",
    ]
    iam.put_role_permissions_boundary(RoleName="policies", PermissionsBoundary=READ_ONLY)
    boundary = iam.get_role(RoleName="policies")["Role"]["PermissionsBoundary"]
    assert boundary == {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": READ_ONLY}
    iam.delete_role_permissions_boundary(RoleName="policies")
    assert "PermissionsBoundary" not in iam.get_role(RoleName="policies")["Role"]
    assert refusal(iam.delete_role, RoleName="policies") == ("DeleteConflict", 409)
    iam.detach_role_policy(RoleName="policies", PolicyArn=made["Arn"])
    iam.detach_role_policy(RoleName="policies", PolicyArn=READ_ONLY)
    iam.delete_role_policy(RoleName="policies", PolicyName="inline")
    assert refusal(iam.get_role_policy, RoleName="policies", PolicyName="inline") == ("NoSuchEntity", 404)
    iam.delete_role(RoleName="policies")


def test_sts(sandbox, organization, one):
    sts = sandbox.client("sts")
    identity = said(sts.get_caller_identity())
    assert identity["Account"] == sandbox.account
    assert set(identity) == {"UserId", "Account", "Arn"}
    arn = f"arn:aws:iam::{organization['one']}:role/{OWN_ROLE}"
    answer = sts.assume_role(RoleArn=arn, RoleSessionName="s@x.y", DurationSeconds=900)
    assert (
        answer["AssumedRoleUser"]["Arn"]
        == f"arn:aws:sts::{organization['one']}:assumed-role/{OWN_ROLE}/s@x.y"
    )
    left = answer["Credentials"]["Expiration"] - datetime.now(timezone.utc)
    assert timedelta(minutes=14) < left <= timedelta(minutes=15, seconds=2)
    missing = refusal(sts.assume_role, RoleArn=f"{arn}x", RoleSessionName="s-1")
    assert missing == ("AccessDenied", 403)
    assert refusal(sts.assume_role, RoleArn=arn, RoleSessionName="s-1", DurationSeconds=7200) == (
        "ValidationError",
        400,
    )
    not_trusted = refusal(
        one.client("sts").assume_role,
        RoleArn=f"arn:aws:iam::{organization['two']}:role/{OWN_ROLE}",
        RoleSessionName="s-1",
    )
    assert not_trusted == ("AccessDenied", 403)


def test_sts_chains_last_an_hour_and_external_ids_are_asked_for(sandbox, organization, one):
    iam = one.client("iam")
    trust = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{organization['one']}:root"},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"sts:ExternalId": "secret"}},
    }
    iam.create_role(RoleName="chained", AssumeRolePolicyDocument=policy(trust), MaxSessionDuration=43200)
    assert refusal(one.assume, account=organization["one"], role="chained") == ("AccessDenied", 403)
    assert refusal(one.assume, account=organization["one"], role="chained", ExternalId="wrong") == (
        "AccessDenied",
        403,
    )
    one.assume(organization["one"], "chained", ExternalId="secret")
    longer = {"ExternalId": "secret", "DurationSeconds": 3601}
    assert refusal(one.assume, account=organization["one"], role="chained", **longer) == (
        "ValidationError",
        400,
    )


def test_a_role_may_only_do_what_its_policies_say(one, organization, bucket):
    iam = one.client("iam")
    trust = policy({"Effect": "Allow", "Principal": {"AWS": organization["one"]}, "Action": "sts:AssumeRole"})
    iam.create_role(RoleName="reader", AssumeRolePolicyDocument=trust)
    iam.put_role_policy(
        RoleName="reader",
        PolicyName="p",
        PolicyDocument=policy(
            {"Effect": "Allow", "Action": "s3:GetBucket*", "Resource": "arn:aws:s3:::*"},
            {"Effect": "Deny", "Action": "s3:GetBucketTagging", "Resource": "*"},
        ),
    )
    s3 = one.assume(organization["one"], "reader").client("s3", "eu-west-1")
    assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"
    assert refusal(s3.get_bucket_tagging, Bucket=bucket) == ("AccessDenied", 403)
    assert refusal(s3.get_bucket_replication, Bucket=bucket) == ("AccessDenied", 403)
