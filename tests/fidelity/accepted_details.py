"""Definitions with the details in which a simulator could be too strict; the real AWS accepts them."""

from __future__ import annotations

from accepting import case
from requests_as_written import AWSLOGS, ECR, ROLE, SECRET, app, ec2, efs, fargate, linux, sidecar, without

DIGEST = "sha256:" + "0123456789abcdef" * 4
MESH = [
    {"name": "IgnoredUID", "value": "1337"},
    {"name": "IgnoredGID", "value": ""},
    {"name": "ProxyIngressPort", "value": "15000"},
    {"name": "ProxyEgressPort", "value": "15001"},
    {"name": "AppPorts", "value": "8080,8081"},
    {"name": "EgressIgnoredPorts", "value": ""},
    {"name": "EgressIgnoredIPs", "value": "169.254.170.2,169.254.169.254"},
]

IMAGES = [
    case(f"image-{number}-{image.partition('/')[0][:24]}", fargate(app(image=image), executionRoleArn=ROLE))
    for number, image in enumerate(
        (
            "nginx",
            "nginx:1.27-alpine",
            "library/redis",
            "bitnami/redis:7.2.4-debian-12-r9",
            f"nginx@{DIGEST}",
            f"nginx:1.27@{DIGEST}",
            "public.ecr.aws/docker/library/python:3.12-slim",
            "public.ecr.aws/aws-observability/aws-otel-collector:v0.40.0",
            "ghcr.io/owner/repository/app:main",
            "quay.io/prometheus/node-exporter:v1.8.1",
            "registry.example.com:5000/team/app:1.0",
            "docker.io/library/busybox",
            "mcr.microsoft.com/windows/servercore/iis:windowsservercore-ltsc2022",
            "gcr.io/distroless/static-debian12",
            "123456789012.dkr.ecr.us-east-1.amazonaws.com/web",
            f"123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/web@{DIGEST}",
            "123456789012.dkr.ecr.cn-northwest-1.amazonaws.com.cn/web:1",
            "123456789012.dkr.ecr.us-gov-west-1.amazonaws.com/web:1",
            "123456789012.dkr-ecr.us-east-1.on.aws/web:1",
            "i" * 255,
            "i" * 255 + f"@{DIGEST}",
        )
    )
]

CONTAINERS = [
    case("name-of-255", fargate(app(name="a" * 255))),
    case("family-of-255", fargate(family="w" * 255)),
    case("family-with-every-sign", fargate(family="_Web-2_b-")),
    case("cpu-sum-of-the-whole-task", fargate(app(cpu=256), sidecar(cpu=0))),
    case("second-container-without-limits", fargate(app(memory=512), sidecar())),
    case("six-mebibytes", fargate(app(memory=6))),
    case("soft-limit-alone-on-ec2", ec2(app(memoryReservation=64))),
    case("memory-of-the-task-alone-on-ec2", ec2(app(), memory="512")),
    case(
        "command-entry-point-and-directory",
        fargate(app(entryPoint=["sh", "-c"], command=["sleep 60"], workingDirectory="/srv")),
    ),
    case("terminal", fargate(app(interactive=True, pseudoTerminal=True))),
    case("labels", fargate(app(dockerLabels={"com.datadoghq.ad.logs": '[{"source": "web"}]'}))),
    case("privileged-and-networking-off", fargate(app(privileged=False, disableNetworking=False))),
    case("a-variable-without-a-value", fargate(app(environment=[{"name": "EMPTY", "value": ""}, {"name": "ABSENT"}]))),
    case("one-variable-twice", fargate(app(environment=[{"name": "A", "value": "1"}, {"name": "A", "value": "2"}]))),
    case("long-but-not-too-long", fargate(app(environment=[{"name": "A", "value": "x" * 60000}]))),
    case("version-consistency-off", fargate(app(versionConsistency="disabled"))),
    case("users", fargate(app(user="1000:1000"), sidecar(user="nobody"))),
    case(
        "credential-spec-on-linux",
        fargate(app(credentialSpecs=["credentialspecdomainless:arn:aws:s3:::b/spec"]), executionRoleArn=ROLE),
    ),
    case("fifty-tags", fargate(tags=[{"key": f"k{index}", "value": "v"} for index in range(50)])),
    case("a-tag-without-a-value", fargate(tags=[{"key": "team"}])),
    case(
        "restart-policy-on-a-sidecar",
        fargate(app(), sidecar(restartPolicy={"enabled": True, "ignoredExitCodes": list(range(50))})),
    ),
    case("restart-policy-off", fargate(app(restartPolicy={"enabled": False}))),
    case("restart-after-half-an-hour", fargate(app(restartPolicy={"enabled": True, "restartAttemptPeriod": 1800}))),
    case("stop-timeout-of-two", fargate(app(stopTimeout=2))),
    case("stackd-stop-timeout-of-121-on-ec2", ec2(app(memory=64, stopTimeout=121))),
    # https://github.com/aws-observability/aws-otel-collector/issues/3016
    case(
        "health-check-of-the-collector",
        fargate(
            app(), sidecar(healthCheck={"command": ["/healthcheck"], "interval": 5, "timeout": 6, "startPeriod": 1})
        ),
    ),
    case("health-check-without-cmd", fargate(app(healthCheck={"command": ["curl", "-f", "http://localhost/"]}))),
    case("health-check-by-its-command-alone", fargate(app(healthCheck={"command": ["CMD-SHELL", "exit 0"]}))),
    case(
        "health-check-at-its-lower-limits",
        fargate(
            app(healthCheck={"command": ["CMD", "true"], "interval": 5, "timeout": 2, "retries": 1, "startPeriod": 300})
        ),
    ),
    case(
        "a-chain-of-starts",
        fargate(
            app(
                dependsOn=[
                    {"containerName": "b", "condition": "START"},
                    {"containerName": "c", "condition": "COMPLETE"},
                ]
            ),
            app(name="b", dependsOn=[{"containerName": "c", "condition": "SUCCESS"}]),
            app(name="c", essential=False),
        ),
    ),
]

NETWORKS = [
    case(
        "sidecar-on-another-port",
        fargate(app(portMappings=[{"containerPort": 80}]), sidecar(portMappings=[{"containerPort": 9901}])),
    ),
    case("protocol-that-counts-as-tcp", fargate(app(portMappings=[{"containerPort": 80, "protocol": "TCP"}]))),
    case(
        "ports-1-and-65535",
        fargate(app(portMappings=[{"containerPort": 1}, {"containerPort": 65535, "hostPort": 65535}])),
    ),
    case(
        "two-ranges",
        fargate(app(portMappings=[{"containerPortRange": "8000-8009"}, {"containerPortRange": "8010-8019"}])),
    ),
    case(
        "service-connect-of-three-protocols",
        fargate(
            app(
                portMappings=[
                    {"containerPort": 80, "name": "web", "appProtocol": "http"},
                    {"containerPort": 81, "name": "web-2", "appProtocol": "http2"},
                    {"containerPort": 50051, "name": "rpc_1", "appProtocol": "grpc"},
                    {"containerPort": 6379, "name": "redis-6379-tcp"},
                ]
            )
        ),
    ),
    case(
        "bridge-with-dynamic-ports",
        ec2(
            app(memory=64, portMappings=[{"containerPort": 80}]),
            sidecar(memory=64, portMappings=[{"containerPort": 80, "hostPort": 0}]),
        ),
    ),
    case("bridge-with-a-range", ec2(app(memory=64, portMappings=[{"containerPortRange": "8000-8009"}]))),
    case(
        "bridge-mode-said",
        ec2(
            app(memory=64, extraHosts=[{"hostname": "db", "ipAddress": "10.0.0.9"}], dnsServers=["10.0.0.2"]),
            networkMode="bridge",
        ),
    ),
    case("bridge-with-an-alias", ec2(app(memory=64, links=["sidecar:s"]), sidecar(memory=64))),
    case(
        "host-mode",
        ec2(app(memory=64, hostname="h", portMappings=[{"containerPort": 80, "hostPort": 80}]), networkMode="host"),
    ),
    case("no-network", ec2(networkMode="none")),
    case("awsvpc-on-ec2", ec2(networkMode="awsvpc")),
    case(
        "app-mesh-that-stayed",
        fargate(
            app(),
            app(name="envoy", user="1337"),
            proxyConfiguration={"type": "APPMESH", "containerName": "envoy", "properties": MESH},
        ),
    ),
    case(
        "app-mesh-without-a-type",
        fargate(app(name="envoy"), proxyConfiguration={"containerName": "envoy", "properties": MESH}),
    ),
    case("fault-injection", fargate(enableFaultInjection=True)),
    case("no-fault-injection-on-the-bridge", ec2(enableFaultInjection=False)),
    case("pid-mode-host-on-ec2", ec2(pidMode="host", ipcMode="host")),
    case("managed-instances", fargate(requiresCompatibilities=["MANAGED_INSTANCES"])),
    case("managed-instances-in-host-mode", ec2(requiresCompatibilities=["MANAGED_INSTANCES"], networkMode="host")),
    case("every-capacity-with-an-interface", fargate(requiresCompatibilities=["EC2", "FARGATE", "MANAGED_INSTANCES"])),
    case("external", ec2(requiresCompatibilities=["EXTERNAL", "EC2"])),
    case("external-in-host-mode", ec2(requiresCompatibilities=["EXTERNAL"], networkMode="host")),
    case("one-capacity-twice", fargate(requiresCompatibilities=["FARGATE", "FARGATE"])),
    case(
        "ten-placement-constraints",
        ec2(placementConstraints=[{"type": "memberOf", "expression": "attribute:a == b"}] * 10),
    ),
    case(
        "trusted-on-managed-instances",
        fargate(
            requiresCompatibilities=["MANAGED_INSTANCES"],
            trustedExecutionConfiguration={"isolationMode": "ISOLATED_SANDBOX"},
        ),
    ),
]

KERNEL = [
    case(
        "every-ipc-setting",
        fargate(
            app(
                systemControls=[
                    {"namespace": name, "value": "1"}
                    for name in ("kernel.sem", "kernel.shmmax", "fs.mqueue.msg_max", "net.ipv4.tcp_keepalive_time")
                ]
            )
        ),
    ),
    case("limits-without-end", fargate(app(ulimits=[{"name": "memlock", "softLimit": -1, "hardLimit": -1}]))),
    case(
        "soft-within-hard",
        fargate(
            app(
                ulimits=[
                    {"name": "nofile", "softLimit": 1024, "hardLimit": -1},
                    {"name": "nproc", "softLimit": 1, "hardLimit": 2},
                ]
            )
        ),
    ),
    case("everything-dropped-nothing-added", linux(capabilities={"drop": ["ALL", "NET_RAW"]})),
    case(
        "tmpfs-with-options",
        linux(
            tmpfs=[{"containerPath": "/tmp", "size": 1, "mountOptions": ["noexec", "nosuid"]}], initProcessEnabled=True
        ),
    ),
    case(
        "swap-on-ec2",
        ec2(
            app(
                memory=64,
                linuxParameters={
                    "maxSwap": 0,
                    "swappiness": 0,
                    "sharedMemorySize": 64,
                    "devices": [{"hostPath": "/dev/fuse", "permissions": ["read", "write"]}],
                    "capabilities": {"add": ["NET_ADMIN"]},
                },
            )
        ),
    ),
    case("nothing-of-linux-asked", fargate(app(linuxParameters={}))),
    case("gpu-on-ec2", ec2(app(memory=64, resourceRequirements=[{"type": "GPU", "value": "2"}]))),
    case(
        "windows-with-logs",
        fargate(
            app(logConfiguration=AWSLOGS, healthCheck={"command": ["CMD-SHELL", "exit 0"]}),
            cpu="2 vCPU",
            memory="4 GB",
            executionRoleArn=ROLE,
            runtimePlatform={"operatingSystemFamily": "WINDOWS_SERVER_2019_FULL", "cpuArchitecture": "X86_64"},
        ),
    ),
    case(
        "windows-with-empty-lists",
        fargate(
            app(ulimits=[], systemControls=[], linuxParameters={}, user="", readonlyRootFilesystem=False),
            cpu="1024",
            memory="2048",
            runtimePlatform={"operatingSystemFamily": "WINDOWS_SERVER_2022_FULL"},
        ),
    ),
    case("architecture-alone", fargate(runtimePlatform={"cpuArchitecture": "ARM64"})),
    case("system-alone", fargate(runtimePlatform={"operatingSystemFamily": "LINUX"})),
    case("no-platform-said", fargate(runtimePlatform={})),
]

LOGS_AND_SECRETS = [
    case(
        "log-group-with-every-sign",
        fargate(
            app(
                logConfiguration={
                    "logDriver": "awslogs",
                    "options": {**AWSLOGS["options"], "awslogs-group": "/aws/ecs/Web_1.0-x#2"},
                }
            ),
            executionRoleArn=ROLE,
        ),
    ),
    case(
        "awslogs-multiline",
        fargate(
            app(
                logConfiguration={
                    "logDriver": "awslogs",
                    "options": {**AWSLOGS["options"], "awslogs-multiline-pattern": "^INFO", "mode": "blocking"},
                }
            ),
            executionRoleArn=ROLE,
        ),
    ),
    case(
        "awslogs-datetime",
        fargate(
            app(
                logConfiguration={
                    "logDriver": "awslogs",
                    "options": {**AWSLOGS["options"], "awslogs-datetime-format": "%Y-%m-%d"},
                }
            ),
            executionRoleArn=ROLE,
        ),
    ),
    case(
        "awslogs-into-another-region",
        fargate(
            app(
                logConfiguration={
                    "logDriver": "awslogs",
                    "options": {**AWSLOGS["options"], "awslogs-region": "eu-west-1"},
                }
            ),
            executionRoleArn=ROLE,
        ),
    ),
    case("stackd-awslogs-on-ec2-without-role", ec2(app(memory=64, logConfiguration=AWSLOGS))),
    case(
        "awslogs-on-ec2-without-prefix",
        ec2(
            app(
                memory=64,
                logConfiguration={
                    "logDriver": "awslogs",
                    "options": {"awslogs-group": "g", "awslogs-region": "us-east-1"},
                },
            )
        ),
    ),
    case(
        "json-file-on-ec2",
        ec2(app(memory=64, logConfiguration={"logDriver": "json-file", "options": {"max-size": "10m"}})),
    ),
    case(
        "splunk-with-a-secret-token",
        fargate(
            app(
                logConfiguration={
                    "logDriver": "splunk",
                    "options": {"splunk-url": "https://splunk.example.com"},
                    "secretOptions": [{"name": "splunk-token", "valueFrom": SECRET}],
                }
            ),
            executionRoleArn=ROLE,
        ),
    ),
    case(
        "firelens-with-a-file",
        fargate(
            app(logConfiguration={"logDriver": "awsfirelens"}),
            sidecar(
                firelensConfiguration={
                    "type": "fluentbit",
                    "options": {
                        "enable-ecs-log-metadata": "true",
                        "config-file-type": "file",
                        "config-file-value": "/extra.conf",
                    },
                }
            ),
        ),
    ),
    case(
        "firelens-with-fluentd",
        fargate(
            app(logConfiguration={"logDriver": "awsfirelens", "options": {"@type": "stdout"}}),
            sidecar(firelensConfiguration={"type": "fluentd"}),
        ),
    ),
    case(
        "firelens-from-s3-on-ec2",
        ec2(
            app(memory=64, logConfiguration={"logDriver": "awsfirelens"}),
            sidecar(
                memory=64,
                firelensConfiguration={
                    "type": "fluentbit",
                    "options": {"config-file-type": "s3", "config-file-value": "arn:aws:s3:::bucket/fluent.conf"},
                },
            ),
        ),
    ),
    case(
        "firelens-router-that-logs-by-awslogs",
        fargate(
            app(logConfiguration={"logDriver": "awsfirelens"}),
            sidecar(firelensConfiguration={"type": "fluentbit"}, logConfiguration=AWSLOGS),
            executionRoleArn=ROLE,
        ),
    ),
    case(
        "adot",
        fargate(
            app(),
            sidecar(
                image="public.ecr.aws/aws-observability/aws-otel-collector:v0.40.0",
                command=["--config=/etc/ecs/ecs-default-config.yaml"],
                portMappings=[{"containerPort": 4317}, {"containerPort": 4318}],
            ),
        ),
    ),
    *(
        case(
            f"secret-{number}", fargate(app(secrets=[{"name": "PASSWORD", "valueFrom": value}]), executionRoleArn=ROLE)
        )
        for number, value in enumerate(
            (
                f"{SECRET}::AWSCURRENT:",
                f"{SECRET}:::12345678-1234-1234-1234-123456789012",
                f"{SECRET}:password:AWSCURRENT:12345678-1234-1234-1234-123456789012",
                "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:db-AbCdEf",
                "arn:aws:secretsmanager:us-east-1:210987654321:secret:shared-AbCdEf",
                "arn:aws:secretsmanager:eu-west-1:123456789012:secret:team/db_1+2=3.4@5-AbCdEf:user::",
                "arn:aws:ssm:us-east-1:123456789012:parameter/db",
                "arn:aws:ssm:eu-west-1:123456789012:parameter/team/prod/db_password",
                "/aws/reference/secretsmanager/db",
                "db.password_1",
            )
        )
    ),
    case(
        "one-secret-under-two-names",
        fargate(
            app(secrets=[{"name": "A", "valueFrom": SECRET}, {"name": "B", "valueFrom": SECRET}]), executionRoleArn=ROLE
        ),
    ),
    case(
        "one-name-in-two-containers",
        fargate(
            app(secrets=[{"name": "A", "valueFrom": SECRET}]),
            sidecar(environment=[{"name": "A", "value": "1"}]),
            executionRoleArn=ROLE,
        ),
    ),
    case(
        "private-registry",
        fargate(
            app(image="registry.example.com/app:1", repositoryCredentials={"credentialsParameter": SECRET}),
            executionRoleArn=ROLE,
        ),
    ),
    case("private-image-on-ec2-without-role", ec2(app(memory=64, image=ECR))),
    case(
        "ten-environment-files",
        fargate(
            app(
                environmentFiles=[
                    {"type": "s3", "value": f"arn:aws:s3:::bucket/dir/{index}.env"} for index in range(10)
                ]
            ),
            executionRoleArn=ROLE,
        ),
    ),
    case(
        "environment-file-in-china",
        fargate(
            app(environmentFiles=[{"type": "s3", "value": "arn:aws-cn:s3:::bucket/app.env"}]), executionRoleArn=ROLE
        ),
    ),
    case("both-roles-the-same", fargate(taskRoleArn=ROLE, executionRoleArn=ROLE)),
    case("role-that-does-not-exist-yet", fargate(taskRoleArn="arn:aws:iam::123456789012:role/made/later")),
]

VOLUMES = [
    case("efs-by-its-short-id", efs(fileSystemId="fs-12345678", rootDirectory="/")),
    case("efs-of-a-directory", efs(rootDirectory="/srv/data", transitEncryption="ENABLED", transitEncryptionPort=2049)),
    case("efs-with-everything-off", efs(transitEncryption="DISABLED", authorizationConfig={"iam": "DISABLED"})),
    case("efs-by-iam-alone", efs(transitEncryption="ENABLED", authorizationConfig={"iam": "ENABLED"})),
    case(
        "efs-with-an-empty-host",
        fargate(volumes=[{"name": "v", "host": {}, "efsVolumeConfiguration": {"fileSystemId": "fs-12345678"}}]),
    ),
    case(
        "one-volume-in-two-containers",
        fargate(
            app(mountPoints=[{"sourceVolume": "s", "containerPath": "/s"}]),
            sidecar(mountPoints=[{"sourceVolume": "s", "containerPath": "/in", "readOnly": True}]),
            volumes=[{"name": "s"}],
        ),
    ),
    case(
        "volumes-from-a-container",
        fargate(app(volumesFrom=[{"sourceContainer": "sidecar", "readOnly": True}]), sidecar()),
    ),
    case("not-configured-at-launch", fargate(volumes=[{"name": "v", "configuredAtLaunch": False}])),
    case(
        "s3-files",
        fargate(
            app(mountPoints=[{"sourceVolume": "v", "containerPath": "/v"}]),
            taskRoleArn="app",
            volumes=[
                {
                    "name": "v",
                    "s3filesVolumeConfiguration": {
                        "fileSystemArn": "arn:aws:s3files:us-east-1:123456789012:file-system/fs-1"
                    },
                }
            ],
        ),
    ),
    case(
        "docker-volume-on-ec2",
        ec2(
            volumes=[
                {
                    "name": "v",
                    "dockerVolumeConfiguration": {"scope": "shared", "autoprovision": True, "driver": "local"},
                }
            ]
        ),
    ),
    case(
        "path-of-the-host-on-ec2",
        ec2(
            app(memory=64, mountPoints=[{"sourceVolume": "v", "containerPath": "/v"}]),
            volumes=[{"name": "v", "host": {"sourcePath": "/srv"}}],
        ),
    ),
    case(
        "ephemeral-storage-with-nothing-demanded",
        without(fargate(ephemeralStorage={"sizeInGiB": 100}), "requiresCompatibilities"),
    ),
    case(
        "ephemeral-storage-on-fargate-and-ec2",
        fargate(ephemeralStorage={"sizeInGiB": 50}, requiresCompatibilities=["FARGATE", "EC2"]),
    ),
]
