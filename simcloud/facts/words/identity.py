"""What IAM says when it refuses a policy, a role or a name."""

from __future__ import annotations

from simcloud.facts.fact import Fact
from simcloud.facts.words.neighbours import IAM, IAM_API, IAM_QUOTAS, bench, ours, seen_at

# Policy documents

JSON = seen_at("This policy contains invalid Json", "command-line answer of CreateRole quoted in public")
SYNTAX = bench("Syntax errors in policy.", "pf-iam-policy-version", "2026-09-03")
PARSING = bench("The policy failed legacy parsing", "pf-iam-policy-effect-case", "2026-09-03")
NO_ACTIONS = bench("Policy statement must contain actions.", "pf-iam-policy-action-required", "2026-09-07")
SID_TWICE = bench("Statement IDs (SID) in a single policy must be unique.", "pf-iam-policy-duplicate-sid", "2026-09-03")
SID = bench(
    "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
    "pf-iam-policy-sid-format",
    "2026-09-04",
)
VENDOR = bench(
    "Action vendors (e.g., aws, ec2, etc.) must not contain wildcards.", "pf-iam-policy-action-vendor-wildcard"
)
PRINCIPAL_HERE = bench(
    "Policy document should not specify a principal.", "pf-iam-identity-policy-no-principal", "2026-09-03"
)
PARTITION = bench(
    'Partition "{partition}" is not valid for resource "{resource}".', "pf-iam-policy-resource-partition", "2026-09-07"
)
RESOURCE_VENDOR = bench(
    "Resource vendor must be fully qualified and cannot contain regexes.", "pf-iam-policy-resource-service-wildcard"
)
# Trust policies

RESOURCE_HERE = bench("Has prohibited field Resource", "pf-iam-trust-policy-no-resource", "2026-09-03")
NO_PRINCIPAL = ours("Missing required field Principal", IAM)
STAR = bench(
    'AssumeRolepolicy contained an invalid principal: "STAR":"*"',
    "pf-iam-trust-policy-principal-star-string",
    "2026-09-07",
)
PRINCIPAL = bench(
    'Invalid principal in policy: "{kind}":"{value}"', "pf-iam-trust-policy-service-principal", "2026-09-03"
)
STS_ONLY = bench(
    "AssumeRole policy may only specify STS AssumeRole actions.", "pf-iam-trust-policy-action-sts-only", "2026-09-07"
)
# Names, counts, sizes

NAME = bench(
    "The specified value for {member} is invalid. It must contain only alphanumeric characters and/or the following: "
    "+=,.@_-",
    "pf-iam-name-format",
    "2026-09-04",
)
RESERVED_PATH = bench(
    "Paths beginning with '/aws-service-role' are reserved for AWS Service Linked Roles",
    "pf-iam-path-service-role-reserved",
    "2026-09-07",
)
BOUNDARY = bench("ARN {arn} is not valid.", "pf-iam-permissions-boundary-policy-arn", "2026-09-07")
ATTACHED = bench("Cannot exceed quota for PoliciesPerRole: {most}", "pf-iam-managed-policy-count", "2026-09-01")
INLINE_SIZE = bench(
    "Maximum policy size of {most} bytes exceeded for role {name}", "pf-iam-inline-policy-size", "2026-09-01"
)
MANAGED_SIZE = bench("Cannot exceed quota for PolicySize: {most}", "pf-iam-managed-policy-size", "2026-09-13")
# Deletion

QUOTED = "answers of IAM quoted in public repositories"
POLICY_ATTACHED = seen_at(
    "Cannot delete a policy attached to entities.",
    "https://github.com/hashicorp/terraform-provider-aws/issues/32906",
)
POLICY_VERSIONS = ours(
    "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The "
    "default version is deleted with the policy.",
    IAM_API + "API_DeletePolicy.html",
)
KEYS_FIRST = seen_at("Cannot delete entity, must delete access keys first.", QUOTED)
PASSWORD_FIRST = seen_at("Cannot delete entity, must delete login profile first.", QUOTED)
DEVICES_FIRST = ours("Cannot delete entity, must delete MFA device first.", IAM_API + "API_DeleteUser.html")
USERS_FIRST = ours("Cannot delete entity, must remove users from group first.", IAM_API + "API_DeleteGroup.html")
DETACH_FIRST = seen_at("Cannot delete entity, must detach all policies first.", QUOTED)
POLICIES_FIRST = seen_at("Cannot delete entity, must delete policies first.", QUOTED)
POLICIES_PER_ROLE: Fact[int] = Fact(20, IAM_QUOTAS, "observed", "2026-09-01")
INLINE_BYTES: Fact[int] = Fact(10240, IAM_QUOTAS)
"""Of all inline policies of a role together, without white space."""
MANAGED_BYTES: Fact[int] = Fact(6144, IAM_QUOTAS)
"""Of a managed policy, without white space."""
