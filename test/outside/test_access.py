"""Who may, where and how: accounts, signatures, Regions, faults, and what the sandbox does not know."""

import json

import pytest

from place import OWN_ROLE, Keys, refusal


def test_accounts_are_isolated(s3, two, sandbox, bucket):
    stranger = two.client("s3", "eu-west-1")
    for name in (
        "get_bucket_versioning",
        "get_bucket_replication",
        "list_object_versions",
        "list_objects_v2",
        "delete_bucket",
    ):
        assert refusal(getattr(stranger, name), Bucket=bucket) == ("AccessDenied", 403)
    assert refusal(stranger.put_object, Bucket=bucket, Key="k") == ("AccessDenied", 403)
    assert refusal(stranger.head_bucket, Bucket=bucket) == ("403", 403)
    assert bucket not in [b["Name"] for b in stranger.list_buckets()["Buckets"]]
    management = sandbox.client("s3", "eu-west-1")
    assert refusal(management.get_bucket_versioning, Bucket=bucket) == ("AccessDenied", 403)


def test_a_policy_lets_another_account_in(s3, two, bucket, organization):
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{organization['two']}:root"},
        "Action": "s3:GetBucketVersioning",
        "Resource": f"arn:aws:s3:::{bucket}",
    }
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": statement}))
    stranger = two.client("s3", "eu-west-1")
    assert stranger.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"
    assert refusal(stranger.get_bucket_replication, Bucket=bucket) == ("AccessDenied", 403)


def test_the_expected_owner_is_held_against_the_owner(s3, bucket, organization):
    s3.get_bucket_versioning(Bucket=bucket, ExpectedBucketOwner=organization["one"])
    wrong = refusal(s3.get_bucket_versioning, Bucket=bucket, ExpectedBucketOwner=organization["two"])
    assert wrong == ("AccessDenied", 403)


CALLS = {
    "s3": (
        "list_buckets",
        {},
        ("SignatureDoesNotMatch", 403),
        ("InvalidAccessKeyId", 403),
        ("ExpiredToken", 400),
    ),
    "sts": (
        "get_caller_identity",
        {},
        ("SignatureDoesNotMatch", 403),
        ("InvalidClientTokenId", 403),
        ("ExpiredToken", 403),
    ),
    "iam": (
        "list_roles",
        {},
        ("SignatureDoesNotMatch", 403),
        ("InvalidClientTokenId", 403),
        ("ExpiredToken", 403),
    ),
    "kms": (
        "list_keys",
        {},
        ("InvalidSignatureException", 400),
        ("UnrecognizedClientException", 400),
        ("ExpiredTokenException", 400),
    ),
    "organizations": (
        "list_roots",
        {},
        ("InvalidSignatureException", 400),
        ("UnrecognizedClientException", 400),
        ("ExpiredTokenException", 400),
    ),
    "account": (
        "list_regions",
        {},
        ("InvalidSignatureException", 403),
        ("UnrecognizedClientException", 403),
        ("ExpiredTokenException", 403),
    ),
}


@pytest.mark.parametrize("service", CALLS)
def test_credentials_that_are_wrong_or_old(sandbox, organization, service):
    name, arguments, wrong, unknown, expired = CALLS[service]
    liar = Keys(sandbox.endpoint, sandbox.key, sandbox.secret[::-1])
    assert refusal(getattr(liar.client(service), name), **arguments) == wrong
    nobody = Keys(sandbox.endpoint, "AKIAIOSFODNN7EXAMPLE", sandbox.secret)
    assert refusal(getattr(nobody.client(service), name), **arguments) == unknown
    sandbox.control("POST", "faults", {"kind": "expired", "times": 1})
    call = getattr(sandbox.client(service), name)
    assert refusal(call, **arguments) == expired
    call(**arguments)


def test_a_session_without_its_token_is_nobody(one):
    assert refusal(Keys(one.endpoint, one.key, one.secret).client("s3").list_buckets) == (
        "InvalidAccessKeyId",
        403,
    )
    assert refusal(Keys(one.endpoint, one.key, one.secret, "x" + one.token).client("s3").list_buckets) == (
        "InvalidToken",
        400,
    )


FAULTS = {
    "denied": {
        "s3": ("AccessDenied", 403),
        "iam": ("AccessDenied", 403),
        "kms": ("AccessDeniedException", 400),
    },
    "throttled": {"s3": ("SlowDown", 503), "iam": ("Throttling", 400), "kms": ("ThrottlingException", 400)},
    "500": {"s3": ("InternalError", 500), "iam": ("InternalFailure", 500), "kms": ("InternalFailure", 500)},
    "503": {
        "s3": ("ServiceUnavailable", 503),
        "iam": ("ServiceUnavailable", 503),
        "kms": ("ServiceUnavailableException", 503),
    },
}


@pytest.mark.parametrize("kind", FAULTS)
def test_faults_speak_each_protocol(sandbox, organization, kind):
    for service, expected in FAULTS[kind].items():
        name = {"s3": "ListBuckets", "iam": "ListRoles", "kms": "ListKeys"}[service]
        sandbox.control("POST", "faults", {"kind": kind, "operation": f"{service}:{name}", "times": 1})
        call = getattr(sandbox.client(service), CALLS[service][0])
        assert refusal(call) == expected
        call()


def test_another_region_is_told_in_the_header(one, bucket):
    s3 = one.client("s3", "us-west-2")
    answers = []
    s3.meta.events.register_first("needs-retry.s3", lambda response, **_: answers.append(response[0]))
    # botocore goes of its own accord where the header says.
    assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"
    told = [(answer.status_code, answer.headers.get("x-amz-bucket-region")) for answer in answers]
    assert told[0] == (301, "eu-west-1")
    assert told[-1][0] == 200


def test_a_client_finds_the_region_by_itself(one, bucket):
    elsewhere = one.client("s3", "ap-southeast-2")
    assert elsewhere.get_bucket_location(Bucket=bucket)["LocationConstraint"] == "eu-west-1"
    assert elsewhere.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"


def test_buckets_are_paged_with_their_regions(two):
    names = [f"page-{number:02}" for number in range(7)]
    regions = ["eu-west-1", "us-east-1", "eu-central-1"]
    for number, name in enumerate(names):
        region = regions[number % 3]
        where = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
        two.client("s3", region).create_bucket(Bucket=name, **where)
    s3 = two.client("s3")
    pages = list(s3.get_paginator("list_buckets").paginate(Prefix="page-", PaginationConfig={"PageSize": 3}))
    assert [len(page["Buckets"]) for page in pages] == [3, 3, 1]
    found = {b["Name"]: b["BucketRegion"] for page in pages for b in page["Buckets"]}
    assert found == {name: regions[number % 3] for number, name in enumerate(names)}
    only = s3.list_buckets(Prefix="page-", BucketRegion="us-east-1")["Buckets"]
    assert [b["Name"] for b in only] == ["page-01", "page-04"]
    # Without a parameter S3 names no Region.
    assert not any("BucketRegion" in b for b in s3.list_buckets()["Buckets"])
    assert s3.head_bucket(Bucket="page-01")["BucketRegion"] == "us-east-1"
    assert s3.get_bucket_location(Bucket="page-01")["LocationConstraint"] is None


def test_names_and_places_that_cannot_be(one, two, bucket):
    s3 = one.client("s3")
    assert refusal(two.client("s3").create_bucket, Bucket=bucket) == ("BucketAlreadyExists", 409)
    elsewhere = {"LocationConstraint": "eu-west-1"}
    there = one.client("s3", "eu-west-1")
    assert refusal(there.create_bucket, Bucket=bucket, CreateBucketConfiguration=elsewhere) == (
        "BucketAlreadyOwnedByYou",
        409,
    )
    assert refusal(there.create_bucket, Bucket="without-place") == ("IllegalLocationConstraintException", 400)
    assert refusal(s3.create_bucket, Bucket="Capital") == ("InvalidBucketName", 400)
    nowhere = {"LocationConstraint": "moon-1"}
    assert (
        refusal(s3.create_bucket, Bucket="on-the-moon", CreateBucketConfiguration=nowhere)[0]
        == "InvalidLocationConstraint"
    )


UNKNOWN = {
    "s3": ("get_bucket_cors", {"Bucket": "any"}),
    "iam": ("list_users", {}),
    "kms": ("encrypt", {"KeyId": "k", "Plaintext": b"x"}),
    "organizations": ("list_handshakes_for_account", {}),
    "sts": ("get_session_token", {}),
    "account": ("get_contact_information", {}),
    "cloudwatch": ("list_dashboards", {}),
    "s3control": ("list_jobs", {"AccountId": "111122223333"}),
    "sqs": ("list_queues", {}),
}


@pytest.mark.parametrize("service", UNKNOWN)
def test_what_the_sandbox_does_not_know_it_says(sandbox, service):
    name, arguments = UNKNOWN[service]
    assert refusal(getattr(sandbox.client(service), name), **arguments)[1] == 501


def test_an_answer_that_is_cut_or_broken_is_no_answer(sandbox, organization):
    for kind in ("cut", "malformed"):
        sandbox.control("POST", "faults", {"kind": kind, "operation": "s3:ListBuckets", "times": 1})
        with pytest.raises(Exception):
            sandbox.client("s3").list_buckets()
        sandbox.client("s3").list_buckets()


def test_the_members_own_role_is_all_that_the_management_account_needs(sandbox, organization):
    for account in organization.values():
        identity = sandbox.assume(account, OWN_ROLE).client("sts").get_caller_identity()
        assert identity["Account"] == account
        assert identity["Arn"] == f"arn:aws:sts::{account}:assumed-role/{OWN_ROLE}/outside"
