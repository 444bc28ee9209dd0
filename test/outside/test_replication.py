"""PutBucketReplication: every member survives, and what AWS refuses is refused with AWS's code."""

import copy

import pytest

from place import refusal

ROLE = "arn:aws:iam::111122223333:role/service-role/replication"
KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"


@pytest.fixture
def destination(two, make_bucket):
    """A bucket of another account, in another Region."""
    return make_bucket(two.client("s3", "eu-central-1"), "destination")


def second_version(destination, account):
    """One rule of the second version, with all that a rule can have."""
    return {
        "Role": ROLE,
        "Rules": [
            {
                "ID": "everything <&> ü",
                "Priority": 2147483647,
                "Filter": {
                    "And": {
                        "Prefix": "a & <b>/",
                        "Tags": [{"Key": "t", "Value": "1"}, {"Key": "ü", "Value": ""}],
                    }
                },
                "Status": "Enabled",
                "SourceSelectionCriteria": {
                    "SseKmsEncryptedObjects": {"Status": "Enabled"},
                    "ReplicaModifications": {"Status": "Enabled"},
                },
                "DeleteMarkerReplication": {"Status": "Disabled"},
                "Destination": {
                    "Bucket": f"arn:aws:s3:::{destination}",
                    "Account": account,
                    "StorageClass": "STANDARD_IA",
                    "AccessControlTranslation": {"Owner": "Destination"},
                    "EncryptionConfiguration": {"ReplicaKmsKeyID": KEY},
                    "ReplicationTime": {"Status": "Enabled", "Time": {"Minutes": 15}},
                    "Metrics": {"Status": "Enabled", "EventThreshold": {"Minutes": 15}},
                },
            }
        ],
    }


def put(s3, bucket, configuration):
    s3.put_bucket_replication(Bucket=bucket, ReplicationConfiguration=configuration)
    return s3.get_bucket_replication(Bucket=bucket)["ReplicationConfiguration"]


def test_a_rule_with_every_member(s3, bucket, destination, organization):
    everything = second_version(destination, organization["two"])
    assert put(s3, bucket, everything) == everything


FILTERS = {
    "empty": {},
    "prefix": {"Prefix": "logs/"},
    "empty prefix": {"Prefix": ""},
    "tag": {"Tag": {"Key": "k", "Value": "v"}},
    "and": {"And": {"Tags": [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}]}},
}


@pytest.mark.parametrize("chosen", FILTERS.values(), ids=FILTERS.keys())
def test_filters(s3, bucket, destination, chosen):
    rule = {
        "ID": "r",
        "Priority": 0,
        "Filter": chosen,
        "Status": "Disabled",
        "DeleteMarkerReplication": {"Status": "Disabled"},
        "Destination": {"Bucket": f"arn:aws:s3:::{destination}", "Metrics": {"Status": "Enabled"}},
    }
    [read] = put(s3, bucket, {"Role": ROLE, "Rules": [rule]})["Rules"]
    assert read == rule


def test_rules_of_the_first_version_and_an_id_that_s3_makes(s3, bucket, destination):
    there = {"Bucket": f"arn:aws:s3:::{destination}"}
    rules = [
        {"ID": "kept", "Prefix": "a/", "Status": "Enabled", "Destination": there},
        {"Prefix": "b/", "Status": "Disabled", "Destination": there},
    ]
    kept, made = put(s3, bucket, {"Role": ROLE, "Rules": rules})["Rules"]
    assert kept == rules[0]
    assert made.pop("ID")
    assert made == rules[1]


def test_a_configuration_is_deleted(s3, bucket, destination, organization):
    put(s3, bucket, second_version(destination, organization["two"]))
    suspend = {"Status": "Suspended"}
    assert refusal(s3.put_bucket_versioning, Bucket=bucket, VersioningConfiguration=suspend) == (
        "InvalidBucketState",
        409,
    )
    s3.delete_bucket_replication(Bucket=bucket)
    assert refusal(s3.get_bucket_replication, Bucket=bucket) == ("ReplicationConfigurationNotFoundError", 404)


def take(rule, *path):
    *way, last = path
    for step in way:
        rule = rule[step]
    del rule[last]


def give(rule, value, *path):
    *way, last = path
    for step in way:
        rule = rule[step]
    rule[last] = value


# What is wrong → how the configuration gets so, and the code.
REFUSED = {
    "priority is missing": (lambda c, r: take(r, "Priority"), "InvalidRequest"),
    "delete markers are not said": (lambda c, r: take(r, "DeleteMarkerReplication"), "InvalidRequest"),
    "delete markers with a tag filter": (
        lambda c, r: give(r, "Enabled", "DeleteMarkerReplication", "Status"),
        "InvalidRequest",
    ),
    "filter and prefix": (lambda c, r: give(r, "x", "Prefix"), "MalformedXML"),
    "and of one": (lambda c, r: give(r, {"And": {"Prefix": "x"}}, "Filter"), "MalformedXML"),
    "KMS objects without a key": (
        lambda c, r: take(r, "Destination", "EncryptionConfiguration"),
        "InvalidRequest",
    ),
    "a key without KMS objects": (lambda c, r: take(r, "SourceSelectionCriteria"), "InvalidRequest"),
    "time control without metrics": (lambda c, r: take(r, "Destination", "Metrics"), "InvalidRequest"),
    "time control of 20 minutes": (
        lambda c, r: give(r, 20, "Destination", "ReplicationTime", "Time", "Minutes"),
        "InvalidArgument",
    ),
    "a threshold of 20 minutes": (
        lambda c, r: give(r, 20, "Destination", "Metrics", "EventThreshold", "Minutes"),
        "InvalidArgument",
    ),
    "time control and metrics disagree": (
        lambda c, r: give(r, "Disabled", "Destination", "Metrics", "Status"),
        "InvalidRequest",
    ),
    "owner without account": (lambda c, r: take(r, "Destination", "Account"), "InvalidRequest"),
    "another owner": (lambda c, r: give(r, "111122223333", "Destination", "Account"), "InvalidArgument"),
    "no bucket of that name": (
        lambda c, r: give(r, "arn:aws:s3:::nobody-has-this", "Destination", "Bucket"),
        "InvalidRequest",
    ),
    "no ARN": (lambda c, r: give(r, "nobody-has-this", "Destination", "Bucket"), "InvalidArgument"),
    "another partition": (
        lambda c, r: give(r, "arn:aws-cn:s3:::b", "Destination", "Bucket"),
        "InvalidArgument",
    ),
    "no rule": (lambda c, r: c.update(Rules=[]), "MalformedXML"),
    "no role": (lambda c, r: c.update(Role="nobody"), "InvalidArgument"),
    "a status that is none": (lambda c, r: give(r, "On", "Status"), "MalformedXML"),
    "existing objects": (
        lambda c, r: give(r, {"Status": "Enabled"}, "ExistingObjectReplication"),
        "InvalidRequest",
    ),
    "one ID twice": (lambda c, r: c["Rules"].append({**copy.deepcopy(r), "Priority": 1}), "InvalidArgument"),
    "one priority twice": (
        lambda c, r: c["Rules"].append({**copy.deepcopy(r), "ID": "other"}),
        "InvalidRequest",
    ),
    "a rule of each version": (
        lambda c, r: c["Rules"].append(
            {
                "ID": "v1",
                "Prefix": "",
                "Status": "Enabled",
                "Destination": {"Bucket": r["Destination"]["Bucket"]},
            }
        ),
        "InvalidRequest",
    ),
}


@pytest.mark.parametrize("spoil, code", REFUSED.values(), ids=REFUSED.keys())
def test_what_aws_refuses(s3, bucket, destination, organization, spoil, code):
    configuration = second_version(destination, organization["two"])
    spoil(configuration, configuration["Rules"][0])
    assert refusal(s3.put_bucket_replication, Bucket=bucket, ReplicationConfiguration=configuration) == (
        code,
        400,
    )
    assert refusal(s3.get_bucket_replication, Bucket=bucket)[0] == "ReplicationConfigurationNotFoundError"


def test_both_ends_must_be_versioned(s3, two, bucket, destination, organization):
    everything = second_version(destination, organization["two"])
    suspended = {"Status": "Suspended"}
    there = two.client("s3", "eu-central-1")
    there.put_bucket_versioning(Bucket=destination, VersioningConfiguration=suspended)
    assert refusal(s3.put_bucket_replication, Bucket=bucket, ReplicationConfiguration=everything) == (
        "InvalidRequest",
        400,
    )
    there.put_bucket_versioning(Bucket=destination, VersioningConfiguration={"Status": "Enabled"})
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration=suspended)
    assert refusal(s3.put_bucket_replication, Bucket=bucket, ReplicationConfiguration=everything) == (
        "InvalidRequest",
        400,
    )


def test_a_bucket_is_not_its_own_destination(s3, bucket):
    rule = {"Prefix": "", "Status": "Enabled", "Destination": {"Bucket": f"arn:aws:s3:::{bucket}"}}
    put = refusal(
        s3.put_bucket_replication, Bucket=bucket, ReplicationConfiguration={"Role": ROLE, "Rules": [rule]}
    )
    assert put == ("InvalidRequest", 400)
