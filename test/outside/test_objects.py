"""Objects, their versions and replicas as boto3 writes, lists and deletes them."""

from datetime import datetime, timedelta, timezone

import pytest

from place import refusal, written_at

# UTF-8 order, in which S3 lists: control characters, what XML and URLs escape, and letters beyond 16 bits at the end.
KEYS = sorted(
    [
        "\x01\x02",
        "\x7f",
        " ",
        "a\tb",
        "a\nb\r",
        "a+b c%20&<>\"'",
        "dir/",
        "dir/a",
        "dir/b/c",
        "ÿ",
        "ﬁ",
        "🪣",
        "..",
        "x" * 1024,
    ],
    key=str.encode,
)


def versions(s3, bucket, **how):
    """All pages of a listing as (key, version id, is delete marker); boto3 decodes the keys."""
    pages = s3.get_paginator("list_object_versions").paginate(Bucket=bucket, **how)
    found = []
    for page in pages:
        both = [(v, False) for v in page.get("Versions", [])] + [
            (m, True) for m in page.get("DeleteMarkers", [])
        ]
        found += [(v["Key"], v["VersionId"], marker) for v, marker in both]
    return found


def test_an_object_comes_back_with_all_that_was_said_of_it(s3, bucket):
    put = s3.put_object(
        Bucket=bucket,
        Key="a/ü",
        Body=b"0123456789",
        ContentType="text/x-test",
        CacheControl="no-store",
        Metadata={"name": "value"},
        StorageClass="STANDARD_IA",
        Tagging="k=v%26w&b=",
    )
    got = s3.get_object(Bucket=bucket, Key="a/ü")
    assert got["Body"].read() == b"0123456789"
    head = s3.head_object(Bucket=bucket, Key="a/ü", VersionId=put["VersionId"])
    for answer in (got, head):
        assert answer["ContentType"] == "text/x-test"
        assert answer["CacheControl"] == "no-store"
        assert answer["Metadata"] == {"name": "value"}
        assert answer["StorageClass"] == "STANDARD_IA"
        assert answer["VersionId"] == put["VersionId"]
        assert answer["ETag"] == put["ETag"] == '"781e5e245d69b566979b86e28d23f2c7"'
        assert answer["ContentLength"] == 10
        assert answer["ServerSideEncryption"] == "AES256"
        assert "ReplicationStatus" not in answer
    assert got["TagCount"] == 2
    part = s3.get_object(Bucket=bucket, Key="a/ü", Range="bytes=2-4")
    assert (part["Body"].read(), part["ContentRange"]) == (b"234", "bytes 2-4/10")


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_every_key_is_listed_once_whatever_the_page(s3, bucket, size):
    for key in KEYS:
        s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
    listed = [key for key, _, _ in versions(s3, bucket, PaginationConfig={"PageSize": size})]
    assert listed == KEYS
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, PaginationConfig={"PageSize": size})
    assert [item["Key"] for page in pages for item in page.get("Contents", [])] == KEYS
    for key in KEYS:
        # A client takes `..` for a way, and no server sees it: that one can only be listed.
        if key != "..":
            assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == key.encode()


def test_markers_go_on_within_one_key(s3, bucket):
    # All of one moment: the order in which they were written decides.
    written_at(s3, datetime(2024, 1, 1, tzinfo=timezone.utc))
    written = [s3.put_object(Bucket=bucket, Key="k", Body=b"%d" % n)["VersionId"] for n in range(5)]
    page = s3.list_object_versions(Bucket=bucket, MaxKeys=2)
    assert page["IsTruncated"] is True
    assert [v["VersionId"] for v in page["Versions"]] == written[:2:-1]
    assert [v["IsLatest"] for v in page["Versions"]] == [True, False]
    rest = s3.list_object_versions(
        Bucket=bucket, KeyMarker=page["NextKeyMarker"], VersionIdMarker=page["NextVersionIdMarker"]
    )
    assert [v["VersionId"] for v in rest["Versions"]] == written[2::-1]
    assert not any(v["IsLatest"] for v in rest["Versions"])


def test_prefixes_and_delimiters(s3, bucket):
    for key in ("a/1", "a/2", "b", "c/d/1", "c/e"):
        s3.put_object(Bucket=bucket, Key=key)
    for size in (1, 2, 1000):
        found, token = [], {}
        while True:
            page = s3.list_objects_v2(Bucket=bucket, Delimiter="/", MaxKeys=size, **token)
            found += [p["Prefix"] for p in page.get("CommonPrefixes", [])] + [
                o["Key"] for o in page.get("Contents", [])
            ]
            if not page["IsTruncated"]:
                break
            token = {"ContinuationToken": page["NextContinuationToken"]}
        assert sorted(found) == ["a/", "b", "c/"]
    inside = s3.list_object_versions(Bucket=bucket, Delimiter="/", Prefix="c/")
    assert [v["Key"] for v in inside["Versions"]] == ["c/e"]
    assert [p["Prefix"] for p in inside["CommonPrefixes"]] == ["c/d/"]
    assert [o["Key"] for o in s3.list_objects_v2(Bucket=bucket, StartAfter="b")["Contents"]] == [
        "c/d/1",
        "c/e",
    ]


def test_delete_markers(s3, bucket):
    first = s3.put_object(Bucket=bucket, Key="k", Body=b"1")["VersionId"]
    deleted = s3.delete_object(Bucket=bucket, Key="k")
    marker = deleted["VersionId"]
    assert deleted["DeleteMarker"] is True
    assert refusal(s3.get_object, Bucket=bucket, Key="k") == ("NoSuchKey", 404)
    assert refusal(s3.head_object, Bucket=bucket, Key="k") == ("404", 404)
    assert refusal(s3.get_object, Bucket=bucket, Key="k", VersionId=marker) == ("MethodNotAllowed", 405)
    assert set(versions(s3, bucket)) == {("k", first, False), ("k", marker, True)}
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)
    assert s3.delete_object(Bucket=bucket, Key="k", VersionId=marker)["DeleteMarker"] is True
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"1"
    assert "DeleteMarker" not in s3.delete_object(Bucket=bucket, Key="k", VersionId=first)
    assert versions(s3, bucket) == []
    assert refusal(s3.get_object, Bucket=bucket, Key="k", VersionId=first) == ("NoSuchVersion", 404)


def test_many_are_deleted_at_once(s3, bucket):
    first = s3.put_object(Bucket=bucket, Key="a & <b>")["VersionId"]
    s3.put_object(Bucket=bucket, Key="c")
    objects = [{"Key": "a & <b>", "VersionId": first}, {"Key": "c"}]
    answer = s3.delete_objects(Bucket=bucket, Delete={"Objects": objects})
    gone, marked = answer["Deleted"]
    assert gone == objects[0]
    assert marked["DeleteMarker"] is True
    assert "Errors" not in answer
    assert [(key, marker) for key, _, marker in versions(s3, bucket)] == [("c", False), ("c", True)]


def test_objects_of_a_bucket_without_versions(s3, make_bucket):
    name = "unversioned"
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    assert "VersionId" not in s3.put_object(Bucket=name, Key="k", Body=b"1")
    s3.put_object(Bucket=name, Key="k", Body=b"2")
    assert versions(s3, name) == [("k", "null", False)]
    assert refusal(s3.delete_bucket, Bucket=name) == ("BucketNotEmpty", 409)
    s3.delete_object(Bucket=name, Key="k")
    s3.delete_bucket(Bucket=name)
    assert refusal(s3.head_bucket, Bucket=name) == ("404", 404)
    assert refusal(s3.get_bucket_location, Bucket=name) == ("NoSuchBucket", 404)


def replicate(s3, bucket, rules):
    role = "arn:aws:iam::111122223333:role/r"
    s3.put_bucket_replication(Bucket=bucket, ReplicationConfiguration={"Role": role, "Rules": rules})


def rule(destination, **more):
    return {
        "ID": destination,
        "Priority": 1,
        "Filter": {},
        "Status": "Enabled",
        "DeleteMarkerReplication": {"Status": "Enabled"},
        "Destination": {"Bucket": f"arn:aws:s3:::{destination}"},
        **more,
    }


def archive(destination):
    return {"Bucket": f"arn:aws:s3:::{destination}", "StorageClass": "GLACIER"}


def test_a_replica_has_its_sources_key_version_and_time(s3, two, bucket, make_bucket):
    there = two.client("s3", "eu-central-1")
    replica = make_bucket(there, "replica")
    replicate(s3, bucket, [rule(replica)])
    then = datetime(2024, 2, 29, 12, 30, 15, tzinfo=timezone.utc)
    written_at(s3, then)
    ids = {key: s3.put_object(Bucket=bucket, Key=key, Body=b"x")["VersionId"] for key in KEYS}
    written_at(s3, then + timedelta(days=1))
    marker = s3.delete_object(Bucket=bucket, Key=" ")["VersionId"]
    written_at(s3, None)
    assert versions(there, replica) == versions(s3, bucket)
    assert (" ", marker, True) in versions(there, replica)
    [copy] = [v for v in there.list_object_versions(Bucket=replica)["Versions"] if v["Key"] == "🪣"]
    assert (copy["VersionId"], copy["LastModified"]) == (ids["🪣"], then)
    assert s3.head_object(Bucket=bucket, Key="🪣")["ReplicationStatus"] == "COMPLETED"
    assert there.head_object(Bucket=replica, Key="🪣")["ReplicationStatus"] == "REPLICA"
    s3.delete_object(Bucket=bucket, Key="🪣", VersionId=ids["🪣"])
    assert ("🪣", ids["🪣"], False) in versions(there, replica)


def test_what_is_replicated_and_what_is_not(s3, bucket, make_bucket):
    all_of_it, tagged, low, high = (make_bucket(s3, name) for name in ("all", "tagged", "low", "high"))
    before = s3.put_object(Bucket=bucket, Key="before")["VersionId"]
    selects = {"And": {"Prefix": "k", "Tags": [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}]}}
    unmarked = {"DeleteMarkerReplication": {"Status": "Disabled"}}
    both_to_low = [
        rule(low, ID="l1", Filter={"Prefix": "k"}, **unmarked),
        # The higher number wins: of what this rule takes the other one has nothing to say.
        rule(low, ID="l2", Priority=2, Filter={"Prefix": "k1"}, **unmarked, Destination=archive(low)),
        rule(low, ID="l3", Priority=3, Filter={"Prefix": "k"}, Status="Disabled"),
    ]
    opted = rule(
        high,
        SourceSelectionCriteria={"SseKmsEncryptedObjects": {"Status": "Enabled"}},
        Destination={
            **archive(high),
            "EncryptionConfiguration": {"ReplicaKmsKeyID": "arn:aws:kms:eu-west-1:111122223333:key/there"},
        },
    )
    replicate(s3, bucket, [rule(all_of_it), rule(tagged, Filter=selects, **unmarked), *both_to_low, opted])
    plain = s3.put_object(Bucket=bucket, Key="k1", Tagging="a=1&b=2&c=3")["VersionId"]
    secret = s3.put_object(Bucket=bucket, Key="kms", ServerSideEncryption="aws:kms", Tagging="a=1")[
        "VersionId"
    ]
    marker = s3.delete_object(Bucket=bucket, Key="k1")["VersionId"]
    assert before
    assert set(versions(s3, all_of_it)) == {("k1", plain, False), ("k1", marker, True)}
    assert set(versions(s3, tagged)) == {("k1", plain, False)}
    assert set(versions(s3, low)) == {("k1", plain, False)}
    assert set(versions(s3, high)) == {("k1", plain, False), ("kms", secret, False), ("k1", marker, True)}
    assert s3.head_object(Bucket=low, Key="k1")["StorageClass"] == "GLACIER"
    there = s3.head_object(Bucket=high, Key="kms")
    assert (there["StorageClass"], there["SSEKMSKeyId"]) == (
        "GLACIER",
        "arn:aws:kms:eu-west-1:111122223333:key/there",
    )
    assert "ReplicationStatus" not in s3.head_object(Bucket=bucket, Key="before")


def test_an_object_that_could_not_be_replicated_has_failed(s3, bucket, make_bucket):
    replica = make_bucket(s3, "suspended")
    replicate(s3, bucket, [rule(replica)])
    s3.put_bucket_versioning(Bucket=replica, VersioningConfiguration={"Status": "Suspended"})
    s3.put_object(Bucket=bucket, Key="k")
    assert s3.head_object(Bucket=bucket, Key="k")["ReplicationStatus"] == "FAILED"
    assert versions(s3, replica) == []


def test_the_default_encryption_marks_objects(s3, bucket):
    key = "arn:aws:kms:eu-west-1:111122223333:key/here"
    by_default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}
    rules = [{"ApplyServerSideEncryptionByDefault": by_default, "BucketKeyEnabled": True}]
    s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": rules})
    put = s3.put_object(Bucket=bucket, Key="k")
    assert (put["ServerSideEncryption"], put["SSEKMSKeyId"], put["BucketKeyEnabled"]) == (
        "aws:kms",
        key,
        True,
    )
