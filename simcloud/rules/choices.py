"""Laws on members of a launch that take one of a few values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import launch_limits as limits
from simcloud.facts.sources import API_MODEL, issue
from simcloud.facts.words import launch as said
from simcloud.facts.words import rollout
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.launch import LAUNCHES, Launch
from simcloud.rules.refusal import Refusal

INVALID = "InvalidParameterException"
NETWORK = "networkConfiguration.awsvpcConfiguration"


def unknown(at: str, value: Any, kind: str, spoken: str) -> Iterator[Refusal]:
    """A refusal where the value is none of those that AWS offers (`launch_limits.CHOICES`); absent ones are fine."""
    offered = limits.CHOICES.value[kind]
    if value not in (None, "", *offered):
        text = said.CHOICE.format(what=spoken, values=",".join(offered))
        yield Refusal(at, text, f"it is '{value}'", code=INVALID)


@rule("FG1201", on=LAUNCHES, source=API_MODEL)
def values_are_offered(launch: Launch) -> Iterator[Refusal]:
    """A launch type, a scheduling strategy, a deployment controller and the like are of those that AWS offers; Fargate
    Spot is no launch type but a capacity provider."""
    raw = launch.raw
    yield from unknown("launchType", raw.get("launchType"), "launchType", "Launch type")
    public = (launch.network or {}).get("assignPublicIp")
    yield from unknown(f"{NETWORK}.assignPublicIp", public, "assignPublicIp", "Assign public IP")
    kind = raw.get("schedulingStrategy")
    yield from unknown("schedulingStrategy", kind, "schedulingStrategy", "Scheduling strategy")
    kind = reading.mapping(raw, "deploymentController").get("type")
    yield from unknown("deploymentController.type", kind, "deploymentController", "Deployment controller type")
    kind = raw.get("availabilityZoneRebalancing")
    yield from unknown(
        "availabilityZoneRebalancing", kind, "availabilityZoneRebalancing", "Availability Zone rebalancing"
    )
    yield from unknown("scale.unit", reading.mapping(raw, "scale").get("unit"), "unit", "Scale unit")
    yield from _rollout(launch.deployment)


def _rollout(deployment: Mapping[str, Any]) -> Iterator[Refusal]:
    at = "deploymentConfiguration"
    yield from unknown(f"{at}.strategy", deployment.get("strategy"), "strategy", "Deployment strategy")
    breaker = reading.mapping(deployment, "deploymentCircuitBreaker")
    kind = reading.mapping(breaker, "thresholdConfiguration").get("type")
    if kind not in (None, *limits.CHOICES.value["threshold"]):
        where = f"{at}.deploymentCircuitBreaker.thresholdConfiguration.type"
        yield Refusal(where, rollout.BREAKER_TYPE, f"it is '{kind}'", code=INVALID)
    cleanup = reading.mapping(deployment, "earlySuccessCriteria").get("sourceServiceRevisionCleanup")
    yield from unknown(f"{at}.earlySuccessCriteria", cleanup, "cleanup", "Source service revision cleanup")


@rule("FG341", on=LAUNCHES, source=issue("kayac/ecspresso", 270), status="observed")
def tags_come_from_definition_or_service(launch: Launch) -> Iterator[Refusal]:
    """Tags are propagated to a task from its definition or from its service; a task that is run by itself has no
    service."""
    #
    value = launch.raw.get("propagateTags")
    offered = limits.PROPAGATED.value["service" if launch.is_service else "task"]
    if value not in (None, "", *offered):
        text = said.PROPAGATE.format(values=",".join(each for each in offered if each != "NONE"))
        yield Refusal("propagateTags", text, f"propagateTags is {value}", code=INVALID)
