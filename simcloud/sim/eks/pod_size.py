"""The size of Fargate's sales table that a pod gets, and is billed for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import NamedTuple

from simcloud.facts import eks, sizes
from simcloud.sim.eks.pod import Container, Pod

GIB = 1024


class PodSize(NamedTuple):
    """CPU in units (1024 to a vCPU), memory in MiB."""

    cpu: int
    memory: int

    @property
    def annotation(self) -> str:
        """The value of the pod's annotation CapacityProvisioned: `0.25vCPU 0.5GB` (R-274)."""
        return f"{_plain(self.cpu)}vCPU {_plain(self.memory)}GB"


def pod_size(pod: Pod) -> PodSize | None:
    """The smallest size that holds the pod and Fargate's own 256 MiB; None where none does (R-273)."""
    cpu = _effective(pod, lambda each: each.cpu)
    memory = _effective(pod, lambda each: each.memory) + eks.POD_OVERHEAD_MIB.value
    for sold, memories in sizes.LINUX.value.items():
        if sold > eks.POD_LARGEST_CPU.value or sold < cpu:
            continue
        if fitting := [each for each in memories if each >= memory]:
            return PodSize(sold, fitting[0])
    return None


def requested(pod: Pod) -> tuple[Decimal, Decimal]:
    """CPU units and MiB that the pod's containers request together."""
    return _effective(pod, lambda each: each.cpu), _effective(pod, lambda each: each.memory)


def _effective(pod: Pod, of: Callable[[Container], Decimal]) -> Decimal:
    """What the pod requests: the largest init container, or all that run for long, whichever is more.

    Init containers run one after the other, beside the sidecars that were started before them.
    """
    sidecars = Decimal(0)
    peak = Decimal(0)
    for each in pod.init_containers:
        if each.stays:
            sidecars += of(each)
        else:
            peak = max(peak, sidecars + of(each))
    return max(peak, sidecars + _sum(map(of, pod.containers)))


def _sum(values: Iterable[Decimal]) -> Decimal:
    return sum(values, Decimal(0))


def _plain(amount: int) -> str:
    """1024 as 1, 512 as 0.5."""
    return format((Decimal(amount) / GIB).normalize(), "f")


def storage_gib(pod: Pod) -> int:
    """Ephemeral storage in GiB: 20, or what is requested and a little more (R-277)."""
    asked = -(-int(pod.storage_mib) // GIB)
    if asked <= eks.POD_STORAGE_GIB.value:
        return eks.POD_STORAGE_GIB.value
    return min(asked + (asked * 15) // 100, 200)
