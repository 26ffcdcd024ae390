"""CreateCluster as AWS refuses it."""

from __future__ import annotations

from typing import Any

from eks_as_written import ROLE, pairs
from eks_refusing import DENIED, FOREIGN, IN_USE, MOTO, NAME_FORM, PF, ZONE, case, cluster

UNSUPPORTED_ZONE = (
    "Cannot create cluster 'new' because EKS does not support creating control plane instances in us-east-1e, the "
    "targeted availability zone. Retry cluster creation using control plane subnets that span at least two of these "
    "availability zones: us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1f. Note, post cluster creation, you "
    "can run worker nodes in separate subnets/availability zones from control plane subnets/availability zones passed "
    "during cluster creation"
)
NOT_ASSUMED = "Role with arn: {}, could not be assumed because it does not exist or the trusted entity is not correct"
KEY = {"resources": ["secrets"], "provider": {"keyArn": "arn:aws:kms:ap-northeast-1:123456789012:key/k"}}
AUTO = {
    "computeConfig": {"enabled": True},
    "storageConfig": {"blockStorage": {"enabled": True}},
    "kubernetesNetworkConfig": {"elasticLoadBalancing": {"enabled": True}},
}
API = {"authenticationMode": "API"}


def service_cidr(cidr: str) -> dict[str, Any]:
    return {"kubernetesNetworkConfig": {"serviceIpv4Cidr": cidr}}


def remote(nodes_: list[str] | None = None, pods: list[str] | None = None) -> dict[str, Any]:
    config = {} if nodes_ is None else {"remoteNodeNetworks": [{"cidrs": nodes_}]}
    return {"remoteNetworkConfig": config | ({} if pods is None else {"remotePodNetworks": [{"cidrs": pods}]})}


CLUSTERS = [
    cluster("assumed-name-with-a-dot", "FG700", NAME_FORM.format("cluster"), name="a.b"),
    cluster("assumed-name-begins-with-hyphen", "FG700", NAME_FORM.format("cluster"), name="-a"),
    cluster("assumed-name-too-long", "FG700", "The cluster name can't be longer than 100 characters!", name="a" * 101),
    cluster(f"{MOTO}-name-taken", "FG725", "Cluster already exists with name: ready", code=IN_USE, name="ready"),
    cluster(f"{PF}-version-of-a-patch", "FG750", "unsupported Kubernetes version 1.36.0", version="1.36.0"),
    cluster(f"{PF}-version-retired", "FG750", "unsupported Kubernetes version 1.29", version="1.29"),
    cluster("no-such-version", "FG750", "unsupported Kubernetes version latest", version="latest"),
    cluster(
        f"{PF}-role-of-another-account",
        "FG716",
        "Cross-account pass role is not allowed.",
        code=DENIED,
        roleArn=FOREIGN,
    ),
    cluster(f"{MOTO}-role-by-name", "FG715", "Invalid Role Arn: 'cluster'", roleArn="cluster"),
    cluster("terraform-aws-eks-2406-role-missing", "FG717", NOT_ASSUMED.format(ROLE + "none"), roleArn=ROLE + "none"),
    cluster(
        "terraform-aws-eks-2406-role-of-tasks", "FG717", NOT_ASSUMED.format(ROLE + "tasks"), roleArn=ROLE + "tasks"
    ),
    case(
        "eksctl-1564-no-subnets",
        "create_cluster",
        lambda world: world.cluster(resourcesVpcConfig={}),
        "FG751",
        "Subnet Id is required",
    ),
    cluster(
        f"{PF}-one-subnet", "FG754", "Subnets specified must be in at least two different AZs", network=["private-a"]
    ),
    cluster(
        f"{PF}-one-zone",
        "FG754",
        "Subnets specified must be in at least two different AZs",
        network=["private-a", "public-a"],
    ),
    cluster(
        "pulumi-eks-1401-zone-without-control-planes",
        "FG755",
        UNSUPPORTED_ZONE,
        code=ZONE,
        network=["private-a", "private-e"],
    ),
    cluster(
        "assumed-subnets-of-two-vpcs",
        "FG753",
        "Subnets specified must belong to the same VPC",
        network=["private-a", "other-b"],
    ),
    cluster(
        f"{PF}-group-of-another-vpc",
        "FG757",
        "Security group(s) [{other-group}] are not (in/associated to) the same VPC as the subnets. Please specify a "
        "security group that is associated with the VPC: {vpc}",
        vpc={"securityGroupIds": ["group", "other-group"]},
    ),
    case(
        "assumed-six-groups",
        "create_cluster",
        lambda world: world.cluster(resourcesVpcConfig=world.network(securityGroupIds=[world["group"]] * 6)),
        "FG756",
        "A cluster can have at most 5 security groups.",
    ),
    cluster(
        f"{PF}-no-endpoint",
        "FG758",
        "Private and public endpoint access cannot be false",
        vpc={"endpointPublicAccess": False},
    ),
    cluster(
        "field-public-access-from-private-block",
        "FG759",
        "The following CIDRs are not allowed in publicAccessCidrs: [10.1.0.128/27, 10.1.0.96/27]",
        vpc={"publicAccessCidrs": ["10.1.0.128/27", "10.1.0.96/27"]},
    ),
    cluster(
        "field-public-access-from-documentation-block",
        "FG759",
        "The following CIDRs are not allowed in publicAccessCidrs: [203.0.113.0/24]",
        vpc={"publicAccessCidrs": ["0.0.0.0/0", "203.0.113.0/24"]},
    ),
    cluster(
        f"{PF}-service-block-too-small",
        "FG760",
        "Invalid Cluster Service Ipv4 CIDR 10.100.0.0/25 for the cluster new, must have netmask size between /12 and "
        "/24 inclusive",
        **service_cidr("10.100.0.0/25"),
    ),
    cluster(
        f"{PF}-service-block-too-large",
        "FG760",
        "Invalid Cluster Service Ipv4 CIDR 172.0.0.0/11 for the cluster new, must have netmask size between /12 and "
        "/24 inclusive",
        **service_cidr("172.0.0.0/11"),
    ),
    cluster(
        f"{PF}-service-block-public",
        "FG760",
        "Invalid Cluster Service Ipv4 CIDR 11.0.0.0/16 for the cluster new, must be within RFC1918 range",
        **service_cidr("11.0.0.0/16"),
    ),
    cluster(
        f"{PF}-service-block-of-ipv6",
        "FG760",
        'serviceIpv4Cidr cannot be specified when creating an "ipv6" cluster',
        kubernetesNetworkConfig={"ipFamily": "ipv6", "serviceIpv4Cidr": "10.100.0.0/16"},
    ),
    cluster(
        "assumed-service-block-in-the-vpc",
        "FG761",
        "Invalid Cluster Service Ipv4 CIDR 10.0.8.0/22 for the cluster new, must not overlap with the VPC CIDR "
        "10.0.0.0/16",
        **service_cidr("10.0.8.0/22"),
    ),
    cluster(
        f"{PF}-encrypts-configmaps",
        "FG762",
        "Invalid k8s resource for encryption",
        encryptionConfig=[{"resources": ["configmaps"], "provider": {"keyArn": "alias/k"}}],
    ),
    cluster(
        f"{PF}-key-of-another-region",
        "FG763",
        "The keyArn for encryptionConfig is scoped to invalid aws region.",
        encryptionConfig=[KEY],
    ),
    cluster(
        "field-creator-is-no-admin",
        "FG764",
        "bootstrapClusterCreatorAdminPermissions must be true if cluster authentication mode is set to CONFIG_MAP",
        accessConfig={"bootstrapClusterCreatorAdminPermissions": False},
    ),
    cluster(
        "assumed-no-such-mode",
        "FG765",
        "supportType must be one of [STANDARD, EXTENDED]",
        upgradePolicy={"supportType": "LONG"},
    ),
    cluster(
        "assumed-no-such-log",
        "FG765",
        "types must be one of [api, audit, authenticator, controllerManager, scheduler]",
        logging={"clusterLogging": [{"types": ["kubelet"], "enabled": True}]},
    ),
    cluster(
        f"{PF}-auto-mode-in-part",
        "FG769",
        "For EKS Auto Mode, please ensure that all required configs, including computeConfig, "
        "kubernetesNetworkConfig, and blockStorage are all either fully enabled or fully disabled.",
        computeConfig={"enabled": True},
    ),
    cluster(
        f"{PF}-pools-without-role",
        "FG770",
        "When Compute Config nodeRoleArn is null or empty, nodePool list cannot be populated.",
        computeConfig={"nodePools": ["general-purpose"]},
    ),
    cluster(
        f"{PF}-auto-mode-by-config-map",
        "FG771",
        "When EKS Auto Mode is enabled, you must use an EKS access config authentication mode of "
        "API_AND_CONFIG_MAP or API",
        **AUTO,
    ),
    cluster(
        f"{PF}-remote-by-config-map",
        "FG772",
        "AccessConfig AuthMode must be API_AND_CONFIG_MAP or API when remoteNetworkConfig is specified",
        **remote(["10.200.0.0/16"]),
    ),
    cluster(
        f"{PF}-remote-pods-alone",
        "FG773",
        "remoteNodeNetworks are required when specifying remoteNetworkConfig.",
        accessConfig=API,
        **remote(pods=["10.200.0.0/16"]),
    ),
    cluster(
        f"{PF}-remote-public",
        "FG774",
        "Invalid remote node network: CIDR 11.0.0.0/16 is not part of RFC 1918 or CGNAT",
        accessConfig=API,
        **remote(["11.0.0.0/16"]),
    ),
    cluster(
        f"{PF}-remote-over-private",
        "FG774",
        "Invalid remote node network: CIDR 100.0.0.0/9 is not part of RFC 1918 or CGNAT",
        accessConfig=API,
        **remote(["100.0.0.0/9"]),
    ),
    cluster(
        f"{PF}-remote-pods-over-nodes",
        "FG775",
        "Invalid remote pod network: CIDR 10.200.0.0/24 overlaps with already existing CIDR 10.200.0.0/16",
        accessConfig=API,
        **remote(["10.200.0.0/16"], ["10.200.0.0/24"]),
    ),
    cluster(
        f"{PF}-remote-over-services",
        "FG775",
        "Invalid remote node network: CIDR 10.100.0.0/24 overlaps with service CIDR 10.100.0.0/16",
        accessConfig=API,
        **remote(["10.100.0.0/24"]),
        **service_cidr("10.100.0.0/16"),
    ),
    cluster(
        "assumed-tag-of-aws", "FG710", "Tag keys beginning with aws: are reserved for system use.", tags={"aws:x": "y"}
    ),
    cluster("assumed-too-many-tags", "FG710", "A resource can have at most 50 tags.", tags=pairs(51)),
]
