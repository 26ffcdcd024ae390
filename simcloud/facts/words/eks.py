"""What Amazon EKS says about clusters and Fargate profiles when it refuses."""

from __future__ import annotations

from simcloud.facts.fact import Words
from simcloud.facts.sources import PREFLIGHT, issue
from simcloud.facts.sources_eks import EKS_MODEL, MOTO_EKS, TERRAFORM_EKS


def _bench(text: str, case: str, rule: str = "") -> Words:
    """A text that the real AWS gave to a deployment made for the purpose."""
    return Words(text, source=f"{PREFLIGHT} ({case})", status="observed", read_on="2026-09-25", rule=rule)


def _asked(text: str, rule: str = "") -> Words:
    """A text that the authors of a mock got from the real API."""
    return Words(text, source=MOTO_EKS, rule=rule)


def _quoted(text: str, source: str, rule: str = "") -> Words:
    """A text that somebody got from the real AWS and quoted."""
    return Words(text, source=source, rule=rule)


def _unread(text: str, source: str = EKS_MODEL, rule: str = "") -> Words:
    """The law is documented, its text was seen nowhere: ours, in AWS's manner."""
    return Words(text, source=source, status="assumed", rule=rule)


# Names, and what is there

CLUSTER_EXISTS = _asked("Cluster already exists with name: {cluster}")
CLUSTER_NOT_FOUND = _asked("No cluster found for name: {cluster}.")
CLUSTER_NOT_ACTIVE = _asked("Cluster '{cluster}' is not in ACTIVE status")
CLUSTER_NAME = _unread(
    'The cluster name parameter contains invalid characters. It should conform to the regular expression "^[0-9A-Za-z]'
    '[A-Za-z0-9-_]*"In other words, it should start with a number or letter, and can contain numbers, letters, dashes, '
    "and underscores."
)
CLUSTER_NAME_LENGTH = _unread("The cluster name can't be longer than 100 characters!")
CLUSTERS_QUOTA = _unread("You have reached the maximum number of clusters ({most}) in this account.")
UPDATE_IN_PROGRESS = _quoted(
    "Cannot {what} because cluster {cluster} currently has an update in progress",
    issue("terraform-aws-modules/terraform-aws-eks", 2194),
)
UPDATE_NOT_FOUND = _unread("No update found for ID: {update}")
TOKEN_INVALID = _unread("Invalid nextToken.")
TAG_RESERVED = _unread("Tag keys beginning with aws: are reserved for system use.")
TOO_MANY_TAGS = _unread("A resource can have at most {most} tags.")
ARN_INVALID = _unread("The resource ARN {arn} is not valid.")
RESOURCE_NOT_FOUND = _unread("Resource not found: {arn}")

# CreateCluster

VERSION_UNSUPPORTED = _bench("unsupported Kubernetes version {version}", "pf-eks-cluster-version-unsupported")
CROSS_ACCOUNT = _bench("Cross-account pass role is not allowed.", "pf-eks-cluster-role-arn-account")
ROLE_FORM = _asked("Invalid Role Arn: '{role}'")
ROLE_NOT_ASSUMED = _quoted(
    "Role with arn: {role}, could not be assumed because it does not exist or the trusted entity is not correct",
    issue("terraform-aws-modules/terraform-aws-eks", 2406),
)
SUBNET_REQUIRED = _quoted("Subnet Id is required", issue("eksctl-io/eksctl", 1564))
SUBNET_NOT_FOUND = _quoted(
    "The subnet ID '{subnet}' does not exist (Service: AmazonEC2; Status Code: 400; Error Code: "
    "InvalidSubnetID.NotFound; Request ID: {request}; Proxy: null)",
    issue("AdminTurnedDevOps/DevOps-The-Hard-Way-AWS", 16),
)
GROUP_NOT_FOUND = _unread(
    "The security group '{group}' does not exist (Service: AmazonEC2; Status Code: 400; Error Code: "
    "InvalidGroup.NotFound; Request ID: {request}; Proxy: null)"
)
SUBNETS_OF_TWO_VPCS = _unread("Subnets specified must belong to the same VPC")
TWO_ZONES = _bench("Subnets specified must be in at least two different AZs", "pf-eks-cluster-subnets-two-azs")
ZONE_UNSUPPORTED = _quoted(
    "Cannot create cluster '{cluster}' because EKS does not support creating control plane instances in {zone}, the "
    "targeted availability zone. Retry cluster creation using control plane subnets that span at least two of these "
    "availability zones: {zones}. Note, post cluster creation, you can run worker nodes in separate subnets/"
    "availability zones from control plane subnets/availability zones passed during cluster creation",
    issue("pulumi/pulumi-eks", 1401),
)
GROUPS_OF_OTHER_VPC = _bench(
    "Security group(s) [{groups}] are not (in/associated to) the same VPC as the subnets. Please specify a security "
    "group that is associated with the VPC: {vpc}",
    "pf-eks-cluster-sg-and-subnets-same-vpc",
)
TOO_MANY_GROUPS = _unread("A cluster can have at most {most} security groups.")
NO_ENDPOINT = _bench("Private and public endpoint access cannot be false", "pf-eks-cluster-endpoint-both-disabled")
CIDRS_NOT_ALLOWED = _quoted(
    "The following CIDRs are not allowed in publicAccessCidrs: [{cidrs}]",
    "field reports quoting the message of the real service",
)
SERVICE_CIDR_FORM = _unread("Invalid Cluster Service Ipv4 CIDR {cidr} for the cluster {cluster}, must be a valid CIDR")
SERVICE_CIDR_SIZE = _bench(
    "Invalid Cluster Service Ipv4 CIDR {cidr} for the cluster {cluster}, must have netmask size between /12 and /24 "
    "inclusive",
    "pf-eks-cluster-service-ipv4-cidr-prefix-range",
)
SERVICE_CIDR_PRIVATE = _bench(
    "Invalid Cluster Service Ipv4 CIDR {cidr} for the cluster {cluster}, must be within RFC1918 range",
    "pf-eks-cluster-service-ipv4-cidr-private-range",
)
SERVICE_CIDR_OVERLAPS = _unread(
    "Invalid Cluster Service Ipv4 CIDR {cidr} for the cluster {cluster}, must not overlap with the VPC CIDR {vpc}"
)
SERVICE_CIDR_IPV6 = _bench(
    'serviceIpv4Cidr cannot be specified when creating an "ipv6" cluster',
    "pf-eks-cluster-ipv6-forbids-service-ipv4-cidr",
)
ENCRYPTED_RESOURCE = _bench("Invalid k8s resource for encryption", "pf-eks-cluster-encryption-resources-secrets-only")
KEY_OF_OTHER_REGION = _bench(
    "The keyArn for encryptionConfig is scoped to invalid aws region.", "pf-eks-cluster-encryption-kms-key-region"
)
AUTO_MODE_WHOLE = _bench(
    "For EKS Auto Mode, please ensure that all required configs, including computeConfig, kubernetesNetworkConfig, and "
    "blockStorage are all either fully enabled or fully disabled.",
    "pf-eks-cluster-automode-all-three",
)
AUTO_MODE_ROLE = _bench(
    "When Compute Config nodeRoleArn is null or empty, nodePool list cannot be populated.",
    "pf-eks-cluster-automode-nodepools-need-noderole",
)
AUTO_MODE_ACCESS = _bench(
    "When EKS Auto Mode is enabled, you must use an EKS access config authentication mode of API_AND_CONFIG_MAP or API",
    "pf-eks-cluster-automode-requires-api-auth",
)
REMOTE_ACCESS = _bench(
    "AccessConfig AuthMode must be API_AND_CONFIG_MAP or API when remoteNetworkConfig is specified",
    "pf-eks-cluster-remote-network-requires-api-auth",
)
REMOTE_NODES = _bench(
    "remoteNodeNetworks are required when specifying remoteNetworkConfig.",
    "pf-eks-cluster-remote-pod-network-requires-node-network",
)
REMOTE_PRIVATE = _bench(
    "Invalid remote {kind} network: CIDR {cidr} is not part of RFC 1918 or CGNAT",
    "pf-eks-cluster-remote-network-rfc1918",
)
REMOTE_OVERLAPS_SERVICES = _bench(
    "Invalid remote {kind} network: CIDR {cidr} overlaps with service CIDR {other}",
    "pf-eks-cluster-remote-network-overlaps-service-cidr",
)
REMOTE_OVERLAPS = _bench(
    "Invalid remote {kind} network: CIDR {cidr} overlaps with already existing CIDR {other}",
    "pf-eks-cluster-remote-node-pod-network-overlap",
)
CREATOR_IN_CONFIG_MAP = _quoted(
    "bootstrapClusterCreatorAdminPermissions must be true if cluster authentication mode is set to CONFIG_MAP",
    "field reports quoting the message of the real service",
)
NOT_ONE_OF = _unread("{member} must be one of [{values}]")

# Updates and the end of a cluster

ONE_UPDATE = _quoted("Only one type of update can be allowed.", issue("aws/aws-cdk", 21439))
NO_UPDATE = _unread("No update was requested.")
SAME_ENDPOINTS = _quoted(
    "Cluster is already at the desired configuration with endpointPrivateAccess: {private} , endpointPublicAccess: "
    "{public}, and Public Endpoint Restrictions: [{cidrs}]",
    issue("eksctl-io/eksctl", 4043),
)
SAME_LOGGING = _quoted(
    "No changes needed for the logging config provided",
    "https://docs.arrikto.com/release-2.0/ops/eks/logging/ctrl.html",
)
SAME_NETWORK = _unread("Cluster is already at the desired configuration with the specified subnets and security groups")
SAME_SETTING = _unread("Cluster is already at the desired configuration with {member}: {value}")
ACCESS_MODE_BACK = _quoted(
    "Unsupported authentication mode update from {old} to {new}",
    "field reports quoting the message of the real service",
)
VERSION_STEP = _quoted(
    "Unsupported Kubernetes minor version update from {old} to {new}", issue("rancher/rancher", 41643)
)
NODES_BEHIND = _unread(
    "Nodegroups {nodegroups} must be updated to match cluster version {version} before updating cluster version"
)
HAS_NODEGROUPS = _asked("Cluster has nodegroups attached")
HAS_PROFILES = _quoted(
    "Cluster has Fargate Profiles in ACTIVE/CREATING state", issue("kubernetes-sigs/cluster-api-provider-aws", 4728)
)
PROTECTED = _unread("Cluster {cluster} has deletion protection enabled and cannot be deleted.")

# Fargate profiles

PROFILE_NAME = _bench(
    "The Fargate profile name parameter contains invalid characters. It should begin with letter or digit and can have "
    "any of the following characters: the set of Unicode letters, digits, hyphens and underscores.",
    "pf-eks-fargate-name-charset",
    "R-271",
)
PROFILE_PREFIX = _quoted(
    "The fargate profile name starts with the reserved prefix: 'eks-'.", issue("pulumi/pulumi-eks", 426), "R-271"
)
PROFILE_NAME_LENGTH = _unread("The Fargate profile name can't be longer than {most} characters.", rule="R-271")
NAMESPACE_FORM = _bench("The namespace provided is invalid.", "pf-eks-fargate-selector-namespace-format", "R-271")
LABEL_FORM = _bench("Selector label provided is invalid.", "pf-eks-fargate-selector-label-key-format", "R-271")
PROFILE_EXISTS = _asked("A Fargate Profile already exists with this name in this cluster.")
PROFILE_NOT_FOUND = _asked("No Fargate Profile found with name: {profile}.")
PROFILES_QUOTA = _unread("Fargate profile limit of {most} exceeded for cluster {cluster}.")
PROFILE_CREATE_BUSY = _quoted(
    "Cannot create Fargate Profile {profile} because cluster {cluster} currently has Fargate profile {other} in status "
    "{status}",
    "https://github.com/terraform-aws-modules/terraform-aws-eks/pull/866",
    "R-269",
)
PROFILE_DELETE_BUSY = _quoted(
    "Cannot Delete Fargate Profile {profile} because cluster {cluster} currently has Fargate profile {other} in status "
    "{status}",
    "https://github.com/cloud-custodian/cloud-custodian/pull/5585",
    "R-269",
)
NO_SELECTOR = _asked("Fargate Profile requires at least one selector.", "R-266")
NO_NAMESPACE = _asked("Fargate Profile must have at least one selector with at least one namespace value.", "R-266")
TOO_MANY_SELECTORS = _bench("Request contains more than 5 Selectors", "pf-eks-fargate-selectors-max-five", "R-266")
TOO_MANY_LABELS = _asked("Request contains Selector with more than 5 Label pairs", "R-266")
PROFILE_SUBNETS_NEEDED = _unread("Fargate Profile requires at least one private subnet.", rule="R-270")
PROFILE_SUBNET_OF_OTHER_VPC = _unread(
    "Subnet {subnet} provided in Fargate Profile does not belong to the VPC of the cluster: {vpc}", rule="R-270"
)
SUBNET_NOT_PRIVATE = _bench(
    "Subnet {subnet} provided in Fargate Profile is not a private subnet",
    "pf-eks-fargate-subnets-private-only",
    "R-270",
)
PROFILE_ZONE = _unread(
    "Subnet {subnet} provided in Fargate Profile is in {zone}, an availability zone that AWS Fargate does not support.",
    rule="R-270",
)
TRUST_MISSING = _quoted(
    "Misconfigured PodExecutionRole Trust Policy; Please add the eks-fargate-pods.amazonaws.com Service Principal",
    TERRAFORM_EKS,
    "R-272",
)
