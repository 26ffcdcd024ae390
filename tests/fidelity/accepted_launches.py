"""Launches that AWS accepts: what a law could be too strict about."""

from __future__ import annotations

from launching import (
    HEAD,
    ROLE,
    accepted,
    awsvpc,
    behind,
    by,
    by_controller,
    connecting,
    deploying,
    items,
    named,
    on_ec2,
    over,
    row,
    run,
    service,
    start,
    target,
    task_set,
    volumes,
)
from refused_rollouts import ADVANCED, PAUSE, hooked, shifting
from requests_as_written import without

SIXTEEN = ("$a", "$a2", "$b", "$c", *(f"$s{index}" for index in range(12)))
TEN_GIB = {"sizeInGiB": 10}
NAMED_BY_ARN = {"cluster": f"{HEAD}:cluster/bare", "taskDefinition": f"{HEAD}:task-definition/web:1"}
TASKS = [
    accepted("fargate", "run_task", run()),
    accepted("ten-by-arn", "run_task", run(count=10, **NAMED_BY_ARN)),
    accepted("family-and-revision", "run_task", run(taskDefinition="web:1")),
    accepted("cluster-of-empty-name", "run_task", run(cluster="")),
    accepted("R-080-latest", "run_task", run(platformVersion="LATEST")),
    accepted("R-080-empty", "run_task", run(platformVersion="")),
    accepted("R-079-1.4.0", "run_task", run(platformVersion="1.4.0")),
    accepted("R-079-windows", "run_task", run(taskDefinition="windows", platformVersion="1.0.0"), row("F11")),
    accepted("R-002-16-vcpu", "run_task", run(taskDefinition="big")),
    accepted("R-321-arm-on-spot", "run_task", by(("FARGATE_SPOT", 1, 0), taskDefinition="arm"), row("F07")),
    accepted("R-062-no-groups", "run_task", run(networkConfiguration=awsvpc("$a"))),
    accepted("R-062-empty-groups", "run_task", run(networkConfiguration=awsvpc("$a", securityGroups=[]))),
    accepted("R-062-one-zone", "run_task", run(networkConfiguration=awsvpc("$a", "$a2"))),
    accepted("R-062-public-ip", "run_task", run(networkConfiguration=awsvpc(assignPublicIp="ENABLED"))),
    accepted("R-064-sixteen", "run_task", run(networkConfiguration=awsvpc(*SIXTEEN))),
    accepted(
        "R-064-five-groups",
        "run_task",
        run(networkConfiguration=awsvpc(securityGroups=[f"$sg{index}" for index in range(1, 6)])),
    ),
    accepted(
        "R-065-other-vpc", "run_task", run(networkConfiguration=awsvpc("$elsewhere", securityGroups=["$foreign"]))
    ),
    accepted("R-068-base-and-weights", "run_task", by(("FARGATE", 1, 2), ("FARGATE_SPOT", 3, 0)), row("F19")),
    accepted("R-068-one-of-weight-0", "run_task", by(("FARGATE_SPOT", 0, 0))),
    accepted(
        "R-068-one-of-two",
        "run_task",
        {**by(("FARGATE", 0, 1)), "capacityProviderStrategy": items(("FARGATE", 0, 1), ("FARGATE_SPOT", 1, 0))},
    ),
    accepted(
        "R-068-left-out", "run_task", {**by(), "capacityProviderStrategy": [{"capacityProvider": "FARGATE_SPOT"}]}
    ),
    accepted("R-066-default-strategy", "run_task", without(run(cluster="usual"), "launchType")),
    accepted("R-066-type-over-default", "run_task", run(cluster="usual")),
    accepted("R-066-type-in-bare", "run_task", run(cluster="bare")),
    accepted("R-066-empty-strategy", "run_task", run(capacityProviderStrategy=[])),
    accepted("R-066-weightless-but-typed", "run_task", run(cluster="weightless")),
    accepted("R-082-empty-lists", "run_task", run(placementConstraints=[], placementStrategy=[], tags=[])),
    accepted("R-091-definition", "run_task", run(propagateTags="TASK_DEFINITION", enableECSManagedTags=True)),
    accepted("R-091-none", "run_task", run(propagateTags="NONE")),
    accepted("R-058-startedby", "run_task", run(startedBy="x" * 128, referenceId="r")),
    accepted("R-058-group", "run_task", run(group="nightly")),
    accepted("R-090-token", "run_task", run(clientToken="x" * 64)),
    accepted("R-090-used", "run_task", run(clientToken="used", count=2)),
    accepted("tags-50", "run_task", run(tags=[{"key": f"k{index}", "value": ""} for index in range(50)])),
    accepted("R-163-exec", "run_task", run(taskDefinition="roled", enableExecuteCommand=True)),
    accepted(
        "R-163-overridden-role",
        "run_task",
        over(taskRoleArn=f"{ROLE}/task") | {"enableExecuteCommand": True},
    ),
]

STARTS = [
    accepted("start", "start_task", start()),
    accepted("start-ten", "start_task", start(containerInstances=[f"{number:032d}" for number in range(10)])),
    accepted(
        "start-awsvpc",
        "start_task",
        start(taskDefinition="machine", networkConfiguration=awsvpc(assignPublicIp="DISABLED")),
    ),
    accepted("start-as-me", "start_task", start(startedBy="x" * 128, group="mine", propagateTags="TASK_DEFINITION")),
]

OVERRIDES = [
    accepted("R-019-command", "run_task", over({"name": "app", "command": ["date"]})),
    accepted("R-019-nothing", "run_task", run(overrides={})),
    accepted("R-019-empty", "run_task", run(overrides={"containerOverrides": []})),
    accepted("R-019-environment", "run_task", over({"name": "app", "environment": [{"name": "A", "value": ""}]})),
    accepted("R-019-memory", "run_task", over({"name": "app", "memory": 512, "memoryReservation": 128, "cpu": 256})),
    accepted("R-005-size", "run_task", over({"name": "app", "memory": 1024}, cpu="512", memory="1 GB")),
    accepted("R-005-vcpu", "run_task", over(cpu="1 vCPU", memory="2GB")),
    accepted("R-005-16-vcpu", "run_task", over(cpu="16 vCPU", memory="120 GB")),
    accepted("R-046-storage", "run_task", over(ephemeralStorage={"sizeInGiB": 200}), row("F18")),
    accepted("R-140-roles", "run_task", over(taskRoleArn=f"{ROLE}/task", executionRoleArn=f"{ROLE}/exec")),
    accepted(
        "R-055-files",
        "run_task",
        over({"name": "app", "environmentFiles": [{"type": "s3", "value": "arn:aws:s3:::bucket/app.env"}] * 10}),
    ),
]

VOLUMES = [
    accepted("R-181-gp3", "run_task", volumes(TEN_GIB), row("F06")),
    accepted("R-182-snapshot-alone", "run_task", volumes({"snapshotId": "snap-0123456789abcdef0"})),
    accepted("R-182-most", "run_task", volumes({"sizeInGiB": 16384, "volumeType": "gp3"})),
    accepted("R-183-gp3", "run_task", volumes({"iops": 16000, "throughput": 1000, "sizeInGiB": 100})),
    accepted("R-183-io2", "run_task", volumes({"volumeType": "io2", "iops": 256000, "sizeInGiB": 1000})),
    accepted("R-182-st1", "run_task", volumes({"volumeType": "st1", "sizeInGiB": 125})),
    accepted("R-184-xfs", "run_task", volumes({"filesystemType": "xfs", "encrypted": True, **TEN_GIB})),
    accepted(
        "R-187-rate", "run_task", volumes({"snapshotId": "snap-0123456789abcdef0", "volumeInitializationRate": 200})
    ),
    accepted(
        "R-186-own-key",
        "run_task",
        volumes({"kmsKeyId": "alias/own", "terminationPolicy": {"deleteOnTermination": False}, **TEN_GIB}),
    ),
    accepted(
        "R-084-service",
        "create_service",
        service(
            taskDefinition="volumed",
            volumeConfigurations=[
                {
                    "name": "d",
                    "managedEBSVolume": {
                        "roleArn": f"{ROLE}/ecs-infrastructure",
                        "tagSpecifications": [{"resourceType": "volume", "propagateTags": "SERVICE"}],
                        **TEN_GIB,
                    },
                }
            ],
        ),
    ),
]

EARLY = {"enable": True, "healthyPercent": 100, "sourceServiceRevisionCleanup": "DEFERRED"}
BREAKER = {"enable": True, "rollback": True}
SERVICES = [
    accepted("service", "create_service", service(), row("F02")),
    accepted("service-of-nothing", "create_service", service(desiredCount=0)),
    accepted("R-058-255", "create_service", service(serviceName="A_b-" + "x" * 251)),
    accepted("R-088-the-same-again", "create_service", service(serviceName="standing")),
    accepted("R-063-public-ip", "create_service", service(networkConfiguration=awsvpc(assignPublicIp="ENABLED"))),
    accepted(
        "R-067-by-strategy",
        "create_service",
        {"serviceName": "new", "desiredCount": 1, **by(("FARGATE_SPOT", 1, 0))},
        row("F02"),
    ),
    accepted("R-066-by-default", "create_service", without(service(cluster="usual"), "launchType")),
    accepted("R-087-grace-without-balancer", "create_service", service(healthCheckGracePeriodSeconds=60)),
    accepted("R-087-most", "create_service", behind() | {"healthCheckGracePeriodSeconds": 2147483647}),
    accepted("R-083-replica", "create_service", service(schedulingStrategy="REPLICA")),
    accepted("R-221-ecs", "create_service", service(deploymentController={"type": "ECS"})),
    accepted("R-203-stop-first", "create_service", deploying(maximumPercent=100, minimumHealthyPercent=50)),
    accepted("R-203-down-to-none", "create_service", deploying(maximumPercent=400, minimumHealthyPercent=0)),
    accepted("R-203-minimum", "create_service", deploying(minimumHealthyPercent=100)),
    accepted("R-209-rebalanced", "create_service", service(availabilityZoneRebalancing="ENABLED")),
    accepted(
        "R-209-not-rebalanced",
        "create_service",
        deploying(maximumPercent=100, minimumHealthyPercent=0) | {"availabilityZoneRebalancing": "DISABLED"},
    ),
    accepted("R-220-breaker", "create_service", deploying(deploymentCircuitBreaker=BREAKER)),
    accepted(
        "R-220-threshold",
        "create_service",
        deploying(
            deploymentCircuitBreaker={
                **BREAKER,
                "resetOnHealthyTask": False,
                "thresholdConfiguration": {"type": "COUNT", "value": 1},
            }
        ),
    ),
    accepted(
        "R-226-alarms",
        "create_service",
        deploying(alarms={"enable": True, "rollback": True, "alarmNames": ["not-there-yet"]}),
    ),
    accepted(
        "R-226-no-alarms", "create_service", deploying(alarms={"enable": False, "rollback": False, "alarmNames": []})
    ),
    accepted("R-229-early", "create_service", deploying(earlySuccessCriteria=EARLY)),
    accepted("R-221-code-deploy", "create_service", by_controller("CODE_DEPLOY")),
    accepted("R-099-external", "create_service", by_controller("EXTERNAL")),
    accepted("R-099-task-set", "create_task_set", task_set()),
    accepted("R-099-task-set-of-a-share", "create_task_set", task_set(scale={"value": 50.0, "unit": "PERCENT"})),
    accepted("R-099-task-set-behind", "create_task_set", task_set(loadBalancers=[target()])),
    accepted(
        "R-163-exec",
        "create_service",
        service(taskDefinition="roled", enableExecuteCommand=True, propagateTags="SERVICE"),
    ),
    accepted("R-058-token", "create_service", service(clientToken="x" * 36)),
    accepted(
        "empty-lists",
        "create_service",
        service(
            loadBalancers=[],
            serviceRegistries=[],
            capacityProviderStrategy=[],
            placementConstraints=[],
            placementStrategy=[],
            volumeConfigurations=[],
        ),
    ),
]

ON_EC2 = [
    accepted("bridge", "create_service", on_ec2()),
    accepted("awsvpc", "create_service", on_ec2(taskDefinition="machine", networkConfiguration=awsvpc("$a"))),
    accepted("daemon", "create_service", without(on_ec2(schedulingStrategy="DAEMON"), "desiredCount")),
    accepted("distinct", "create_service", on_ec2(placementConstraints=[{"type": "distinctInstance"}])),
    accepted(
        "member-of",
        "create_service",
        on_ec2(placementConstraints=[{"type": "memberOf", "expression": "attribute:ecs.instance-type =~ t3.*"}]),
    ),
    accepted(
        "spread-and-pack",
        "create_service",
        on_ec2(
            placementStrategy=[
                {"type": "spread", "field": "attribute:ecs.availability-zone"},
                {"type": "binpack", "field": "memory"},
            ]
        ),
    ),
    accepted("random", "create_service", on_ec2(placementStrategy=[{"type": "random"}])),
    accepted("R-086-instance-targets", "create_service", on_ec2(loadBalancers=[target(targetGroupArn="$instances")])),
]

STREAMED = ADVANCED | {
    "alternateTargetGroupArn": "$stream-green",
    "productionListenerRule": "$stream-listener",
    "testListenerRule": "$stream-test",
}
ROLLOUTS = [
    accepted("R-234-headless", "create_service", deploying(strategy="BLUE_GREEN", bakeTimeInMinutes=0)),
    accepted("R-234-blue-green", "create_service", shifting("BLUE_GREEN", ADVANCED)),
    accepted("R-234-no-test-rule", "create_service", shifting("BLUE_GREEN", without(ADVANCED, "testListenerRule"))),
    accepted(
        "R-234-default-rule",
        "create_service",
        shifting("BLUE_GREEN", ADVANCED | {"productionListenerRule": "$default"}),
    ),
    accepted(
        "R-234-listeners-of-a-network-balancer",
        "create_service",
        shifting("BLUE_GREEN") | {"loadBalancers": [target(targetGroupArn="$stream", advancedConfiguration=STREAMED)]},
    ),
    accepted("R-230-a-day", "create_service", shifting("BLUE_GREEN", ADVANCED, bakeTimeInMinutes=1440)),
    accepted("R-231-linear-by-default", "create_service", shifting("LINEAR", ADVANCED)),
    accepted(
        "R-231-linear",
        "create_service",
        shifting("LINEAR", ADVANCED, linearConfiguration={"stepPercent": 33.3, "stepBakeTimeInMinutes": 0}),
    ),
    accepted("R-231-three", "create_service", deploying(strategy="LINEAR", linearConfiguration={"stepPercent": 3.0})),
    accepted(
        "R-231-canary",
        "create_service",
        shifting("CANARY", ADVANCED, canaryConfiguration={"canaryPercent": 0.1, "canaryBakeTimeInMinutes": 1440}),
    ),
    accepted("R-234-rolling-with-advanced", "create_service", shifting("ROLLING", ADVANCED)),
    accepted("R-233-function", "create_service", hooked()),
    accepted("R-233-in-a-shift", "create_service", hooked(lifecycleStages=["PRODUCTION_TRAFFIC_SHIFT"])),
    accepted("R-233-details", "create_service", hooked(hookDetails={"level": 3}, targetType="AWS_LAMBDA")),
    accepted("R-233-pause", "create_service", hooked(**PAUSE)),
    accepted(
        "R-233-two-weeks",
        "create_service",
        hooked(
            **PAUSE,
            lifecycleStages=["POST_TEST_TRAFFIC_SHIFT", "PRE_PRODUCTION_TRAFFIC_SHIFT"],
            timeoutConfiguration={"timeoutInMinutes": 20160, "action": "CONTINUE"},
        ),
    ),
    accepted("R-203-both-100-in-blue-green", "create_service", shifting("BLUE_GREEN", ADVANCED, maximumPercent=100)),
]

TRAFFIC = [
    accepted("R-086-behind", "create_service", behind()),
    accepted(
        "R-086-five",
        "create_service",
        service(loadBalancers=[target(targetGroupArn=f"$g{index}") for index in range(1, 6)]),
    ),
    accepted("R-086-second-port", "create_service", behind(containerPort=9090)),
    accepted(
        "R-086-sidecar", "create_service", behind(containerName="sidecar", containerPort=81) | {"taskDefinition": "two"}
    ),
    accepted("R-086-registry", "create_service", service(serviceRegistries=[{"registryArn": "$address"}])),
    accepted(
        "R-086-record-port", "create_service", service(serviceRegistries=[{"registryArn": "$record", "port": 80}])
    ),
    accepted(
        "R-086-record-container",
        "create_service",
        service(serviceRegistries=[{"registryArn": "$record", "containerName": "app", "containerPort": 80}]),
    ),
    accepted(
        "R-086-bridge-record",
        "create_service",
        on_ec2(serviceRegistries=[{"registryArn": "$record", "containerName": "app", "containerPort": 80}]),
    ),
    accepted("R-101-service-connect", "create_service", connecting()),
    accepted("R-101-namespace-arn", "create_service", connecting(namespace="$namespace")),
    accepted("R-101-namespace-of-dns", "create_service", connecting(namespace="shop.local")),
    accepted(
        "R-101-cluster-default",
        "create_service",
        service(cluster="connected", serviceConnectConfiguration={"enabled": True, "services": [named()]}),
    ),
    accepted(
        "R-101-client-alone",
        "create_service",
        connecting() | {"serviceConnectConfiguration": {"enabled": True, "namespace": "shop"}},
    ),
    accepted("R-101-off", "create_service", service(serviceConnectConfiguration={"enabled": False})),
    accepted("R-101-no-dns-name", "create_service", connecting(named(clientAliases=[{"port": 8080}]))),
    accepted("R-101-dots", "create_service", connecting(named(clientAliases=[{"port": 80, "dnsName": "web.shop"}]))),
    accepted(
        "R-101-two-services",
        "create_service",
        connecting(
            named(discoveryName="front"),
            named(portName="tcp", discoveryName="back", clientAliases=[{"port": 9090, "dnsName": "web"}]),
        ),
    ),
    accepted("R-101-ingress", "create_service", connecting(named(ingressPortOverride=15000))),
    accepted(
        "R-101-timeouts",
        "create_service",
        connecting(named(timeout={"idleTimeoutSeconds": 60, "perRequestTimeoutSeconds": 5})),
    ),
    accepted(
        "R-101-proxy-log",
        "create_service",
        connecting(
            logConfiguration={
                "logDriver": "awslogs",
                "options": {"awslogs-group": "/x", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "p"},
            },
            accessLogConfiguration={"format": "JSON"},
        ),
    ),
]

UPDATES = [
    accepted("count", "update_service", {"service": "standing", "desiredCount": 4}),
    accepted("by-arn", "update_service", {"service": f"{HEAD}:service/default/standing", "desiredCount": 0}),
    accepted("nothing", "update_service", {"service": "standing"}),
    accepted("forced", "update_service", {"service": "standing", "forceNewDeployment": True}),
    accepted("definition", "update_service", {"service": "standing", "taskDefinition": "two"}),
    accepted("the-same-definition", "update_service", {"service": "balanced", "taskDefinition": "web:1"}),
    accepted("network", "update_service", {"service": "standing", "networkConfiguration": awsvpc("$c")}),
    accepted("R-079-platform", "update_service", {"service": "standing", "platformVersion": "LATEST"}),
    accepted("R-087-grace", "update_service", {"service": "standing", "healthCheckGracePeriodSeconds": 30}),
    accepted("R-086-balancer", "update_service", {"service": "standing", "loadBalancers": [target()]}),
    accepted("R-086-no-balancer", "update_service", {"service": "balanced", "loadBalancers": []}),
    accepted(
        "R-074-to-a-strategy",
        "update_service",
        {
            "service": "standing",
            "capacityProviderStrategy": items(("FARGATE_SPOT", 1, 0)),
            "forceNewDeployment": True,
        },
    ),
    accepted(
        "R-074-back-to-a-launch-type",
        "update_service",
        {
            "service": "spread",
            "capacityProviderStrategy": [],
            "forceNewDeployment": True,
            "taskDefinition": "two",
            "platformVersion": "1.4.0",
            "networkConfiguration": awsvpc(assignPublicIp="ENABLED"),
        },
    ),
    accepted(
        "R-074-strategy-in-another-order",
        "update_service",
        {"service": "spread", "capacityProviderStrategy": items(("FARGATE_SPOT", 3, 0), ("FARGATE", 1, 1))},
    ),
    accepted(
        "R-101-connect",
        "update_service",
        {
            "service": "second",
            "serviceConnectConfiguration": {"enabled": True, "namespace": "shop", "services": [named()]},
        },
    ),
    accepted(
        "R-101-own-name",
        "update_service",
        {
            "service": "connected",
            "serviceConnectConfiguration": {
                "enabled": True,
                "namespace": "shop",
                "services": [named(discoveryName="taken")],
            },
        },
    ),
    accepted(
        "R-101-not-connected",
        "update_service",
        {"service": "connected", "serviceConnectConfiguration": {"enabled": False}},
    ),
    accepted(
        "R-163-exec",
        "update_service",
        {"service": "standing", "enableExecuteCommand": True, "taskDefinition": "roled"},
    ),
    accepted("R-163-no-exec", "update_service", {"service": "standing", "enableExecuteCommand": False}),
    accepted(
        "R-203-percents",
        "update_service",
        {
            "service": "standing",
            "availabilityZoneRebalancing": "DISABLED",
            "deploymentConfiguration": {"maximumPercent": 100, "minimumHealthyPercent": 0},
        },
    ),
    accepted(
        "R-230-blue-green",
        "update_service",
        {"service": "standing", "deploymentConfiguration": {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 1}},
    ),
    accepted("R-203-daemon", "update_service", {"service": "daemon", "taskDefinition": "host-roled"}),
    accepted("R-240-code-deploy", "update_service", {"service": "code", "desiredCount": 3}),
    accepted("R-240-external", "update_service", {"service": "external", "desiredCount": 3}),
]

ACCEPTED = [*TASKS, *STARTS, *OVERRIDES, *VOLUMES, *SERVICES, *ON_EC2, *ROLLOUTS, *TRAFFIC, *UPDATES]
