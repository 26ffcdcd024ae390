"""Node groups and add-ons as AWS refuses them."""

from __future__ import annotations

from eks_refusing import DENIED, FOREIGN, IN_USE, MOTO, NAME_FORM, NOT_FOUND, PF, nodes, plain

QUALIFIED = (
    "an alphanumeric character (e.g. 'MyName', or 'my.name', or '123-abc', regex used for validation is "
    "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
)
TEMPLATE = {"id": "lt-0123456789abcdef0"}
NODEGROUPS = [
    nodes(f"{PF}-name", "FG705", NAME_FORM.format("nodegroup"), nodegroupName="a.b"),
    nodes(f"{PF}-name-too-long", "FG789", "nodeGroupName can't be longer than 63 characters!", nodegroupName="a" * 64),
    nodes(
        f"{MOTO}-name-taken",
        "FG729",
        "NodeGroup already exists with name workers and cluster name ready",
        code=IN_USE,
        nodegroupName="workers",
    ),
    nodes(
        f"{PF}-desired-above-most",
        "FG790",
        "desiredSize can't be greater than maxSize",
        scalingConfig={"minSize": 1, "maxSize": 2, "desiredSize": 3},
    ),
    nodes(
        f"{PF}-least-above-desired",
        "FG790",
        "minSize can't be greater than desiredSize",
        scalingConfig={"minSize": 2, "maxSize": 3, "desiredSize": 1},
    ),
    nodes(f"{PF}-update-config-empty", "FG791", "UpdateConfig cannot be empty if set in the request.", updateConfig={}),
    nodes(
        f"{PF}-update-config-both",
        "FG791",
        "Either provide max-unavailable or max-unavailable-percentage in the request.",
        updateConfig={"maxUnavailable": 1, "maxUnavailablePercentage": 10},
    ),
    nodes(
        f"{PF}-repair-both",
        "FG791",
        "Either provide max parallel nodes to repair count or percentage in the request.",
        nodeRepairConfig={"maxUnhealthyNodeThresholdCount": 1, "maxUnhealthyNodeThresholdPercentage": 5},
    ),
    nodes(
        f"{PF}-label-form",
        "FG793",
        "Invalid value: bad key! : field must consist of alphanumeric characters, '-', '_' or '.', and must start and "
        "end with " + QUALIFIED,
        labels={"bad key!": "x"},
    ),
    nodes(
        f"{PF}-label-prefix",
        "FG793",
        "Label cannot start with reserved prefixes [kubernetes.io/, k8s.io/, eks.amazonaws.com/]",
        labels={"eks.amazonaws.com/x": "y"},
    ),
    nodes(
        f"{PF}-taint-form",
        "FG793",
        "invalid taint spec: bad key! , a qualified name must consist of alphanumeric characters, '-', '_' or '.', and "
        "must start and end with " + QUALIFIED,
        taints=[{"key": "bad key!", "effect": "NO_SCHEDULE"}],
    ),
    nodes(
        f"{PF}-subnets-of-another-vpc", "FG795", "Subnets specified must belong to the VPC: {vpc}", subnets=["other-a"]
    ),
    nodes(
        f"{PF}-version",
        "FG796",
        "Cluster Kubernetes version 1.35 supports the following Nodegroup Kubernetes versions: [1.35, 1.34, 1.33, "
        "1.32]",
        version="1.31",
    ),
    nodes(
        f"{PF}-architecture",
        "FG797",
        "[m6g.large] is not a valid instance type for requested amiType AL2023_x86_64_STANDARD",
        amiType="AL2023_x86_64_STANDARD",
        instanceTypes=["m6g.large"],
    ),
    nodes(
        "seen-no-ami-for-arm: github.com/HHS/simpler-grants-gov/pull/12404",
        "FG797",
        "[t4g.medium] is not a valid instance type for requested amiType AL2023_x86_64_STANDARD",
        instanceTypes=["t4g.medium"],
    ),
    nodes(
        "model-ami-type",
        "FG1571",
        "1 validation error detected: Value 'AL2023_x86_64' at 'amiType' failed to satisfy constraint: Member must "
        "satisfy enum value set: [AL2_x86_64, AL2_x86_64_GPU, AL2_ARM_64, CUSTOM, BOTTLEROCKET_ARM_64, "
        "BOTTLEROCKET_x86_64, "
        "BOTTLEROCKET_ARM_64_FIPS, BOTTLEROCKET_x86_64_FIPS, BOTTLEROCKET_ARM_64_NVIDIA, BOTTLEROCKET_x86_64_NVIDIA, "
        "BOTTLEROCKET_ARM_64_NVIDIA_FIPS, BOTTLEROCKET_x86_64_NVIDIA_FIPS, WINDOWS_CORE_2019_x86_64, "
        "WINDOWS_FULL_2019_x86_64, WINDOWS_CORE_2022_x86_64, WINDOWS_FULL_2022_x86_64, WINDOWS_CORE_2025_x86_64, "
        "WINDOWS_FULL_2025_x86_64, AL2023_x86_64_STANDARD, AL2023_ARM_64_STANDARD, AL2023_x86_64_NEURON, "
        "AL2023_x86_64_NVIDIA, AL2023_ARM_64_NVIDIA]",
        amiType="AL2023_x86_64",
    ),
    nodes(
        f"{PF}-custom-ami",
        "FG798",
        "Launch template details can't be null for Custom ami type node group",
        amiType="CUSTOM",
    ),
    nodes(
        f"{PF}-template-without-name",
        "FG798",
        "Either a launch template ID or a launch template name must be specified in the request.",
        launchTemplate={"version": "1"},
    ),
    nodes(
        f"{PF}-template-twice",
        "FG798",
        "Either provide launch template ID or launch template name in the request.",
        launchTemplate={**TEMPLATE, "name": "a"},
    ),
    nodes(
        f"{PF}-template-and-disk",
        "FG798",
        "Disk size must be specified within the launch template.",
        launchTemplate=TEMPLATE,
        diskSize=50,
    ),
    nodes(
        f"{PF}-template-and-access",
        "FG798",
        "Remote access configuration cannot be specified with a launch template.",
        launchTemplate=TEMPLATE,
        remoteAccess={"ec2SshKey": "k"},
    ),
    nodes(
        "k8s-tester-role-of-the-cluster",
        "FG719",
        "Following required service principals [ec2.amazonaws.com] were not found in the trust relationships of "
        "nodeRole {cluster}",
        role="cluster",
    ),
    plain(
        f"{MOTO}-describe-none",
        "describe_nodegroup",
        "",
        "No node group found for name: none.",
        code=NOT_FOUND,
        clusterName="ready",
        nodegroupName="none",
    ),
    plain(
        f"{MOTO}-update-none",
        "update_nodegroup_config",
        "FG732",
        "No node group found for name: none.",
        code=NOT_FOUND,
        clusterName="ready",
        nodegroupName="none",
    ),
]

ADDONS = [
    plain(
        f"{PF}-twice",
        "create_addon",
        "FG730",
        "Addon already exists.",
        code=IN_USE,
        clusterName="ready",
        addonName="vpc-cni",
    ),
    plain(
        f"{PF}-values-unclosed",
        "create_addon",
        "FG706",
        "The ConfigurationValues provided is not in valid YAML or JSON format.",
        clusterName="ready",
        addonName="coredns",
        configurationValues='{"replicaCount": 1',
    ),
    plain(
        f"{PF}-version-without-build",
        "create_addon",
        "FG792",
        "Addon version specified is not supported",
        clusterName="ready",
        addonName="coredns",
        addonVersion="1.11.4",
    ),
    plain(
        "kube-proxy-of-another-minor",
        "create_addon",
        "FG792",
        "Addon version specified is not supported",
        clusterName="ready",
        addonName="kube-proxy",
        addonVersion="v1.30.0-eksbuild.3",
    ),
    plain(
        "field-no-such-addon",
        "create_addon",
        "FG792",
        "Addon aws-load-balancer-controller specified is not supported in 1.35 kubernetes version",
        clusterName="ready",
        addonName="aws-load-balancer-controller",
    ),
    plain(
        f"{PF}-namespace",
        "create_addon",
        "FG799",
        "Provided namespace value is not a valid RFC 1123 DNS label",
        clusterName="ready",
        addonName="coredns",
        namespaceConfig={"namespace": "bad_ns"},
    ),
    plain(
        f"{PF}-role-of-another-account",
        "create_addon",
        "FG716",
        "Cross-account pass role is not allowed.",
        code=DENIED,
        clusterName="ready",
        addonName="coredns",
        serviceAccountRoleArn=FOREIGN,
    ),
    plain(
        "guide-none",
        "describe_addon",
        "",
        "No addon: coredns found in cluster: ready",
        code=NOT_FOUND,
        clusterName="ready",
        addonName="coredns",
    ),
    plain(
        "guide-update-none",
        "update_addon",
        "FG733",
        "No addon: coredns found in cluster: ready",
        code=NOT_FOUND,
        clusterName="ready",
        addonName="coredns",
    ),
]
