"""Laws on a deployment: how many tasks may be missing or too many, when it has failed, when it is over early."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.facts import quotas, words
from simcloud.facts.sources import API_MODEL, PREFLIGHT, recorded
from simcloud.facts.words import rollout as said
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.launch import SERVICES, Launch
from simcloud.rules.refusal import Refusal

AT = "deploymentConfiguration"
BREAKER, ALARMS, EARLY = f"{AT}.deploymentCircuitBreaker", f"{AT}.alarms", f"{AT}.earlySuccessCriteria"


def _refusal(at: str, aws: str, because: str) -> Refusal:
    return Refusal(at, aws, because, code="InvalidParameterException")


@rule("FG358", on=SERVICES, source=f"{PREFLIGHT} (pf-ecs-service-deployment-percent)", status="observed")
def a_deployment_has_room(launch: Launch) -> Iterator[Refusal]:
    """minimumHealthyPercent is at most 100, maximumPercent at least 100, and in a rolling deployment they are not both
    100: it could neither stop nor start a task."""
    given = launch.deployment
    least, most = reading.number(given, "minimumHealthyPercent"), reading.number(given, "maximumPercent")
    if least is not None and least > 100:
        yield _refusal(f"{AT}.minimumHealthyPercent", words.MINIMUM_HEALTHY, f"it is {least}")
    if least is not None and least < 0:
        yield _refusal(f"{AT}.minimumHealthyPercent", said.MINIMUM_NEGATIVE, f"it is {least}")
    if most is not None and most < 100:
        yield _refusal(f"{AT}.maximumPercent", words.MAXIMUM_PERCENT, f"it is {most}")
    rolling = launch.controller == "ECS" and launch.rollout == "ROLLING" and not launch.daemon
    if rolling and most == 100 and least in (100, None):
        yield _refusal(AT, words.BOTH_HUNDRED, "no task may be missing and none may be too many")


@rule("FG1240", on=SERVICES, source=f"{PREFLIGHT} (pf-ecs-svc-daemon-max-percent)", status="observed")
def daemons_stop_before_they_start(launch: Launch) -> Iterator[Refusal]:
    """A service of the DAEMON strategy has a maximumPercent of 100: an instance has never two of its tasks."""
    most = reading.number(launch.deployment, "maximumPercent")
    if launch.daemon and most is not None and most > 100 and not launch.on_fargate:
        yield _refusal(f"{AT}.maximumPercent", said.DAEMON_MAXIMUM, f"it is {most}")


@rule("FG359", on=SERVICES, source=f"{PREFLIGHT} (pf-ecs-svc-az-rebalancing-with-daemon)", status="observed")
def rebalancing_needs_room(launch: Launch) -> Iterator[Refusal]:
    """A service that is rebalanced over Availability Zones has the REPLICA strategy, room for more than its desired
    count, and no Classic Load Balancer."""
    if launch.raw.get("availabilityZoneRebalancing") != "ENABLED":
        return
    most = reading.number(launch.deployment, "maximumPercent")
    classic = any(each.get("loadBalancerName") for each in reading.structures(launch.raw, "loadBalancers"))
    verb = "updated" if launch.operation == "UpdateService" else "created"
    for broken, value, what in (
        (launch.daemon, "DAEMON", "scheduling strategy"),
        (classic, "Classic Load Balancer", "load balancer"),
    ):
        if broken and not launch.on_fargate:
            text = said.REBALANCING.format(verb=verb, value=value, what=what)
            yield _refusal("availabilityZoneRebalancing", text, f"{what} is {value}")
    if most is not None and most <= 100 and not launch.daemon and not (classic and launch.on_fargate):
        text = said.REBALANCING_ROOM.format(verb=verb)
        changed = (f"{AT}.maximumPercent",) if launch.operation == "UpdateService" else ()
        for at in ("availabilityZoneRebalancing", *changed):  # whichever of the two an update changes
            yield _refusal(at, text, f"maximumPercent is {most}")


@rule("FG1241", on=SERVICES, source=API_MODEL)
def a_breaker_breaks_deployments_of_ecs(launch: Launch) -> Iterator[Refusal]:
    """The deployment circuit breaker watches deployments that ECS itself makes."""
    breaker = reading.mapping(launch.deployment, "deploymentCircuitBreaker")
    if breaker.get("enable") and launch.controller != "ECS":
        yield _refusal(BREAKER, said.BREAKER_CONTROLLER, f"the controller is {launch.controller}")


@rule("FG1242", on=SERVICES, source=recorded("ecs/services.json"), status="observed")
def a_breaker_counts_from_one(launch: Launch) -> Iterator[Refusal]:
    """A circuit breaker's threshold is at least one failed task, or one per cent; the bounded kind at most 100."""
    breaker = reading.mapping(launch.deployment, "deploymentCircuitBreaker")
    threshold = reading.mapping(breaker, "thresholdConfiguration")
    value = reading.number(threshold, "value")
    bounded = threshold.get("type") == "BOUNDED_PERCENT"
    if value is not None and (value < 1 or (bounded and value > 100)):
        yield _refusal(f"{BREAKER}.thresholdConfiguration.value", said.BREAKER_VALUE, f"it is {value}")


@rule("FG1243", on=SERVICES, source=API_MODEL)
def alarms_watch_deployments_of_ecs(launch: Launch) -> Iterator[Refusal]:
    """Deployment alarms watch deployments that ECS itself makes, and there is at least one."""
    alarms = reading.mapping(launch.deployment, "alarms")
    if alarms.get("enable") and launch.controller != "ECS":
        yield _refusal(ALARMS, said.ALARMS_CONTROLLER, f"the controller is {launch.controller}")
    elif alarms.get("enable") and not alarms.get("alarmNames"):
        yield _refusal(f"{ALARMS}.alarmNames", said.ALARMS_EMPTY, "no alarm is named")


@rule("FG1244", on=SERVICES, source=API_MODEL)
def early_success_says_how_early(launch: Launch) -> Iterator[Refusal]:
    """A rolling deployment that may end early says at which share of healthy tasks, not below minimumHealthyPercent,
    and when the old ones go."""
    early = reading.mapping(launch.deployment, "earlySuccessCriteria")
    if not early.get("enable"):
        return
    if launch.rollout != "ROLLING":
        yield _refusal(EARLY, said.EARLY_ROLLING, f"the strategy is {launch.rollout}")
    for member in ("healthyPercent", "sourceServiceRevisionCleanup"):
        if early.get(member) is None:
            yield _refusal(f"{EARLY}.{member}", said.EARLY_INCOMPLETE.format(member=member), "it is not given")
    healthy = reading.number(early, "healthyPercent")
    least = reading.number(launch.deployment, "minimumHealthyPercent")
    least = quotas.MINIMUM_HEALTHY_DEFAULT.value if least is None else least
    if healthy is not None and not 0 <= healthy <= 100:
        yield _refusal(f"{EARLY}.healthyPercent", said.EARLY_RANGE, f"it is {healthy}")
    elif healthy is not None and healthy < least:
        got = f"it is {healthy}, minimumHealthyPercent is {least}"
        yield _refusal(f"{EARLY}.healthyPercent", said.EARLY_BELOW_MINIMUM, got)
