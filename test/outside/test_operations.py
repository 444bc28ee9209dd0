"""Runs after the other tests of the sandbox (see conftest.py): no operation that it knows was left out."""

KNOWN = {
    "account": "DisableRegion EnableRegion GetRegionOptStatus ListRegions",
    "cloudwatch": "GetMetricData PutMetricData",
    "iam": """AttachRolePolicy CreatePolicy CreatePolicyVersion CreateRole DeleteRole DeleteRolePermissionsBoundary
        DeleteRolePolicy DetachRolePolicy GetPolicy GetPolicyVersion GetRole GetRolePolicy ListAttachedRolePolicies
        ListPolicyVersions ListRolePolicies ListRoles PutRolePermissionsBoundary PutRolePolicy UpdateAssumeRolePolicy""",
    "kms": """CancelKeyDeletion CreateAlias CreateGrant CreateKey DescribeKey DisableKey EnableKey GetKeyPolicy
        ListAliases ListGrants ListKeys PutKeyPolicy RevokeGrant ScheduleKeyDeletion""",
    "organizations": """AttachPolicy CloseAccount CreateAccount CreateOrganization CreateOrganizationalUnit CreatePolicy
        DescribeAccount DescribeCreateAccountStatus DescribeOrganization DescribeOrganizationalUnit DescribePolicy
        DetachPolicy DisablePolicyType EnablePolicyType ListAccounts ListAccountsForParent ListChildren
        ListDelegatedAdministrators ListOrganizationalUnitsForParent ListParents ListPolicies ListPoliciesForTarget
        ListRoots ListTargetsForPolicy MoveAccount RegisterDelegatedAdministrator UpdatePolicy""",
    "s3": """CreateBucket DeleteAccountPublicAccessBlock DeleteBucket DeleteBucketEncryption
        DeleteBucketIntelligentTieringConfiguration DeleteBucketInventoryConfiguration DeleteBucketLifecycle
        DeleteBucketOwnershipControls DeleteBucketPolicy DeleteBucketReplication DeleteBucketTagging DeleteObject
        DeleteObjects DeletePublicAccessBlock GetAccountPublicAccessBlock GetBucketEncryption
        GetBucketIntelligentTieringConfiguration GetBucketInventoryConfiguration GetBucketLifecycleConfiguration
        GetBucketLocation GetBucketLogging GetBucketNotificationConfiguration GetBucketOwnershipControls GetBucketPolicy
        GetBucketPolicyStatus GetBucketReplication GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetObject
        GetObjectLockConfiguration GetPublicAccessBlock HeadBucket HeadObject ListBucketIntelligentTieringConfigurations
        ListBucketInventoryConfigurations ListBuckets ListObjectVersions ListObjectsV2 PutAccountPublicAccessBlock
        PutBucketEncryption PutBucketIntelligentTieringConfiguration PutBucketInventoryConfiguration
        PutBucketLifecycleConfiguration PutBucketLogging PutBucketNotificationConfiguration PutBucketOwnershipControls
        PutBucketPolicy PutBucketReplication PutBucketRequestPayment PutBucketTagging PutBucketVersioning PutObject
        PutObjectLockConfiguration PutPublicAccessBlock""",
    "sts": "AssumeRole GetCallerIdentity",
}


def test_every_operation_was_called(sandbox, whole_run):
    called = {call["operation"] for call in sandbox.control("GET", "calls")}
    known = {f"{service}:{name}" for service, names in KNOWN.items() for name in names.split()}
    assert known - called == set()
