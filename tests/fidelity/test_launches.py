"""RunTask, CreateService and UpdateService: what the real AWS refuses with its own words, and what it accepts."""

from __future__ import annotations

from typing import Any

import pytest
from launches_as_written import (
    BRIDGE,
    EBS,
    GROUP,
    INSTANCES,
    LONELY,
    ON_EC2,
    SEEN,
    WINDOWS,
    awsvpc,
    behind,
    by,
    run,
    seen,
    service,
)
from requests_as_written import without

from simcloud.rules.engine import judge
from simcloud.rules.seen import Seen

INVALID = "InvalidParameterException"
VPC = "networkConfiguration.awsvpcConfiguration"
STRATEGY = "capacityProviderStrategy"
row = pytest.mark.row


def case(
    name: str,
    operation: str,
    request: dict[str, Any],
    law: str,
    at: str,
    text: str,
    *marks: Any,
    world: Seen = SEEN,
    code: str = INVALID,
) -> Any:
    return pytest.param(operation, request, world, (law, code, at, text), id=name, marks=marks)


def task(name: str, request: dict[str, Any], law: str, at: str, text: str, *marks: Any, **more: Any) -> Any:
    return case(name, "RunTask", request, law, at, text, *marks, **more)


def create(name: str, request: dict[str, Any], law: str, at: str, text: str, *marks: Any, **more: Any) -> Any:
    return case(name, "CreateService", request, law, at, text, *marks, **more)


TARGETS = [
    task(
        "no-such-cluster",
        run(cluster="prod"),
        "FG300",
        "cluster",
        "Cluster not found.",
        code="ClusterNotFoundException",
    ),
    task(
        "no-such-definition",
        run(taskDefinition="wbe"),
        "FG301",
        "taskDefinition",
        "TaskDefinition not found.",
        world=Seen(clusters=SEEN.clusters, subnets=SEEN.subnets),
        code="ClientException",
    ),
    task(
        "deregistered",
        run(),
        "FG302",
        "taskDefinition",
        "TaskDefinition is inactive",
        world=seen({**(SEEN.definition or {}), "status": "INACTIVE"}),
        code="ClientException",
    ),
]

CAPACITY = [
    task(
        "R-066-both",
        run(capacityProviderStrategy=[{"capacityProvider": "FARGATE"}]),
        "FG310",
        STRATEGY,
        "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
        row("F02"),
    ),
    create(
        "R-066-both-in-a-service",
        service(capacityProviderStrategy=[{"capacityProvider": "FARGATE"}]),
        "FG310",
        STRATEGY,
        "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
        row("F02"),
    ),
    task(
        "R-068-weight-1001",
        by(("FARGATE", 1001, 0)),
        "FG311",
        f"{STRATEGY}[0].weight",
        "weight must be between 0 and 1000.",
    ),
    task(
        "R-068-provider-twice",
        by(("FARGATE", 1, 0), ("FARGATE", 1, 0)),
        "FG311",
        STRATEGY,
        "The specified capacity provider strategy cannot contain duplicate capacity providers. Remove the duplicate "
        "and try again.",
    ),
    task(
        "R-068-two-bases",
        by(("FARGATE", 1, 1), ("FARGATE_SPOT", 1, 1)),
        "FG314",
        STRATEGY,
        "There are multiple capacity providers in the specified capacity provider strategy with a base value greater "
        "than zero. Only one capacity provider can have a base value greater than zero. Specify a valid capacity "
        "provider strategy and try again.",
    ),
    task(
        "R-068-no-weight",
        by(("FARGATE", 0, 1), ("FARGATE_SPOT", 0, 0)),
        "FG315",
        STRATEGY,
        "There are no capacity providers in the capacity provider strategy with a weight value greater than zero. "
        "Specify a weight value greater than zero for at least one capacity provider and try again.",
    ),
    create(
        "R-069-not-associated",
        {"serviceName": "web", "desiredCount": 1, **by(("FARGATE_SPOT", 1, 0)), "cluster": "bare"},
        "FG312",
        f"{STRATEGY}[0].capacityProvider",
        "The specified capacity provider strategy cannot contain a capacity provider that is not associated with "
        "the cluster. Associate the capacity provider with the cluster or specify a valid capacity provider and "
        "try again.",
        row("F19"),
    ),
    task(
        "R-070-mixed",
        by(("FARGATE", 1, 0), ("asg", 1, 0), cluster="mixed"),
        "FG313",
        STRATEGY,
        "A capacity provider strategy cannot contain a mix of capacity providers using Auto Scaling groups and "
        "Fargate providers. Specify one or the other and try again.",
    ),
    task(
        "R-078-ec2-definition",
        run(),
        "FG316",
        "taskDefinition",
        "Task definition does not support launch_type FARGATE.",
        world=seen(ON_EC2),
    ),
    task(
        "R-078-by-provider",
        by(("FARGATE_SPOT", 1, 0)),
        "FG316",
        "taskDefinition",
        "Task definition does not support launch_type FARGATE.",
        world=seen(ON_EC2),
    ),
    task(
        "R-085-windows-on-spot",
        by(("FARGATE_SPOT", 1, 0)),
        "FG317",
        STRATEGY,
        "The FARGATE_SPOT capacity provider does not support Windows containers.",
        world=seen(WINDOWS),
    ),
    task(
        "R-066-neither-means-ec2",
        without(run(), "launchType"),
        "FG318",
        "launchType",
        "No Container Instances were found in your cluster.",
    ),
]

NETWORK = [
    task(
        "R-060-no-network",
        without(run(), "networkConfiguration"),
        "FG320",
        "networkConfiguration",
        "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
        row("F12"),
    ),
    create(
        "R-060-no-network-in-a-service",
        without(service(), "networkConfiguration"),
        "FG320",
        "networkConfiguration",
        "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
        row("F12"),
    ),
    create(
        "R-061-network-for-bridge",
        service(launchType="EC2"),
        "FG321",
        "networkConfiguration",
        "Network Configuration is not valid for the given networkMode of this task definition.",
        world=seen(BRIDGE),
    ),
    task(
        "R-064-no-subnets",
        run(networkConfiguration={"awsvpcConfiguration": {"subnets": []}}),
        "FG322",
        f"{VPC}.subnets",
        "subnets can not be empty.",
    ),
    task(
        "R-064-seventeen-subnets",
        run(networkConfiguration=awsvpc(*(f"subnet-{i}" for i in range(1, 18)))),
        "FG322",
        f"{VPC}.subnets",
        "subnets can have at most 16 items.",
    ),
    task(
        "R-064-six-groups",
        run(networkConfiguration=awsvpc(securityGroups=[f"sg-{i}" for i in range(1, 7)])),
        "FG322",
        f"{VPC}.securityGroups",
        "securityGroups can have at most 5 items.",
    ),
    task(
        "R-062-no-such-subnet",
        run(networkConfiguration=awsvpc("subnet-1", "subnet-x")),
        "FG323",
        f"{VPC}.subnets[1]",
        "Error retrieving subnet information for [subnet-x]: The subnet ID 'subnet-x' does not exist (ErrorCode: "
        "InvalidSubnetID.NotFound)",
    ),
    task(
        "R-062-no-such-group",
        run(networkConfiguration=awsvpc(securityGroups=["sg-x"])),
        "FG324",
        f"{VPC}.securityGroups[0]",
        "Error retrieving security group information for [sg-x]: The security group 'sg-x' does not exist (ErrorCode: "
        "InvalidGroup.NotFound)",
    ),
    task(
        "R-062-subnets-of-two-vpcs",
        run(networkConfiguration=awsvpc("subnet-1", "subnet-other")),
        "FG325",
        f"{VPC}.subnets",
        "All subnets must be from the same VPC.",
    ),
    task(
        "R-065-group-of-another-vpc",
        run(networkConfiguration=awsvpc(securityGroups=["sg-1", "sg-other"])),
        "FG326",
        f"{VPC}.securityGroups[1]",
        "Security group sg-other does not appear to belong to the same VPC as the input subnets.",
    ),
    create(
        "R-062-public-ip-on-ec2",
        service(launchType="EC2", networkConfiguration=awsvpc(assignPublicIp="ENABLED")),
        "FG327",
        f"{VPC}.assignPublicIp",
        "Assign public IP is not supported for this launch type.",
        world=seen(ON_EC2),
    ),
]

PLATFORM = [
    create(
        "R-081-version-on-ec2",
        service(launchType="EC2", platformVersion="1.4.0"),
        "FG330",
        "platformVersion",
        "The platform version must be null when specifying an EC2 launch type.",
        world=seen(ON_EC2),
    ),
    task(
        "R-080-no-such-version",
        run(platformVersion="9.9.9"),
        "FG331",
        "platformVersion",
        "The specified platform version does not exist.",
        code="PlatformUnknownException",
    ),
    task(
        "R-079-retired-version",
        run(platformVersion="1.3.0"),
        "FG331",
        "platformVersion",
        "The specified platform version does not exist.",
        row("F05"),
        row("T02"),
        code="PlatformUnknownException",
    ),
    task(
        "R-080-windows-version-for-linux",
        run(platformVersion="1.0.0"),
        "FG332",
        "platformVersion",
        "The specified platform version does not satisfy the task definition's required capabilities.",
        code="PlatformTaskDefinitionIncompatibilityException",
    ),
    task(
        "R-080-linux-version-for-windows",
        run(platformVersion="1.4.0"),
        "FG332",
        "platformVersion",
        "The specified platform version does not satisfy the task definition's required capabilities.",
        world=seen(WINDOWS),
        code="PlatformTaskDefinitionIncompatibilityException",
    ),
    create(
        "R-082-constraints",
        service(placementConstraints=[{"type": "distinctInstance"}]),
        "FG333",
        "placementConstraints",
        "Placement constraints are not supported with FARGATE launch type.",
    ),
    create(
        "R-082-strategies",
        service(placementStrategy=[{"type": "spread", "field": "instanceId"}]),
        "FG333",
        "placementStrategy",
        "Placement strategies are not supported with FARGATE launch type.",
    ),
]

TASKS = [
    task("R-075-eleven", run(count=11), "FG340", "count", "count must be between 1 and 10."),
    task("R-075-none", run(count=0), "FG340", "count", "count must be between 1 and 10."),
    task(
        "R-091-tags-of-a-service",
        run(propagateTags="SERVICE"),
        "FG341",
        "propagateTags",
        "SERVICE is not a valid propagateTags value when running a task.",
    ),
    task(
        "R-058-long-startedby",
        run(startedBy="x" * 129),
        "FG342",
        "startedBy",
        "startedBy length should be at most 128.",
    ),
    task(
        "R-019-override-of-nobody",
        run(overrides={"containerOverrides": [{"name": "ap"}]}),
        "FG343",
        "overrides.containerOverrides[0].name",
        "Override for container named ap is not a container in the TaskDefinition.",
    ),
    task(
        "R-019-override-memory",
        run(overrides={"containerOverrides": [{"name": "app", "memory": 1024}]}),
        "FG344",
        "overrides.containerOverrides[0].memory",
        "'memory' setting for container 'app' is greater than for task.",
    ),
    task(
        "R-005-override-size",
        run(overrides={"cpu": "1 vCPU"}),
        "FG345",
        "overrides",
        "No Fargate configuration exists for given values: 1024 CPU, 512 memory. See the Amazon ECS documentation "
        "for the valid values.",
    ),
    task(
        "R-046-override-storage",
        run(overrides={"ephemeralStorage": {"sizeInGiB": 201}}),
        "FG346",
        "overrides.ephemeralStorage.sizeInGiB",
        "EphemeralStorage size should be at most 200",
        row("F18"),
    ),
    task(
        "R-058-long-overrides",
        run(overrides={"containerOverrides": [{"name": "app", "command": ["x" * 8192]}]}),
        "FG347",
        "overrides",
        "The overrides are longer than 8192 characters.",
    ),
    task(
        "R-090-long-token",
        run(clientToken="x" * 65),
        "FG348",
        "clientToken",
        "clientToken must be at most 64 characters in the range 33 to 126.",
    ),
    task(
        "R-090-token-of-another-request",
        run(clientToken="t"),
        "FG349",
        "clientToken",
        "The clientToken was used before with other parameters.",
        world=seen(tokens={"t": {"request": run(clientToken="t", count=2)}}),
        code="ConflictException",
    ),
]

SERVICES = [
    create(
        "R-058-service-name",
        service(serviceName="my service"),
        "FG350",
        "serviceName",
        "ServiceName must match ^[a-zA-Z0-9\\-_]{1,255}, but was my service",
    ),
    create(
        "R-088-name-taken",
        service(),
        "FG351",
        "serviceName",
        "Creation of service was not idempotent.",
        world=seen(services={"web": service(desiredCount=5)}),
    ),
    create(
        "R-083-no-desired-count",
        without(service(), "desiredCount"),
        "FG352",
        "desiredCount",
        "The desired count must be specified for the REPLICA scheduling strategy.",
    ),
    create(
        "R-083-negative-count", service(desiredCount=-1), "FG353", "desiredCount", "desiredCount must be at least 0."
    ),
    create(
        "R-083-daemon-with-count",
        service(schedulingStrategy="DAEMON", launchType="EC2"),
        "FG354",
        "desiredCount",
        "The daemon scheduling strategy does not support a desired count for services. Remove the desired count "
        "value and try again",
        world=seen(ON_EC2),
    ),
    create(
        "R-083-daemon-on-fargate",
        without(service(schedulingStrategy="DAEMON"), "desiredCount"),
        "FG355",
        "schedulingStrategy",
        "The daemon scheduling strategy is not supported with FARGATE launch type.",
        row("T03"),
    ),
    create(
        "R-089-role",
        service(role="ecsServiceRole"),
        "FG356",
        "role",
        "You cannot specify an IAM role for services that require a service linked role.",
    ),
    create(
        "R-087-grace-period",
        service(healthCheckGracePeriodSeconds=-1),
        "FG357",
        "healthCheckGracePeriodSeconds",
        "healthCheckGracePeriodSeconds must be between 0 and 2147483647.",
    ),
    create(
        "R-203-minimum-101",
        service(deploymentConfiguration={"minimumHealthyPercent": 101}),
        "FG358",
        "deploymentConfiguration.minimumHealthyPercent",
        "minimumHealthyPercent must be at most 100",
    ),
    create(
        "R-203-maximum-99",
        service(deploymentConfiguration={"maximumPercent": 99, "minimumHealthyPercent": 0}),
        "FG358",
        "deploymentConfiguration.maximumPercent",
        "maximumPercent must be at least 100",
    ),
    create(
        "R-203-both-100",
        service(deploymentConfiguration={"maximumPercent": 100, "minimumHealthyPercent": 100}),
        "FG358",
        "deploymentConfiguration",
        "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.",
    ),
    create(
        "R-209-daemon-rebalanced",
        without(
            service(schedulingStrategy="DAEMON", launchType="EC2", availabilityZoneRebalancing="ENABLED"),
            "desiredCount",
        ),
        "FG359",
        "availabilityZoneRebalancing",
        "The service couldn't be created because Availability Zone Rebalancing does not support DAEMON as "
        "scheduling strategy. Update scheduling strategy and try again.",
        world=seen(ON_EC2),
    ),
    create(
        "R-101-port-name",
        service(serviceConnectConfiguration={"enabled": True, "services": [{"portName": "web"}]}),
        "FG360",
        "serviceConnectConfiguration.services[0].portName",
        "portName(web) does not refer to any named PortMapping in the container definitions",
    ),
    create(
        "R-084-volume-of-another-name",
        service(volumeConfigurations=[{"name": "x"}]),
        "FG361",
        "volumeConfigurations[0].name",
        "The volume name 'x' in your request does not have a matching volume in your Task Definition that is "
        "configurable at launch.",
        world=seen(EBS),
    ),
    task(
        "R-084-volume-not-declared",
        run(volumeConfigurations=[{"name": "x"}]),
        "FG361",
        "volumeConfigurations[0].name",
        "Volume configuration provided but no matching configuredAtLaunch volume found in task definition.",
    ),
]

BALANCERS = [
    create(
        "R-086-classic",
        service(loadBalancers=[{"loadBalancerName": "old", "containerName": "app", "containerPort": 80}]),
        "FG370",
        "loadBalancers[0].loadBalancerName",
        "Classic Load Balancers are not supported with Fargate.",
    ),
    create(
        "R-086-no-such-group",
        behind("arn:x"),
        "FG371",
        "loadBalancers[0].targetGroupArn",
        "The specified target group does not exist.",
    ),
    create(
        "R-086-instance-targets",
        behind(INSTANCES),
        "FG372",
        "loadBalancers[0].targetGroupArn",
        f"The provided target group {INSTANCES} has target type instance, which is incompatible with the awsvpc "
        "network mode specified in the task definition.",
    ),
    create(
        "R-086-no-listener",
        behind(LONELY),
        "FG373",
        "loadBalancers[0].targetGroupArn",
        f"The target group with targetGroupArn {LONELY} does not have an associated load balancer.",
    ),
    create(
        "R-086-no-such-container",
        behind(container="web"),
        "FG374",
        "loadBalancers[0].containerName",
        "The container web does not exist in the task definition.",
    ),
    create(
        "R-086-no-such-port",
        behind(port=8080),
        "FG375",
        "loadBalancers[0].containerPort",
        "The container app did not have a container port 8080 defined.",
    ),
    create(
        "R-221-code-deploy-alone",
        service(deploymentController={"type": "CODE_DEPLOY"}),
        "FG376",
        "loadBalancers",
        "When specifying the CODE_DEPLOY deployment controller type, the service requires an "
        "Application Load Balancer or Network Load Balancer.",
    ),
]

UPDATES = [
    case(
        "update-to-an-ec2-definition",
        "UpdateService",
        {"service": "web", "taskDefinition": "old"},
        "FG316",
        "taskDefinition",
        "Task definition does not support launch_type FARGATE.",
        world=seen(ON_EC2, services={"web": service()}),
    ),
    case(
        "update-to-a-subnet-of-nowhere",
        "UpdateService",
        {"service": "web", "networkConfiguration": awsvpc("subnet-x")},
        "FG323",
        f"{VPC}.subnets[0]",
        "Error retrieving subnet information for [subnet-x]: The subnet ID 'subnet-x' does not exist (ErrorCode: "
        "InvalidSubnetID.NotFound)",
        world=seen(services={"web": service()}),
    ),
]

UPDATES += [
    case(
        "update-to-a-definition-without-the-container",
        "UpdateService",
        {"service": "web", "taskDefinition": "new"},
        "FG375",
        "loadBalancers[0].containerPort",
        "The container app did not have a container port 80 defined.",
        world=seen(EBS, services={"web": behind()}),
    ),
    case(
        "update-to-an-inactive-definition",
        "UpdateService",
        {"service": "web", "taskDefinition": "web:1"},
        "FG302",
        "taskDefinition",
        "TaskDefinition is inactive",
        code="ClientException",
        world=seen({**(SEEN.definition or {}), "status": "INACTIVE"}, services={"web": service()}),
    ),
]

REFUSED = [*TARGETS, *CAPACITY, *NETWORK, *PLATFORM, *TASKS, *SERVICES, *BALANCERS, *UPDATES]


@pytest.mark.parametrize(("operation", "request_", "world", "expected"), REFUSED)
def test_the_launch_is_refused_in_the_words_of_aws(
    operation: str, request_: dict[str, Any], world: Seen, expected: tuple[str, str, str, str]
) -> None:
    refusals = judge(operation, request_, world)
    assert [(found.rule, found.code, found.at, found.aws) for found in refusals] == [expected]


ACCEPTED = [
    pytest.param("RunTask", run(), SEEN, id="fargate"),
    pytest.param(
        "RunTask",
        run(count=10, cluster="arn:aws:ecs:us-east-1:123456789012:cluster/bare"),
        SEEN,
        id="ten-in-a-cluster-by-arn",
    ),
    pytest.param(
        "RunTask",
        run(networkConfiguration=awsvpc("subnet-1", securityGroups=[], assignPublicIp="ENABLED")),
        SEEN,
        id="no-groups-public-ip",
    ),
    pytest.param(
        "RunTask", by(("FARGATE", 1, 2), ("FARGATE_SPOT", 3, 0)), SEEN, id="base-and-weights", marks=row("F19")
    ),
    pytest.param("RunTask", by(("FARGATE_SPOT", 0, 0)), SEEN, id="one-item-of-weight-zero"),
    pytest.param(
        "RunTask",
        without(run(), "launchType"),
        seen(default_strategies={"default": ({"capacityProvider": "FARGATE", "weight": 1},)}),
        id="default-strategy-of-the-cluster",
    ),
    pytest.param("RunTask", run(platformVersion="LATEST"), SEEN, id="latest"),
    pytest.param("RunTask", run(platformVersion="1.4.0"), SEEN, id="1.4.0"),
    pytest.param("RunTask", run(platformVersion="1.0.0"), seen(WINDOWS), id="windows-1.0.0", marks=row("F11")),
    pytest.param(
        "RunTask",
        run(
            overrides={
                "cpu": "512",
                "memory": "1 GB",
                "containerOverrides": [{"name": "app", "command": ["x"], "memory": 1024}],
            }
        ),
        SEEN,
        id="overrides",
    ),
    pytest.param(
        "RunTask",
        run(clientToken="t"),
        seen(tokens={"t": {"request": run(clientToken="t")}}),
        id="the-same-token-again",
    ),
    pytest.param("RunTask", run(volumeConfigurations=[{"name": "d"}]), seen(EBS), id="volume-at-launch"),
    pytest.param("CreateService", service(), SEEN, id="service", marks=row("F02")),
    pytest.param("CreateService", service(desiredCount=0), SEEN, id="service-of-nothing"),
    pytest.param("CreateService", behind(), SEEN, id="service-behind-a-balancer"),
    pytest.param(
        "CreateService",
        service(networkConfiguration=awsvpc(assignPublicIp="ENABLED")),
        SEEN,
        id="R-063-public-ip-in-a-service",
    ),
    pytest.param(
        "CreateService",
        {"serviceName": "web", "desiredCount": 1, **by(("FARGATE_SPOT", 1, 0))},
        SEEN,
        id="service-by-strategy",
        marks=row("F02"),
    ),
    pytest.param("CreateService", service(), seen(services={"web": service()}), id="the-same-service-again"),
    pytest.param("CreateService", service(healthCheckGracePeriodSeconds=60), SEEN, id="grace-without-balancer"),
    pytest.param(
        "CreateService",
        service(deploymentConfiguration={"maximumPercent": 100, "minimumHealthyPercent": 50}),
        SEEN,
        id="stop-first",
    ),
    pytest.param(
        "CreateService",
        service(serviceConnectConfiguration={"enabled": True, "services": [{"portName": "http"}]}),
        SEEN,
        id="service-connect",
    ),
    pytest.param(
        "CreateService", service(launchType="EC2", networkConfiguration=awsvpc()), seen(ON_EC2), id="service-on-ec2"
    ),
    pytest.param(
        "CreateService",
        without(service(loadBalancers=[], launchType="EC2"), "networkConfiguration"),
        seen(BRIDGE),
        id="bridge-on-ec2",
    ),
    pytest.param(
        "UpdateService", {"service": "web", "desiredCount": 4}, seen(services={"web": service()}), id="update-the-count"
    ),
    pytest.param(
        "UpdateService",
        {
            "service": "web",
            "capacityProviderStrategy": [{"capacityProvider": "FARGATE_SPOT", "weight": 1}],
            "forceNewDeployment": True,
        },
        seen(services={"web": service()}),
        id="update-to-a-strategy",
    ),
    pytest.param(
        "UpdateService",
        {"service": "web", "loadBalancers": [{"targetGroupArn": GROUP, "containerName": "app", "containerPort": 80}]},
        seen(services={"web": service()}),
        id="update-to-a-balancer",
    ),
    pytest.param(
        "UpdateService",
        {"service": "web", "desiredCount": 4},
        seen(
            {**(SEEN.definition or {}), "status": "INACTIVE"}, services={"web": behind()}, subnets={}, target_groups={}
        ),
        id="scale-what-was-taken-away-meanwhile",
    ),
]


@pytest.mark.parametrize(("operation", "request_", "world"), ACCEPTED)
def test_the_launch_is_accepted(operation: str, request_: dict[str, Any], world: Seen) -> None:
    assert judge(operation, request_, world) == []
