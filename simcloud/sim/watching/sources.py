"""The metrics that AWS itself puts into CloudWatch, each with how it is measured here.

Sources: AWS/ECS https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html (R-293), Container
Insights .../cloudwatch-container-insights.html (R-292), AWS/ApplicationELB
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html, AWS/SQS
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from simcloud.sim.bus import counting
from simcloud.sim.load import arithmetic
from simcloud.sim.service import Service
from simcloud.sim.watching import queued, serving
from simcloud.sim.watching.metric import Datum, Metric, once
from simcloud.sim.watching.serving import Piece

if TYPE_CHECKING:
    from simcloud.sim.world import World

ECS, ALB, NLB, SQS = "AWS/ECS", "AWS/ApplicationELB", "AWS/NetworkELB", "AWS/SQS"
INSIGHTS = "ECS/ContainerInsights"
Measure = Callable[["World", Metric, float, float], Datum | None]
Value = Callable[[Piece], float | None]

UTILISATION: dict[str, Value] = {"CPUUtilization": serving.cpu, "MemoryUtilization": serving.memory}
COUNTED: dict[str, tuple[Callable[[Piece], float], str]] = {
    "RunningTaskCount": (lambda piece: piece.sample.running, "Count"),
    "PendingTaskCount": (lambda piece: piece.sample.pending, "Count"),
    "DesiredTaskCount": (lambda piece: piece.sample.desired, "Count"),
    "CpuReserved": (lambda piece: arithmetic.reserved(piece.sample)[0], "None"),
    "CpuUtilized": (lambda piece: (serving.cpu(piece) or 0.0) / 100 * arithmetic.reserved(piece.sample)[0], "None"),
    "MemoryReserved": (lambda piece: arithmetic.reserved(piece.sample)[1], "Megabytes"),
    "MemoryUtilized": (lambda piece: arithmetic.memory_used(piece.sample, piece.rate), "Megabytes"),
}
"""Of Container Insights: value and unit."""
PER_TASK: dict[str, Value] = {"TaskCpuUtilization": serving.cpu, "TaskMemoryUtilization": serving.memory}
"""What `enhanced` adds, for each task (R-292). A load spreads evenly, so all tasks of a service are alike. Names and
dimensions are from memory of .../Container-Insights-enhanced-observability-metrics-ECS.html."""


def services(world: World, metric: Metric) -> list[Service]:
    """Whom the metric is about: by cluster and service name, or by target group."""
    if metric.namespace in (ECS, INSIGHTS):
        cluster, name = metric.of("ClusterName"), metric.of("ServiceName")
        usual = f"arn:aws:ecs:{world.region}:{world.account}:service/{cluster}/{name}"
        if name and usual in world.services:
            return [world.services[usual]]
        return [
            each
            for each in world.services.values()
            if world.clusters[each.cluster].name == cluster and (not name or each.name == name)
        ]
    group, balancer = metric.of("TargetGroup"), metric.of("LoadBalancer")
    if metric.namespace not in (ALB, NLB) or not (group or balancer):
        return []
    return [
        each
        for each in world.services.values()
        if any(_behind(world, arn, group, balancer) for arn in _groups(world, each))
    ]


def _groups(world: World, service: Service) -> tuple[str, ...]:
    held = world.loads.census.get(service.arn)
    return held[-1].groups if held else ()


def _behind(world: World, arn: str, group: str, balancer: str) -> bool:
    if group and not arn.endswith(f":{group}"):
        return False
    return not balancer or balancer in world.loads.balancers.get(arn, ())


def measure(world: World, metric: Metric, start: float, end: float) -> Datum | None:
    """What AWS measured of it between two moments; None where there is no data."""
    if metric.namespace == counting.NAMESPACE:
        return counting.measure(world, metric, start, end)
    if metric.namespace == SQS:
        return queued.measure(world, metric.name, metric.of("QueueName"), start, end)
    found = [list(serving.pieces(world, each.arn, start, end)) for each in services(world, metric)]
    parts = [each for each in found if each]
    if not parts:
        return None
    if metric.namespace == ECS:
        return _utilisation(metric, parts[0]) if metric.of("ServiceName") else None
    if metric.namespace == INSIGHTS:
        return _insight(metric, parts) if _lived(world, metric, start, end) else None
    return _balanced(metric, parts)


def _utilisation(metric: Metric, parts: list[Piece]) -> Datum | None:
    value = UTILISATION.get(metric.name)
    found = serving.mean(parts, value) if value else None
    return once(found, max(piece.sample.running for piece in parts)) if found is not None else None


def _insight(metric: Metric, parts: list[list[Piece]]) -> Datum | None:
    """Of a service, or of all of a cluster."""
    if metric.name in PER_TASK:
        return _of_task(metric, parts[0]) if metric.of("ServiceName") else None
    known = COUNTED.get(metric.name)
    on = [[piece for piece in each if piece.sample.insights] for each in parts]
    if known is None or not any(on):
        return None
    value, _ = known
    return once(sum(serving.mean(each, value) or 0.0 for each in on if each))


def _lived(world: World, metric: Metric, start: float, end: float) -> bool:
    """Did the task that the metric names run at the time, in the service that it names? True where it names none."""
    if not metric.of("TaskId"):
        return True
    place = f"task/{metric.of('ClusterName')}/{metric.of('TaskId')}"
    task = world.tasks.get(f"arn:aws:ecs:{world.region}:{world.account}:{place}")
    if task is None or task.started_at is None or task.service.rsplit("/", 1)[-1] != metric.of("ServiceName"):
        return False
    return task.started_at < end and (task.stopping_at is None or task.stopping_at > start)


def _of_task(metric: Metric, parts: list[Piece]) -> Datum | None:
    """Of one task, or with a sample for each of a service: where the setting is `enhanced`."""
    on = [piece for piece in parts if piece.sample.insights == "enhanced"]
    found = serving.mean(on, PER_TASK[metric.name])
    count = 1 if metric.of("TaskId") else max((piece.sample.running for piece in on), default=0)
    return once(found, count) if found is not None else None


def _balanced(metric: Metric, parts: list[list[Piece]]) -> Datum | None:
    measured = BALANCED.get(metric.name)
    if measured is None or (metric.namespace == NLB and metric.name not in HOSTS):
        return None
    return measured([_seen_by(metric, piece) for each in parts for piece in each])


def _seen_by(metric: Metric, piece: Piece) -> Piece:
    """The part of it that the metric is about: one target group, where it names one."""
    group = metric.of("TargetGroup")
    return piece._replace(sample=piece.sample.only(group)) if group else piece


def _total(value: Callable[[Piece], float]) -> Callable[[list[Piece]], Datum | None]:
    """A count; CloudWatch gets none where nothing happened."""

    def counted(parts: list[Piece]) -> Datum | None:
        total = sum(value(piece) * piece.seconds for piece in parts)
        return Datum(total, total, 1.0, 1.0) if total > 0 else None

    return counted


def _per_target(parts: list[Piece]) -> Datum | None:
    seconds = sum(piece.seconds for piece in parts)
    found = serving.mean(parts, serving.per_target)
    return once(found * seconds / 60.0) if found is not None else None


def _latency(parts: list[Piece]) -> Datum | None:
    found = serving.mean(parts, serving.latency)
    handled = sum(arithmetic.handled(piece.sample, piece.rate) * piece.seconds for piece in parts)
    return once(found, handled) if found is not None and handled else None


def _hosts(value: Callable[[Piece], float]) -> Callable[[list[Piece]], Datum | None]:
    def counted(parts: list[Piece]) -> Datum | None:
        known = [value(piece) for piece in parts if piece.sample.groups]
        found = serving.mean([piece for piece in parts if piece.sample.groups], value)
        return Datum(found, 1.0, min(known), max(known)) if found is not None else None

    return counted


def _answered(piece: Piece) -> float:
    return arithmetic.answered(piece.sample, piece.rate)


def _routed(piece: Piece) -> float:
    return arithmetic.routed(piece.sample, piece.rate)


def _lost(piece: Piece) -> float:
    return arithmetic.lost(piece.sample, piece.rate)


HOSTS: dict[str, Callable[[list[Piece]], Datum | None]] = {
    "HealthyHostCount": _hosts(lambda piece: piece.sample.serving),
    "UnHealthyHostCount": _hosts(lambda piece: piece.sample.unhealthy),
}
BALANCED: dict[str, Callable[[list[Piece]], Datum | None]] = {
    **HOSTS,
    "RequestCountPerTarget": _per_target,
    "RequestCount": _total(_routed),
    "TargetResponseTime": _latency,
    "HTTPCode_Target_2XX_Count": _total(_answered),
    "HTTPCode_Target_5XX_Count": _total(lambda piece: _routed(piece) - _answered(piece)),
    "HTTPCode_ELB_5XX_Count": _total(_lost),
    "HTTPCode_ELB_503_Count": _total(_lost),
}


def known(world: World) -> Iterator[Metric]:
    """Every metric that has been measured of what there is."""
    for service in world.services.values():
        held = world.loads.census.get(service.arn)
        if not held:
            continue
        cluster = world.clusters[service.cluster].name
        own = (("ClusterName", cluster), ("ServiceName", service.name))
        yield from (Metric(ECS, name, own) for name in UTILISATION)
        if any(sample.insights for sample in held):
            yield from (Metric(INSIGHTS, name, own) for name in COUNTED)
        if held[-1].insights == "enhanced":
            mine = [task.id for task in world.tasks.values() if task.service == service.arn and task.started_at]
            about = [own, *((*own, ("TaskId", each)) for each in mine)]
            yield from (Metric(INSIGHTS, name, each) for name in PER_TASK for each in about)
        for arn in held[-1].groups:
            group = ("TargetGroup", arn.rpartition(":")[2])
            for balancer in world.loads.balancers.get(arn, ()):
                named = HOSTS if balancer.startswith("net/") else BALANCED
                space = NLB if balancer.startswith("net/") else ALB
                yield from (Metric(space, name, (("LoadBalancer", balancer), group)) for name in named)
    yield from counting.known(world)
    for queue in queued.names(world):
        yield from (Metric(SQS, name, (("QueueName", queue),)) for name in queued.NAMES)


def outlook(world: World, metric: Metric, period: float, since: float) -> serving.Outlook | None:
    """What the metric will be from `since` on, by periods of so many seconds; None where that cannot be told."""
    if metric.namespace == SQS:
        level = queued.level(world, metric.name, metric.of("QueueName"))
        return None if level is None or since < world.now else serving.Steady(level)
    value, share = UTILISATION.get(metric.name) if metric.namespace == ECS else None, 1.0
    if metric.namespace == ALB and metric.name == "RequestCountPerTarget":
        value, share = serving.per_target, period / 60.0
    found = services(world, metric)
    if value is None or len(found) != 1:
        return None
    return serving.outlook(world, found[0].arn, value, share, since, metric.of("TargetGroup"))
