"""CodeDeploy's numbers: its predefined configurations, limits, and how long its steps take."""

from __future__ import annotations

from typing import Any, Final

from simcloud.facts.fact import Fact
from simcloud.facts.sources import CODEDEPLOY_GUIDE, CODEDEPLOY_MODEL, FIELD_REPORT, GUIDE

_CONFIGURATIONS = CODEDEPLOY_GUIDE + "deployment-configurations.html"
_LIMITS = CODEDEPLOY_GUIDE + "limits.html"
_TUTORIAL = GUIDE + "create-blue-green.html"


def _hosts(kind: str, value: int) -> dict[str, Any]:
    return {"computePlatform": "Server", "minimumHealthyHosts": {"type": kind, "value": value}}


def _at_once(platform: str) -> dict[str, Any]:
    return {"computePlatform": platform, "trafficRoutingConfig": {"type": "AllAtOnce"}}


def _canary(platform: str, minutes: int) -> dict[str, Any]:
    block = {"canaryPercentage": 10, "canaryInterval": minutes}
    return {
        "computePlatform": platform,
        "trafficRoutingConfig": {"type": "TimeBasedCanary", "timeBasedCanary": block},
    }


def _linear(platform: str, minutes: int) -> dict[str, Any]:
    block = {"linearPercentage": 10, "linearInterval": minutes}
    return {
        "computePlatform": platform,
        "trafficRoutingConfig": {"type": "TimeBasedLinear", "timeBasedLinear": block},
    }


PREFIX: Final = "CodeDeployDefault."
PREDEFINED: Final[Fact[dict[str, dict[str, Any]]]] = Fact(
    {
        "CodeDeployDefault.AllAtOnce": _hosts("HOST_COUNT", 0),
        "CodeDeployDefault.ECSAllAtOnce": _at_once("ECS"),
        "CodeDeployDefault.ECSCanary10Percent15Minutes": _canary("ECS", 15),
        "CodeDeployDefault.ECSCanary10Percent5Minutes": _canary("ECS", 5),
        "CodeDeployDefault.ECSLinear10PercentEvery1Minutes": _linear("ECS", 1),
        "CodeDeployDefault.ECSLinear10PercentEvery3Minutes": _linear("ECS", 3),
        "CodeDeployDefault.HalfAtATime": _hosts("FLEET_PERCENT", 50),
        "CodeDeployDefault.LambdaAllAtOnce": _at_once("Lambda"),
        "CodeDeployDefault.LambdaCanary10Percent10Minutes": _canary("Lambda", 10),
        "CodeDeployDefault.LambdaCanary10Percent15Minutes": _canary("Lambda", 15),
        "CodeDeployDefault.LambdaCanary10Percent30Minutes": _canary("Lambda", 30),
        "CodeDeployDefault.LambdaCanary10Percent5Minutes": _canary("Lambda", 5),
        "CodeDeployDefault.LambdaLinear10PercentEvery10Minutes": _linear("Lambda", 10),
        "CodeDeployDefault.LambdaLinear10PercentEvery1Minute": _linear("Lambda", 1),
        "CodeDeployDefault.LambdaLinear10PercentEvery2Minutes": _linear("Lambda", 2),
        "CodeDeployDefault.LambdaLinear10PercentEvery3Minutes": _linear("Lambda", 3),
        "CodeDeployDefault.OneAtATime": _hosts("HOST_COUNT", 1),
    },
    _CONFIGURATIONS,
    rule="R-236",
)
"""By name, in the alphabet's order, as ListDeploymentConfigs gives them."""
PREDEFINED_AT: Final = Fact(1543276800.0, _CONFIGURATIONS, "assumed")
"""createTime of the predefined ones: 27 November 2018, when the ones for ECS came. Their real date was not read."""
USUAL: Final = Fact(
    {
        "ECS": "CodeDeployDefault.ECSAllAtOnce",
        "Lambda": "CodeDeployDefault.LambdaAllAtOnce",
        "Server": "CodeDeployDefault.OneAtATime",
    },
    CODEDEPLOY_MODEL,
    "assumed",
)
"""The configuration of a group that names none: documented for Server; for the others the one that shifts at once."""

ROLLBACK_CONFIGURATION: Final = Fact("CodeDeployDefault.ECSAllAtOnce", FIELD_REPORT, "observed", rule="R-236")
"""Of the deployment that rolls another one back, whatever the group's is."""
SCALING_SECONDS: Final = Fact(300.0, GUIDE + "deployment-type-bluegreen.html", rule="R-241")
"""So long may a service that is scaled during a deployment take to be steady."""

NAME_LENGTH: Final = Fact(100, _LIMITS)
DESCRIPTION_LENGTH: Final = Fact(256, _LIMITS)
SHIFT_MINUTES: Final = Fact(2880, _LIMITS)
TERMINATION_MINUTES: Final = Fact(2880, CODEDEPLOY_MODEL)
ALARMS: Final = Fact(10, CODEDEPLOY_MODEL)
ALARM_NAME_LENGTH: Final = Fact(255, CODEDEPLOY_MODEL)
TRIGGERS: Final = Fact(10, _LIMITS)
TRIGGER_EVENTS: Final = Fact(
    (
        "DeploymentStart",
        "DeploymentSuccess",
        "DeploymentFailure",
        "DeploymentStop",
        "DeploymentRollback",
        "DeploymentReady",
        "InstanceStart",
        "InstanceSuccess",
        "InstanceFailure",
        "InstanceReady",
    ),
    CODEDEPLOY_MODEL,
)
TARGET_GROUP_NAME: Final = Fact(32, CODEDEPLOY_MODEL)
TAGS: Final = Fact(50, CODEDEPLOY_MODEL, "assumed")
BATCH: Final = Fact(100, CODEDEPLOY_MODEL)
BATCH_SMALL: Final = Fact(25, CODEDEPLOY_MODEL)
"""Deployments, revisions and targets of one batch call."""

HOOK_SECONDS: Final = Fact(3600, CODEDEPLOY_GUIDE + "reference-appspec-file-structure-hooks.html", rule="R-239")
INSTALL_SECONDS: Final = Fact(3600, CODEDEPLOY_GUIDE + "troubleshooting-ecs.html", rule="R-237")
START_SECONDS: Final = Fact(2.0, _TUTORIAL, "assumed")
"""From Created to InProgress."""
EVENT_SECONDS: Final = Fact(0.5, _TUTORIAL, "observed")
"""A lifecycle event that has nothing to wait for: the tutorial's output shows 0.4 to 0.7 s."""
GAP_SECONDS: Final = Fact(0.3, _TUTORIAL, "observed")
"""Between two lifecycle events: 0.2 to 0.8 s in the same output."""
REVIEW_SECONDS: Final = Fact(5.0, _TUTORIAL, "assumed")
"""How often the replacement task set is looked at while it is being installed."""
