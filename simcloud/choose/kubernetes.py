"""Manifests on EKS: a mixed cluster, one of nodes alone, and one of Fargate alone, each with its bill (rows P02, M02).

Where a pod can be is what Fargate's scheduler says of it. On Fargate alone a DaemonSet has no node to sit on: what can
be a container beside others becomes a sidecar of every pod, and makes each of them larger; what cannot has no place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from simcloud.choose.hosts import MONTH_SECONDS, ZONES, monthly
from simcloud.facts.prices_around import HOST_MEMORY_SHARE, MACHINES
from simcloud.price.bill import Bill
from simcloud.price.price import price
from simcloud.price.usage import ClusterUsage, TaskUsage
from simcloud.sim.eks.manifest import TEMPLATED, checked, read_pod
from simcloud.sim.eks.pod import ZERO, Container, Pod
from simcloud.sim.eks.pod_size import pod_size, storage_gib
from simcloud.sim.eks.pod_support import Claim, unsupported

FARGATE, NODES, NOWHERE = "Fargate", "nodes", "nowhere"
REPLICATED = ("Deployment", "StatefulSet")


@dataclass(frozen=True, slots=True)
class Work:
    """A Pod, Deployment, StatefulSet, Job or DaemonSet."""

    kind: str
    namespace: str
    name: str
    pod: Pod
    count: int
    """Pods; of a DaemonSet one on each node."""
    refusal: str
    """What Fargate's scheduler says against it; '' where it takes it."""
    hours_a_day: Decimal = Decimal(24)

    @property
    def daemon(self) -> bool:
        return self.kind == "DaemonSet"

    @property
    def named(self) -> str:
        """`Deployment shop/web`"""
        return f"{self.kind} {self.namespace}/{self.name}"


@dataclass(frozen=True, slots=True)
class Cluster:
    """One way to run all of it, with the bill of a month (730 hours)."""

    name: str
    bill: Bill
    places: Mapping[str, str]
    """By workload: Fargate, nodes, nowhere."""
    nodes: int = 0
    left_out: tuple[str, ...] = ()
    """Workloads that have no place in it, with the scheduler's words."""

    @property
    def whole(self) -> bool:
        """Does all of it run?"""
        return not self.left_out


def read(
    manifests: Iterable[Mapping[str, Any]],
    *,
    claims: Mapping[str, Claim] | None = None,
    hours_a_day: Mapping[str, Decimal] | None = None,
) -> list[Work]:
    """The workloads among the manifests. Raises Invalid for what the API server refuses.

    `claims` are the persistent volume claims by name; `hours_a_day` by the workload's name, where it is not 24.
    """
    found = []
    for manifest in manifests:
        kind, namespace, name = checked(manifest)
        if kind != "Pod" and kind not in TEMPLATED:
            continue
        spec = manifest.get("spec") or {}
        template = manifest if kind == "Pod" else spec.get("template") or {}
        owner = None if kind == "Pod" else (kind, name)
        pod = read_pod(template, name=name, namespace=namespace, owner=owner)
        wanted = spec.get("replicas" if kind in REPLICATED else "parallelism", 1)
        count = int(wanted) if kind in (*REPLICATED, "Job") else 1
        hours = (hours_a_day or {}).get(name, Decimal(24))
        found.append(Work(kind, namespace, name, pod, count, unsupported(pod, claims or {}), hours))
    return found


def compare(works: Iterable[Work], node: str = "m5.large") -> tuple[Cluster, Cluster, Cluster]:
    """Mixed, nodes alone, Fargate alone. Raises KeyError for a type of node that is not priced."""
    every = list(works)
    return mixed(every, node), nodes_alone(every, node), fargate_alone(every)


def mixed(works: list[Work], node: str = "m5.large") -> Cluster:
    """Fargate takes what it can; DaemonSets and the rest are on nodes."""
    on_fargate = [each for each in works if not each.refusal]
    on_nodes = [each for each in works if each.refusal]
    count = nodes(on_nodes, node)
    bill = _fee() + _pods(on_fargate) + (monthly(node, count) if count else Bill())
    places = {each.named: FARGATE if each in on_fargate else NODES for each in works}
    return Cluster("mixed", bill, places, count, _without_gpu(on_nodes, node))


def nodes_alone(works: list[Work], node: str = "m5.large") -> Cluster:
    """All on nodes, which stand all day for what runs at the same time."""
    count = nodes(works, node)
    return Cluster(
        "nodes alone", _fee() + monthly(node, count), dict.fromkeys((each.named for each in works), NODES), count,
        _without_gpu(works, node),
    )  # fmt: skip


def fargate_alone(works: list[Work]) -> Cluster:
    """All on Fargate, DaemonSets as sidecars; what is refused has no place."""
    daemons = [each for each in works if each.daemon]
    beside = [each for each in daemons if not unsupported(replace(each.pod, owner=None))]
    sidecars = tuple(container for each in beside for container in each.pod.containers)
    taken = [each for each in works if not each.daemon and not each.refusal]
    larger = [replace(each, pod=_with(each.pod, sidecars)) for each in taken]
    homeless = [each for each in works if each not in taken and each not in beside]
    homeless += [each for each in larger if pod_size(each.pod) is None]
    left_out = tuple(f"{each.named}: {each.refusal or 'too large with its sidecars'}" for each in homeless)
    gone = {each.named for each in homeless}
    places = {each.named: NOWHERE if each.named in gone else FARGATE for each in works}
    return Cluster("Fargate alone", _fee() + _pods(larger), places, 0, left_out)


def _with(pod: Pod, sidecars: tuple[Container, ...]) -> Pod:
    return replace(pod, containers=(*pod.containers, *sidecars))


def nodes(works: list[Work], node: str) -> int:
    """Nodes that hold the pods, the largest placed first, beside the DaemonSets that every node has.

    Raises ValueError for a pod that no such node holds.
    """
    if not works:
        return 0
    machine = MACHINES.value[node]
    daemons = [each.pod for each in works if each.daemon]
    cpu = machine.vcpu * 1024 - sum(map(_cpu, daemons), ZERO)
    memory = machine.memory * HOST_MEMORY_SHARE.value - sum(map(_memory, daemons), ZERO)
    free: list[tuple[Decimal, Decimal]] = []
    for pod in sorted((each.pod for each in works if not each.daemon for _ in range(each.count)), key=_memory)[::-1]:
        if _cpu(pod) > cpu or _memory(pod) > memory:
            raise ValueError(f"pod {pod.name} does not fit on a {node} beside its DaemonSets")
        place = next((at for at, (c, m) in enumerate(free) if _cpu(pod) <= c and _memory(pod) <= m), len(free))
        if place == len(free):
            free.append((cpu, memory))
        free[place] = (free[place][0] - _cpu(pod), free[place][1] - _memory(pod))
    return max(ZONES, len(free))


def _cpu(pod: Pod) -> Decimal:
    return sum((each.cpu for each in pod.containers), ZERO)


def _memory(pod: Pod) -> Decimal:
    return sum((each.memory for each in pod.containers), ZERO)


def _pods(works: list[Work]) -> Bill:
    """Pods on Fargate for a month, each in its size."""
    used = []
    for each in works:
        size = pod_size(each.pod)
        if size is not None:
            seconds = MONTH_SECONDS * each.hours_a_day / 24
            storage = storage_gib(each.pod)
            used.append(TaskUsage(seconds, size.cpu, size.memory, storage, count=each.count, kubernetes=True))
    return price(used)


def _fee() -> Bill:
    return price([ClusterUsage(MONTH_SECONDS)])


def _without_gpu(works: list[Work], node: str) -> tuple[str, ...]:
    """What the nodes have not either."""
    if MACHINES.value[node].gpus:
        return ()
    asking = [each for each in works if any("gpu" in name for one in each.pod.containers for name in one.resources)]
    return tuple(f"{each.named}: a {node} has no GPU" for each in asking)
