"""Organizations, KMS, Account, CloudWatch and S3 Control as boto3 meets them."""

import json
from datetime import datetime, timedelta, timezone

from place import policy, refusal


def test_organizations(sandbox, organization):
    organizations = sandbox.client("organizations")
    described = organizations.describe_organization()["Organization"]
    assert (described["MasterAccountId"], described["FeatureSet"]) == (sandbox.account, "ALL")
    assert refusal(organizations.create_organization) == ("AlreadyInOrganizationException", 400)
    [root] = organizations.list_roots()["Roots"]
    unit = organizations.create_organizational_unit(ParentId=root["Id"], Name="Workloads")[
        "OrganizationalUnit"
    ]
    inner = organizations.create_organizational_unit(ParentId=unit["Id"], Name="ü & <b>")[
        "OrganizationalUnit"
    ]
    assert (
        organizations.describe_organizational_unit(OrganizationalUnitId=inner["Id"])["OrganizationalUnit"]
        == inner
    )
    made = organizations.create_account(AccountName="three & co", Email="three@example.com")[
        "CreateAccountStatus"
    ]
    status = organizations.describe_create_account_status(CreateAccountRequestId=made["Id"])[
        "CreateAccountStatus"
    ]
    assert (status["State"], status["AccountName"]) == ("SUCCEEDED", "three & co")
    again = organizations.create_account(AccountName="x", Email="three@example.com")["CreateAccountStatus"]
    assert (again["State"], again["FailureReason"]) == ("FAILED", "EMAIL_ALREADY_EXISTS")
    account = made["AccountId"]
    organizations.move_account(AccountId=account, SourceParentId=root["Id"], DestinationParentId=inner["Id"])
    assert organizations.list_parents(ChildId=account)["Parents"] == [
        {"Id": inner["Id"], "Type": "ORGANIZATIONAL_UNIT"}
    ]
    assert organizations.list_parents(ChildId=unit["Id"])["Parents"] == [{"Id": root["Id"], "Type": "ROOT"}]
    assert organizations.list_children(ParentId=inner["Id"], ChildType="ACCOUNT")["Children"] == [
        {"Id": account, "Type": "ACCOUNT"}
    ]
    units = organizations.list_organizational_units_for_parent(ParentId=unit["Id"])["OrganizationalUnits"]
    assert units == [inner]
    shown = organizations.describe_account(AccountId=account)["Account"]
    assert (shown["Name"], shown["Email"], shown["State"]) == ("three & co", "three@example.com", "ACTIVE")
    below = organizations.list_accounts_for_parent(ParentId=inner["Id"])["Accounts"]
    assert below == [shown]
    organizations.close_account(AccountId=account)
    assert organizations.describe_account(AccountId=account)["Account"]["State"] == "SUSPENDED"


def test_accounts_come_in_pages_of_which_some_are_empty(sandbox, organization):
    pages, token = [], {}
    organizations = sandbox.client("organizations")
    while True:
        page = organizations.list_accounts(MaxResults=1, **token)
        pages.append([account["Id"] for account in page["Accounts"]])
        if "NextToken" not in page:
            break
        token = {"NextToken": page["NextToken"]}
    assert [] in pages[:-1]
    ids = [one for page in pages for one in page]
    assert ids[:3] == [sandbox.account, organization["one"], organization["two"]]
    assert len(set(ids)) == len(ids)


def test_organization_policies(sandbox, organization, two, make_bucket):
    organizations = sandbox.client("organizations")
    [root] = organizations.list_roots()["Roots"]
    enabled = organizations.enable_policy_type(RootId=root["Id"], PolicyType="RESOURCE_CONTROL_POLICY")[
        "Root"
    ]
    assert enabled["PolicyTypes"] == [{"Type": "RESOURCE_CONTROL_POLICY", "Status": "ENABLED"}]
    content = policy({"Effect": "Deny", "Principal": "*", "Action": "s3:DeleteBucket", "Resource": "*"})
    made = organizations.create_policy(
        Name="keep", Description="ü", Type="RESOURCE_CONTROL_POLICY", Content=content
    )["Policy"]
    id = made["PolicySummary"]["Id"]
    assert organizations.describe_policy(PolicyId=id)["Policy"] == made
    assert made["Content"] == content
    organizations.attach_policy(PolicyId=id, TargetId=organization["two"])
    target = {"TargetId": organization["two"], "Filter": "RESOURCE_CONTROL_POLICY"}
    names = [p["Name"] for p in organizations.list_policies_for_target(**target)["Policies"]]
    assert sorted(names) == ["RCPFullAWSAccess", "keep"]
    names = [p["Name"] for p in organizations.list_policies(Filter="RESOURCE_CONTROL_POLICY")["Policies"]]
    assert sorted(names) == ["RCPFullAWSAccess", "keep"]
    [hung] = organizations.list_targets_for_policy(PolicyId=id)["Targets"]
    assert (hung["TargetId"], hung["Type"]) == (organization["two"], "ACCOUNT")
    s3 = two.client("s3", "eu-west-1")
    guarded = make_bucket(s3, "guarded")
    assert refusal(s3.delete_bucket, Bucket=guarded) == ("AccessDenied", 403)
    changed = organizations.update_policy(PolicyId=id, Name="kept")["Policy"]
    assert changed["PolicySummary"]["Name"] == "kept"
    organizations.detach_policy(PolicyId=id, TargetId=organization["two"])
    names = [p["Name"] for p in organizations.list_policies_for_target(**target)["Policies"]]
    assert names == ["RCPFullAWSAccess"]
    s3.delete_bucket(Bucket=guarded)
    disabled = organizations.disable_policy_type(RootId=root["Id"], PolicyType="RESOURCE_CONTROL_POLICY")[
        "Root"
    ]
    assert disabled["PolicyTypes"] == []


def test_a_delegated_administrator_may_list(sandbox, organization, one, two):
    organizations = sandbox.client("organizations")
    assert refusal(one.client("organizations").list_accounts) == ("AccessDeniedException", 400)
    organizations.register_delegated_administrator(
        AccountId=organization["one"], ServicePrincipal="config.amazonaws.com"
    )
    [administrator] = organizations.list_delegated_administrators()["DelegatedAdministrators"]
    assert administrator["Id"] == organization["one"]
    assert one.client("organizations").list_accounts()["Accounts"]
    assert refusal(two.client("organizations").list_accounts) == ("AccessDeniedException", 400)


def test_kms_keys(one, organization):
    kms = one.client("kms", "eu-central-1")
    made = kms.create_key(Description="ü <&>", MultiRegion=True)["KeyMetadata"]
    assert made["Arn"] == f"arn:aws:kms:eu-central-1:{organization['one']}:key/{made['KeyId']}"
    assert made["KeyId"].startswith("mrk-")
    for name in (made["KeyId"], made["Arn"]):
        assert kms.describe_key(KeyId=name)["KeyMetadata"] == made
    assert (made["KeyState"], made["KeyManager"], made["KeyUsage"]) == (
        "Enabled",
        "CUSTOMER",
        "ENCRYPT_DECRYPT",
    )
    assert {"KeyId": made["KeyId"], "KeyArn": made["Arn"]} in kms.list_keys()["Keys"]
    kms.create_alias(AliasName="alias/a/b", TargetKeyId=made["KeyId"])
    assert kms.describe_key(KeyId="alias/a/b")["KeyMetadata"]["Arn"] == made["Arn"]
    [alias] = kms.list_aliases(KeyId=made["KeyId"])["Aliases"]
    assert (alias["AliasName"], alias["TargetKeyId"]) == ("alias/a/b", made["KeyId"])
    kms.disable_key(KeyId=made["KeyId"])
    assert kms.describe_key(KeyId=made["KeyId"])["KeyMetadata"]["KeyState"] == "Disabled"
    kms.enable_key(KeyId=made["KeyId"])
    kms.schedule_key_deletion(KeyId=made["KeyId"], PendingWindowInDays=7)
    pending = kms.describe_key(KeyId=made["KeyId"])["KeyMetadata"]
    assert (pending["KeyState"], pending["Enabled"]) == ("PendingDeletion", False)
    assert pending["DeletionDate"] > datetime.now(timezone.utc) + timedelta(days=6)
    kms.cancel_key_deletion(KeyId=made["KeyId"])
    assert kms.describe_key(KeyId=made["KeyId"])["KeyMetadata"]["KeyState"] == "Disabled"
    elsewhere = one.client("kms", "eu-west-1")
    assert refusal(elsewhere.describe_key, KeyId=made["Arn"]) == ("NotFoundException", 400)
    assert refusal(elsewhere.describe_key, KeyId=made["KeyId"]) == ("NotFoundException", 400)


def test_kms_policies_and_grants(one, two, organization):
    kms = one.client("kms")
    key = kms.create_key()["KeyMetadata"]["Arn"]
    root = json.loads(kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"])
    assert root["Statement"][0]["Principal"] == {"AWS": f"arn:aws:iam::{organization['one']}:root"}
    assert refusal(two.client("kms").describe_key, KeyId=key) == ("AccessDeniedException", 400)
    both = [f"arn:aws:iam::{organization[name]}:root" for name in ("one", "two")]
    shared = policy({"Effect": "Allow", "Principal": {"AWS": both}, "Action": "kms:*", "Resource": "*"})
    kms.put_key_policy(KeyId=key, Policy=shared)
    assert kms.get_key_policy(KeyId=key)["Policy"] == shared
    assert two.client("kms").describe_key(KeyId=key)["KeyMetadata"]["Arn"] == key
    grantee = f"arn:aws:iam::{organization['two']}:role/r"
    constraints = {"EncryptionContextSubset": {"aws:s3:arn": "arn:aws:s3:::b"}}
    made = kms.create_grant(
        KeyId=key,
        GranteePrincipal=grantee,
        Operations=["Encrypt", "GenerateDataKey"],
        Name="n",
        Constraints=constraints,
    )
    [grant] = kms.list_grants(KeyId=key)["Grants"]
    assert (grant["GrantId"], grant["GranteePrincipal"], grant["Operations"]) == (
        made["GrantId"],
        grantee,
        ["Encrypt", "GenerateDataKey"],
    )
    assert (grant["Constraints"], grant["Name"], grant["KeyId"]) == (constraints, "n", key)
    kms.revoke_grant(KeyId=key, GrantId=made["GrantId"])
    assert kms.list_grants(KeyId=key)["Grants"] == []


def test_the_managed_key_of_s3_is_there_when_it_is_asked_for(one):
    key = one.client("kms").describe_key(KeyId="alias/aws/s3")["KeyMetadata"]
    assert key["KeyManager"] == "AWS"


def test_account_regions(sandbox, organization, one):
    account = one.client("account")
    pages = account.get_paginator("list_regions").paginate(PaginationConfig={"PageSize": 7})
    regions = {r["RegionName"]: r["RegionOptStatus"] for page in pages for r in page["Regions"]}
    assert (regions["eu-west-1"], regions["eu-south-1"]) == ("ENABLED_BY_DEFAULT", "DISABLED")
    account.enable_region(RegionName="eu-south-1")
    assert account.get_region_opt_status(RegionName="eu-south-1")["RegionOptStatus"] == "ENABLED"
    enabled = account.list_regions(RegionOptStatusContains=["ENABLED"])["Regions"]
    assert enabled == [{"RegionName": "eu-south-1", "RegionOptStatus": "ENABLED"}]
    from_above = sandbox.client("account").list_regions(
        AccountId=organization["one"], RegionOptStatusContains=["ENABLED"]
    )
    assert from_above["Regions"] == enabled
    account.disable_region(RegionName="eu-south-1")
    assert refusal(account.disable_region, RegionName="eu-west-1") == ("ValidationException", 400)


def test_cloudwatch(one):
    cloudwatch = one.client("cloudwatch", "eu-west-1")
    now = datetime.now(timezone.utc).replace(second=0, microsecond=0)
    dimensions = [{"Name": "SourceBucket", "Value": "a"}, {"Name": "RuleId", "Value": "ü r"}]
    metric = {
        "Namespace": "AWS/S3",
        "MetricName": "OperationsFailedReplication",
        "Dimensions": dimensions[::-1],
    }
    data = [
        {
            "MetricName": "OperationsFailedReplication",
            "Dimensions": dimensions,
            "Timestamp": now - timedelta(minutes=m),
            "Value": v,
        }
        for m, v in ((3, 1.5), (3, 2.0), (1, 4.0))
    ]
    cloudwatch.put_metric_data(Namespace="AWS/S3", MetricData=data)
    asked = {"StartTime": now - timedelta(hours=1), "EndTime": now, "ScanBy": "TimestampAscending"}

    def query(statistic, **other):
        stat = {"Metric": {**metric, **other}, "Period": 60, "Stat": statistic}
        [result] = cloudwatch.get_metric_data(MetricDataQueries=[{"Id": "m", "MetricStat": stat}], **asked)[
            "MetricDataResults"
        ]
        return result

    assert query("Sum")["Values"] == [3.5, 4.0]
    assert query("Sum")["Timestamps"] == [now - timedelta(minutes=3), now - timedelta(minutes=1)]
    assert query("Maximum")["Values"] == [2.0, 4.0]
    assert query("SampleCount")["Values"] == [2.0, 1.0]
    nothing = query("Sum", Dimensions=dimensions[:1])
    assert (nothing["Values"], nothing["StatusCode"]) == ([], "Complete")


def test_the_public_access_block_of_an_account(one, two, organization):
    control = one.client("s3control", "eu-west-1")
    own = {"AccountId": organization["one"]}
    assert refusal(control.get_public_access_block, **own) == ("NoSuchPublicAccessBlockConfiguration", 404)
    block = {
        "BlockPublicAcls": True,
        "IgnorePublicAcls": False,
        "BlockPublicPolicy": True,
        "RestrictPublicBuckets": False,
    }
    control.put_public_access_block(PublicAccessBlockConfiguration=block, **own)
    assert control.get_public_access_block(**own)["PublicAccessBlockConfiguration"] == block
    stranger = two.client("s3control", "eu-west-1")
    assert refusal(stranger.get_public_access_block, **own) == ("AccessDenied", 403)
    control.delete_public_access_block(**own)
    assert refusal(control.get_public_access_block, **own) == ("NoSuchPublicAccessBlockConfiguration", 404)
