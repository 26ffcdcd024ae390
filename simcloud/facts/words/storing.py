"""What ECR and EFS say when they refuse."""

from __future__ import annotations

from simcloud.facts.fact import Fact
from simcloud.facts.words.neighbours import ECR, EFS, MODELS, bench, ours, seen_at

POLICY = "Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: "
FAILURE = POLICY + "'Lifecycle policy validation failure: "
# Repositories and images

REPOSITORY_NAME = seen_at(
    "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression "
    "'[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*''",
    "https://github.com/aws/aws-cdk/issues/10300",
)
REPOSITORY_LENGTH = ours(
    "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must have length less than or equal to 256'",
    MODELS,
)
ENCRYPTION = bench(
    "Invalid parameter at 'encryptionConfiguration' failed to satisfy constraint: 'Invalid encryption configuration: "
    "Encryption key should not be set for AES256 encryption.'",
    "pf-ecr-encryption-configuration",
    "2026-09-06",
)
EXCLUSION = bench(
    "Invalid parameter at 'imageTagMutabilityExclusionFilters' failed to satisfy constraint: "
    "'ImageTagMutabilityExclusionFilters are not allowed when imageTagMutability is set as {mutability}'",
    "pf-ecr-image-tag-mutability-filters",
    "2026-09-06",
)
MANIFEST = seen_at(
    "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax'",
    "https://github.com/moby/buildkit/issues/3106",
)
# Lifecycle policies

UNREADABLE = bench(
    POLICY + "'Lifecycle policy parsing failure: Could not map policyString into LifecyclePolicy.'",
    "pf-ecr-lifecycle-action",
    "2026-09-06",
)
MISSING = ours(FAILURE + "object has missing required properties ({names})'", ECR + "API_PutLifecyclePolicy.html")
TOO_MANY_RULES = bench(
    FAILURE + "array is too long: must have at most 50 elements but instance has {count} elements'",
    "pf-ecr-lifecycle-policy-syntax",
    "2026-09-13",
)
SAME_PRIORITY = bench(FAILURE + "Duplicate priority in multiple rules'", "pf-ecr-lifecycle-rule-priority", "2026-09-06")
ONE_UNTAGGED = seen_at(
    FAILURE + "Only one rule can select Untagged images.'", "command-line answer of PutLifecyclePolicy quoted in public"
)
ANY_LAST = ours(
    FAILURE + "The rule that selects any images must have the lowest precedence.'",
    "https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html",
)
TAGS_REQUIRED = bench(
    FAILURE + "Must specify tagPrefixList or tagPatternList when tagStatus=TAGGED.'",
    "pf-ecr-lifecycle-tag-status",
    "2026-09-13",
)
WILDCARDS = bench(
    FAILURE + "Invalid tag pattern provided. Total number of * must not exceed 4'",
    "pf-ecr-lifecycle-tag-status",
    "2026-09-13",
)
NO_SCHEMA = bench(
    FAILURE + "instance failed to match exactly one schema (matched 0 out of 4)", "pf-ecr-lifecycle-count", "2026-09-06"
)
RULES: Fact[int] = Fact(50, "https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html")
STARS: Fact[int] = Fact(4, "https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html")
"""Wildcards in one tag pattern."""
# File systems

PROVISIONED = bench(
    "Provisioned throughput must be set for file systems that use provisioned throughput mode.",
    "pf-efs-throughput-mode",
    "2026-09-06",
)
NOT_PROVISIONED = ours(
    "Provisioned throughput can only be set for file systems that use provisioned throughput mode.",
    EFS + "CreateFileSystem.html",
)
PERFORMANCE = bench("Unsupported performance mode provided.", "pf-efs-performance-mode", "2026-09-06")
KEY_WITHOUT_ENCRYPTION = bench(
    "The encrypted parameter must be set to true to create an encrypted file system.", "pf-efs-kms-key", "2026-09-06"
)
ZONE_NAME = bench("Invalid Availability Zone Name provided.", "pf-efs-availability-zone-region", "2026-09-06")
LIFECYCLE = bench(
    "One or more LifecyclePolicy objects specified are malformed.", "pf-efs-lifecycle-policy", "2026-09-06"
)
FILE_SYSTEM_NOT_FOUND = seen_at(
    "File system '{name}' does not exist.", "https://github.com/hashicorp/terraform-provider-aws/issues/2525"
)
# Mount targets

ONE_ZONE = bench("File System Availability Zone does not match.", "pf-efs-mount-target-availability-zone", "2026-09-06")
ZONE_TAKEN = seen_at(
    "mount target already exists in this AZ", "https://github.com/hashicorp/terraform-provider-aws/issues/2525"
)
OTHER_VPC = seen_at(
    "requested subnet for new mount target is not in the same VPC as existing mount targets",
    "https://github.com/awslabs/deeplearning-cfn/issues/19",
)
FIVE_GROUPS = bench(
    "The maximum number of security groups per interface has been reached.", "pf-efs-mount-target-network", "2026-09-06"
)
GROUP_NOT_FOUND = ours(
    "One or more security groups specified are not found in the VPC of the subnet.", EFS + "CreateMountTarget.html"
)
ADDRESS = bench(
    "Address does not fall within the subnet's address range", "pf-efs-mount-target-ip-address", "2026-09-06"
)
ADDRESS_IN_USE = ours("IP address {address} is already in use.", EFS + "CreateMountTarget.html")
NO_FREE_ADDRESS = ours("There are no free IP addresses in subnet {subnet}.", EFS + "CreateMountTarget.html")
GROUPS: Fact[int] = Fact(5, "https://docs.aws.amazon.com/efs/latest/ug/limits.html")
"""Security groups of a mount target."""
