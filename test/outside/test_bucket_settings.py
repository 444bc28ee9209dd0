"""Sub-resources of a bucket as boto3 puts and reads them: what is read is what was put, to the field."""

import json
from datetime import datetime, timezone

import pytest

from place import refusal, said

KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
QUEUE = "arn:aws:sqs:eu-west-1:111122223333:events"
HOSTILE = "<b>&amp;\"'=+@|`\u2028 ünï\u0301 🪣 {{x}} ]]>"

# name of the pair of operations, member that is put, value, name of the deletion, code of the absence
WRAPPED = [
    (
        "bucket_encryption",
        "ServerSideEncryptionConfiguration",
        {
            "Rules": [
                {
                    "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": KEY},
                    "BucketKeyEnabled": True,
                    "BlockedEncryptionTypes": {"EncryptionType": ["SSE-C"]},
                }
            ]
        },
    ),
    (
        "bucket_ownership_controls",
        "OwnershipControls",
        {"Rules": [{"ObjectOwnership": "BucketOwnerPreferred"}]},
    ),
    (
        "public_access_block",
        "PublicAccessBlockConfiguration",
        {
            "BlockPublicAcls": True,
            "IgnorePublicAcls": False,
            "BlockPublicPolicy": True,
            "RestrictPublicBuckets": False,
        },
    ),
    (
        "object_lock_configuration",
        "ObjectLockConfiguration",
        {
            "ObjectLockEnabled": "Enabled",
            "Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Years": 7}},
        },
    ),
]


@pytest.mark.parametrize("name, member, value", WRAPPED, ids=[row[0] for row in WRAPPED])
def test_what_is_put_under_a_member_is_read_under_it(s3, bucket, name, member, value):
    getattr(s3, f"put_{name}")(Bucket=bucket, **{member: value})
    assert said(getattr(s3, f"get_{name}")(Bucket=bucket)) == {member: value}


FLAT = [
    ("bucket_versioning", "VersioningConfiguration", {"Status": "Suspended"}),
    ("bucket_request_payment", "RequestPaymentConfiguration", {"Payer": "Requester"}),
    (
        "bucket_tagging",
        "Tagging",
        {"TagSet": [{"Key": HOSTILE, "Value": HOSTILE}, {"Key": "b", "Value": ""}]},
    ),
    (
        "bucket_notification_configuration",
        "NotificationConfiguration",
        {
            "QueueConfigurations": [
                {
                    "Id": "failures",
                    "QueueArn": QUEUE,
                    "Events": ["s3:Replication:OperationFailedReplication", "s3:Replication:*"],
                    "Filter": {"Key": {"FilterRules": [{"Name": "prefix", "Value": "a & b/"}]}},
                }
            ],
            "TopicConfigurations": [
                {
                    "Id": "t",
                    "TopicArn": "arn:aws:sns:eu-west-1:111122223333:t",
                    "Events": ["s3:Replication:*"],
                }
            ],
            "LambdaFunctionConfigurations": [
                {
                    "Id": "f",
                    "LambdaFunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:f",
                    "Events": ["s3:ObjectCreated:Put"],
                }
            ],
            "EventBridgeConfiguration": {},
        },
    ),
    (
        "bucket_lifecycle_configuration",
        "LifecycleConfiguration",
        {
            "Rules": [
                {
                    "ID": "old",
                    "Filter": {
                        "And": {
                            "Prefix": "logs/",
                            "Tags": [{"Key": "a", "Value": HOSTILE}],
                            "ObjectSizeGreaterThan": 500,
                            "ObjectSizeLessThan": 64000,
                        }
                    },
                    "Status": "Enabled",
                    "Expiration": {"Days": 365},
                    "Transitions": [{"Days": 30, "StorageClass": "GLACIER"}],
                    "NoncurrentVersionTransitions": [
                        {"NoncurrentDays": 30, "StorageClass": "STANDARD_IA", "NewerNoncurrentVersions": 2}
                    ],
                    "NoncurrentVersionExpiration": {"NoncurrentDays": 90, "NewerNoncurrentVersions": 3},
                    "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
                },
                {
                    "ID": "markers",
                    "Filter": {"Prefix": ""},
                    "Status": "Disabled",
                    "Expiration": {"ExpiredObjectDeleteMarker": True},
                },
                {
                    "ID": "day",
                    "Filter": {"Tag": {"Key": "k", "Value": "v"}},
                    "Status": "Enabled",
                    "Expiration": {"Date": datetime(2030, 1, 1, tzinfo=timezone.utc)},
                },
            ]
        },
    ),
]


@pytest.mark.parametrize("name, member, value", FLAT, ids=[row[0] for row in FLAT])
def test_what_is_put_is_read(s3, bucket, name, member, value):
    getattr(s3, f"put_{name}")(Bucket=bucket, **{member: value})
    read = said(getattr(s3, f"get_{name}")(Bucket=bucket))
    read.pop("TransitionDefaultMinimumObjectSize", None)
    assert read == value


ABSENT = [
    ("bucket_ownership_controls", "OwnershipControlsNotFoundError"),
    ("public_access_block", "NoSuchPublicAccessBlockConfiguration"),
    ("bucket_tagging", "NoSuchTagSet"),
    ("bucket_lifecycle", "NoSuchLifecycleConfiguration"),
    ("bucket_replication", "ReplicationConfigurationNotFoundError"),
    ("bucket_policy", "NoSuchBucketPolicy"),
]


@pytest.mark.parametrize("name, code", ABSENT, ids=[row[0] for row in ABSENT])
def test_a_deleted_setting_is_not_found(s3, bucket, name, code):
    getattr(s3, f"delete_{name}")(Bucket=bucket)
    reads = {"bucket_lifecycle": "bucket_lifecycle_configuration"}
    assert refusal(getattr(s3, f"get_{reads.get(name, name)}"), Bucket=bucket) == (code, 404)


def test_a_new_bucket_answers_as_aws_says_that_it_does(s3, make_bucket):
    name = "fresh.with-dots"
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    assert said(s3.get_bucket_versioning(Bucket=name)) == {}
    assert said(s3.get_bucket_logging(Bucket=name)) == {}
    assert said(s3.get_bucket_notification_configuration(Bucket=name)) == {}
    assert said(s3.get_bucket_request_payment(Bucket=name)) == {"Payer": "BucketOwner"}
    assert s3.get_bucket_encryption(Bucket=name)["ServerSideEncryptionConfiguration"]["Rules"] == [
        {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": False}
    ]
    assert s3.get_bucket_ownership_controls(Bucket=name)["OwnershipControls"] == {
        "Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]
    }
    assert set(s3.get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"].values()) == {True}
    code = refusal(s3.get_object_lock_configuration, Bucket=name)
    assert code == ("ObjectLockConfigurationNotFoundError", 404)


def test_a_deleted_encryption_is_the_default_again(s3, bucket):
    s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration=WRAPPED[0][2])
    s3.delete_bucket_encryption(Bucket=bucket)
    [rule] = s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"]
    assert rule["ApplyServerSideEncryptionByDefault"] == {"SSEAlgorithm": "AES256"}


def test_logging_names_a_bucket_of_ones_own(s3, bucket, make_bucket):
    target = make_bucket(s3, "logs")
    status = {"LoggingEnabled": {"TargetBucket": target, "TargetPrefix": "a&b/"}}
    s3.put_bucket_logging(Bucket=bucket, BucketLoggingStatus=status)
    assert said(s3.get_bucket_logging(Bucket=bucket)) == status
    status["LoggingEnabled"]["TargetBucket"] = "nobody-has-this-bucket"
    put = refusal(s3.put_bucket_logging, Bucket=bucket, BucketLoggingStatus=status)
    assert put == ("InvalidTargetBucketForLogging", 400)


def test_a_lifecycle_keeps_its_minimum_size(s3, bucket):
    rules = [{"ID": "a", "Filter": {"Prefix": ""}, "Status": "Enabled", "Expiration": {"Days": 1}}]
    s3.put_bucket_lifecycle_configuration(
        Bucket=bucket,
        LifecycleConfiguration={"Rules": rules},
        TransitionDefaultMinimumObjectSize="varies_by_storage_class",
    )
    assert said(s3.get_bucket_lifecycle_configuration(Bucket=bucket)) == {
        "Rules": rules,
        "TransitionDefaultMinimumObjectSize": "varies_by_storage_class",
    }


def test_a_policy_comes_back_byte_for_byte_and_tells_whether_it_is_public(s3, bucket):
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{bucket}/*",
    }
    public = json.dumps({"Version": "2012-10-17", "Statement": [statement]}, indent=3)
    assert refusal(s3.put_bucket_policy, Bucket=bucket, Policy=public) == ("AccessDenied", 403)
    s3.delete_public_access_block(Bucket=bucket)
    s3.put_bucket_policy(Bucket=bucket, Policy=public)
    assert s3.get_bucket_policy(Bucket=bucket)["Policy"] == public
    assert s3.get_bucket_policy_status(Bucket=bucket)["PolicyStatus"] == {"IsPublic": True}
    private = json.dumps({"Statement": [{**statement, "Principal": {"AWS": "111122223333"}}]})
    s3.put_bucket_policy(Bucket=bucket, Policy=private)
    assert s3.get_bucket_policy_status(Bucket=bucket)["PolicyStatus"] == {"IsPublic": False}
    assert refusal(s3.put_bucket_policy, Bucket=bucket, Policy="{")[0] == "MalformedPolicy"


def inventory(name):
    return {
        "Id": name,
        "IsEnabled": True,
        "IncludedObjectVersions": "All",
        "Schedule": {"Frequency": "Daily"},
        "Filter": {"Prefix": "a&b/"},
        "OptionalFields": ["ReplicationStatus", "EncryptionStatus", "BucketKeyStatus"],
        "Destination": {
            "S3BucketDestination": {
                "AccountId": "111122223333",
                "Bucket": "arn:aws:s3:::inventories",
                "Format": "CSV",
                "Prefix": "x",
                "Encryption": {"SSEKMS": {"KeyId": KEY}},
            }
        },
    }


def tiering(name):
    return {
        "Id": name,
        "Status": "Enabled",
        "Filter": {"And": {"Prefix": "p", "Tags": [{"Key": "a", "Value": "b"}]}},
        "Tierings": [
            {"Days": 90, "AccessTier": "ARCHIVE_ACCESS"},
            {"Days": 180, "AccessTier": "DEEP_ARCHIVE_ACCESS"},
        ],
    }


LISTED = [
    ("inventory", "Inventory", inventory, "ContinuationToken"),
    ("intelligent_tiering", "IntelligentTiering", tiering, "ContinuationToken"),
]


@pytest.mark.parametrize("name, member, make, token", LISTED, ids=[row[0] for row in LISTED])
def test_configurations_of_which_a_bucket_has_many(s3, bucket, name, member, make, token):
    put = getattr(s3, f"put_bucket_{name}_configuration")
    get = getattr(s3, f"get_bucket_{name}_configuration")
    listing = getattr(s3, f"list_bucket_{name}_configurations")
    delete = getattr(s3, f"delete_bucket_{name}_configuration")
    ids = [f"c{number:03}" for number in range(103)]
    for one in ids:
        put(Bucket=bucket, Id=one, **{f"{member}Configuration": make(one)})
    assert said(get(Bucket=bucket, Id="c007")) == {f"{member}Configuration": make("c007")}
    first = listing(Bucket=bucket)
    assert first["IsTruncated"] is True
    second = listing(Bucket=bucket, **{token: first["NextContinuationToken"]})
    assert second["IsTruncated"] is False
    both = first[f"{member}ConfigurationList"] + second[f"{member}ConfigurationList"]
    assert both == [make(one) for one in ids]
    delete(Bucket=bucket, Id="c007")
    assert refusal(get, Bucket=bucket, Id="c007") == ("NoSuchConfiguration", 404)
    assert refusal(put, Bucket=bucket, Id="other", **{f"{member}Configuration": make("c1")}) == (
        "InvalidArgument",
        400,
    )


def test_versioning_stands_while_replication_or_object_lock_needs_it(s3):
    s3.create_bucket(
        Bucket="locked",
        CreateBucketConfiguration={"LocationConstraint": "eu-west-1"},
        ObjectLockEnabledForBucket=True,
    )
    assert said(s3.get_object_lock_configuration(Bucket="locked")) == {
        "ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled"}
    }
    put = refusal(s3.put_bucket_versioning, Bucket="locked", VersioningConfiguration={"Status": "Suspended"})
    assert put == ("InvalidBucketState", 409)
