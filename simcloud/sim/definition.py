"""A stored task definition, read once into typed values: what the simulation needs of it and no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from simcloud.facts import attempts, statuses, timings
from simcloud.sim.reference import Reference, parse


@dataclass(frozen=True, slots=True)
class SecretReference:
    """An environment variable whose value is read at start-up."""

    name: str
    value_from: str


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

    def log_option(self, name: str, default: str = "") -> str:
        """An option of the log driver, such as awslogs-group."""
        return dict(self.log_options).get(name, default)


@dataclass(frozen=True, slots=True)
class Definition:
    """A task definition with the overrides of one launch applied."""

    arn: str
    family: str
    cpu: int
    """CPU units; 1024 are a vCPU."""
    memory: int
    """MiB."""
    execution_role: str
    task_role: str
    architecture: str
    """X86_64 or ARM64."""
    system: str
    """LINUX or a WINDOWS_SERVER family."""
    ephemeral_gib: int
    containers: tuple[ContainerPlan, ...]

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that ECS must be able to assume, each once."""
        return tuple(dict.fromkeys(role for role in (self.execution_role, self.task_role) if role))

    @property
    def platform_version(self) -> str:
        """What LATEST means for this operating system."""
        on_linux = self.system == "LINUX"
        return (statuses.LINUX_PLATFORMS if on_linux else statuses.WINDOWS_PLATFORMS).value[-1]

    @property
    def platform_family(self) -> str:
        """As DescribeTasks spells it: Linux, Windows_Server_2022_Core."""
        return "_".join(word.capitalize() for word in self.system.split("_"))

    def container(self, name: str) -> ContainerPlan:
        """The container of this name. Raises KeyError where there is none."""
        return next(plan for plan in self.containers if plan.name == name)


def read(stored: Mapping[str, Any], overrides: Mapping[str, Any] | None = None) -> Definition:
    """Read a stored definition and the overrides of a launch."""
    overrides = overrides or {}
    platform = stored.get("runtimePlatform") or {}
    ephemeral = overrides.get("ephemeralStorage") or stored.get("ephemeralStorage") or {}
    by_name = {item.get("name"): item for item in overrides.get("containerOverrides", ())}
    return Definition(
        arn=str(stored.get("taskDefinitionArn", "")),
        family=str(stored.get("family", "")),
        cpu=int(overrides.get("cpu") or stored.get("cpu") or 0),
        memory=int(overrides.get("memory") or stored.get("memory") or 0),
        execution_role=str(overrides.get("executionRoleArn") or stored.get("executionRoleArn") or ""),
        task_role=str(overrides.get("taskRoleArn") or stored.get("taskRoleArn") or ""),
        architecture=str(platform.get("cpuArchitecture") or "X86_64"),
        system=str(platform.get("operatingSystemFamily") or "LINUX"),
        ephemeral_gib=int(ephemeral.get("sizeInGiB") or attempts.EPHEMERAL_GIB_DEFAULT.value),
        containers=tuple(_container(item, by_name.get(item["name"], {})) for item in stored["containerDefinitions"]),
    )


def _container(item: Mapping[str, Any], override: Mapping[str, Any]) -> ContainerPlan:
    log = item.get("logConfiguration") or {}
    health = item.get("healthCheck") or {}
    return ContainerPlan(
        name=item["name"],
        image=parse(item["image"]),
        essential=item.get("essential", True),
        cpu=int(override.get("cpu") or item.get("cpu") or 0),
        memory=override.get("memory") or item.get("memory"),
        reservation=override.get("memoryReservation") or item.get("memoryReservation"),
        environment=tuple(dict(_environment(item, override)).items()),
        secrets=tuple(SecretReference(each["name"], each["valueFrom"]) for each in item.get("secrets", ())),
        log_driver=log.get("logDriver", ""),
        log_options=tuple(sorted((log.get("options") or {}).items())),
        stop_timeout=float(item.get("stopTimeout") or timings.STOP_TIMEOUT_DEFAULT.value),
        command=tuple(override.get("command") or item.get("command") or ()),
        depends_on=tuple((each["containerName"], each["condition"]) for each in item.get("dependsOn", ())),
        health_interval=float(health.get("interval") or timings.HEALTH_INTERVAL_DEFAULT.value) if health else 0.0,
    )


def _environment(item: Mapping[str, Any], override: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for each in (*item.get("environment", ()), *override.get("environment", ())):
        yield each["name"], each.get("value", "")
