"""Values that AWS does not offer, and what it refuses of a definition as a whole, with its words."""

from __future__ import annotations

from typing import Any

from refusing import C0, C1, INVALID, case, not_among
from requests_as_written import app, ec2, efs, fargate, sidecar

CONSTRAINT = {"type": "memberOf", "expression": "attribute:ecs.os-type == linux"}
SYSTEMS = (
    "WINDOWS_SERVER_2019_FULL, WINDOWS_SERVER_2019_CORE, WINDOWS_SERVER_2016_FULL, WINDOWS_SERVER_2004_CORE, "
    "WINDOWS_SERVER_2022_CORE, WINDOWS_SERVER_2022_FULL, WINDOWS_SERVER_2025_CORE, WINDOWS_SERVER_2025_FULL, "
    "WINDOWS_SERVER_20H2_CORE, LINUX"
)


def value(name: str, request: dict[str, Any], at: str, text: str) -> Any:
    """A value that AWS does not offer."""
    return case(f"not-offered-{name}", request, "FG377", at, text)


VALUES = [
    value(
        "launch-type-of-spot",
        ec2(requiresCompatibilities=["EC2", "FARGATE_SPOT"]),
        "requiresCompatibilities[1]",
        not_among("FARGATE_SPOT", "requiresCompatibilities", "EC2, FARGATE, EXTERNAL, MANAGED_INSTANCES"),
    ),
    value(
        "launch-type-in-small-letters",
        ec2(requiresCompatibilities=["fargate"]),
        "requiresCompatibilities[0]",
        not_among("fargate", "requiresCompatibilities", "EC2, FARGATE, EXTERNAL, MANAGED_INSTANCES"),
    ),
    value(
        "network-mode",
        ec2(networkMode="vpc"),
        "networkMode",
        not_among("vpc", "networkMode", "bridge, host, awsvpc, none"),
    ),
    value(
        "architecture",
        fargate(runtimePlatform={"cpuArchitecture": "AMD64"}),
        "runtimePlatform.cpuArchitecture",
        not_among("AMD64", "cpuArchitecture", "X86_64, ARM64"),
    ),
    value(
        "architecture-in-small-letters",
        fargate(runtimePlatform={"cpuArchitecture": "arm64", "operatingSystemFamily": "LINUX"}),
        "runtimePlatform.cpuArchitecture",
        not_among("arm64", "cpuArchitecture", "X86_64, ARM64"),
    ),
    value(
        "system",
        fargate(runtimePlatform={"operatingSystemFamily": "UBUNTU"}),
        "runtimePlatform.operatingSystemFamily",
        not_among("UBUNTU", "operatingSystemFamily", SYSTEMS),
    ),
    value("pid-mode", ec2(pidMode="container"), "pidMode", not_among("container", "pidMode", "host, task")),
    value("ipc-mode", ec2(ipcMode="shared"), "ipcMode", not_among("shared", "ipcMode", "host, task, none")),
    value(
        "condition",
        fargate(app(dependsOn=[{"containerName": "sidecar", "condition": "RUNNING"}]), sidecar()),
        f"{C0}.dependsOn[0].condition",
        not_among("RUNNING", "condition", "START, COMPLETE, SUCCESS, HEALTHY"),
    ),
    value(
        "protocol-of-the-application",
        fargate(app(portMappings=[{"containerPort": 80, "name": "http", "appProtocol": "https"}])),
        f"{C0}.portMappings[0].appProtocol",
        not_among("https", "appProtocol", "http, http2, grpc"),
    ),
    value(
        "environment-file",
        fargate(app(environmentFiles=[{"type": "efs", "value": "arn:aws:s3:::bucket/app.env"}])),
        f"{C0}.environmentFiles[0].type",
        not_among("efs", "type", "s3"),
    ),
    value(
        "router",
        fargate(app(logConfiguration={"logDriver": "awsfirelens"}), sidecar(firelensConfiguration={"type": "vector"})),
        f"{C1}.firelensConfiguration.type",
        not_among("vector", "type", "fluentd, fluentbit"),
    ),
    value(
        "resource",
        ec2(app(memory=64, resourceRequirements=[{"type": "TPU", "value": "1"}])),
        f"{C0}.resourceRequirements[0].type",
        not_among("TPU", "type", "GPU, InferenceAccelerator, NeuronDevice"),
    ),
    value(
        "version-consistency",
        fargate(app(versionConsistency="on")),
        f"{C0}.versionConsistency",
        not_among("on", "versionConsistency", "enabled, disabled"),
    ),
    value(
        "constraint",
        ec2(placementConstraints=[{**CONSTRAINT, "type": "distinctInstance"}]),
        "placementConstraints[0].type",
        not_among("distinctInstance", "type", "memberOf"),
    ),
    value(
        "encryption",
        efs(transitEncryption="enabled"),
        "volumes[0].efsVolumeConfiguration.transitEncryption",
        not_among("enabled", "transitEncryption", "ENABLED, DISABLED"),
    ),
    value(
        "scope",
        ec2(volumes=[{"name": "v", "dockerVolumeConfiguration": {"scope": "host"}}]),
        "volumes[0].dockerVolumeConfiguration.scope",
        not_among("host", "scope", "task, shared"),
    ),
]

WHOLE = [
    case("field-report-no-tags", fargate(tags=[]), "FG1130", "tags", "Tags can not be empty."),
    case(
        "R-171-fifty-one-tags",
        fargate(tags=[{"key": f"k{index}", "value": "v"} for index in range(51)]),
        "FG1131",
        "tags",
        "tags can have at most 50 items.",
        code=INVALID,
    ),
    case(
        "R-171-one-key-twice",
        fargate(tags=[{"key": "team", "value": "a"}, {"key": "team", "value": "b"}]),
        "FG1131",
        "tags",
        "Tag keys must be unique.",
        code=INVALID,
    ),
    case(
        "R-171-key-of-aws",
        fargate(tags=[{"key": "aws:team", "value": "a"}]),
        "FG1131",
        "tags[0].key",
        "Tag keys and values beginning with aws: are reserved for system use.",
        code=INVALID,
    ),
    case(
        "R-056-eleven-constraints",
        ec2(placementConstraints=[CONSTRAINT] * 11),
        "FG1141",
        "placementConstraints",
        "placementConstraints can have at most 10 items.",
    ),
    case(
        "R-056-no-expression",
        ec2(placementConstraints=[{"type": "memberOf"}]),
        "FG1141",
        "placementConstraints[0].expression",
        "constraint.expression should not be null or empty.",
    ),
    case(
        "API-model-two-credential-specs",
        ec2(app(memory=64, credentialSpecs=["credentialspec:arn:aws:s3:::b/1", "credentialspec:arn:aws:s3:::b/2"])),
        "FG1145",
        f"{C0}.credentialSpecs",
        "credentialSpecs can have at most 1 items.",
    ),
    case(
        "R-058-more-than-64-kilobytes",
        {
            "family": "web",
            "containerDefinitions": [app(memory=64, environment=[{"name": "A", "value": "x" * 65387}])],
        },
        "FG1140",
        "containerDefinitions",
        "Actual length: '65537'. Max allowed length is '65536' bytes.",
    ),
]
