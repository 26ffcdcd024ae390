"""CreateFargateProfile and DeleteFargateProfile as AWS refuses them."""

from __future__ import annotations

from eks_as_written import ROLE, pairs, select
from eks_refusing import DENIED, FOREIGN, IN_USE, MOTO, NOT_FOUND, REQUEST, ZONE, plain, profile, row

PROFILE_NAME = (
    "The Fargate profile name parameter contains invalid characters. It should begin with letter or digit and can have "
    "any of the following characters: the set of Unicode letters, digits, hyphens and underscores."
)
BAD_LABEL, BAD_NAMESPACE = "Selector label provided is invalid.", "The namespace provided is invalid."
NOT_PRIVATE = "Subnet {%s} provided in Fargate Profile is not a private subnet"
UNTRUSTED = (
    "Misconfigured PodExecutionRole Trust Policy; Please add the eks-fargate-pods.amazonaws.com Service Principal"
)
PROFILES = [
    profile("R-271-name-with-a-dot", "FG701", PROFILE_NAME, fargateProfileName="my.profile"),
    profile("R-271-name-with-a-blank", "FG701", PROFILE_NAME, fargateProfileName="my profile"),
    profile("R-271-name-begins-with-hyphen", "FG701", PROFILE_NAME, fargateProfileName="-web"),
    profile("R-271-name-before-the-cluster", "FG701", PROFILE_NAME, clusterName="ready", fargateProfileName="_a"),
    profile(
        "pulumi-eks-426-reserved-prefix",
        "FG702",
        "The fargate profile name starts with the reserved prefix: 'eks-'.",
        fargateProfileName="eks-web",
    ),
    profile("R-271-namespace-with-underscore", "FG703", BAD_NAMESPACE, **select("bad_ns")),
    profile("R-271-namespace-in-capitals", "FG703", BAD_NAMESPACE, **select("Default")),
    profile("R-271-namespace-ends-with-hyphen", "FG703", BAD_NAMESPACE, **select("default", "prod-")),
    profile("R-271-namespace-too-long", "FG703", BAD_NAMESPACE, **select("n" * 64)),
    profile("R-271-label-key-with-blank", "FG704", BAD_LABEL, **select("default", **{"bad key!": "x"})),
    profile("R-271-label-value-with-slash", "FG704", BAD_LABEL, **select("default", app="a/b")),
    profile(f"{MOTO}-no-cluster", "FG727", "No cluster found for name: none.", code=NOT_FOUND, clusterName="none"),
    profile(
        f"{MOTO}-name-taken",
        "FG728",
        "A Fargate Profile already exists with this name in this cluster.",
        code=IN_USE,
        fargateProfileName="web",
    ),
    profile(
        f"{MOTO}-cluster-too-young",
        "FG734",
        "Cluster 'young' is not in ACTIVE status",
        code=REQUEST,
        clusterName="young",
    ),
    profile(
        "terraform-aws-eks-2194-cluster-updating",
        "FG736",
        "Cannot create Fargate Profile new because cluster busy currently has an update in progress",
        code=IN_USE,
        clusterName="busy",
    ),
    profile(
        "R-269-another-is-creating",
        "FG737",
        "Cannot create Fargate Profile new because cluster map currently has Fargate profile one in status CREATING",
        code=IN_USE,
        clusterName="map",
    ),
    profile(f"R-266-{MOTO}-no-selector", "FG782", "Fargate Profile requires at least one selector.", selectors=[]),
    profile(
        f"R-266-{MOTO}-no-namespace",
        "FG782",
        "Fargate Profile must have at least one selector with at least one namespace value.",
        selectors=[{"labels": {"app": "web"}}],
    ),
    profile(
        "R-266-six-selectors",
        "FG783",
        "Request contains more than 5 Selectors",
        row("F03"),
        **select("a", "b", "c", "d", "e", "f"),
    ),
    profile(
        f"R-266-{MOTO}-six-labels",
        "FG784",
        "Request contains Selector with more than 5 Label pairs",
        **select("default", **pairs(6)),
    ),
    profile("R-270-public-subnet", "FG787", NOT_PRIVATE % "public-a", row("F03"), at=["private-b", "public-a"]),
    profile("R-270-public-by-the-main-table", "FG787", NOT_PRIVATE % "unassociated-d", at=["unassociated-d"]),
    profile(
        "assumed-zone-without-fargate",
        "FG788",
        "Subnet {private-e} provided in Fargate Profile is in us-east-1e, an availability zone that AWS Fargate does "
        "not support.",
        code=ZONE,
        at=["private-e"],
    ),
    profile("R-272-role-of-tasks", "FG718", UNTRUSTED, role="tasks"),
    profile("R-272-role-of-the-cluster", "FG718", UNTRUSTED, role="cluster"),
    profile("R-272-role-missing", "FG718", UNTRUSTED, role=ROLE + "none"),
    profile("R-272-role-for-another-cluster", "FG718", UNTRUSTED, role="pods-of-another"),
    profile("role-of-another-account", "FG716", "Cross-account pass role is not allowed.", code=DENIED, role=FOREIGN),
    profile(f"{MOTO}-role-by-name", "FG715", "Invalid Role Arn: 'pod-role'", role="pod-role"),
    plain(
        f"{MOTO}-describe-none",
        "describe_fargate_profile",
        "",
        "No Fargate Profile found with name: none.",
        code=NOT_FOUND,
        clusterName="ready",
        fargateProfileName="none",
    ),
    plain(
        f"{MOTO}-delete-none",
        "delete_fargate_profile",
        "FG731",
        "No Fargate Profile found with name: none.",
        code=NOT_FOUND,
        clusterName="ready",
        fargateProfileName="none",
    ),
    plain(
        "R-269-delete-while-creating",
        "delete_fargate_profile",
        "FG738",
        "Cannot Delete Fargate Profile one because cluster map currently has Fargate profile one in status CREATING",
        code=IN_USE,
        clusterName="map",
        fargateProfileName="one",
    ),
]
