"""Numbers and names that Amazon EKS decided: versions, quotas, durations, add-ons, access policies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from simcloud.facts.fact import Fact
from simcloud.facts.sources import PREFLIGHT, issue
from simcloud.facts.sources_eks import (
    ACCESS_POLICIES,
    EKS_FARGATE,
    EKS_GUIDE,
    EKS_MODEL,
    EKS_QUOTAS,
    NETWORK_REQUIREMENTS,
    POD_CONFIGURATION,
    ROLLBACK,
    VERSIONS_PAGE,
)

# Kubernetes versions


class Release(NamedTuple):
    """A minor version: when EKS released it, and when its support ends. Dates like 2026-01-28."""

    released: str
    standard_until: str
    extended_until: str
    patch: str


RELEASES: Fact[Mapping[str, Release]] = Fact(
    {
        "1.30": Release("2024-05-23", "2025-07-23", "2026-07-23", "1.30.14"),
        "1.31": Release("2024-09-26", "2025-11-26", "2026-11-26", "1.31.14"),
        "1.32": Release("2025-01-23", "2026-03-23", "2027-03-23", "1.32.11"),
        "1.33": Release("2025-05-29", "2026-07-29", "2027-07-29", "1.33.7"),
        "1.34": Release("2025-10-02", "2026-12-02", "2027-12-02", "1.34.3"),
        "1.35": Release("2026-01-28", "2027-03-27", "2028-03-27", "1.35.0"),
        "1.36": Release("2026-06-02", "2027-08-02", "2028-08-02", "1.36.0"),
    },
    VERSIONS_PAGE,
    "assumed",
)
"""The versions on which EKS made clusters in September 2026, whatever the simulated date is: 1.29 was refused and 1.30
accepted then. The dates of 1.36 and the patches are assumed."""
STATUS_ON = Fact("2026-09-25", f"{PREFLIGHT} (pf-eks-cluster-version-unsupported)", "observed")
"""The day for which the status of a version is given."""
DEFAULT_VERSION = Fact("1.35", VERSIONS_PAGE, "assumed")
PLATFORM_VERSION = Fact("eks.5", EKS_GUIDE + "platform-versions.html", "assumed")
AMI_TYPES: Fact[tuple[str, ...]] = Fact(
    (
        "AL2_x86_64", "AL2_x86_64_GPU", "AL2_ARM_64", "CUSTOM", "BOTTLEROCKET_ARM_64", "BOTTLEROCKET_x86_64",
        "BOTTLEROCKET_ARM_64_FIPS", "BOTTLEROCKET_x86_64_FIPS", "BOTTLEROCKET_ARM_64_NVIDIA",
        "BOTTLEROCKET_x86_64_NVIDIA", "BOTTLEROCKET_ARM_64_NVIDIA_FIPS", "BOTTLEROCKET_x86_64_NVIDIA_FIPS",
        "WINDOWS_CORE_2019_x86_64", "WINDOWS_FULL_2019_x86_64", "WINDOWS_CORE_2022_x86_64", "WINDOWS_FULL_2022_x86_64",
        "WINDOWS_CORE_2025_x86_64", "WINDOWS_FULL_2025_x86_64", "AL2023_x86_64_STANDARD", "AL2023_ARM_64_STANDARD",
        "AL2023_x86_64_NEURON", "AL2023_x86_64_NVIDIA", "AL2023_ARM_64_NVIDIA",
    ),
    "https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html",
    read_on="2026-11-23",
)  # fmt: skip
"""In the order of the API's model."""
NODE_AMI = Fact(
    "AL2023_x86_64_STANDARD",
    "https://github.com/HHS/simpler-grants-gov/pull/12404",
    "observed",
    "2026-11-23",
)
"""The AMI type of a node group that names none."""
NODES_MAY_LAG = Fact(3, f"{PREFLIGHT} (pf-eks-nodegroup-version-matches-cluster)", "observed", "2026-09-25")
"""Minor versions that a node group may be behind its cluster."""
ROLLBACK_DAYS = Fact(7, ROLLBACK)
"""Days after an upgrade within which the cluster may go back to the version before."""

# Quotas

CLUSTERS = Fact(100, EKS_QUOTAS)
PROFILES = Fact(10, EKS_QUOTAS)
"""Fargate profiles of a cluster."""
NODEGROUPS = Fact(30, EKS_QUOTAS)
SELECTORS = Fact(5, EKS_QUOTAS, rule="R-266")
SELECTOR_LABELS = Fact(5, EKS_QUOTAS, rule="R-266")
SECURITY_GROUPS = Fact(5, EKS_MODEL)
TAGS = Fact(50, EKS_MODEL)
NAME_LENGTH = Fact(100, EKS_MODEL)
NODEGROUP_NAME_LENGTH = Fact(63, f"{PREFLIGHT} (pf-eks-nodegroup-name-length)", "observed", "2026-09-25")

# Availability zones, by zone id

ZONES_WITHOUT_CONTROL_PLANE = Fact(frozenset({"use1-az3", "usw1-az2", "cac1-az3"}), NETWORK_REQUIREMENTS)
ZONES_WITHOUT_FARGATE = Fact(frozenset({"use1-az3", "usw1-az2", "cac1-az3"}), EKS_FARGATE, "assumed")

# Durations, in seconds

CLUSTER_CREATE: Fact[float] = Fact(600.0, EKS_GUIDE + "create-cluster.html", "assumed")
"""The guide speaks of several minutes; ten are usual."""
CLUSTER_DELETE: Fact[float] = Fact(180.0, EKS_GUIDE + "delete-cluster.html", "assumed")
CONFIG_UPDATE: Fact[float] = Fact(180.0, EKS_MODEL, "assumed")
"""'A few minutes.'"""
VERSION_UPDATE: Fact[float] = Fact(600.0, EKS_GUIDE + "update-cluster.html", "assumed")
PROFILE_CREATE: Fact[float] = Fact(128.0, "https://github.com/eksctl-io/eksctl/pull/6375", "observed")
"""18:18:38 to 18:20:52 in a log of eksctl; a second profile took 19 s."""
PROFILE_DELETE: Fact[float] = Fact(120.0, EKS_GUIDE + "delete-fargate-profile.html", "assumed")
NODEGROUP_CREATE: Fact[float] = Fact(150.0, EKS_GUIDE + "create-managed-node-group.html", "assumed")
NODEGROUP_DELETE: Fact[float] = Fact(180.0, "https://github.com/cloud-custodian/cloud-custodian/pull/5585", "observed")
NODEGROUP_UPDATE: Fact[float] = Fact(120.0, EKS_GUIDE + "update-managed-node-group.html", "assumed")
ADDON_CHANGE: Fact[float] = Fact(30.0, EKS_GUIDE + "creating-an-add-on.html", "assumed")
PROVIDER_CHANGE: Fact[float] = Fact(900.0, EKS_GUIDE + "authenticate-oidc-identity-provider.html", "assumed")
FIRST_NODE_SECONDS: Fact[float] = Fact(45.0, EKS_FARGATE, "assumed")
"""From the pod to its own Fargate node that is Ready; field reports say half a minute to two minutes."""
POD_STOP_SECONDS: Fact[float] = Fact(2.0, EKS_FARGATE, "assumed")
NODE_MISSED_SECONDS: Fact[float] = Fact(
    40.0, "https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/", "assumed"
)
"""node-monitor-grace-period: from a node's last word to NotReady. 40 s for long, 50 s in newer versions."""
EVICTED_AFTER_SECONDS: Fact[float] = Fact(
    300.0, "https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/", "assumed"
)
"""tolerationSeconds that every pod gets for a node that is not ready."""
POD_GRACE_SECONDS = Fact(30, "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/")
PULL_BACK_OFF: Fact[float] = Fact(20.0, "https://kubernetes.io/docs/concepts/containers/images/", "assumed")
"""From a failed pull to the next; it doubles up to five minutes."""
PULL_BACK_OFF_MOST: Fact[float] = Fact(300.0, "https://kubernetes.io/docs/concepts/containers/images/")
CRASH_BACK_OFF: Fact[float] = Fact(10.0, "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/")
CRASH_BACK_OFF_MOST: Fact[float] = Fact(300.0, "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/")

# A pod's size on Fargate

POD_OVERHEAD_MIB = Fact(256, POD_CONFIGURATION, rule="R-273")
"""For kubelet, kube-proxy and containerd."""
POD_LARGEST_CPU = Fact(16384, POD_CONFIGURATION, rule="R-011")
POD_STORAGE_GIB = Fact(20, POD_CONFIGURATION, rule="R-277")
POD_STORAGE_MOST_GIB = Fact(175, POD_CONFIGURATION, rule="R-277")
CAPABILITIES: Fact[frozenset[str]] = Fact(
    frozenset(
        (
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "NET_RAW",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT",
            "SYS_PTRACE",
        )
    ),
    "https://github.com/containerd/containerd (oci/spec.go), and "
    + issue("frappe/frappe_docker", 1182)
    + " for the form without CAP_",
    "assumed",
)
"""Linux capabilities that a container may add on Fargate: containerd's usual ones, and SYS_PTRACE."""

# Access policies

ACCESS_POLICY_ARN = "arn:aws:eks::aws:cluster-access-policy/"
POLICIES: Fact[tuple[str, ...]] = Fact(
    (
        "AmazonEKSAdminPolicy",
        "AmazonEKSAdminViewPolicy",
        "AmazonEKSClusterAdminPolicy",
        "AmazonEKSEditPolicy",
        "AmazonEKSViewPolicy",
        "AmazonEKSAutoNodePolicy",
        "AmazonEKSBlockStoragePolicy",
        "AmazonEKSBlockStorageClusterPolicy",
        "AmazonEKSClusterInsightsPolicy",
        "AmazonEKSComputePolicy",
        "AmazonEKSComputeClusterPolicy",
        "AmazonEKSHybridPolicy",
        "AmazonEKSLoadBalancingPolicy",
        "AmazonEKSLoadBalancingClusterPolicy",
        "AmazonEKSNetworkingPolicy",
        "AmazonEKSNetworkingClusterPolicy",
        "AmazonEMRJobPolicy",
        "AmazonSagemakerHyperpodClusterPolicy",
        "AmazonSagemakerHyperpodControllerPolicy",
    ),
    ACCESS_POLICIES,
)

# Add-ons


class Addon(NamedTuple):
    """An add-on of the catalogue: newest version first; `of_cluster` where its minor is that of Kubernetes."""

    type: str
    versions: tuple[str, ...]
    namespace: str = "kube-system"
    compute: tuple[str, ...] = ("ec2",)
    needs_permissions: bool = False
    of_cluster: bool = False


ADDONS: Fact[Mapping[str, Addon]] = Fact(
    {
        "vpc-cni": Addon(
            "networking",
            ("v1.21.1-eksbuild.1", "v1.20.4-eksbuild.2", "v1.19.6-eksbuild.7"),
            compute=("ec2",),
            needs_permissions=True,
        ),
        "coredns": Addon(
            "networking",
            ("v1.13.1-eksbuild.1", "v1.12.4-eksbuild.1", "v1.11.4-eksbuild.24"),
            compute=("ec2", "fargate"),
        ),
        "kube-proxy": Addon("networking", ("eksbuild.5", "eksbuild.2"), of_cluster=True),
        "eks-pod-identity-agent": Addon("security", ("v1.3.10-eksbuild.2", "v1.3.9-eksbuild.5"), compute=("ec2",)),
        "aws-ebs-csi-driver": Addon(
            "storage", ("v1.54.0-eksbuild.1", "v1.53.0-eksbuild.1"), compute=("ec2",), needs_permissions=True
        ),
        "aws-efs-csi-driver": Addon(
            "storage", ("v2.2.0-eksbuild.1", "v2.1.15-eksbuild.1"), compute=("ec2",), needs_permissions=True
        ),
        "metrics-server": Addon(
            "observability", ("v0.8.0-eksbuild.6", "v0.7.2-eksbuild.4"), compute=("ec2", "fargate")
        ),
        "amazon-cloudwatch-observability": Addon(
            "observability",
            ("v4.8.0-eksbuild.1", "v4.7.0-eksbuild.1"),
            "amazon-cloudwatch",
            needs_permissions=True,
        ),
        "adot": Addon(
            "observability",
            ("v0.141.0-eksbuild.1", "v0.131.0-eksbuild.1"),
            "opentelemetry-operator-system",
            ("ec2", "fargate"),
        ),
        "snapshot-controller": Addon("storage", ("v8.3.0-eksbuild.1",), compute=("ec2", "fargate")),
        "aws-guardduty-agent": Addon("security", ("v1.12.1-eksbuild.2",), "amazon-guardduty"),
    },
    EKS_GUIDE + "workloads-add-ons-available-eks.html",
    "assumed",
)
"""The names are the guide's; of their hundreds of versions a few stand here, and older ones are accepted too."""
