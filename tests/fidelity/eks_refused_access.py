"""Access entries, pod identities and identity providers as AWS refuses them."""

from __future__ import annotations

from typing import Any

from eks_as_written import OTHER, POLICY, ROLE, World
from eks_refusing import DENIED, FOREIGN, IN_USE, NOT_FOUND, PARAMETER, PF, REQUEST, case, entry, plain

TYPES = "[EC2_LINUX, EC2_WINDOWS, FARGATE_LINUX, HYBRID_LINUX, EC2]"
MODE = "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation."
NO_POLICY = (
    "The specified policyArn could not be found. You can view your available access policies with "
    "'list-access-policies'"
)
NO_ENTRY = (
    "The specified principalArn could not be found. You can view your available access entries with "
    "'list-access-entries'."
)


def policy(title: str, law: str, text: str, *, code: str = PARAMETER, of: str = "user", **changes: Any) -> Any:
    """A refused AssociateAccessPolicy."""

    def make(world: World) -> dict[str, Any]:
        asked = {"policyArn": POLICY, "accessScope": {"type": "cluster"}, **changes}
        return {"clusterName": "ready", "principalArn": world.ids.get(of, of), **asked}

    return case(title, "associate_access_policy", make, law, text, code=code)


ACCESS = [
    entry(
        f"{PF}-groups-system",
        "FG707",
        "The kubernetes group name system:x is invalid, it cannot start with system:",
        principal="tasks",
        kubernetesGroups=["system:x"],
    ),
    entry(
        f"{PF}-groups-aws",
        "FG707",
        "The kubernetes group name aws:x is invalid, it cannot start with aws:",
        principal="tasks",
        kubernetesGroups=["a", "aws:x"],
    ),
    entry(
        f"{PF}-user-system",
        "FG707",
        "The username must not begin with system:",
        principal="tasks",
        username="system:ann",
    ),
    entry("assumed-no-arn", "FG711", "The principalArn parameter format is not valid", principal="ann"),
    entry(
        "assumed-type",
        "FG721",
        "The specified type is invalid: must be one of [STANDARD, EC2_LINUX, EC2_WINDOWS, FARGATE_LINUX, HYBRID_LINUX, "
        "EC2, HYPERPOD_LINUX]",
        principal="tasks",
        type="LINUX",
    ),
    case(
        f"{PF}-linked-role",
        "create_access_entry",
        lambda world: {
            "clusterName": "ready",
            "principalArn": f"arn:aws:iam::{OTHER}:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS",
        },
        "FG712",
        "The caller is not allowed to modify access entries with a principalArn value of a Service Linked Role",
    ),
    case(
        f"{PF}-node-is-a-user",
        "create_access_entry",
        lambda world: {"clusterName": "busy", "principalArn": world["user"], "type": "EC2_LINUX"},
        "FG713",
        f"AccessEntry principalArn must be IAM role when using types {TYPES}",
    ),
    entry(
        f"{PF}-node-of-another-account",
        "FG714",
        f"AccessEntry principalArn must be from the same account as the cluster when using types {TYPES}",
        principal=FOREIGN,
        type="FARGATE_LINUX",
    ),
    case(
        f"{PF}-config-map",
        "create_access_entry",
        lambda world: {"clusterName": "map", "principalArn": world["user"]},
        "FG722",
        MODE,
        code=REQUEST,
    ),
    entry(
        f"{PF}-twice",
        "FG723",
        "The specified access entry resource is already in use on this cluster.",
        code=IN_USE,
        principal="user",
    ),
    entry(
        "field-no-such-role",
        "FG724",
        "The specified principalArn is invalid: invalid principal.",
        principal=ROLE + "none",
    ),
    entry(
        f"{PF}-groups-of-nodes",
        "FG748",
        "The specified kubernetesGroups is invalid: setting kubernetesGroups is not allowed when the type is "
        '"EC2_LINUX"',
        principal="tasks",
        type="EC2_LINUX",
        kubernetesGroups=["viewers"],
    ),
    entry(
        f"{PF}-user-of-nodes",
        "FG748",
        'The specified username is invalid: setting username is not allowed when the type is "EC2_LINUX"',
        principal="tasks",
        type="EC2_LINUX",
        username="node",
    ),
    policy(
        f"{PF}-policy-of-iam",
        "FG749",
        "The policyArn parameter format is not valid",
        policyArn="arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
    ),
    policy(
        f"{PF}-policy-of-another-partition",
        "FG749",
        NO_POLICY,
        code=NOT_FOUND,
        policyArn="arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
    ),
    policy(
        f"{PF}-no-namespace",
        "FG766",
        "At least 1 namespace must be provided if the type is set as namespace",
        accessScope={"type": "namespace"},
    ),
    policy(
        f"{PF}-namespaces-of-the-cluster",
        "FG766",
        "accessScope should not include namespaces if the type is not set as namespace",
        accessScope={"type": "cluster", "namespaces": ["default"]},
    ),
    policy(
        f"{PF}-policy-for-nodes",
        "FG767",
        'This operation can only be performed on Access Entries with a type of "STANDARD"',
        code=REQUEST,
        of="nodes",
    ),
    policy("field-no-entry", "FG768", NO_ENTRY, code=NOT_FOUND, of=ROLE + "none"),
    case(
        "field-describe-no-entry",
        "describe_access_entry",
        lambda world: {"clusterName": "ready", "principalArn": ROLE + "none"},
        "",
        NO_ENTRY,
        code=NOT_FOUND,
    ),
]


def identity(title: str, law: str, text: str, *, code: str = PARAMETER, role: str = "identity", **changes: Any) -> Any:
    """A refused CreatePodIdentityAssociation."""

    def make(world: World) -> dict[str, Any]:
        asked = {"serviceAccount": "api", "roleArn": world.ids.get(role, role), **changes}
        return world.identity(**asked)

    return case(title, "create_pod_identity_association", make, law, text, code=code)


def provider(title: str, law: str, text: str, **changes: Any) -> Any:
    """A refused AssociateIdentityProviderConfig."""
    oidc = {"identityProviderConfigName": "okta", "issuerUrl": "https://example.okta.com", "clientId": "k", **changes}
    return plain(title, "associate_identity_provider_config", law, text, clusterName="ready", oidc=oidc)


OTHERS = [
    identity(
        f"{PF}-namespace",
        "FG708",
        "The parameter namespace contains invalid characters. It should conform to the regular expression "
        "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
        namespace="a.b",
    ),
    identity(
        f"{PF}-service-account",
        "FG709",
        "The parameter serviceAccount contains invalid characters. It should conform to the regular expression "
        "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
        serviceAccount="a..b",
    ),
    identity(
        f"{PF}-role-of-another-account", "FG716", "Cross-account pass role is not allowed.", code=DENIED, role=FOREIGN
    ),
    identity(
        f"{PF}-trust-without-tags", "FG720", "Trust policy of the role provided is invalid.", role="identity-untagged"
    ),
    identity(
        f"{PF}-policy-with-tags",
        "FG794",
        "When policy is specified, disableSessionTags must be set to true",
        policy="{}",
    ),
    identity(f"{PF}-twice", "FG786", "Association already exists: {association}", code=IN_USE, serviceAccount="web"),
    provider(f"{PF}-issuer-by-http", "FG746", "IssuerURL must use https:// scheme.", issuerUrl="http://example.com"),
    provider(
        f"{PF}-user-prefix",
        "FG747",
        "The prefix system: is reserved for Kubernetes system use",
        usernamePrefix="system:",
    ),
    provider(
        f"{PF}-group-prefix",
        "FG747",
        "The prefix system: is reserved for Kubernetes system use",
        groupsPrefix="system:",
    ),
    case(
        "assumed-tags-of-nothing",
        "tag_resource",
        lambda world: {"resourceArn": "arn:aws:eks:us-east-1:123456789012:cluster/none", "tags": {"a": "b"}},
        "",
        "Resource not found: arn:aws:eks:us-east-1:123456789012:cluster/none",
        code="NotFoundException",
    ),
]
