"""The health of a target in a target group: what checks find, and after how many of them. Values and arithmetic.

A target starts as `initial`; one check that passes makes it healthy, and from then on as many in a row as the group
demands change its state (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from simcloud.facts.words import health as words

if TYPE_CHECKING:
    from simcloud.sim.task import Task

HTTP_OK, NOT_FOUND = 200, 404
TRAFFIC_PORT = "traffic-port"


@dataclass(frozen=True)
class HealthCheck:
    """How a target group checks one target now, as far as it gets to it."""

    group: str
    """ARN of the target group."""
    port: int
    """The target's."""
    protocol: str = "HTTP"
    check_port: str = TRAFFIC_PORT
    path: str = "/"
    matcher: str = "200"
    interval: float = 30.0
    timeout: float = 5.0
    healthy: int = 5
    """So many checks that pass in a row make an unhealthy target healthy."""
    unhealthy: int = 2
    used: bool = True
    """Does a load balancer forward to the group?"""
    balancers: tuple[str, ...] = ()
    """Those that do, as CloudWatch names them: app/front/0123456789abcdef."""
    closed: str = ""
    """Why the load balancer's connection does not get through; '' where it does."""


class TargetHealth(NamedTuple):
    """As DescribeTargetHealth tells it."""

    state: str
    reason: str = ""
    description: str = ""
    why: str = ""
    """Our own words."""


@dataclass
class Target:
    """A task in one target group."""

    port: int
    check_port: str
    health: TargetHealth
    since: float
    """When it was registered."""
    listens: float
    """From when on the process answers."""
    serial: int = 0
    """Counts judgements: a verdict that was planned before the last is stale."""


HEALTHY = TargetHealth("healthy")
CHECKING = TargetHealth("initial", "Elb.InitialHealthChecking", str(words.CHECKING))
REGISTERING = TargetHealth("initial", "Elb.RegistrationInProgress", str(words.REGISTERING))
UNUSED = TargetHealth("unused", "Target.NotInUse", str(words.NOT_IN_USE))
LEAVING = TargetHealth("draining", "Target.DeregistrationInProgress", str(words.DEREGISTERING))


def found(check: HealthCheck, task: Task, container: str) -> TargetHealth:
    """What a check of a process that is up finds. `container` is the one whose port the load balancer names."""
    if task.lost:
        return TargetHealth("unhealthy", "Target.Timeout", str(words.TIMED_OUT), "its host does not answer any more")
    if check.closed:
        return TargetHealth("unhealthy", "Target.Timeout", str(words.TIMED_OUT), check.closed)
    port = check.port if check.check_port == TRAFFIC_PORT else int(check.check_port)
    answering = _listening(task, container, port, check.port)
    if not answering:
        why = f"nothing in the task listens on port {port}"
        return TargetHealth("unhealthy", "Target.FailedHealthChecks", str(words.FAILED), why)
    status = _status(task, answering[0], check.path)
    if check.protocol in ("HTTP", "HTTPS") and not matches(check.matcher, status):
        told = words.CODES.format(codes=status)
        why = f"{check.path} answers {status}, the target group wants {check.matcher}"
        return TargetHealth("unhealthy", "Target.ResponseCodeMismatch", told, why)
    return HEALTHY


def _listening(task: Task, container: str, port: int, own: int) -> list[str]:
    """Containers that run and listen on the port; an image that names no ports listens on the one it is asked at."""
    names = []
    for name, held in task.containers.items():
        image = held.behaviour
        if held.status != "RUNNING" or image is None:
            continue
        if port in image.ports or (not image.ports and name == container and port == own):
            names.append(name)
    return names


def _status(task: Task, container: str, path: str) -> int:
    image = task.containers[container].behaviour
    paths = dict(image.paths) if image else {}
    return paths.get(path.partition("?")[0] or "/", NOT_FOUND) if paths else HTTP_OK


def matches(matcher: str, status: int) -> bool:
    """Is the status one of `200`, `200,202` or `200-299`?"""
    for part in matcher.split(","):
        first, _, last = part.strip().partition("-")
        if first.isdigit() and int(first) <= status <= int(last or first):
            return True
    return False


def verdict_in(check: HealthCheck, target: Target, result: TargetHealth, now: float) -> float | None:
    """Seconds until the target has another state, if nothing changes; None where it keeps the one that it has.

    Checks come every interval, counted from the registration; one that gets no answer is over after the timeout.
    """
    state = target.health.state
    if result.state == "healthy":
        if state == "healthy":
            return None
        first = _check_from(check, target, max(now, target.listens))
        more = check.healthy - 1 if state == "unhealthy" else 0
        return first + more * check.interval - now
    if state == "unhealthy":
        return 0.0 if target.health != result else None
    late = check.timeout if result.reason == "Target.Timeout" else 0.0
    return _check_from(check, target, now) + (check.unhealthy - 1) * check.interval + late - now


def too_late(check: HealthCheck, target: Target, seconds: float, now: float) -> float | None:
    """Seconds after which a target that only begins to listen later is unhealthy first; None where it is in time."""
    if target.health.state == "unhealthy" or target.listens <= now:
        return None
    failed = _check_from(check, target, now) + (check.unhealthy - 1) * check.interval - now
    return failed if failed < seconds else None


def _check_from(check: HealthCheck, target: Target, moment: float) -> float:
    """The moment of the first check at or after a moment: never at the registration itself."""
    number = max(1, math.ceil(round((moment - target.since) / check.interval, 6)))
    return target.since + number * check.interval
