"""Services: their names, counts, controllers and rolling deployments. Refused requests."""

from __future__ import annotations

from launching import by_controller, deploying, named, on_ec2, refused, row, service, target
from requests_as_written import without

ZERO, NO_TASKS = "DesiredCount can not be lesser than 0", "Task count can not be lesser than 0"
DAEMON_COUNT = (
    "The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and "
    "try again"
)
GRACE = "healthCheckGracePeriodSeconds must be between 0 and 2147483647."
NO_DAEMON = (
    "The daemon scheduling strategy does not support the FARGATE launch type. Change the launch type and try again"
)
NO_ROOM = (
    "The service couldn't be {} because Availability Zone Rebalancing does not support maximumPercent <= 100 % as "
    "deployment configuration. Update deployment configuration and try again."
)


def no_name(name: str) -> str:
    """cdk-preflight, pf-ecs-service-name."""
    return f"ServiceName must match ^[a-zA-Z0-9\\-_]{{1,255}}, but was {name}"


def daemon(**changes: object) -> dict[str, object]:
    """A CreateService request with a task on each instance."""
    return without(on_ec2(schedulingStrategy="DAEMON", **changes), "desiredCount")


SERVICES = [
    refused("R-058-space", "create_service", service(serviceName="my service"), "FG350", no_name("my service")),
    refused("R-058-dot", "create_service", service(serviceName="a.b"), "FG350", no_name("a.b")),
    refused("R-058-256", "create_service", service(serviceName="x" * 256), "FG350", no_name("x" * 256)),
    refused("R-058-empty", "create_service", service(serviceName=""), "FG350", no_name("")),
    refused(
        "R-088-name-taken",
        "create_service",
        service(serviceName="standing", desiredCount=5),
        "FG351",
        "Creation of service was not idempotent.",
    ),
    refused(
        "R-083-no-count",
        "create_service",
        without(service(), "desiredCount"),
        "FG352",
        "DesiredCount is missing",
    ),
    refused("R-083-negative", "create_service", service(desiredCount=-1), "FG353", ZERO),
    refused("R-083-update", "update_service", {"service": "standing", "desiredCount": -2}, "FG353", NO_TASKS),
    # https://github.com/badmintoncryer/cdk-preflight: pf-ecs-service-daemon-desired-count
    refused("R-083-daemon-of-1", "create_service", {**daemon(), "desiredCount": 1}, "FG354", DAEMON_COUNT),
    refused("R-083-daemon-update", "update_service", {"service": "daemon", "desiredCount": 1}, "FG354", DAEMON_COUNT),
    refused(
        "R-083-daemon-on-fargate",
        "create_service",
        without(service(schedulingStrategy="DAEMON"), "desiredCount"),
        "FG355",
        NO_DAEMON,
        row("T03"),
    ),
    refused(
        "R-089-role",
        "create_service",
        service(role="ecsServiceRole"),
        "FG356",
        "You cannot specify an IAM role for services that require a service linked role.",
    ),
    refused("R-087-negative", "create_service", service(healthCheckGracePeriodSeconds=-1), "FG357", GRACE),
    refused(
        "R-087-update",
        "update_service",
        {"service": "balanced", "healthCheckGracePeriodSeconds": 2**31},
        "FG357",
        GRACE,
    ),
    refused(
        "R-083-strategy",
        "create_service",
        service(schedulingStrategy="SINGLETON"),
        "FG1201",
        "Scheduling strategy should be one of [REPLICA,DAEMON]",
    ),
    refused(
        "R-221-controller",
        "create_service",
        service(deploymentController={"type": "CODEDEPLOY"}),
        "FG1201",
        "Deployment controller type should be one of [ECS,CODE_DEPLOY,EXTERNAL]",
    ),
    refused(
        "R-230-strategy",
        "create_service",
        deploying(strategy="BLUEGREEN"),
        "FG1201",
        "Deployment strategy should be one of [ROLLING,BLUE_GREEN,LINEAR,CANARY]",
    ),
    refused(
        "R-209-rebalancing",
        "create_service",
        service(availabilityZoneRebalancing="ON"),
        "FG1201",
        "Availability Zone rebalancing should be one of [ENABLED,DISABLED]",
    ),
    refused(
        "R-083-daemon-by-code-deploy",
        "create_service",
        daemon(deploymentController={"type": "CODE_DEPLOY"}, loadBalancers=[target(targetGroupArn="$instances")]),
        "FG1231",
        "The daemon scheduling strategy is not supported with the CODE_DEPLOY deployment controller.",
    ),
]

LEAST, MOST = "minimumHealthyPercent must be at most 100", "maximumPercent must be at least 100"
BLOCKED = "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments."
EARLY = {"enable": True, "healthyPercent": 100, "sourceServiceRevisionCleanup": "DEFERRED"}
ROLLING = [
    # https://github.com/badmintoncryer/cdk-preflight: pf-ecs-service-deployment-percent,
    # pf-ecs-svc-min-healthy-over-max-percent
    refused("R-203-101", "create_service", deploying(minimumHealthyPercent=101), "FG358", LEAST),
    refused(
        "R-203-negative",
        "create_service",
        deploying(minimumHealthyPercent=-1),
        "FG358",
        "minimumHealthyPercent must be at least 0",
    ),
    refused("R-203-99", "create_service", deploying(maximumPercent=99, minimumHealthyPercent=0), "FG358", MOST),
    refused("R-203-both", "create_service", deploying(maximumPercent=100, minimumHealthyPercent=100), "FG358", BLOCKED),
    refused("R-203-by-default", "create_service", deploying(maximumPercent=100), "FG358", BLOCKED),
    refused(
        "R-203-update",
        "update_service",
        {"service": "standing", "deploymentConfiguration": {"maximumPercent": 100}},
        "FG358",
        BLOCKED,
    ),
    # https://github.com/badmintoncryer/cdk-preflight: pf-ecs-svc-daemon-max-percent
    refused(
        "R-083-daemon-maximum",
        "create_service",
        daemon(deploymentConfiguration={"maximumPercent": 150, "minimumHealthyPercent": 0}),
        "FG1240",
        "The daemon scheduling strategy does not support values above 100 for maximumPercent on a deployment "
        "configuration. Change the maximumPercent value to 100, and try again",
    ),
    # https://github.com/badmintoncryer/cdk-preflight: pf-ecs-svc-az-rebalancing-with-daemon
    refused(
        "R-209-daemon",
        "create_service",
        daemon(availabilityZoneRebalancing="ENABLED"),
        "FG359",
        "The service couldn't be created because Availability Zone Rebalancing does not support DAEMON as scheduling "
        "strategy. Update scheduling strategy and try again.",
    ),
    refused(
        "R-209-no-room",
        "create_service",
        service(
            availabilityZoneRebalancing="ENABLED",
            deploymentConfiguration={"maximumPercent": 100, "minimumHealthyPercent": 50},
        ),
        "FG359",
        NO_ROOM.format("created"),
    ),
    refused(
        "R-209-update",
        "update_service",
        {
            "service": "standing",
            "availabilityZoneRebalancing": "ENABLED",
            "deploymentConfiguration": {"maximumPercent": 100, "minimumHealthyPercent": 0},
        },
        "FG359",
        NO_ROOM.format("updated"),
    ),
    refused(  # rebalancing is on since the service was created
        "R-209-update-leaves-no-room",
        "update_service",
        {"service": "standing", "deploymentConfiguration": {"maximumPercent": 100, "minimumHealthyPercent": 0}},
        "FG359",
        NO_ROOM.format("updated"),
    ),
    refused(
        "R-221-breaker-of-code-deploy",
        "create_service",
        by_controller(
            "CODE_DEPLOY", deploymentConfiguration={"deploymentCircuitBreaker": {"enable": True, "rollback": True}}
        ),
        "FG1241",
        "Deployment circuit breaker feature can only be enabled with ECS deployment controller.",
    ),
    refused(
        "R-220-threshold",
        "create_service",
        deploying(
            deploymentCircuitBreaker={
                "enable": True,
                "rollback": True,
                "thresholdConfiguration": {"type": "COUNT", "value": 0},
            }
        ),
        "FG1242",
        "Invalid deployment circuit breaker threshold value.",
    ),
    refused(
        "R-220-kind",
        "create_service",
        deploying(
            deploymentCircuitBreaker={
                "enable": True,
                "rollback": True,
                "thresholdConfiguration": {"type": "PERCENT", "value": 50},
            }
        ),
        "FG1201",
        "Invalid deployment circuit breaker threshold type.",
    ),
    refused(
        "R-226-alarms-of-code-deploy",
        "create_service",
        by_controller(
            "CODE_DEPLOY",
            deploymentConfiguration={"alarms": {"enable": True, "rollback": True, "alarmNames": ["a"]}},
        ),
        "FG1243",
        "Deployment alarms feature can only be enabled with ECS deployment controller.",
    ),
    refused(
        "R-226-no-alarm",
        "create_service",
        deploying(alarms={"enable": True, "rollback": False, "alarmNames": []}),
        "FG1243",
        "alarmNames can not be empty.",
    ),
    refused(
        "R-229-below-minimum",
        "create_service",
        deploying(minimumHealthyPercent=50, earlySuccessCriteria={**EARLY, "healthyPercent": 49}),
        "FG1244",
        "healthyPercent must be greater than or equal to minimumHealthyPercent.",
    ),
    refused(
        "R-229-101",
        "create_service",
        deploying(earlySuccessCriteria={**EARLY, "healthyPercent": 101}),
        "FG1244",
        "healthyPercent must be between 0 and 100.",
    ),
    refused(
        "R-229-incomplete",
        "create_service",
        deploying(earlySuccessCriteria={"enable": True, "healthyPercent": 100}),
        "FG1244",
        "sourceServiceRevisionCleanup must be specified when earlySuccessCriteria is enabled.",
    ),
    refused(
        "R-229-rolling-only",
        "create_service",
        deploying(strategy="CANARY", earlySuccessCriteria=EARLY),
        "FG1244",
        "earlySuccessCriteria is only supported with the ROLLING deployment strategy.",
    ),
    refused(
        "R-229-cleanup",
        "create_service",
        deploying(earlySuccessCriteria={**EARLY, "sourceServiceRevisionCleanup": "NEVER"}),
        "FG1201",
        "Source service revision cleanup should be one of [BLOCKING,DEFERRED]",
    ),
]

CONTROLLERS = [
    # https://github.com/badmintoncryer/cdk-preflight: pf-ecs-service-codedeploy-lb,
    # pf-ecs-svc-external-with-load-balancers
    refused(
        "R-221-code-deploy-alone",
        "create_service",
        service(deploymentController={"type": "CODE_DEPLOY"}),
        "FG376",
        "When specifying the CODE_DEPLOY deployment controller type, the service requires an Application Load Balancer "
        "or Network Load Balancer.",
    ),
    refused(
        "R-237-two-groups",
        "create_service",
        by_controller("CODE_DEPLOY", loadBalancers=[target(), target(targetGroupArn="$green")]),
        "FG1270",
        "load balancers can have at most 1 items.",
    ),
    refused(
        "R-099-external-balancers",
        "create_service",
        by_controller("EXTERNAL", loadBalancers=[target()]),
        "FG1271",
        "LoadBalancers must be empty or null.",
    ),
    refused(
        "R-099-external-registries",
        "create_service",
        by_controller("EXTERNAL", serviceRegistries=[{"registryArn": "$address"}]),
        "FG1271",
        "ServiceRegistries must be empty or null.",
    ),
    refused(
        "R-101-external-connect",
        "create_service",
        by_controller(
            "EXTERNAL", serviceConnectConfiguration={"enabled": True, "namespace": "shop", "services": [named()]}
        ),
        "FG1290",
        "Service Connect is not supported with the EXTERNAL deployment controller.",
    ),
]

SERVING = [*SERVICES, *ROLLING, *CONTROLLERS]
