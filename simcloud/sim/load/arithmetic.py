"""What a load makes of tasks, by arithmetic alone (docs/decisions/0023-a-load-by-arithmetic.md).

Requests are spread evenly over the tasks that serve. For one task with a rate r and a capacity c (requests a second
and vCPU of its image, times its vCPU), and p = r / c:

    CPU        = 100 % x min(p, 1), of the CPU units that the task definition reserves (R-262)
    latency    = the image's own seconds / (1 - p), at most the 60 s that a load balancer waits; 60 s from p = 1 on
    errors     = r - c where r is more than c: those are answered with 503
    in flight  = answered requests a second x latency (Little's law)
    memory     = the image's MiB + in flight x MiB a request, at most what the task has

A queue's messages are taken as fast as the running tasks can; what comes faster waits.
"""

from __future__ import annotations

from simcloud.sim.load.state import Sample, Shape

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


def answered(sample: Sample, rate: float) -> float:
    """Requests a second that are answered in time, of all that come."""
    if not sample.serving:
        return 0.0
    each = rate / sample.serving
    return sum(min(each, shape.requests) * serving for shape, serving, _ in sample.kinds)


def mean_latency(sample: Sample, rate: float) -> float | None:
    """Seconds until an answer, over all tasks that serve; None where nothing is served."""
    if not sample.serving or rate <= 0:
        return None
    each = rate / sample.serving
    return sum(latency(shape, each) * serving for shape, serving, _ in sample.kinds) / sample.serving


def cpu_used(sample: Sample, rate: float) -> float:
    """CPU units in use by requests, over all tasks."""
    each = rate / sample.serving if sample.serving else 0.0
    return sum(busy(shape, each) * shape.cpu * serving for shape, serving, _ in sample.kinds)


def memory_used(sample: Sample, rate: float) -> float:
    """MiB in use, over all running tasks."""
    each = rate / sample.serving if sample.serving else 0.0
    return sum(
        memory(shape, each) * serving + min(shape.base_mib, float(shape.memory)) * (running - serving)
        for shape, serving, running in sample.kinds
    )


def reserved(sample: Sample) -> tuple[int, int]:
    """CPU units and MiB that its running tasks reserve."""
    return (
        sum(shape.cpu * running for shape, _, running in sample.kinds),
        sum(shape.memory * running for shape, _, running in sample.kinds),
    )


def drained(sample: Sample) -> float:
    """Messages a second that its running tasks can take from a queue."""
    return sum(shape.messages * running for shape, _, running in sample.kinds)
