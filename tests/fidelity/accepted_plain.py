"""Definitions as people write them, which the real AWS accepts: one of each kind, and every size."""

from __future__ import annotations

from typing import Any

import pytest
from accepting import case, row
from requests_as_written import AWSLOGS, ECR, ROLE, SECRET, app, ec2, efs, fargate, linux, sidecar, without


def size(cpu: str, memory: str, *marks: pytest.MarkDecorator, **changes: Any) -> Any:
    """A pair that is sold."""
    return case(f"{cpu}-{memory}", fargate(cpu=cpu, memory=memory, **changes), *marks)


FIRELENS = sidecar(
    essential=True,
    image="public.ecr.aws/aws-observability/aws-for-fluent-bit:stable",
    firelensConfiguration={"type": "fluentbit"},
)
WINDOWS = {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}
ARM = {"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"}
EFS_OPEN = {"transitEncryption": "ENABLED", "authorizationConfig": {"accessPointId": "fsap-1", "iam": "ENABLED"}}

PLAIN = [
    case("the-smallest", fargate()),
    size("256", "2048"),
    size("1024", "8192"),
    size("4096", "30720"),
    size("8192", "61440"),
    size("16384", "122880"),
    size("32768", "61440"),
    size("32768", "122880"),
    size("32768", "249856"),
    size("1 vCPU", "2GB"),
    size("1vcpu", "2 GB"),
    size(".5 vCPU", "1 GB"),
    size("0.25 vCPU", "0.5GB"),
    size("32 vCPU", "244 GB"),
    size("1024", "2 gb"),
    size("512", "4096"),
    size("2 vCPU", "4 GB"),
    size("2048", "16384"),
    size("4 vcpu", "8GB"),
    size("8192", "16384"),
    size("8 vCPU", "20 GB"),
    size("16384", "32768"),
    size("16 vCPU", "40GB"),
    size("256", "1024"),
    size("0.5 vCPU", "1GB"),
    size(".25 vcpu", ".5 gb"),
    size("1.0 vCPU", "2.0 GB"),
    size("2048", "16384", runtimePlatform=WINDOWS),
    size("32768", "249856", runtimePlatform=ARM),
    size("1024", "2048", row("F11"), runtimePlatform=WINDOWS),
    size("4096", "30720", row("F11"), runtimePlatform={**WINDOWS, "cpuArchitecture": "X86_64"}),
    size("256", "512", row("F07"), runtimePlatform=ARM),
    size("512", "1024", requiresCompatibilities=["EC2", "FARGATE"]),
    case("container-memory-of-the-whole-task", fargate(app(memory=512))),
    case("container-cpu-of-the-whole-task", fargate(app(cpu=128), sidecar(cpu=128))),
    case("soft-and-hard-the-same", fargate(app(memory=256, memoryReservation=256))),
    case("soft-limits-that-fill-the-task", fargate(app(memoryReservation=256), sidecar(memoryReservation=256))),
    case(
        "hard-limits-above-soft-ones",
        fargate(app(memory=512, memoryReservation=256), sidecar(memory=512, memoryReservation=256)),
    ),
    case("ten-containers", fargate(*(app(name=f"c{index}", memory=32) for index in range(10)))),
    case("port-alone", fargate(app(portMappings=[{"containerPort": 80}]))),
    case("port-and-same-host-port", fargate(app(portMappings=[{"containerPort": 80, "hostPort": 80}]))),
    case("host-port-zero", fargate(app(portMappings=[{"containerPort": 80, "hostPort": 0, "protocol": "tcp"}]))),
    case(
        "tcp-and-udp-on-one-port",
        fargate(app(portMappings=[{"containerPort": 53, "protocol": "tcp"}, {"containerPort": 53, "protocol": "udp"}])),
    ),
    case("port-range", fargate(app(portMappings=[{"containerPortRange": "8080-8090"}]))),
    case(
        "service-connect-port",
        fargate(app(portMappings=[{"containerPort": 80, "name": "http", "appProtocol": "http2"}])),
    ),
    case("privileged-false", fargate(app(privileged=False))),
    case("read-only-root-and-user", fargate(app(readonlyRootFilesystem=True, user="1000"))),
    case(
        "empty-lists-everywhere",
        fargate(
            app(
                links=[],
                extraHosts=[],
                dnsServers=[],
                dnsSearchDomains=[],
                dockerSecurityOptions=[],
                portMappings=[],
                environment=[],
                environmentFiles=[],
                mountPoints=[],
                volumesFrom=[],
                secrets=[],
                ulimits=[],
                command=[],
                entryPoint=[],
                dependsOn=[],
                resourceRequirements=[],
                systemControls=[],
                linuxParameters={"capabilities": {"add": [], "drop": []}, "devices": [], "tmpfs": []},
            ),
            volumes=[],
            placementConstraints=[],
            inferenceAccelerators=[],
        ),
    ),
    case("tmpfs-since-2026", linux(tmpfs=[{"containerPath": "/run", "size": 64}])),
    case("init-process", linux(initProcessEnabled=True)),
    case("ptrace-added-all-dropped", linux(capabilities={"add": ["SYS_PTRACE"], "drop": ["ALL"]})),
    case("pid-mode-task", fargate(pidMode="task")),
    case("system-controls", fargate(app(systemControls=[{"namespace": "net.core.somaxconn", "value": "1024"}]))),
    case("ulimits", fargate(app(ulimits=[{"name": "nofile", "softLimit": 65535, "hardLimit": 65535}]))),
    case("awslogs", fargate(app(logConfiguration=AWSLOGS), executionRoleArn=ROLE)),
    case(
        "awslogs-non-blocking",
        fargate(
            app(
                logConfiguration={
                    "logDriver": "awslogs",
                    "options": {
                        **AWSLOGS["options"],
                        "mode": "non-blocking",
                        "max-buffer-size": "25m",
                        "awslogs-create-group": "true",
                    },
                    "secretOptions": [],
                }
            ),
            executionRoleArn=ROLE,
        ),
    ),
    case(
        "splunk",
        fargate(
            app(
                logConfiguration={
                    "logDriver": "splunk",
                    "options": {"splunk-token": "t", "splunk-url": "https://splunk.example.com"},
                }
            )
        ),
    ),
    case(
        "firelens",
        fargate(
            app(
                logConfiguration={
                    "logDriver": "awsfirelens",
                    "options": {"Name": "cloudwatch_logs", "region": "us-east-1", "log_group_name": "/ecs/web"},
                }
            ),
            FIRELENS,
        ),
        row("P04"),
    ),
    case("private-image-with-role", fargate(app(image=ECR), executionRoleArn=ROLE)),
    case("public-ecr-image-without-role", fargate(app(image="public.ecr.aws/docker/library/redis:7"))),
    case("image-by-digest", fargate(app(image="nginx@sha256:" + "0" * 64))),
    case("role-by-name", fargate(taskRoleArn="app", executionRoleArn="ecsTaskExecutionRole")),
    case("role-with-a-path", fargate(taskRoleArn="arn:aws:iam::123456789012:role/service/app")),
    *(
        case(f"secret-{name}", fargate(app(secrets=[{"name": "PASSWORD", "valueFrom": value}]), executionRoleArn=ROLE))
        for name, value in (
            ("by-arn", SECRET),
            ("json-key", f"{SECRET}:password::"),
            ("json-key-and-stage", f"{SECRET}:password:AWSPREVIOUS:"),
            ("parameter-by-name", "db-password"),
            ("parameter-by-path", "/prod/db/password"),
            ("parameter-by-arn", "arn:aws:ssm:us-east-1:123456789012:parameter/prod/db"),
            ("arn-without-suffix", "arn:aws:secretsmanager:us-east-1:123456789012:secret:db"),
        )
    ),
    case(
        "environment-file",
        fargate(app(environmentFiles=[{"type": "s3", "value": "arn:aws:s3:::bucket/app.env"}]), executionRoleArn=ROLE),
    ),
    case("storage-21", fargate(ephemeralStorage={"sizeInGiB": 21}), row("F18")),
    case("storage-200", fargate(ephemeralStorage={"sizeInGiB": 200}), row("F18")),
    case(
        "shared-directory",
        fargate(app(mountPoints=[{"sourceVolume": "s", "containerPath": "/s"}]), volumes=[{"name": "s", "host": {}}]),
    ),
    case(
        "shared-directory-by-name-alone",
        fargate(app(mountPoints=[{"sourceVolume": "s", "containerPath": "/s"}]), volumes=[{"name": "s"}]),
    ),
    case("volume-that-nobody-mounts", fargate(volumes=[{"name": "s"}])),
    case("efs", efs()),
    case("efs-access-point-with-iam", efs(**EFS_OPEN)),
    case("efs-access-point-with-slash", efs(rootDirectory="/", **EFS_OPEN)),
    case(
        "ebs-at-launch",
        fargate(
            app(mountPoints=[{"sourceVolume": "d", "containerPath": "/d"}]),
            volumes=[{"name": "d", "configuredAtLaunch": True}],
        ),
    ),
    case("init-container", fargate(app(dependsOn=[{"containerName": "sidecar", "condition": "SUCCESS"}]), sidecar())),
    case(
        "waits-for-health",
        fargate(
            app(dependsOn=[{"containerName": "sidecar", "condition": "HEALTHY"}]),
            sidecar(essential=True, healthCheck={"command": ["CMD-SHELL", "curl -f http://localhost/ || exit 1"]}),
        ),
    ),
    case(
        "health-check-at-its-limits",
        fargate(
            app(
                healthCheck={
                    "command": ["CMD", "/check"],
                    "interval": 300,
                    "timeout": 60,
                    "retries": 10,
                    "startPeriod": 0,
                }
            )
        ),
    ),
    # https://github.com/radkawar/stackd (testdata/aws/ecs/controls.json, timeout-fargate-startTimeout-121)
    case("recorded-start-timeout-121", fargate(app(startTimeout=121))),
    case("stop-timeout-120", fargate(app(stopTimeout=120, startTimeout=2))),
    case(
        "restart-policy",
        fargate(app(restartPolicy={"enabled": True, "restartAttemptPeriod": 60, "ignoredExitCodes": [0]})),
    ),
    case("tags", fargate(tags=[{"key": "team", "value": "web"}])),
    case(
        "ec2-bridge-privileged-gpu",
        ec2(
            app(
                memory=512,
                privileged=True,
                links=["sidecar"],
                hostname="h",
                resourceRequirements=[{"type": "GPU", "value": "1"}],
                portMappings=[{"containerPort": 80, "hostPort": 8080}],
            ),
            sidecar(memory=64),
        ),
        row("F08"),
        row("F09"),
    ),
    case("ec2-of-128-units", ec2(cpu="128", memory="512")),
    case("nothing-demanded", {"family": "web", "containerDefinitions": [app(memory=128)]}),
    case("nothing-demanded-odd-size", without(fargate(cpu="300", memory="700"), "requiresCompatibilities")),
]
