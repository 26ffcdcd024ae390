"""A pod as a value: what its manifest says, as far as Fargate looks at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

PROFILE_LABEL = "eks.amazonaws.com/fargate-profile"
COMPUTE_TYPE = "eks.amazonaws.com/compute-type"
FARGATE_SCHEDULER = "fargate-scheduler"
DEFAULT_SCHEDULER = "default-scheduler"
ZERO = Decimal(0)


@dataclass(frozen=True)
class Container:
    """A container of a pod. Requests and limits: CPU in units (1024 to a vCPU), memory in MiB; None where unsaid."""

    name: str
    image: str
    cpu: Decimal = ZERO
    memory: Decimal = ZERO
    cpu_limit: Decimal | None = None
    memory_limit: Decimal | None = None
    resources: tuple[str, ...] = ()
    """Other resources that are asked for, such as nvidia.com/gpu."""
    host_ports: tuple[int, ...] = ()
    host_ips: tuple[str, ...] = ()
    privileged: bool = False
    escalates: bool = False
    """allowPrivilegeEscalation is true."""
    capabilities: tuple[str, ...] = ()
    """Linux capabilities that are added."""
    devices: bool = False
    """It has volumeDevices."""
    stays: bool = False
    """An init container with restartPolicy Always: a sidecar, which runs as long as the pod."""


class Volume(NamedTuple):
    """A volume: its name, its type (emptyDir, hostPath, persistentVolumeClaim...), and the claim where it is one."""

    name: str
    kind: str
    claim: str = ""


@dataclass(frozen=True)
class Pod:
    """A pod."""

    name: str
    namespace: str = "default"
    labels: Mapping[str, str] = field(default_factory=dict)
    annotations: Mapping[str, str] = field(default_factory=dict)
    containers: tuple[Container, ...] = ()
    init_containers: tuple[Container, ...] = ()
    volumes: tuple[Volume, ...] = ()
    host_network: bool = False
    host_pid: bool = False
    host_ipc: bool = False
    node_selector: Mapping[str, str] = field(default_factory=dict)
    tolerations: tuple[Mapping[str, Any], ...] = ()
    restart_policy: str = "Always"
    service_account: str = "default"
    storage_mib: Decimal = ZERO
    """Ephemeral storage that its containers request."""
    owner: tuple[str, str] | None = None
    """Kind and name of its controller: ("DaemonSet", "logs")."""

    @property
    def every_container(self) -> tuple[Container, ...]:
        """Init containers first, as Kubernetes starts them."""
        return self.init_containers + self.containers
