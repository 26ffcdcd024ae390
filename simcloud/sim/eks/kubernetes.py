"""What a cluster's API server keeps: objects as they were applied, and pods with what became of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from simcloud.sim.eks.machines import Machine
from simcloud.sim.eks.pod import Pod
from simcloud.sim.eks.pod_size import PodSize
from simcloud.sim.eks.pod_support import Claim

ObjectKey = tuple[str, str, str]
"""Kind, namespace ('' for none), name."""
PodKey = tuple[str, str]
"""Namespace, name."""

PENDING, RUNNING, SUCCEEDED, FAILED = "Pending", "Running", "Succeeded", "Failed"
CREATING, TERMINATING, COMPLETED, ERROR = "ContainerCreating", "Terminating", "Completed", "Error"
CRASHING, PULL_FAILED, PULL_WAITING = "CrashLoopBackOff", "ErrImagePull", "ImagePullBackOff"
NAMESPACES = ("default", "kube-system", "kube-public", "kube-node-lease")


@dataclass
class PodEvent:
    """An event of a pod, as `kubectl describe` shows it."""

    at: float
    type: str
    """Normal or Warning."""
    reason: str
    source: str
    message: str


@dataclass
class PodState:
    """A pod and what became of it."""

    pod: Pod
    uid: str
    created_at: float
    scheduler: str
    profile: str = ""
    """The Fargate profile that took it."""
    machine: str = ""
    """The machine of a node group that it is on; of a DaemonSet's pod the node that it is for, Fargate's too."""
    size: PodSize | None = None
    storage: int = 20
    phase: str = PENDING
    state: str = PENDING
    """What `kubectl get pods` shows as STATUS."""
    node: str = ""
    address: str = ""
    interface: str = ""
    zone: str = ""
    """The Availability Zone of its Fargate node."""
    lost_at: float | None = None
    """When that node was gone: epoch seconds. Kubernetes takes a while to notice."""
    group: str = ""
    """The digest of the template that it was made from."""
    annotations: dict[str, str] = field(default_factory=dict)
    events: list[PodEvent] = field(default_factory=list)
    logs: dict[str, list[str]] = field(default_factory=dict)
    exits: dict[str, int] = field(default_factory=dict)
    """Exit codes of containers that ended for good."""
    restarts: int = 0
    failures: int = 0
    """Pulls that failed one after the other."""
    billed_from: float | None = None
    started_at: float | None = None
    ended_at: float | None = None
    turn: int = 0
    """Timers set before the last move are stale."""

    @property
    def key(self) -> PodKey:
        return (self.pod.namespace, self.pod.name)

    @property
    def alive(self) -> bool:
        """Not ended, and not to be deleted."""
        return self.phase in (PENDING, RUNNING) and self.state != TERMINATING

    @property
    def ready(self) -> bool:
        return self.state == RUNNING and self.lost_at is None

    def note(self, at: float, kind: str, reason: str, source: str, message: str) -> None:
        """Add an event."""
        self.events.append(PodEvent(at, kind, reason, source, message))


@dataclass
class Kubernetes:
    """The API server of a cluster."""

    cluster: str
    objects: dict[ObjectKey, dict[str, Any]] = field(default_factory=dict)
    pods: dict[PodKey, PodState] = field(default_factory=dict)
    machines: dict[str, Machine] = field(default_factory=dict)
    """The nodes of its node groups, by name."""
    gone: list[PodState] = field(default_factory=list)
    """Pods that ran on Fargate and were deleted: they are on the bill."""

    def of(self, kind: str, namespace: str | None = None) -> list[dict[str, Any]]:
        """Objects of a kind, oldest first."""
        return [each for key, each in self.objects.items() if key[0] == kind and namespace in (None, key[1])]

    def owned(self, kind: str, namespace: str, name: str) -> list[PodState]:
        """The pods of a controller, oldest first."""
        return [
            each for each in self.pods.values() if each.pod.owner == (kind, name) and each.pod.namespace == namespace
        ]

    def nodes(self) -> list[PodState]:
        """Fargate's nodes: one a pod."""
        return [each for each in self.pods.values() if each.node and not each.machine]

    def claims(self, namespace: str) -> dict[str, Claim]:
        """The persistent volume claims of a namespace, bound to the volumes that were made for them."""
        volumes = {each["metadata"]["name"]: each.get("spec") or {} for each in self.of("PersistentVolume")}
        found = {}
        free = dict(volumes)  # a volume is bound to one claim, the older claims first
        for each in self.of("PersistentVolumeClaim"):
            spec = each.get("spec") or {}
            name = next((one for one, volume in free.items() if _fits(spec, one, volume)), "")
            volume = free.pop(name, {})
            if each["metadata"]["namespace"] == namespace:
                driver = (volume.get("csi") or {}).get("driver", "")
                found[each["metadata"]["name"]] = Claim(name, driver)
        return found


def _fits(claim: dict[str, Any], name: str, volume: dict[str, Any]) -> bool:
    """Is this a volume for the claim: named by it, or of the same storage class, with its access modes?"""
    if claim.get("volumeName"):
        return bool(claim["volumeName"] == name)
    modes = set(claim.get("accessModes") or ()) <= set(volume.get("accessModes") or ())
    return modes and bool(claim.get("storageClassName", "") == volume.get("storageClassName", ""))
