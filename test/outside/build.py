"""Makes a planned organization in the sandbox, with boto3, and spoils it as planned."""

from __future__ import annotations

from estate import Bucket, Plan, Role, Route, Source, date
from place import OWN_ROLE, Keys, Sandbox, lets_encrypt, lets_replicate, may_replicate, policy, written_at

LABEL = "sent"


def trust(effect: str, service: str) -> dict:
    return {"Effect": effect, "Principal": {"Service": service}, "Action": "sts:AssumeRole"}


TRUSTS_S3 = policy(trust("Allow", "s3.amazonaws.com"))


class Builder:
    def __init__(self, sandbox: Sandbox, plan: Plan):
        self.sandbox = sandbox
        self.plan = plan
        self.ids: list[str] = [sandbox.account]
        self.keys: list[Keys] = [sandbox]
        self.clients: dict = {}

    def build(self) -> None:
        self.accounts()
        for role in self.plan.roles:
            self.role(role)
        for bucket in self.plan.buckets:
            self.bucket(bucket)
        for source in self.plan.sources:
            self.source(source)
        for bucket in self.plan.buckets:
            self.spoil(bucket)
        for role in self.plan.roles:
            self.trouble(role)
        for number in self.plan.closed:
            self.close(number)

    def accounts(self) -> None:
        organizations = self.sandbox.client("organizations")
        organizations.create_organization(FeatureSet="ALL")
        for number in range(1, self.plan.accounts + 1):
            made = organizations.create_account(
                AccountName=f"member {number}", Email=f"m{number}@example.com"
            )
            self.ids.append(made["CreateAccountStatus"]["AccountId"])
            self.keys.append(self.sandbox.assume(self.ids[-1], OWN_ROLE))

    def client(self, service: str, account: int, region: str = "us-east-1"):
        if (service, account, region) not in self.clients:
            self.clients[service, account, region] = self.keys[account].client(service, region)
        return self.clients[service, account, region]

    def s3(self, bucket: Bucket):
        return self.client("s3", bucket.account, bucket.region)

    def role_arn(self, role: Role) -> str:
        return f"arn:aws:iam::{self.ids[role.account]}:role{role.path}{role.name}"

    def may(self, role: Role) -> str:
        """The role may write to the destinations that it serves; one that serves none, to one that is not there."""
        routes = [route for source in self.plan.sources if source.role is role for route in source.routes]
        return may_replicate([route.destination.name for route in routes] or ["nothing-to-replicate"], role.lacks)

    def role(self, role: Role) -> None:
        iam = self.client("iam", role.account)
        iam.create_role(RoleName=role.name, Path=role.path, AssumeRolePolicyDocument=TRUSTS_S3)
        iam.put_role_policy(RoleName=role.name, PolicyName="replicate", PolicyDocument=self.may(role))

    def bucket(self, bucket: Bucket) -> None:
        s3 = self.s3(bucket)
        place = (
            {}
            if bucket.region == "us-east-1"
            else {"CreateBucketConfiguration": {"LocationConstraint": bucket.region}}
        )
        s3.create_bucket(Bucket=bucket.name, ObjectLockEnabledForBucket=bucket.lock, **place)
        s3.put_bucket_versioning(Bucket=bucket.name, VersioningConfiguration={"Status": "Enabled"})
        # Whoever may have a route here may write; where that is planned to be wrong, it is taken away in the end.
        s3.put_bucket_policy(Bucket=bucket.name, Policy=lets_replicate(bucket.name, self.ids))
        if bucket.kms:
            key = self.key(bucket.account, bucket.region)
            default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}
            rule = {"ApplyServerSideEncryptionByDefault": default, "BucketKeyEnabled": bucket.bucket_key}
            s3.put_bucket_encryption(Bucket=bucket.name, ServerSideEncryptionConfiguration={"Rules": [rule]})

    def key(self, account: int, region: str, unopened: bool = False) -> str:
        shared = lets_encrypt(self.ids[account], [] if unopened else self.ids)
        return self.client("kms", account, region).create_key(Policy=shared)["KeyMetadata"]["Arn"]

    def source(self, source: Source) -> None:
        self.write(source, before=True)
        # The higher number wins, and each destination has a rule of its own.
        rules = [self.rule(source, route, number) for number, route in enumerate(source.routes)]
        configuration = {"Role": self.role_arn(source.role), "Rules": rules}
        s3 = self.s3(source.bucket)
        s3.put_bucket_replication(Bucket=source.bucket.name, ReplicationConfiguration=configuration)
        self.write(source, before=False)

    def rule(self, source: Source, route: Route, number: int) -> dict:
        there = route.destination
        to = {"Bucket": f"arn:aws:s3:::{there.name}"}
        if route.metrics:
            to["Metrics"] = {"Status": "Enabled"}
        rule = {"ID": route.name, "Status": "Enabled" if route.enabled else "Disabled", "Destination": to}
        if route.opted:
            rule["SourceSelectionCriteria"] = {"SseKmsEncryptedObjects": {"Status": "Enabled"}}
            key = self.key(there.account, route.key_region, route.unopened_key)
            to["EncryptionConfiguration"] = {"ReplicaKmsKeyID": key}
        if source.first_version:
            return {**rule, "Prefix": route.prefix}
        tag = {"Key": LABEL, "Value": "yes"}
        if route.tag:
            chosen = {"And": {"Prefix": route.prefix, "Tags": [tag]}} if route.prefix else {"Tag": tag}
        else:
            chosen = {"Prefix": route.prefix} if route.prefix else {}
        markers = {"Status": "Enabled" if route.markers else "Disabled"}
        return {**rule, "Priority": number, "Filter": chosen, "DeleteMarkerReplication": markers}

    def write(self, source: Source, before: bool) -> None:
        s3 = self.s3(source.bucket)
        for number, thing in enumerate(source.objects):
            if thing.before != before:
                continue
            written_at(s3, date(thing, number))
            if thing.marker:
                s3.delete_object(Bucket=source.bucket.name, Key=thing.key)
            else:
                kind = {"StorageClass": "DEEP_ARCHIVE"} if thing.archived else {}
                s3.put_object(
                    Bucket=source.bucket.name, Key=thing.key, Body=b"x", Tagging=f"{LABEL}=yes", **kind
                )
        written_at(s3, None)

    def spoil(self, bucket: Bucket) -> None:
        s3 = self.s3(bucket)
        if bucket.suspended:
            s3.put_bucket_versioning(Bucket=bucket.name, VersioningConfiguration={"Status": "Suspended"})
        if bucket.requester_pays:
            s3.put_bucket_request_payment(
                Bucket=bucket.name, RequestPaymentConfiguration={"Payer": "Requester"}
            )
        if bucket.unopened:
            s3.delete_bucket_policy(Bucket=bucket.name)
        if bucket.deleted:
            page = s3.list_object_versions(Bucket=bucket.name)
            for version in page.get("Versions", []) + page.get("DeleteMarkers", []):
                s3.delete_object(Bucket=bucket.name, Key=version["Key"], VersionId=version["VersionId"])
            s3.delete_bucket(Bucket=bucket.name)

    def trouble(self, role: Role) -> None:
        iam = self.client("iam", role.account)
        if role.trouble in ("deleted", "moved"):
            iam.delete_role_policy(RoleName=role.name, PolicyName="replicate")
            iam.delete_role(RoleName=role.name)
        if role.trouble == "moved":
            iam.create_role(RoleName=role.name, Path="/elsewhere/", AssumeRolePolicyDocument=TRUSTS_S3)
            iam.put_role_policy(RoleName=role.name, PolicyName="replicate", PolicyDocument=self.may(role))
        if role.trouble == "stranger":
            other = policy(trust("Allow", "batchoperations.s3.amazonaws.com"))
            iam.update_assume_role_policy(RoleName=role.name, PolicyDocument=other)
        if role.trouble == "denied":
            both = policy(trust("Allow", "s3.amazonaws.com"), trust("Deny", "s3.amazonaws.com"))
            iam.update_assume_role_policy(RoleName=role.name, PolicyDocument=both)

    def close(self, number: int) -> None:
        """From now on the account's own role trusts only the account itself."""
        own = {"Effect": "Allow", "Principal": {"AWS": self.ids[number]}, "Action": "sts:AssumeRole"}
        self.client("iam", number).update_assume_role_policy(RoleName=OWN_ROLE, PolicyDocument=policy(own))
