"""What a load makes of tasks, by arithmetic alone (docs/decisions/0023-a-load-by-arithmetic.md).

Requests go to target groups by the weights of the listener's rule, where one divides them, and inside a group, or
without any, evenly to the tasks that serve. For one task with a rate r and a capacity c (requests a second
and vCPU of its image, times its vCPU), and p = r / c:

    CPU        = 100 % x min(p, 1), of the CPU units that the task definition reserves (R-262)
    latency    = the image's own seconds / (1 - p), at most the 60 s that a load balancer waits; 60 s from p = 1 on
    errors     = r - c where r is more than c: those are answered with 503; of the others what the image's code fails
    in flight  = answered requests a second x latency (Little's law)
    memory     = the image's MiB + in flight x MiB a request, at most what the task has

A queue's messages are taken as fast as the running tasks can; what comes faster waits.
"""

from __future__ import annotations

from simcloud.sim.load.state import Kind, Sample, Shape

PATIENCE = 60.0
"""Seconds: the idle timeout of an Application Load Balancer, after which it answers 504 itself.
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html"""


def busy(shape: Shape, rate: float) -> float:
    """Utilisation of a task's CPU, 0 to 1."""
    return min(rate / shape.requests, 1.0) if shape.requests > 0 else float(rate > 0)


def latency(shape: Shape, rate: float) -> float:
    """Seconds until an answer."""
    free = 1.0 - busy(shape, rate)
    return PATIENCE if free <= 0 else min(shape.seconds / free, PATIENCE)


def memory(shape: Shape, rate: float) -> float:
    """MiB in use."""
    answered = min(rate, shape.requests)
    return min(shape.base_mib + answered * latency(shape, rate) * shape.request_mib, float(shape.memory))


def each(kind: Kind, rate: float) -> float:
    """Requests a second for one of the tasks that serve."""
    return rate * kind.share / kind.among if kind.serving else 0.0


def routed(sample: Sample, rate: float) -> float:
    """Requests a second that get to a task."""
    return sum(rate * kind.share * (kind.serving / kind.among) for kind in sample.kinds if kind.serving)


def lost(sample: Sample, rate: float) -> float:
    """Requests a second that go where nothing serves: the load balancer answers them with 503."""
    return rate * sample.lost


def handled(sample: Sample, rate: float) -> float:
    """Requests a second that the code answers in time, well or not, of all that come."""
    return sum(min(each(kind, rate), kind.shape.requests) * kind.serving for kind in sample.kinds)


def answered(sample: Sample, rate: float) -> float:
    """Requests a second that are answered well."""
    return sum(
        min(each(kind, rate), kind.shape.requests) * (1.0 - kind.shape.failing) * kind.serving for kind in sample.kinds
    )


def mean_latency(sample: Sample, rate: float) -> float | None:
    """Seconds until an answer, over all requests that get to a task; None where none does."""
    if rate <= 0:
        return None
    taken = [(kind.share * (kind.serving / kind.among), kind) for kind in sample.kinds if kind.serving and kind.share]
    if not taken:
        return None
    total = sum(part for part, _ in taken)
    return sum(latency(kind.shape, each(kind, rate)) * (part / total) for part, kind in taken)


def cpu_used(sample: Sample, rate: float) -> float:
    """CPU units in use by requests, over all tasks."""
    used = 0.0
    for kind in sample.kinds:
        used += busy(kind.shape, each(kind, rate)) * kind.shape.cpu * kind.serving
    return used


def memory_used(sample: Sample, rate: float) -> float:
    """MiB in use, over all running tasks."""
    return sum(
        memory(kind.shape, each(kind, rate)) * kind.serving
        + min(kind.shape.base_mib, float(kind.shape.memory)) * (kind.running - kind.serving)
        for kind in sample.kinds
    )


def reserved(sample: Sample) -> tuple[int, int]:
    """CPU units and MiB that its running tasks reserve."""
    cpu = memory = 0
    for kind in sample.kinds:
        cpu += kind.shape.cpu * kind.running
        memory += kind.shape.memory * kind.running
    return cpu, memory


def drained(sample: Sample) -> float:
    """Messages a second that its running tasks can take from a queue."""
    return sum(kind.shape.messages * kind.running for kind in sample.kinds)
