"""The same main path with the AWS CLI: at least one operation of every service, its JSON compared."""

import json
import subprocess
from datetime import datetime, timezone

import pytest

from place import OWN_ROLE, Sandbox, program


def aws(keys, *arguments, region="us-east-1"):
    """Runs the CLI; gives what it prints, as JSON."""
    command = [program("aws"), "--endpoint-url", keys.endpoint, "--output", "json", *arguments]
    environment = keys.environment(region)
    del environment["AWS_ENDPOINT_URL"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout) if done.stdout.strip() else None


@pytest.fixture(scope="module")
def own():
    """A sandbox of the CLI's own, so that what it lists is what it made."""
    with Sandbox() as running:
        yield running


@pytest.fixture(scope="module")
def member(own):
    aws(own, "organizations", "create-organization")
    made = aws(own, "organizations", "create-account", "--account-name", "m", "--email", "m@example.com")
    account = made["CreateAccountStatus"]["AccountId"]
    listed = aws(own, "organizations", "list-accounts", "--page-size", "1")["Accounts"]
    assert [a["Id"] for a in listed] == [own.account, account]
    arn = f"arn:aws:iam::{account}:role/{OWN_ROLE}"
    got = aws(own, "sts", "assume-role", "--role-arn", arn, "--role-session-name", "cli")["Credentials"]
    keys = own.assume(account, OWN_ROLE)
    keys.key, keys.secret, keys.token = got["AccessKeyId"], got["SecretAccessKey"], got["SessionToken"]
    keys.account = account
    assert aws(keys, "sts", "get-caller-identity")["Account"] == account
    return keys


def test_a_route_and_an_object_on_it(member):
    for name, region in (("source", "eu-west-1"), ("replica", "eu-central-1")):
        place = f"LocationConstraint={region}"
        aws(
            member,
            "s3api",
            "create-bucket",
            "--bucket",
            name,
            "--create-bucket-configuration",
            place,
            region=region,
        )
        on = ("--versioning-configuration", "Status=Enabled")
        aws(member, "s3api", "put-bucket-versioning", "--bucket", name, *on, region=region)
    trust = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sts:AssumeRole"}
            ],
        }
    )
    role = aws(member, "iam", "create-role", "--role-name", "r", "--assume-role-policy-document", trust)[
        "Role"
    ]
    read = aws(member, "iam", "get-role", "--role-name", "r")["Role"]
    assert (read["Arn"], read["AssumeRolePolicyDocument"]) == (role["Arn"], json.loads(trust))
    configuration = {
        "Role": role["Arn"],
        "Rules": [
            {
                "ID": "all",
                "Priority": 1,
                "Filter": {"Prefix": ""},
                "Status": "Enabled",
                "DeleteMarkerReplication": {"Status": "Enabled"},
                "Destination": {"Bucket": "arn:aws:s3:::replica", "Metrics": {"Status": "Enabled"}},
            }
        ],
    }
    bucket = ("--bucket", "source")
    put = ("--replication-configuration", json.dumps(configuration))
    aws(member, "s3api", "put-bucket-replication", *bucket, *put, region="eu-west-1")
    read = aws(member, "s3api", "get-bucket-replication", *bucket, region="eu-west-1")
    assert read == {"ReplicationConfiguration": configuration}
    written = aws(
        member, "s3api", "put-object", *bucket, "--key", "a/ü", "--body", __file__, region="eu-west-1"
    )
    for name, region in (("source", "eu-west-1"), ("replica", "eu-central-1")):
        listed = aws(member, "s3api", "list-object-versions", "--bucket", name, region=region)
        [version] = listed["Versions"]
        assert (version["Key"], version["VersionId"], version["ETag"]) == (
            "a/ü",
            written["VersionId"],
            written["ETag"],
        )
    listed = aws(member, "s3api", "list-buckets", "--max-items", "10", "--page-size", "1")["Buckets"]
    assert [(b["Name"], b["BucketRegion"]) for b in listed] == [
        ("replica", "eu-central-1"),
        ("source", "eu-west-1"),
    ]


def test_keys_regions_and_metrics(member):
    key = aws(member, "kms", "create-key", "--description", "ü", region="eu-west-1")["KeyMetadata"]
    assert (
        aws(member, "kms", "describe-key", "--key-id", key["Arn"], region="eu-west-1")["KeyMetadata"] == key
    )
    regions = aws(member, "account", "list-regions", "--region-opt-status-contains", "ENABLED_BY_DEFAULT")[
        "Regions"
    ]
    assert "eu-west-1" in [r["RegionName"] for r in regions]
    minute = datetime.now(timezone.utc).replace(second=0, microsecond=0)
    at, day = minute.isoformat(), minute.strftime("%Y-%m-%dT00:00:00Z")
    data = [
        {"MetricName": "m", "Dimensions": [{"Name": "RuleId", "Value": "r"}], "Timestamp": at, "Value": 3}
    ]
    aws(member, "cloudwatch", "put-metric-data", "--namespace", "AWS/S3", "--metric-data", json.dumps(data))
    metric = {"Namespace": "AWS/S3", "MetricName": "m", "Dimensions": [{"Name": "RuleId", "Value": "r"}]}
    query = [{"Id": "q", "MetricStat": {"Metric": metric, "Period": 60, "Stat": "Sum"}}]
    span = ("--start-time", day, "--end-time", minute.strftime("%Y-%m-%dT%H:%M:59Z"))
    read = aws(member, "cloudwatch", "get-metric-data", "--metric-data-queries", json.dumps(query), *span)
    [result] = read["MetricDataResults"]
    # The CLI prints times as they came, and these come as seconds.
    assert (result["Values"], result["Timestamps"]) == ([3.0], [minute.timestamp()])


def test_the_tree(own, member):
    [root] = aws(own, "organizations", "list-roots")["Roots"]
    parent = ("--parent-id", root["Id"])
    unit = aws(own, "organizations", "create-organizational-unit", *parent, "--name", "ü")[
        "OrganizationalUnit"
    ]
    aws(
        own, "organizations", "move-account", "--account-id", member.account,
        "--source-parent-id", root["Id"], "--destination-parent-id", unit["Id"],
    )  # fmt: skip
    [parent] = aws(own, "organizations", "list-parents", "--child-id", member.account)["Parents"]
    assert parent == {"Id": unit["Id"], "Type": "ORGANIZATIONAL_UNIT"}
