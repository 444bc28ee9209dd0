"""Puts CloudFormation fragments where a person would paste them, and has cfn-lint read the whole."""

from __future__ import annotations

import json

from cfnlint.api import lint
from cfnlint.config import ManualArgs
from cfnlint.decode.cfn_yaml import loads

REGION = "eu-west-1"
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
KEY_POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}},
         "Action": "kms:*", "Resource": "*"}
    ],
}  # fmt: skip

# What the fragments may name of the reader's.
GIVEN = {
    **{name: {"Type": "AWS::S3::Bucket"} for name in ("DestinationBucket", "Reports", "Inventory", "Logs")},
    "ReplicationFailures": {"Type": "AWS::SNS::Topic"},
    "Key": {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": KEY_POLICY}},
    "ReplicationRole": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": TRUST}},
}
PARAMETERS = ("ReplicaKeyArn",)
# Not every fragment names it.
UNUSED = ["W2001"]

# A rule of the reader's, into which a fragment is pasted.
RULE = {
    "Id": "rule",
    "Status": "Enabled",
    "Priority": 1,
    "Filter": {"Prefix": ""},
    "DeleteMarkerReplication": {"Status": "Enabled"},
    "Destination": {"Bucket": {"Fn::GetAtt": "DestinationBucket.Arn"}},
}
OF_A_RULE = set(RULE) | {"SourceSelectionCriteria"}
OF_A_ROLE = {"RoleName", "Path", "AssumeRolePolicyDocument", "Policies"}
VERSIONED = {"VersioningConfiguration": {"Status": "Enabled"}}


def merged(base, over):
    if isinstance(base, dict) and isinstance(over, dict):
        return {**base, **{name: merged(base.get(name), value) for name, value in over.items()}}
    return over


def read(fragment: str):
    """As CloudFormation's tags and YAML have it."""
    indented = "\n".join(f"  {line}" for line in fragment.splitlines())
    return json.loads(json.dumps(loads(f"Fragment:\n{indented}\n")))["Fragment"]


def bucket(properties: dict) -> dict:
    return {"Type": "AWS::S3::Bucket", "Properties": merged(VERSIONED, properties)}


def replicating(rules: list[dict], **more) -> dict:
    replication = {"Role": {"Fn::GetAtt": "ReplicationRole.Arn"}, "Rules": [merged(RULE, rule) for rule in rules]}
    return {"ReplicationConfiguration": merged(replication, more)}


def allowing(statements: list[dict]) -> dict:
    """Whose policy a statement belongs to shows in what it says."""
    document = {"Version": "2012-10-17", "Statement": statements}
    if not any("Principal" in one for one in statements):
        role = {"AssumeRolePolicyDocument": TRUST, "Policies": [{"PolicyName": "p", "PolicyDocument": document}]}
        return {"Type": "AWS::IAM::Role", "Properties": role}
    if all(action.startswith("kms:") for one in statements for action in one["Action"]):
        own = {"Version": "2012-10-17", "Statement": KEY_POLICY["Statement"] + statements}
        return {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": own}}
    return {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": "the-bucket", "PolicyDocument": document}}


def placed(value) -> dict:
    """The resource that a fragment is a part of, with it in its place."""
    if isinstance(value, list):
        return allowing(value)
    names = set(value)
    if names == {"Statement"}:
        return allowing(value["Statement"])
    if names == {"Condition"}:
        denial = {"Effect": "Deny", "Principal": "*", "Action": ["s3:PutObject"], "Resource": "arn:aws:s3:::a/*"}
        return allowing([{**denial, **value}])
    if names == {"Enabled"}:
        return {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": KEY_POLICY, **value}}
    if names <= OF_A_ROLE:
        return {"Type": "AWS::IAM::Role", "Properties": merged({"AssumeRolePolicyDocument": TRUST}, value)}
    [first, *others] = value.values()
    if not others and isinstance(first, dict) and "Type" in first:
        return first
    properties: dict = {}
    for name, part in value.items():
        properties = merged(properties, property_of(name, part))
    own = {name: part for name, part in value.items() if name in OF_A_RULE}
    return bucket(merged(properties, replicating([own]) if own else {}))


def property_of(name: str, part) -> dict:
    if name in OF_A_RULE:
        return {}
    if name == "Rules":
        expires = any("xpiration" in member for rule in part for member in rule)
        return {"LifecycleConfiguration": {"Rules": part}} if expires else replicating(part)
    if name == "ReplicationConfiguration":
        return replicating([{}], **part)
    if name == "ServerSideEncryptionByDefault":
        return {"BucketEncryption": {"ServerSideEncryptionConfiguration": [{name: part}]}}
    if name == "ServerSideEncryptionConfiguration":
        return {"BucketEncryption": {name: part}}
    return {name: part}


def template(fragments: list[str]) -> dict:
    resources = {f"Fragment{number}": placed(read(fragment)) for number, fragment in enumerate(fragments)}
    for number, resource in enumerate(resources.values()):
        # Each is a template's of its own; here they stand in one, where names are to differ.
        for name in {"RoleName", "Bucket"} & set(resource["Properties"]):
            resource["Properties"][name] += f"-{number}"
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Parameters": {name: {"Type": "String"} for name in PARAMETERS},
        "Resources": {**GIVEN, **resources},
    }


def complaints(fragments: list[str]) -> list[str]:
    """What cfn-lint has against them, in one go: it takes its time to begin with."""
    found = lint(json.dumps(template(fragments), indent=1), config=ManualArgs(regions=[REGION], ignore_checks=UNUSED))
    return [f"{one.rule.id} {'/'.join(map(str, one.path))}: {one.message}"[:400] for one in found]
