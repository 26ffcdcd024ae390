"""Requests of EKS that AWS accepts: (title, operation, function of the world)."""

from __future__ import annotations

from eks_as_written import OTHER, POLICY, pairs, select
from eks_refused_clusters import API, AUTO, remote, service_cidr
from eks_refusing import Make

ACCEPTED: list[tuple[str, str, Make]] = [
    ("cluster-with-the-least", "create_cluster", lambda w: w.cluster()),
    ("cluster-of-digits", "create_cluster", lambda w: w.cluster(name="1_a-B")),
    ("cluster-name-of-100", "create_cluster", lambda w: w.cluster(name="a" * 100)),
    ("oldest-version", "create_cluster", lambda w: w.cluster(version="1.30")),
    ("newest-version", "create_cluster", lambda w: w.cluster(version="1.36")),
    (
        "public-and-private-subnets",
        "create_cluster",
        lambda w: w.cluster(resourcesVpcConfig=w.network("private-a", "public-c")),
    ),
    (
        "private-endpoint-alone",
        "create_cluster",
        lambda w: w.cluster(resourcesVpcConfig=w.network(endpointPublicAccess=False, endpointPrivateAccess=True)),
    ),
    (
        "public-access-from-an-office",
        "create_cluster",
        lambda w: w.cluster(resourcesVpcConfig=w.network(publicAccessCidrs=["52.1.2.3/32", "8.8.8.0/24"])),
    ),
    (
        "five-groups",
        "create_cluster",
        lambda w: w.cluster(resourcesVpcConfig=w.network(securityGroupIds=[w["group"]] * 5)),
    ),
    ("service-block-12", "create_cluster", lambda w: w.cluster(**service_cidr("172.16.0.0/12"))),
    ("service-block-24", "create_cluster", lambda w: w.cluster(**service_cidr("192.168.7.0/24"))),
    ("ipv6", "create_cluster", lambda w: w.cluster(kubernetesNetworkConfig={"ipFamily": "ipv6"})),
    ("auto-mode", "create_cluster", lambda w: w.cluster(accessConfig=API, **AUTO)),
    ("auto-mode-off", "create_cluster", lambda w: w.cluster(computeConfig={"enabled": False})),
    (
        "remote-nodes",
        "create_cluster",
        lambda w: w.cluster(accessConfig=API, **remote(["100.64.0.0/10"], ["10.0.0.0/8"])),
    ),
    (
        "creator-is-no-admin-by-api",
        "create_cluster",
        lambda w: w.cluster(accessConfig={**API, "bootstrapClusterCreatorAdminPermissions": False}),
    ),
    (
        "standard-support-and-logs",
        "create_cluster",
        lambda w: w.cluster(
            upgradePolicy={"supportType": "STANDARD"},
            logging={"clusterLogging": [{"types": ["api", "audit"], "enabled": True}]},
        ),
    ),
    (
        "key-of-this-region",
        "create_cluster",
        lambda w: w.cluster(
            encryptionConfig=[
                {"resources": ["secrets"], "provider": {"keyArn": "arn:aws:kms:us-east-1:123456789012:key/k"}}
            ]
        ),
    ),
    ("profile", "create_fargate_profile", lambda w: w.profile()),
    ("profile-in-one-subnet", "create_fargate_profile", lambda w: w.profile("private-b")),
    (
        "profile-without-subnets",
        "create_fargate_profile",
        lambda w: {k: v for k, v in w.profile().items() if k != "subnets"},
    ),
    ("profile-named-in-unicode", "create_fargate_profile", lambda w: w.profile(fargateProfileName="préprod_1")),
    ("profile-with-five-selectors", "create_fargate_profile", lambda w: w.profile(**select("a", "b", "c", "d", "e"))),
    ("profile-with-five-labels", "create_fargate_profile", lambda w: w.profile(**select("a", **pairs(5)))),
    (
        "R-267-profile-with-wildcards",
        "create_fargate_profile",
        lambda w: w.profile(**select("prod-*", "*", "team-?", **{"app*": "web-?"})),
    ),
    (
        "profile-label-with-prefix",
        "create_fargate_profile",
        lambda w: w.profile(**select("a", **{"eks.amazonaws.com/x": "Yes", "empty": ""})),
    ),
    (
        "R-272-role-for-this-cluster",
        "create_fargate_profile",
        lambda w: w.profile(podExecutionRoleArn=w["pods-of-ready"]),
    ),
    (
        "second-profile-for-the-same-namespace",
        "create_fargate_profile",
        lambda w: w.profile(fargateProfileName="web-2"),
    ),
    ("profile-deleted", "delete_fargate_profile", lambda w: {"clusterName": "ready", "fargateProfileName": "web"}),
    (
        "nodegroup-in-public-subnets",
        "create_nodegroup",
        lambda w: w.nodegroup(nodegroupName="p", subnets=[w["public-a"]]),
    ),
    (
        "nodegroup-of-graviton",
        "create_nodegroup",
        lambda w: w.nodegroup(
            nodegroupName="g", amiType="AL2023_ARM_64_STANDARD", instanceTypes=["m7g.large", "c6gn.xlarge"]
        ),
    ),
    (
        "nodegroup-of-gpus",
        "create_nodegroup",
        lambda w: w.nodegroup(
            nodegroupName="g", amiType="AL2023_x86_64_NVIDIA", instanceTypes=["g5.xlarge", "p4d.24xlarge"]
        ),
    ),
    ("nodegroup-three-behind", "create_nodegroup", lambda w: w.nodegroup(nodegroupName="g", version="1.32")),
    (
        "nodegroup-of-none",
        "create_nodegroup",
        lambda w: w.nodegroup(nodegroupName="g", scalingConfig={"minSize": 0, "maxSize": 1, "desiredSize": 0}),
    ),
    (
        "nodegroup-by-template",
        "create_nodegroup",
        lambda w: w.nodegroup(nodegroupName="g", amiType="CUSTOM", launchTemplate={"name": "t"}),
    ),
    (
        "coredns-of-the-catalogue",
        "create_addon",
        lambda w: {
            "clusterName": "ready",
            "addonName": "coredns",
            "addonVersion": "v1.11.3-eksbuild.1",
            "configurationValues": "computeType: Fargate",
        },
    ),
    (
        "kube-proxy-one-behind",
        "create_addon",
        lambda w: {"clusterName": "ready", "addonName": "kube-proxy", "addonVersion": "v1.34.1-eksbuild.2"},
    ),
    (
        "addon-with-json",
        "create_addon",
        lambda w: {"clusterName": "ready", "addonName": "coredns", "configurationValues": '{"computeType": "Fargate"}'},
    ),
    (
        "entry-of-a-role",
        "create_access_entry",
        lambda w: {"clusterName": "ready", "principalArn": w["tasks"], "kubernetesGroups": ["system"]},
    ),
    (
        "entry-of-another-account",
        "create_access_entry",
        lambda w: {"clusterName": "ready", "principalArn": f"arn:aws:iam::{OTHER}:user/bob"},
    ),
    (
        "entry-named-sts",
        "create_access_entry",
        lambda w: {"clusterName": "ready", "principalArn": w["tasks"], "username": "sts:foo"},
    ),
    (
        "policy-of-a-namespace",
        "associate_access_policy",
        lambda w: {
            "clusterName": "ready",
            "principalArn": w["user"],
            "policyArn": POLICY,
            "accessScope": {"type": "namespace", "namespaces": ["shop"]},
        },
    ),
    ("identity-of-another-account-name", "create_pod_identity_association", lambda w: w.identity(serviceAccount="a.b")),
    (
        "provider",
        "associate_identity_provider_config",
        lambda w: {
            "clusterName": "ready",
            "oidc": {
                "identityProviderConfigName": "okta",
                "issuerUrl": "https://example.okta.com",
                "clientId": "k",
                "groupsPrefix": "oidc:",
            },
        },
    ),
    ("upgrade-by-one", "update_cluster_version", lambda w: {"name": "ready", "version": "1.36"}),
    (
        "private-endpoint-too",
        "update_cluster_config",
        lambda w: {"name": "ready", "resourcesVpcConfig": {"endpointPrivateAccess": True}},
    ),
    (
        "other-subnets",
        "update_cluster_config",
        lambda w: {"name": "ready", "resourcesVpcConfig": w.network("private-a", "public-c")},
    ),
    (
        "access-one-step",
        "update_cluster_config",
        lambda w: {"name": "map", "accessConfig": {"authenticationMode": "API_AND_CONFIG_MAP"}},
    ),
    ("cluster-without-parts-goes", "delete_nodegroup", lambda w: {"clusterName": "ready", "nodegroupName": "workers"}),
]
