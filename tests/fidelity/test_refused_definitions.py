"""Task definitions that the real AWS refuses, with its own words.

Each case names the row of the fact sheet (R-...), the law of ours that refuses (FG...), where, and the whole text.
"""

from __future__ import annotations

from typing import Any

import pytest
from requests_as_written import AWSLOGS, ECR, ROLE, SECRET, app, ec2, efs, fargate, linux, sidecar, without

from simcloud.rules.engine import judge
from simcloud.rules.seen import Seen

C0, C1 = "containerDefinitions[0]", "containerDefinitions[1]"
NO_SUCH_SIZE = (
    "No Fargate configuration exists for given values: {} CPU, {} memory. "
    "See the Amazon ECS documentation for the valid values."
)
WINDOWS = {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}
row = pytest.mark.row


def case(name: str, request: dict[str, Any], law: str, at: str, text: str, *marks: pytest.MarkDecorator) -> Any:
    return pytest.param(request, law, at, text, id=name, marks=marks)


def size(cpu: str, memory: str, cpu_units: int, mib: int, at: str, **changes: Any) -> Any:
    return case(
        f"R-005-{cpu}-{memory}",
        fargate(cpu=cpu, memory=memory, **changes),
        "FG102",
        at,
        NO_SUCH_SIZE.format(cpu_units, mib),
    )


SIZES = [
    size("256", "4096", 256, 4096, "memory"),
    size("300", "512", 300, 512, "cpu"),
    size("512", "512", 512, 512, "memory"),
    size("1024", "1024", 1024, 1024, "memory"),
    size("1 vCPU", "1 GB", 1024, 1024, "memory"),
    size("2048", "3000", 2048, 3000, "memory"),
    size("4096", "31744", 4096, 31744, "memory"),
    size("8192", "17408", 8192, 17408, "memory"),
    size("16384", "16384", 16384, 16384, "memory"),
    size("16384", "122881", 16384, 122881, "memory"),
    size("32768", "65536", 32768, 65536, "memory"),
    size("65536", "249856", 65536, 249856, "cpu"),
    size(".5 vCPU", "0.5GB", 512, 512, "memory"),
    size("1", "2", 1, 2, "cpu"),
    size("256", "512", 256, 512, "cpu", requiresCompatibilities=["EC2", "FARGATE"], runtimePlatform=WINDOWS),
    case(
        "R-004-windows-half-vcpu",
        fargate(cpu="512", memory="2048", runtimePlatform=WINDOWS),
        "FG102",
        "cpu",
        NO_SUCH_SIZE.format(512, 2048),
        row("F11"),
    ),
    case(
        "R-004-windows-eight-vcpu",
        fargate(cpu="8192", memory="16384", runtimePlatform=WINDOWS),
        "FG102",
        "cpu",
        NO_SUCH_SIZE.format(8192, 16384),
        row("F11"),
    ),
    case(
        "R-004-windows-32-vcpu",
        fargate(cpu="32768", memory="61440", runtimePlatform=WINDOWS),
        "FG102",
        "cpu",
        NO_SUCH_SIZE.format(32768, 61440),
    ),
    case("R-006-cpu-of-letters", fargate(cpu="abc"), "FG103", "cpu", "Invalid 'cpu' setting for task."),
    case("R-006-cpu-of-zero", fargate(cpu="0"), "FG103", "cpu", "Invalid 'cpu' setting for task."),
    case("R-006-cpu-negative", fargate(cpu="-256"), "FG103", "cpu", "Invalid 'cpu' setting for task."),
    case("R-006-memory-of-letters", fargate(memory="lots"), "FG105", "memory", "Invalid 'memory' setting for task."),
    case(
        "R-007-no-cpu",
        without(fargate(), "cpu"),
        "FG100",
        "cpu",
        "Fargate requires that 'cpu' be defined at the task level.",
    ),
    case(
        "R-007-no-memory",
        without(fargate(app(memory=512)), "memory"),
        "FG101",
        "memory",
        "Fargate requires that 'memory' be defined at the task level.",
    ),
    case("R-009-ec2-cpu-too-small", ec2(cpu="64"), "FG104", "cpu", "Invalid 'cpu' setting for task."),
    case("R-009-ec2-cpu-too-large", ec2(cpu="196609"), "FG104", "cpu", "Invalid 'cpu' setting for task."),
]

NETWORK = [
    *(
        case(
            f"R-013-{mode}",
            fargate(networkMode=mode),
            "FG110",
            "networkMode",
            "Fargate only supports network mode ‘awsvpc’.",
            row("F12"),
        )
        for mode in ("bridge", "host", "none")
    ),
    case(
        "R-013-absent",
        without(fargate(), "networkMode"),
        "FG110",
        "networkMode",
        "Fargate only supports network mode ‘awsvpc’.",
        row("F12"),
    ),
    case(
        "R-029-links",
        fargate(app(links=["sidecar"]), sidecar()),
        "FG111",
        f"{C0}.links",
        "Links are not supported when networkMode=awsvpc.",
    ),
    case(
        "R-029-extra-hosts",
        fargate(app(extraHosts=[{"hostname": "db", "ipAddress": "10.0.0.9"}])),
        "FG111",
        f"{C0}.extraHosts",
        "Extra hosts are not supported on container when networkMode=awsvpc.",
    ),
    case(
        "R-029-dns-servers",
        fargate(app(dnsServers=["10.0.0.2"])),
        "FG111",
        f"{C0}.dnsServers",
        "DNS servers are not supported on container when networkMode=awsvpc",
    ),
    case(
        "R-028-dns-search-domains",
        fargate(app(dnsSearchDomains=["example.com"])),
        "FG111",
        f"{C0}.dnsSearchDomains",
        "DNS search domains are not supported on container when networkMode=awsvpc",
    ),
    case(
        "R-029-disable-networking",
        fargate(app(disableNetworking=True)),
        "FG111",
        f"{C0}.disableNetworking",
        "Disable Networking is not supported on container when networkMode=awsvpc.",
    ),
    case(
        "R-029-hostname",
        fargate(app(hostname="web-1")),
        "FG111",
        f"{C0}.hostname",
        "hostname is not supported on container when networkMode=awsvpc.",
    ),
    case(
        "R-030-host-port-differs",
        fargate(app(portMappings=[{"containerPort": 80, "hostPort": 8080}])),
        "FG123",
        f"{C0}.portMappings[0].hostPort",
        "When networkMode=awsvpc, the host ports and container ports in port mappings must match.",
    ),
    case(
        "R-031-port-zero",
        fargate(app(portMappings=[{"containerPort": 0}])),
        "FG120",
        f"{C0}.portMappings[0].containerPort",
        "Invalid 'containerPort' setting for container 'app'.",
    ),
    case(
        "R-031-port-too-high",
        fargate(app(portMappings=[{"containerPort": 70000}])),
        "FG120",
        f"{C0}.portMappings[0].containerPort",
        "Invalid 'containerPort' setting for container 'app'.",
    ),
    case(
        "R-031-no-port",
        fargate(app(portMappings=[{"protocol": "tcp"}])),
        "FG120",
        f"{C0}.portMappings[0].containerPort",
        "Invalid 'containerPort' setting for container 'app'.",
    ),
    case(
        "R-031-range-reversed",
        fargate(app(portMappings=[{"containerPortRange": "90-80"}])),
        "FG121",
        f"{C0}.portMappings[0].containerPortRange",
        "Invalid 'containerPortRange' setting for container 'app'.",
    ),
    case(
        "R-031-port-and-range",
        fargate(app(portMappings=[{"containerPort": 80, "containerPortRange": "90-95"}])),
        "FG122",
        f"{C0}.portMappings[0]",
        "cannot specify both single port and port range",
    ),
    case(
        "R-031-ranges-overlap",
        fargate(
            app(portMappings=[{"containerPortRange": "8080-8085"}]),
            sidecar(portMappings=[{"containerPortRange": "8085-8090"}]),
        ),
        "FG124",
        "containerDefinitions",
        "TCP container port '8085' is used multiple times in task when networkMode=awsvpc.",
    ),
    case(
        "R-031-two-containers-one-port",
        fargate(app(portMappings=[{"containerPort": 80}]), sidecar(portMappings=[{"containerPort": 80}])),
        "FG124",
        "containerDefinitions",
        "TCP container port '80' is used multiple times in task when networkMode=awsvpc.",
    ),
    case(
        "R-101-mapping-name-twice",
        fargate(app(portMappings=[{"containerPort": 80, "name": "http"}, {"containerPort": 81, "name": "http"}])),
        "FG125",
        "containerDefinitions",
        "When networkMode=awsvpc, port mapping name is already used",
    ),
    case(
        "R-025-proxy-container-missing",
        fargate(proxyConfiguration={"containerName": "envoy"}),
        "FG112",
        "proxyConfiguration.containerName",
        "Proxy container [envoy] does not exist",
    ),
]

CONTAINERS = [
    case(
        "R-014-no-containers",
        fargate(containerDefinitions=[]),
        "FG150",
        "containerDefinitions",
        "Container list cannot be empty.",
    ),
    case(
        "R-015-names-twice",
        fargate(app(), app()),
        "FG152",
        "containerDefinitions",
        "Container names must be unique within a task definition",
    ),
    case(
        "R-016-none-essential",
        fargate(app(essential=False), sidecar()),
        "FG153",
        "containerDefinitions",
        "Task definition doesn't have any essential container",
    ),
    case(
        "R-017-eleven-containers",
        fargate(*(app(name=f"c{index}") for index in range(11))),
        "FG151",
        "containerDefinitions",
        "Too many containers",
    ),
    case(
        "R-018-cpu-sum",
        fargate(app(cpu=200), sidecar(cpu=57)),
        "FG154",
        "cpu",
        "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'.",
    ),
    case(
        "R-019-memory-over-task",
        fargate(app(memory=513)),
        "FG155",
        f"{C0}.memory",
        "The 'memory' setting for container 'app' is greater than for the task.",
    ),
    case(
        "R-020-reservations-over-task",
        fargate(app(memoryReservation=300), sidecar(memoryReservation=300)),
        "FG156",
        "memory",
        "The sum of all container 'memory' values cannot be greater than the value of the task 'memory'.",
    ),
    case(
        "R-021-no-memory-anywhere",
        ec2(app()),
        "FG157",
        C0,
        "Invalid setting for container 'app'. At least one of 'memory' or 'memoryReservation' must be specified.",
    ),
    case(
        "R-021-soft-over-hard",
        fargate(app(memory=128, memoryReservation=256)),
        "FG158",
        f"{C0}.memoryReservation",
        "'memory' must be greater than or equal to 'memoryReservation'",
    ),
    case(
        "R-021-memory-of-five",
        fargate(app(memory=5)),
        "FG159",
        f"{C0}.memory",
        "Invalid setting for container 'app'. Minimum 'memory' is 6 MiB.",
    ),
    case(
        "R-058-image-empty",
        fargate(app(image="")),
        "FG142",
        f"{C0}.image",
        "Container.image should not be null or empty.",
    ),
    case(
        "R-058-image-a-placeholder",
        fargate(app(image="$IMAGE_NAME:$IMAGE_TAG")),
        "FG143",
        f"{C0}.image",
        "Container.image contains invalid characters.",
    ),
    case(
        "R-058-name-empty", fargate(app(name="")), "FG141", f"{C0}.name", "Container.name should not be null or empty."
    ),
    case(
        "R-058-name-with-a-space",
        fargate(app(name="my app")),
        "FG141",
        f"{C0}.name",
        "Container.name contains invalid characters.",
    ),
    case(
        "R-058-family-with-a-space", fargate(family="my web"), "FG140", "family", "Family contains invalid characters."
    ),
    case(
        "R-058-family-with-a-revision",
        fargate(family="web:1"),
        "FG140",
        "family",
        "Family contains invalid characters.",
    ),
    case("R-058-family-empty", fargate(family=""), "FG140", "family", "Family length should be between 1 and 255."),
    case(
        "R-058-family-of-256",
        fargate(family="w" * 256),
        "FG140",
        "family",
        "Family length should be between 1 and 255.",
    ),
]

UNSUPPORTED = [
    case(
        "R-022-privileged",
        fargate(app(privileged=True)),
        "FG130",
        f"{C0}.privileged",
        "Fargate requires that the 'privileged' setting be 'false'",
        row("F09"),
        row("T03"),
    ),
    case(
        "R-022-privileged-sidecar",
        fargate(app(), sidecar(privileged=True)),
        "FG130",
        f"{C1}.privileged",
        "Fargate requires that the 'privileged' setting be 'false'",
        row("F09"),
    ),
    case(
        "R-022-privileged-ec2-and-fargate",
        fargate(app(privileged=True), requiresCompatibilities=["EC2", "FARGATE"]),
        "FG130",
        f"{C0}.privileged",
        "Fargate requires that the 'privileged' setting be 'false'",
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
]

LOGS_AND_ROLES = [
    case(
        "R-035-json-file",
        fargate(app(logConfiguration={"logDriver": "json-file"})),
        "FG160",
        f"{C0}.logConfiguration.logDriver",
        "json-file is not a valid log driver. Must be one of [awslogs, splunk, awsfirelens]",
    ),
    case(
        "R-036-no-stream-prefix",
        fargate(
            app(
                logConfiguration={
                    "logDriver": "awslogs",
                    "options": {"awslogs-group": "/ecs/web", "awslogs-region": "us-east-1"},
                }
            ),
            executionRoleArn=ROLE,
        ),
        "FG162",
        f"{C0}.logConfiguration.options",
        "Fargate requires log configuration options to include awslogs-stream-prefix to support log driver awslogs.",
    ),
    case(
        "R-036-no-group",
        ec2(app(memory=512, logConfiguration={"logDriver": "awslogs", "options": {"awslogs-region": "us-east-1"}})),
        "FG161",
        f"{C0}.logConfiguration.options",
        "Log driver awslogs requires options: awslogs-group",
    ),
    case(
        "R-037-unknown-option",
        fargate(
            app(logConfiguration={"logDriver": "awslogs", "options": {**AWSLOGS["options"], "Name": "cloudwatch"}}),
            executionRoleArn=ROLE,
        ),
        "FG163",
        f"{C0}.logConfiguration.options",
        "Log driver awslogs disallows options: Name",
    ),
    case(
        "R-038-awslogs-without-role",
        fargate(app(logConfiguration=AWSLOGS)),
        "FG182",
        "executionRoleArn",
        "Fargate requires task definition to have execution role ARN to support log driver awslogs.",
    ),
    case(
        "R-039-ecr-without-role",
        fargate(app(image=ECR)),
        "FG183",
        "executionRoleArn",
        "Fargate requires task definition to have execution role ARN to support ECR images.",
    ),
    case(
        "R-040-secrets-without-role",
        fargate(app(secrets=[{"name": "PASSWORD", "valueFrom": SECRET}])),
        "FG181",
        "executionRoleArn",
        "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
    ),
    case(
        "R-040-name-secret-and-plain",
        fargate(
            app(environment=[{"name": "PASSWORD", "value": "x"}], secrets=[{"name": "PASSWORD", "valueFrom": SECRET}]),
            executionRoleArn=ROLE,
        ),
        "FG172",
        f"{C0}.secrets[0].name",
        "The secret name must be unique and not shared with any new or existing environment variables set on the "
        "container, such as 'PASSWORD'.",
    ),
    case(
        "R-041-secret-by-name-and-key",
        fargate(app(secrets=[{"name": "PASSWORD", "valueFrom": "db:password::"}]), executionRoleArn=ROLE),
        "FG170",
        f"{C0}.secrets[0].valueFrom",
        "The Systems Manager parameter name specified for secret PASSWORD is invalid.",
    ),
    case(
        "R-042-parameter-of-another-account",
        fargate(
            app(secrets=[{"name": "PASSWORD", "valueFrom": "arn:aws:ssm:us-east-1:210987654321:parameter/db"}]),
            executionRoleArn=ROLE,
        ),
        "FG171",
        f"{C0}.secrets[0].valueFrom",
        "The Systems Manager parameter ARN has a different account ID than the current account. The current account "
        "ID is 123456789012 and the ARN account ID is 210987654321. Cross-account access for ARNs is not currently "
        "supported.",
    ),
    case(
        "R-043-role-of-another-account",
        fargate(taskRoleArn="arn:aws:iam::210987654321:role/app"),
        "FG180",
        "taskRoleArn",
        "Role is not valid",
    ),
    case(
        "R-043-role-of-a-placeholder",
        fargate(executionRoleArn="<your role here>"),
        "FG180",
        "executionRoleArn",
        "Role is not valid",
    ),
    case(
        "R-044-firelens-without-router",
        fargate(app(logConfiguration={"logDriver": "awsfirelens"})),
        "FG164",
        f"{C0}.logConfiguration.logDriver",
        "When awsfirelens log driver is specified in log configuration, a firelens configuration object must be "
        "configured in one of the containers.",
    ),
    case(
        "R-045-firelens-config-in-s3",
        fargate(
            app(),
            sidecar(
                firelensConfiguration={
                    "type": "fluentbit",
                    "options": {"config-file-type": "s3", "config-file-value": "arn:aws:s3:::b/k"},
                }
            ),
        ),
        "FG165",
        f"{C1}.firelensConfiguration.options",
        "Fargate launch type does not support FirelensConfiguration config file from 's3'",
    ),
    case(
        "R-055-environment-file-is-no-arn",
        fargate(app(environmentFiles=[{"type": "s3", "value": "s3://bucket/app.env"}])),
        "FG173",
        f"{C0}.environmentFiles[0].value",
        "Invalid arn syntax.",
    ),
    case(
        "R-055-eleven-environment-files",
        fargate(
            app(environmentFiles=[{"type": "s3", "value": f"arn:aws:s3:::bucket/{index}.env"} for index in range(11)])
        ),
        "FG174",
        f"{C0}.environmentFiles",
        "The maximum number of environment files was exceeded. Specify ten or less and try again.",
    ),
]

STORAGE = [
    case(
        "R-046-twenty",
        fargate(ephemeralStorage={"sizeInGiB": 20}),
        "FG190",
        "ephemeralStorage.sizeInGiB",
        "EphemeralStorage size should be at least 21",
        row("F18"),
    ),
    case(
        "R-046-two-hundred-and-one",
        fargate(ephemeralStorage={"sizeInGiB": 201}),
        "FG190",
        "ephemeralStorage.sizeInGiB",
        "EphemeralStorage size should be at most 200",
        row("F18"),
    ),
    case(
        "R-047-on-ec2",
        ec2(ephemeralStorage={"sizeInGiB": 30}),
        "FG191",
        "ephemeralStorage",
        "Tasks using the EC2 launch type do not support EphemeralStorage.",
    ),
    case(
        "R-025-docker-volume",
        fargate(volumes=[{"name": "v", "dockerVolumeConfiguration": {"scope": "task"}}]),
        "FG202",
        "volumes[0].dockerVolumeConfiguration",
        "Fargate compatible task definitions do not support dockerVolumeConfiguration",
    ),
    case(
        "R-025-host-path",
        fargate(volumes=[{"name": "v", "host": {"sourcePath": "/var/run/docker.sock"}}]),
        "FG202",
        "volumes[0].host.sourcePath",
        "Fargate compatible task definitions do not support sourcePath",
    ),
    case(
        "R-048-fsx",
        fargate(
            volumes=[
                {
                    "name": "v",
                    "fsxWindowsFileServerVolumeConfiguration": {
                        "fileSystemId": "fs-1",
                        "rootDirectory": "/",
                        "authorizationConfig": {"credentialsParameter": "p", "domain": "d"},
                    },
                }
            ]
        ),
        "FG203",
        "volumes[0].fsxWindowsFileServerVolumeConfiguration",
        "Fargate compatible task definitions do not support fsxWindowsFileServerVolumeConfiguration",
    ),
    case(
        "R-048-two-volumes-at-launch",
        fargate(
            app(mountPoints=[{"sourceVolume": name, "containerPath": f"/{name}"} for name in "ab"]),
            volumes=[{"name": name, "configuredAtLaunch": True} for name in "ab"],
        ),
        "FG204",
        "volumes",
        "Only one volume configured at launch is supported.",
    ),
    case(
        "R-049-unknown-volume",
        fargate(app(mountPoints=[{"sourceVolume": "data", "containerPath": "/d"}])),
        "FG201",
        f"{C0}.mountPoints[0].sourceVolume",
        "Unknown volume 'data'.",
    ),
    case(
        "R-049-launch-volume-not-mounted",
        fargate(volumes=[{"name": "v", "configuredAtLaunch": True}]),
        "FG205",
        "volumes",
        "Volumes [v] are not referenced by any of the containers",
    ),
    case(
        "R-049-volume-name-twice",
        fargate(volumes=[{"name": "v"}, {"name": "v"}]),
        "FG200",
        "volumes",
        "Volume names must be unique within a task definition",
    ),
    case(
        "R-049-volume-without-a-name",
        fargate(volumes=[{"host": {}}]),
        "FG200",
        "volumes[0].name",
        "Volume.name should not be null or empty.",
    ),
    case(
        "R-050-efs-iam-unencrypted",
        efs(authorizationConfig={"iam": "ENABLED"}),
        "FG206",
        "volumes[0].efsVolumeConfiguration.transitEncryption",
        "EFS IAM authorization requires TransitEncryption to be enabled.",
    ),
    case(
        "R-050-efs-access-point-with-root",
        efs(rootDirectory="/srv", transitEncryption="ENABLED", authorizationConfig={"accessPointId": "fsap-1"}),
        "FG208",
        "volumes[0].efsVolumeConfiguration.rootDirectory",
        'When using an EFS access point, the root directory must either be set to "/" or be omitted.',
    ),
    case(
        "R-176-efs-access-point-unencrypted",
        efs(authorizationConfig={"accessPointId": "fsap-1"}),
        "FG207",
        "volumes[0].efsVolumeConfiguration.transitEncryption",
        "EFS access points require TransitEncryption to be enabled.",
    ),
    case(
        "R-176-efs-port-unencrypted",
        efs(transitEncryptionPort=2999),
        "FG209",
        "volumes[0].efsVolumeConfiguration.transitEncryptionPort",
        "TransitEncryptionPort requires that TransitEncryption is enabled.",
    ),
    case(
        "R-189-s3-files-without-task-role",
        fargate(
            volumes=[
                {
                    "name": "v",
                    "s3filesVolumeConfiguration": {
                        "fileSystemArn": "arn:aws:s3files:us-east-1:123456789012:file-system/fs-1"
                    },
                }
            ]
        ),
        "FG210",
        "taskRoleArn",
        "When you are specifying S3 Files volumes, you must also specify a value for 'taskRoleArn'.",
    ),
]

LIVES = [
    case(
        "R-051-depends-on-nobody",
        fargate(app(dependsOn=[{"containerName": "db", "condition": "START"}])),
        "FG220",
        f"{C0}.dependsOn[0].containerName",
        "Cannot depend on container + 'db' because it does not exist",
    ),
    case(
        "R-051-healthy-without-a-check",
        fargate(app(dependsOn=[{"containerName": "sidecar", "condition": "HEALTHY"}]), sidecar()),
        "FG221",
        f"{C0}.dependsOn[0].condition",
        "A dependency container with HEALTHY condition must have health check configured",
    ),
    case(
        "R-051-success-of-an-essential",
        fargate(app(dependsOn=[{"containerName": "sidecar", "condition": "SUCCESS"}]), sidecar(essential=True)),
        "FG222",
        f"{C0}.dependsOn[0].condition",
        "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container",
    ),
    case(
        "R-051-cycle",
        fargate(
            app(dependsOn=[{"containerName": "sidecar", "condition": "START"}]),
            sidecar(dependsOn=[{"containerName": "app", "condition": "START"}]),
        ),
        "FG223",
        "containerDefinitions",
        "Container dependencies must not contain a cycle.",
    ),
    case(
        "R-052-stop-timeout-121",
        fargate(app(stopTimeout=121)),
        "FG224",
        f"{C0}.stopTimeout",
        "The 'stopTimeout' setting for container 'app' must be between 2 and 120.",
    ),
    case(
        "R-052-start-timeout-1",
        fargate(app(startTimeout=1)),
        "FG224",
        f"{C0}.startTimeout",
        "The 'startTimeout' setting for container 'app' must be between 2 and 120.",
    ),
    *(
        case(
            f"R-053-{setting}-{value}",
            fargate(app(healthCheck={"command": ["CMD-SHELL", "true"], setting: value})),
            "FG225",
            f"{C0}.healthCheck.{setting}",
            f"Health check {setting} must be {bound} allowed value {limit} for container 'app'",
        )
        for setting, value, bound, limit in (
            ("interval", 301, "less than or equal to the maximum", 300),
            ("interval", 4, "greater than or equal to the minimum", 5),
            ("timeout", 61, "less than or equal to the maximum", 60),
            ("retries", 11, "less than or equal to the maximum", 10),
            ("startPeriod", 301, "less than or equal to the maximum", 300),
        )
    ),
    case(
        "R-053-command-without-cmd",
        fargate(app(healthCheck={"command": ["curl", "-f", "http://localhost/"]})),
        "FG226",
        f"{C0}.healthCheck.command",
        "Health check command for container 'app' must begin with CMD or CMD-SHELL.",
    ),
    case(
        "R-054-restart-too-soon",
        fargate(app(restartPolicy={"enabled": True, "restartAttemptPeriod": 10})),
        "FG227",
        f"{C0}.restartPolicy.restartAttemptPeriod",
        "The 'restartAttemptPeriod' setting for container 'app' must be between 60 and 1800.",
    ),
    case(
        "R-054-fifty-one-codes",
        fargate(app(restartPolicy={"enabled": True, "ignoredExitCodes": list(range(51))})),
        "FG228",
        f"{C0}.restartPolicy.ignoredExitCodes",
        "The 'ignoredExitCodes' setting for container 'app' can have at most 50 items.",
    ),
]

REFUSED = [*SIZES, *NETWORK, *CONTAINERS, *UNSUPPORTED, *LOGS_AND_ROLES, *STORAGE, *LIVES]


@pytest.mark.parametrize(("request_", "law", "at", "text"), REFUSED)
def test_the_definition_is_refused_in_the_words_of_aws(request_: dict[str, Any], law: str, at: str, text: str) -> None:
    refusals = judge("RegisterTaskDefinition", request_, Seen())
    assert [(found.rule, found.code, found.at, found.aws) for found in refusals] == [(law, "ClientException", at, text)]


def test_there_are_many_refused_definitions() -> None:
    assert len(REFUSED) >= 80
