"""One container of a task definition, read once into typed values: what the simulation needs of it and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from simcloud.facts import timings
from simcloud.sim.reference import Reference, parse

RESTART_PERIOD_DEFAULT = 300
"""Seconds that a container must run before it may be restarted (R-054)."""


@dataclass(frozen=True, slots=True)
class SecretReference:
    """An environment variable, or an option of the log driver, whose value is read at start-up."""

    name: str
    value_from: str
    is_option: bool = False
    """Is it for the log driver? Then the process does not see it."""


@dataclass(frozen=True, slots=True)
class HealthPlan:
    """The health check of a definition (R-053). Seconds, but for the retries."""

    command: tuple[str, ...]
    interval: float
    timeout: float
    retries: int
    start_period: float


@dataclass(frozen=True, slots=True)
class RestartPlan:
    """The restart policy of a container (R-054)."""

    period: float
    """Seconds that it must have run."""
    ignored: tuple[int, ...]
    """Exit codes after which it is not restarted."""


@dataclass(frozen=True, slots=True)
class MountPlan:
    """Where a container sees a volume."""

    volume: str
    path: str
    read_only: bool


@dataclass(frozen=True, slots=True)
class ContainerPlan:
    """One container of a definition, overrides applied."""

    name: str
    image: Reference
    essential: bool
    cpu: int
    memory: int | None
    """Hard limit in MiB; None where only the task has one."""
    reservation: int | None
    environment: tuple[tuple[str, str], ...]
    secrets: tuple[SecretReference, ...]
    log_driver: str
    log_options: tuple[tuple[str, str], ...]
    stop_timeout: float
    command: tuple[str, ...]
    depends_on: tuple[tuple[str, str], ...]
    """(container, condition)."""
    health_interval: float
    """Seconds between health checks; 0 where the container has none."""
    health: HealthPlan | None = None
    restart: RestartPlan | None = None
    """None where the policy is off."""
    environment_files: tuple[str, ...] = ()
    """ARNs of objects in S3."""
    credentials: str = ""
    """ARN of the secret with user name and password for the image's registry."""
    mounts: tuple[MountPlan, ...] = ()
    read_only_root: bool = False
    router: str = ""
    """fluentbit or fluentd, where this container is the task's FireLens router."""
    start_timeout: float | None = None
    """Seconds after which containers that depend on this one give up."""
    pinned: bool = True
    """Does ECS keep to the digest that the tag first meant (versionConsistency, R-059)?"""

    def log_option(self, name: str, default: str = "") -> str:
        """An option of the log driver, such as awslogs-group."""
        return dict(self.log_options).get(name, default)


def read(item: Mapping[str, Any], override: Mapping[str, Any]) -> ContainerPlan:
    """A container definition and the override of one launch."""
    log = item.get("logConfiguration") or {}
    health = _health(item.get("healthCheck") or {})
    files = (*item.get("environmentFiles", ()), *override.get("environmentFiles", ()))
    return ContainerPlan(
        name=item["name"],
        image=parse(item["image"]),
        essential=item.get("essential", True),
        cpu=int(override.get("cpu") or item.get("cpu") or 0),
        memory=override.get("memory") or item.get("memory"),
        reservation=override.get("memoryReservation") or item.get("memoryReservation"),
        environment=tuple(dict(_environment(item, override)).items()),
        secrets=tuple(_secrets(item.get("secrets", ()), log.get("secretOptions", ()))),
        log_driver=log.get("logDriver", ""),
        log_options=tuple(sorted((log.get("options") or {}).items())),
        stop_timeout=float(item.get("stopTimeout") or timings.STOP_TIMEOUT_DEFAULT.value),
        command=tuple(override.get("command") or item.get("command") or ()),
        depends_on=tuple((each["containerName"], each["condition"]) for each in item.get("dependsOn", ())),
        health_interval=health.interval if health else 0.0,
        health=health,
        restart=_restart(item.get("restartPolicy") or {}),
        environment_files=tuple(str(each["value"]) for each in files),
        credentials=str((item.get("repositoryCredentials") or {}).get("credentialsParameter") or ""),
        mounts=tuple(_mounts(item)),
        read_only_root=bool(item.get("readonlyRootFilesystem")),
        router=str((item.get("firelensConfiguration") or {}).get("type") or ""),
        start_timeout=float(item["startTimeout"]) if item.get("startTimeout") else None,
        pinned=item.get("versionConsistency", "enabled") != "disabled",
    )


def _environment(item: Mapping[str, Any], override: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for each in (*item.get("environment", ()), *override.get("environment", ())):
        yield each["name"], each.get("value", "")


def _secrets(variables: Iterable[Any], options: Iterable[Any]) -> Iterator[SecretReference]:
    for is_option, given in ((False, variables), (True, options)):
        for each in given:
            yield SecretReference(each["name"], each["valueFrom"], is_option)


def _health(check: Mapping[str, Any]) -> HealthPlan | None:
    if not check:
        return None
    return HealthPlan(
        command=tuple(check.get("command") or ()),
        interval=float(check.get("interval") or timings.HEALTH_INTERVAL_DEFAULT.value),
        timeout=float(check.get("timeout") or timings.HEALTH_TIMEOUT_DEFAULT.value),
        retries=int(check.get("retries") or timings.HEALTH_RETRIES_DEFAULT.value),
        start_period=float(check.get("startPeriod") or 0),
    )


def _restart(policy: Mapping[str, Any]) -> RestartPlan | None:
    if not policy.get("enabled"):
        return None
    period = float(policy.get("restartAttemptPeriod") or RESTART_PERIOD_DEFAULT)
    return RestartPlan(period, tuple(int(code) for code in policy.get("ignoredExitCodes") or ()))


def _mounts(item: Mapping[str, Any]) -> Iterator[MountPlan]:
    for each in item.get("mountPoints", ()):
        if each.get("sourceVolume") and each.get("containerPath"):
            yield MountPlan(each["sourceVolume"], each["containerPath"], bool(each.get("readOnly")))
