"""What Fargate, the kernel and Windows do not do, in the words of AWS.

stackd: a recorded answer in https://github.com/radkawar/stackd (testdata/aws/ecs/controls.json).
pf-...: the case of that name in https://github.com/badmintoncryer/cdk-preflight (rules/ecs), deployed to the real AWS.
"""

from __future__ import annotations

from typing import Any

from refusing import C0, C1, case, not_among, row
from requests_as_written import app, ec2, fargate, linux, sidecar

PRIVILEGED = "Fargate requires that the 'privileged' setting be 'false'"
"""pf-ecs-fargate-privileged of https://github.com/badmintoncryer/cdk-preflight; its log has ? for these quotes."""

UNSUPPORTED = [
    case(
        "R-022-privileged",
        fargate(app(privileged=True)),
        "FG130",
        f"{C0}.privileged",
        PRIVILEGED,
        row("F09"),
        row("T03"),
    ),
    case(
        "R-022-privileged-sidecar",
        fargate(app(), sidecar(privileged=True)),
        "FG130",
        f"{C1}.privileged",
        PRIVILEGED,
        row("F09"),
    ),
    case(
        "R-022-privileged-ec2-and-fargate",
        fargate(app(privileged=True), requiresCompatibilities=["EC2", "FARGATE"]),
        "FG130",
        f"{C0}.privileged",
        PRIVILEGED,
        row("F09"),
    ),
    case(
        "R-023-gpu",
        fargate(app(resourceRequirements=[{"type": "GPU", "value": "1"}])),
        "FG131",
        f"{C0}.resourceRequirements[0]",
        "Tasks using the Fargate launch type do not support GPU resource requirements",
        row("F08"),
        row("T03"),
    ),
    case(
        "R-023-neuron",
        fargate(app(resourceRequirements=[{"type": "NeuronDevice", "value": "1"}])),
        "FG132",
        f"{C0}.resourceRequirements[0]",
        "Fargate compatible task definitions do not support resourceRequirements",
    ),
    case(
        "R-024-elastic-inference",
        ec2(inferenceAccelerators=[{"deviceName": "device_1", "deviceType": "eia1.medium"}]),
        "FG133",
        "inferenceAccelerators",
        "Unsupported field 'inferenceAccelerators'",
    ),
    case(
        "R-025-ipc-mode",
        fargate(ipcMode="task"),
        "FG134",
        "ipcMode",
        "Fargate compatible task definitions do not support ipcMode",
    ),
    case(
        "R-025-devices",
        linux(devices=[{"hostPath": "/dev/fuse"}]),
        "FG137",
        f"{C0}.linuxParameters.devices",
        "Fargate compatible task definitions do not support devices",
    ),
    case(
        "R-025-shared-memory",
        linux(sharedMemorySize=64),
        "FG137",
        f"{C0}.linuxParameters.sharedMemorySize",
        "Fargate compatible task definitions do not support sharedMemorySize",
    ),
    case(
        "R-025-max-swap",
        linux(maxSwap=1024),
        "FG137",
        f"{C0}.linuxParameters.maxSwap",
        "Fargate compatible task definitions do not support maxSwap",
    ),
    case(
        "R-025-swappiness",
        linux(swappiness=60),
        "FG137",
        f"{C0}.linuxParameters.swappiness",
        "Fargate compatible task definitions do not support swappiness",
    ),
    case(
        "R-025-docker-security-options",
        fargate(app(dockerSecurityOptions=["no-new-privileges"])),
        "FG137",
        f"{C0}.dockerSecurityOptions",
        "Fargate compatible task definitions do not support dockerSecurityOptions",
    ),
    case(
        "R-027-pid-mode-host",
        fargate(pidMode="host"),
        "FG135",
        "pidMode",
        "Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for pidMode is 'task'.",
    ),
    case(
        "R-032-net-admin",
        linux(capabilities={"add": ["NET_ADMIN"]}),
        "FG138",
        f"{C0}.linuxParameters.capabilities.add[0]",
        "NET_ADMIN is not allowed on Fargate.",
    ),
    case(
        "R-032-second-of-two",
        linux(capabilities={"add": ["SYS_PTRACE", "SYS_ADMIN"]}),
        "FG138",
        f"{C0}.linuxParameters.capabilities.add[1]",
        "SYS_ADMIN is not allowed on Fargate.",
    ),
    case(
        "R-056-placement-constraints",
        fargate(placementConstraints=[{"type": "memberOf", "expression": "attribute:ecs.os-type == linux"}]),
        "FG136",
        "placementConstraints",
        "Fargate compatible task definitions do not support constraints",
    ),
    case(
        "R-025-ipc-mode-host",
        fargate(ipcMode="host"),
        "FG134",
        "ipcMode",
        "Fargate compatible task definitions do not support ipcMode",
    ),
    case(
        "R-023-gpu-of-the-second-container",
        fargate(app(), sidecar(resourceRequirements=[{"type": "GPU", "value": "1"}])),
        "FG131",
        f"{C1}.resourceRequirements[0]",
        "Tasks using the Fargate launch type do not support GPU resource requirements",
        row("F08"),
    ),
    case(
        "R-023-inference-accelerator",
        fargate(app(resourceRequirements=[{"type": "InferenceAccelerator", "value": "device_1"}])),
        "FG132",
        f"{C0}.resourceRequirements[0]",
        "Fargate compatible task definitions do not support resourceRequirements",
    ),
    *(
        case(
            f"R-032-{capability}",
            linux(capabilities={"add": [capability]}),
            "FG138",
            f"{C0}.linuxParameters.capabilities.add[0]",
            f"{capability} is not allowed on Fargate.",
        )
        for capability in ("SYS_ADMIN", "NET_BIND_SERVICE", "SETGID", "ALL", "CAP_SYS_PTRACE")
    ),
    case(
        "R-339-trusted-execution",
        fargate(trustedExecutionConfiguration={"isolationMode": "SHARED"}),
        "FG1144",
        "trustedExecutionConfiguration",
        "Fargate compatible task definitions do not support trustedExecutionConfiguration",
    ),
]

KERNEL = [
    case(
        "Shippable-support-3699-ulimit-of-no-kind",
        fargate(app(ulimits=[{"name": "memory", "softLimit": 1, "hardLimit": 1}])),
        "FG1100",
        f"{C0}.ulimits[0].name",
        "Unrecognized ulimit name memory",
    ),
    case(
        "R-034-soft-over-hard",
        fargate(app(ulimits=[{"name": "nofile", "softLimit": 65535, "hardLimit": 1024}])),
        "FG1101",
        f"{C0}.ulimits[0].softLimit",
        "The soft limit of ulimit nofile cannot be greater than its hard limit.",
    ),
    case(
        "R-034-no-soft-limit-but-a-hard-one",
        ec2(app(memory=64, ulimits=[{"name": "memlock", "softLimit": -1, "hardLimit": 1024}])),
        "FG1101",
        f"{C0}.ulimits[0].softLimit",
        "The soft limit of ulimit memlock cannot be greater than its hard limit.",
    ),
    case(
        "R-034-twice",
        fargate(app(ulimits=[{"name": "nofile", "softLimit": 1024, "hardLimit": 4096}] * 2)),
        "FG1101",
        f"{C0}.ulimits",
        "Duplicate ulimit name nofile",
    ),
    *(
        case(
            f"R-028-{namespace}",
            fargate(app(systemControls=[{"namespace": namespace, "value": "262144"}])),
            "FG1102",
            f"{C0}.systemControls[0].namespace",
            f"Unsupported system control '{namespace}'.",
        )
        for namespace in ("vm.max_map_count", "fs.file-max", "kernel.pid_max")
    ),
    case(
        "R-028-net-of-the-host",
        ec2(app(memory=64, systemControls=[{"namespace": "net.core.somaxconn", "value": "1024"}]), networkMode="host"),
        "FG1102",
        f"{C0}.systemControls[0].namespace",
        "System control 'net.core.somaxconn' is not supported when networkMode=host.",
    ),
    case(
        "R-033-tmpfs-of-nothing",
        linux(tmpfs=[{"containerPath": "/run", "size": 0}]),
        "FG397",
        f"{C0}.linuxParameters.tmpfs[0].size",
        "Size of a tmpfs is invalid. The size is required and must be a positive integer.",
    ),
    case(
        "R-033-swappiness-of-101",
        ec2(app(memory=64, linuxParameters={"maxSwap": 64, "swappiness": 101})),
        "FG398",
        f"{C0}.linuxParameters.swappiness",
        "Invalid swappiness: 101, must be between 0 and 100.",
    ),
    case(
        "R-033-negative-swap",
        ec2(app(memory=64, linuxParameters={"maxSwap": -1})),
        "FG398",
        f"{C0}.linuxParameters.maxSwap",
        "Invalid swap memory size: -1, must be non-negative.",
    ),
]


def windows(*containers: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A Fargate definition for Windows."""
    platform = {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE", "cpuArchitecture": "X86_64"}
    return fargate(*containers, cpu="1024", memory="2048", runtimePlatform=platform, **changes)


NO_WINDOWS = "Fargate compatible task definitions do not support {} for Windows"
EFS = {"name": "v", "efsVolumeConfiguration": {"fileSystemId": "fs-0123456789abcdef0"}}

OLD_WINDOWS = "WINDOWS_SERVER_2016_FULL"
FARGATE_SYSTEMS = (
    "LINUX, WINDOWS_SERVER_2019_FULL, WINDOWS_SERVER_2019_CORE, WINDOWS_SERVER_2022_FULL, WINDOWS_SERVER_2022_CORE, "
    "WINDOWS_SERVER_2025_FULL, WINDOWS_SERVER_2025_CORE"
)
WINDOWS = [
    case(
        "R-010-windows-of-2016",
        fargate(cpu="1024", memory="2048", runtimePlatform={"operatingSystemFamily": OLD_WINDOWS}),
        "FG395",
        "runtimePlatform.operatingSystemFamily",
        not_among(OLD_WINDOWS, "operatingSystemFamily", FARGATE_SYSTEMS),
    ),
    case(
        "R-004-windows-on-arm",
        fargate(
            cpu="1024",
            memory="2048",
            runtimePlatform={"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE", "cpuArchitecture": "ARM64"},
        ),
        "FG139",
        "runtimePlatform.cpuArchitecture",
        "Windows tasks on Fargate support only the X86_64 CPU architecture.",
        row("F11"),
    ),
    case("R-027-windows", windows(pidMode="task"), "FG391", "pidMode", NO_WINDOWS.format("pidMode"), row("F11")),
    *(
        case(
            f"R-034-windows-{member}",
            windows(app(**{member: value})),
            "FG391",
            f"{C0}.{member}",
            NO_WINDOWS.format(member),
            row("F11"),
        )
        for member, value in (
            ("linuxParameters", {"initProcessEnabled": True}),
            ("ulimits", [{"name": "nofile", "softLimit": 1024, "hardLimit": 4096}]),
            ("systemControls", [{"namespace": "net.core.somaxconn", "value": "1024"}]),
            ("user", "ContainerUser"),
            ("readonlyRootFilesystem", True),
        )
    ),
    case(
        "R-176-windows",
        windows(volumes=[EFS]),
        "FG392",
        "volumes[0].efsVolumeConfiguration",
        NO_WINDOWS.format("efsVolumeConfiguration"),
        row("F11"),
    ),
    *(
        case(
            f"R-035-windows-{driver}",
            windows(app(logConfiguration={"logDriver": driver, "options": options}), *routers),
            "FG160",
            f"{C0}.logConfiguration.logDriver",
            f"{driver} is not a valid log driver. Must be one of [awslogs]",
            row("F11"),
        )
        for driver, options, routers in (
            ("splunk", {"splunk-token": "t", "splunk-url": "https://splunk.example.com"}, ()),
            ("awsfirelens", {}, (sidecar(firelensConfiguration={"type": "fluentbit"}),)),
        )
    ),
    case(
        "R-027-windows-pid-mode-host",
        windows(pidMode="host"),
        "FG135",
        "pidMode",
        "Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for pidMode is 'task'.",
    ),
]
