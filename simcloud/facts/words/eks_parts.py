"""What Amazon EKS says about node groups, add-ons, access entries, pod identities and identity providers."""

from __future__ import annotations

from simcloud.facts.fact import Words
from simcloud.facts.sources import PREFLIGHT
from simcloud.facts.sources_eks import EKS_GUIDE, EKS_MODEL, MOTO_EKS

FIELD = "field reports quoting the message of the real service"


def _bench(text: str, case: str) -> Words:
    """A text that the real AWS gave to a deployment made for the purpose."""
    return Words(text, source=f"{PREFLIGHT} ({case})", status="observed", read_on="2026-09-25")


def _field(text: str, source: str = FIELD) -> Words:
    """A text that somebody got from the real AWS and quoted."""
    return Words(text, source=source)


def _unread(text: str, source: str = EKS_MODEL) -> Words:
    """The law is documented, its text was seen nowhere: ours, in AWS's manner."""
    return Words(text, source=source, status="assumed")


# Node groups

NODEGROUP_NAME = _bench(
    'The nodegroup name parameter contains invalid characters. It should conform to the regular expression "^'
    '[0-9A-Za-z][A-Za-z0-9-_]*"In other words, it should start with a number or letter, and can contain numbers, '
    "letters, dashes, and underscores.",
    "pf-eks-nodegroup-name-charset",
)
NODEGROUP_NAME_LENGTH = _bench("nodeGroupName can't be longer than 63 characters!", "pf-eks-nodegroup-name-length")
NODEGROUP_EXISTS = _field("NodeGroup already exists with name {nodegroup} and cluster name {cluster}", MOTO_EKS)
NODEGROUP_NOT_FOUND = _field("No node group found for name: {nodegroup}.", MOTO_EKS)
NODEGROUP_NOT_ACTIVE = _unread("Nodegroup {nodegroup} is not in ACTIVE status")
NODEGROUPS_QUOTA = _unread("Nodegroup limit of {most} exceeded for cluster {cluster}.")
DESIRED_ABOVE_MOST = _bench("desiredSize can't be greater than maxSize", "pf-eks-nodegroup-scaling-desired-le-max")
LEAST_ABOVE_DESIRED = _bench("minSize can't be greater than desiredSize", "pf-eks-nodegroup-scaling-min-le-desired")
UPDATE_CONFIG_EMPTY = _bench(
    "UpdateConfig cannot be empty if set in the request.", "pf-eks-nodegroup-update-config-required"
)
UPDATE_CONFIG_BOTH = _bench(
    "Either provide max-unavailable or max-unavailable-percentage in the request.",
    "pf-eks-nodegroup-update-config-xor",
)
REPAIR_BOTH = _bench(
    "Either provide max parallel nodes to repair count or percentage in the request.",
    "pf-eks-nodegroup-repair-parallel-xor",
)
NODE_LABEL_FORM = _bench(
    "Invalid value: {key} : field must consist of alphanumeric characters, '-', '_' or '.', and must start and end "
    "with an alphanumeric character (e.g. 'MyName', or 'my.name', or '123-abc', regex used for validation is "
    "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    "pf-eks-nodegroup-label-key-format",
)
NODE_LABEL_PREFIX = _bench(
    "Label cannot start with reserved prefixes [kubernetes.io/, k8s.io/, eks.amazonaws.com/]",
    "pf-eks-nodegroup-label-reserved-prefix",
)
TAINT_FORM = _bench(
    "invalid taint spec: {key} , a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must "
    "start and end with an alphanumeric character (e.g. 'MyName', or 'my.name', or '123-abc', regex used for "
    "validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    "pf-eks-nodegroup-taint-key-format",
)
NODE_SUBNETS_OF_OTHER_VPC = _bench(
    "Subnets specified must belong to the VPC: {vpc}", "pf-eks-nodegroup-subnets-match-cluster-vpc"
)
NODE_SUBNETS_NEEDED = _unread("Subnets can't be empty for nodegroup.")
NODE_VERSION = _bench(
    "Cluster Kubernetes version {version} supports the following Nodegroup Kubernetes versions: [{versions}]",
    "pf-eks-nodegroup-version-matches-cluster",
)
NODE_ARCHITECTURE = _bench(
    "[{types}] is not a valid instance type for requested amiType {ami}", "pf-eks-nodegroup-ami-type-arch-match"
)
AMI_UNKNOWN = _unread(
    "1 validation error detected: Value '{ami}' at 'amiType' failed to satisfy constraint: Member must satisfy enum "
    "value set: [{types}]"
)
CUSTOM_AMI = _bench(
    "Launch template details can't be null for Custom ami type node group", "pf-eks-nodegroup-custom-ami-type-needs-lt"
)
TEMPLATE_MISSING = _bench(
    "Either a launch template ID or a launch template name must be specified in the request.",
    "pf-eks-nodegroup-lt-id-or-name-required",
)
TEMPLATE_TWICE = _bench(
    "Either provide launch template ID or launch template name in the request.", "pf-eks-nodegroup-lt-id-xor-name"
)
TEMPLATE_DISK = _bench(
    "Disk size must be specified within the launch template.", "pf-eks-nodegroup-lt-forbids-disk-size"
)
TEMPLATE_REMOTE = _bench(
    "Remote access configuration cannot be specified with a launch template.",
    "pf-eks-nodegroup-lt-forbids-remote-access",
)
NODE_TRUST = _field(
    "Following required service principals [ec2.amazonaws.com] were not found in the trust relationships of nodeRole "
    "{role}"
)

# Add-ons

ADDON_VALUES = _bench(
    "The ConfigurationValues provided is not in valid YAML or JSON format.", "pf-eks-addon-configuration-values-json"
)
ADDON_EXISTS = _bench("Addon already exists.", "pf-eks-addon-duplicate-per-cluster")
ADDON_NAMESPACE = _bench(
    "Provided namespace value is not a valid RFC 1123 DNS label", "pf-eks-addon-namespace-config-format"
)
ADDON_VERSION = _bench("Addon version specified is not supported", "pf-eks-addon-version-format")
ADDON_UNKNOWN = _field("Addon {addon} specified is not supported in {version} kubernetes version")
ADDON_NOT_FOUND = _field("No addon: {addon} found in cluster: {cluster}", EKS_GUIDE + "creating-an-add-on.html")
ADDON_NOT_LISTED = _unread("Addon {addon} not found.")

# Access entries

ENTRY_MODE = _bench(
    "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
    "pf-eks-accessentry-requires-api-auth-mode",
)
ENTRY_EXISTS = _bench(
    "The specified access entry resource is already in use on this cluster.",
    "pf-eks-accessentry-principal-arn-duplicate",
)
ENTRY_NOT_FOUND = _field(
    "The specified principalArn could not be found. You can view your available access entries with "
    "'list-access-entries'."
)
PRINCIPAL_FORM = _unread("The principalArn parameter format is not valid")
PRINCIPAL_UNKNOWN = _field("The specified principalArn is invalid: invalid principal.")
PRINCIPAL_LINKED = _bench(
    "The caller is not allowed to modify access entries with a principalArn value of a Service Linked Role",
    "pf-eks-accessentry-principal-arn-service-linked-role",
)
PRINCIPAL_NO_ROLE = _bench(
    "AccessEntry principalArn must be IAM role when using types [EC2_LINUX, EC2_WINDOWS, FARGATE_LINUX, HYBRID_LINUX, "
    "EC2]",
    "pf-eks-accessentry-node-type-requires-role",
)
PRINCIPAL_OF_OTHER_ACCOUNT = _bench(
    "AccessEntry principalArn must be from the same account as the cluster when using types [EC2_LINUX, EC2_WINDOWS, "
    "FARGATE_LINUX, HYBRID_LINUX, EC2]",
    "pf-eks-accessentry-principal-arn-account",
)
ENTRY_TYPE = _unread(
    "The specified type is invalid: must be one of [STANDARD, EC2_LINUX, EC2_WINDOWS, FARGATE_LINUX, HYBRID_LINUX, EC2,"
    " HYPERPOD_LINUX]"
)
GROUP_PREFIX = _bench(
    "The kubernetes group name {group} is invalid, it cannot start with {prefix}",
    "pf-eks-accessentry-groups-reserved-prefix",
)
GROUPS_OF_NODES = _bench(
    'The specified kubernetesGroups is invalid: setting kubernetesGroups is not allowed when the type is "{type}"',
    "pf-eks-accessentry-node-type-forbids-groups",
)
USERNAME_PREFIX = _bench("The username must not begin with {prefix}", "pf-eks-accessentry-username-reserved-prefix")
USERNAME_OF_NODES = _bench(
    'The specified username is invalid: setting username is not allowed when the type is "{type}"',
    "pf-eks-accessentry-username-only-standard",
)
POLICY_FORM = _bench("The policyArn parameter format is not valid", "pf-eks-accessentry-policy-arn-form")
POLICY_NOT_FOUND = _bench(
    "The specified policyArn could not be found. You can view your available access policies with "
    "'list-access-policies'",
    "pf-eks-accessentry-policy-arn-partition",
)
POLICY_OF_NODES = _bench(
    'This operation can only be performed on Access Entries with a type of "STANDARD"',
    "pf-eks-accessentry-node-type-forbids-policies",
)
SCOPE_TYPE = _unread("accessScope type must be one of [cluster, namespace]")
SCOPE_CLUSTER = _bench(
    "accessScope should not include namespaces if the type is not set as namespace",
    "pf-eks-accessentry-scope-cluster-forbids-namespaces",
)
SCOPE_NAMESPACE = _bench(
    "At least 1 namespace must be provided if the type is set as namespace",
    "pf-eks-accessentry-scope-namespace-requires-namespaces",
)

# Pod identities

IDENTITY_NAMESPACE = _bench(
    "The parameter namespace contains invalid characters. It should conform to the regular expression "
    "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
    "pf-eks-podidentity-namespace-format",
)
IDENTITY_ACCOUNT = _bench(
    "The parameter serviceAccount contains invalid characters. It should conform to the regular expression "
    "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
    "pf-eks-podidentity-service-account-format",
)
IDENTITY_TRUST = _bench(
    "Trust policy of the role provided is invalid.", "pf-eks-podidentity-policy-requires-disable-session-tags"
)
IDENTITY_POLICY = _bench(
    "When policy is specified, disableSessionTags must be set to true",
    "pf-eks-podidentity-policy-requires-disable-session-tags",
)
IDENTITY_EXISTS = _bench("Association already exists: {association}", "pf-eks-podidentity-duplicate")
IDENTITY_NOT_FOUND = _unread("Association not found: {association}")

# OpenID Connect providers

ISSUER_SCHEME = _bench("IssuerURL must use https:// scheme.", "pf-eks-idp-issuer-url-https")
PROVIDER_PREFIX = _bench(
    "The prefix system: is reserved for Kubernetes system use", "pf-eks-idp-username-prefix-system"
)
PROVIDER_EXISTS = _unread("Cluster {cluster} already has an identity provider config associated.")
PROVIDER_NOT_FOUND = _unread("Identity provider config is not associated with cluster {cluster}")
PROVIDER_TYPE = _unread("The identity provider config type must be oidc.")
