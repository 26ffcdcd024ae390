"""Deployments that shift traffic: strategies, their steps, load balancers and hooks. Refused requests."""

from __future__ import annotations

from typing import Any

from launching import CLIENT, ROLE, by_controller, deploying, on_ec2, refused, service, target
from requests_as_written import without

ADVANCED = {
    "alternateTargetGroupArn": "$green",
    "productionListenerRule": "$prod",
    "testListenerRule": "$test",
    "roleArn": f"{ROLE}/ecs-infrastructure",
}


def shifting(strategy: str, advanced: dict[str, Any] | None = None, **configuration: Any) -> dict[str, Any]:
    """A CreateService request of a strategy that shifts the traffic of a load balancer."""
    bake = {"bakeTimeInMinutes": 5} if strategy == "BLUE_GREEN" else {}
    return service(
        loadBalancers=[target(**({"advancedConfiguration": advanced} if advanced else {}))],
        deploymentConfiguration={"strategy": strategy, **bake, **configuration},
    )


def hooked(**hook: Any) -> dict[str, Any]:
    """A CreateService request with a lifecycle hook."""
    usual = {
        "hookTargetArn": "arn:aws:lambda:us-east-1:123456789012:function:check",
        "roleArn": f"{ROLE}/hooks",
        "lifecycleStages": ["POST_SCALE_UP"],
    }
    whole = {key: value for key, value in {**usual, **hook}.items() if value is not None}
    return deploying(strategy="BLUE_GREEN", bakeTimeInMinutes=0, lifecycleHooks=[whole])


def required(spoken: str) -> str:
    """https://github.com/terraform-aws-modules/terraform-aws-ecs/issues/377"""
    return f"advancedConfiguration field is required for all loadBalancers when using the {spoken} deployment strategy"


BAKE = "bakeTimeInMinutes field is required when using the blue/green deployment strategy"
DAY = "must be between 0 and 1440."
ROLLOUTS = [
    refused(
        "R-230-code-deploy",
        "create_service",
        by_controller("CODE_DEPLOY", deploymentConfiguration={"strategy": "LINEAR"}),
        "FG1250",
        "The LINEAR deployment strategy can only be used with ECS deployment controller.",
    ),
    refused(
        "R-230-daemon",
        "create_service",
        without(on_ec2(schedulingStrategy="DAEMON", deploymentConfiguration={"strategy": "CANARY"}), "desiredCount"),
        "FG1250",
        "The daemon scheduling strategy does not support the CANARY deployment strategy.",
    ),
    refused("R-230-no-bake", "create_service", deploying(strategy="BLUE_GREEN"), "FG1251", BAKE, code=CLIENT),
    refused(
        "R-230-update",
        "update_service",
        {"service": "standing", "deploymentConfiguration": {"strategy": "BLUE_GREEN"}},
        "FG1251",
        BAKE,
        code=CLIENT,
    ),
    refused(
        "R-231-steps-of-a-canary",
        "create_service",
        deploying(strategy="CANARY", linearConfiguration={"stepPercent": 10.0}),
        "FG1252",
        "linearConfiguration field is only valid when using the linear deployment strategy",
        code=CLIENT,
    ),
    refused(
        "R-231-canary-of-rolling",
        "create_service",
        deploying(canaryConfiguration={"canaryPercent": 10.0}),
        "FG1252",
        "canaryConfiguration field is only valid when using the canary deployment strategy",
        code=CLIENT,
    ),
    refused(
        "R-230-bake",
        "create_service",
        deploying(strategy="BLUE_GREEN", bakeTimeInMinutes=1441),
        "FG1253",
        f"bakeTimeInMinutes {DAY}",
    ),
    refused(
        "R-231-step-bake",
        "create_service",
        deploying(strategy="LINEAR", linearConfiguration={"stepPercent": 10.0, "stepBakeTimeInMinutes": -1}),
        "FG1253",
        f"stepBakeTimeInMinutes {DAY}",
    ),
    refused(
        "R-231-canary-bake",
        "create_service",
        deploying(strategy="CANARY", canaryConfiguration={"canaryPercent": 10.0, "canaryBakeTimeInMinutes": 2000}),
        "FG1253",
        f"canaryBakeTimeInMinutes {DAY}",
    ),
    refused(
        "R-231-small-step",
        "create_service",
        deploying(strategy="LINEAR", linearConfiguration={"stepPercent": 2.9}),
        "FG1254",
        "stepPercent must be between 3.0 and 100.0.",
    ),
    refused(
        "R-231-no-canary",
        "create_service",
        deploying(strategy="CANARY", canaryConfiguration={"canaryPercent": 0.0}),
        "FG1254",
        "canaryPercent must be between 0.1 and 100.0.",
    ),
    refused(
        "R-231-hundredths",
        "create_service",
        deploying(strategy="LINEAR", linearConfiguration={"stepPercent": 33.33}),
        "FG1254",
        "stepPercent must be a multiple of 0.1.",
    ),
    refused("R-234-linear", "create_service", shifting("LINEAR"), "FG1255", required("linear"), code=CLIENT),
    refused("R-234-canary", "create_service", shifting("CANARY"), "FG1255", required("canary"), code=CLIENT),
    refused(
        "R-234-blue-green", "create_service", shifting("BLUE_GREEN"), "FG1255", required("blue/green"), code=CLIENT
    ),
    refused(
        "R-234-update",
        "update_service",
        {"service": "balanced", "deploymentConfiguration": {"strategy": "LINEAR"}},
        "FG1255",
        required("linear"),
        code=CLIENT,
    ),
    refused(
        "R-234-no-role",
        "create_service",
        shifting("LINEAR", without(ADVANCED, "roleArn")),
        "FG1255",
        "roleArn field is required in advancedConfiguration when using the linear deployment strategy",
        code=CLIENT,
    ),
    refused(
        "R-234-same-group",
        "create_service",
        shifting("BLUE_GREEN", {**ADVANCED, "alternateTargetGroupArn": "$group"}),
        "FG1256",
        "alternateTargetGroupArn must be different from targetGroupArn.",
    ),
    refused(
        "R-234-no-such-rule",
        "create_service",
        shifting("BLUE_GREEN", {**ADVANCED, "productionListenerRule": "$prod0"}),
        "FG1257",
        "The specified listener rule $prod0 does not exist.",
    ),
    refused(
        "R-234-listener-of-an-application-balancer",
        "create_service",
        shifting("BLUE_GREEN", {**ADVANCED, "productionListenerRule": "$listener"}),
        "FG1257",
        "The specified listener rule $listener does not exist.",
    ),
    refused(
        "R-234-no-such-test-rule",
        "create_service",
        shifting("CANARY", {**ADVANCED, "testListenerRule": "$test0"}),
        "FG1257",
        "The specified listener rule $test0 does not exist.",
    ),
    refused(
        "R-234-no-such-alternate",
        "create_service",
        shifting("BLUE_GREEN", {**ADVANCED, "alternateTargetGroupArn": "$green0"}),
        "FG371",
        "The specified target group does not exist.",
    ),
]

STAGES = (
    "Lifecycle stages should be one of [RECONCILE_SERVICE,PRE_SCALE_UP,POST_SCALE_UP,TEST_TRAFFIC_SHIFT,"
    "POST_TEST_TRAFFIC_SHIFT,PRE_PRODUCTION_TRAFFIC_SHIFT,PRODUCTION_TRAFFIC_SHIFT,POST_PRODUCTION_TRAFFIC_SHIFT]"
)
PAUSE = {"targetType": "PAUSE", "hookTargetArn": None, "roleArn": None}
HOOKS = [
    refused(
        "R-233-no-stage", "create_service", hooked(lifecycleStages=[]), "FG1260", "lifecycleStages can not be empty."
    ),
    refused("R-233-bake-time", "create_service", hooked(lifecycleStages=["BAKE_TIME"]), "FG1260", STAGES),
    refused("R-233-scale-up", "create_service", hooked(lifecycleStages=["SCALE_UP"]), "FG1260", STAGES),
    refused(
        "R-233-pause-in-a-shift",
        "create_service",
        hooked(**PAUSE, lifecycleStages=["PRODUCTION_TRAFFIC_SHIFT"]),
        "FG1261",
        "The PAUSE lifecycle hook is not supported at the PRODUCTION_TRAFFIC_SHIFT stage.",
    ),
    refused(
        "R-233-no-function",
        "create_service",
        hooked(hookTargetArn=None),
        "FG1262",
        "hookTargetArn must be specified for the AWS_LAMBDA lifecycle hook.",
    ),
    refused(
        "R-165-no-role",
        "create_service",
        hooked(roleArn=None),
        "FG1262",
        "roleArn must be specified for the AWS_LAMBDA lifecycle hook.",
    ),
    refused(
        "R-233-kind",
        "create_service",
        hooked(targetType="AWS_SNS"),
        "FG1262",
        "Lifecycle hook target type should be one of [AWS_LAMBDA,PAUSE]",
    ),
    refused(
        "R-233-timeout",
        "create_service",
        hooked(**PAUSE, timeoutConfiguration={"timeoutInMinutes": 20161, "action": "ROLLBACK"}),
        "FG1263",
        "timeoutInMinutes must be between 1 and 20160.",
    ),
    refused(
        "R-233-action",
        "create_service",
        hooked(**PAUSE, timeoutConfiguration={"timeoutInMinutes": 60, "action": "STOP"}),
        "FG1263",
        "Timeout action should be one of [CONTINUE,ROLLBACK]",
    ),
    refused(
        "R-233-update",
        "update_service",
        {
            "service": "standing",
            "deploymentConfiguration": {"lifecycleHooks": [{"targetType": "PAUSE", "lifecycleStages": []}]},
        },
        "FG1260",
        "lifecycleStages can not be empty.",
    ),
]

SHIFTING = [*ROLLOUTS, *HOOKS]
