"""A stored task definition, read once into typed values: what the simulation needs of it and no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from simcloud.facts import attempts, statuses
from simcloud.sim import container_plan
from simcloud.sim.container_plan import ContainerPlan, SecretReference

__all__ = ["ContainerPlan", "Definition", "FileSystemPlan", "SecretReference", "read"]


@dataclass(frozen=True, slots=True)
class FileSystemPlan:
    """A volume of EFS."""

    name: str
    file_system: str
    root: str
    """The directory of the file system that is mounted."""
    access_point: str
    encrypted: bool
    iam: bool
    """Is the mount authorized under the task role?"""


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
    file_systems: tuple[FileSystemPlan, ...] = ()

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
        containers=_routed(
            tuple(container_plan.read(item, by_name.get(item["name"], {})) for item in stored["containerDefinitions"])
        ),
        file_systems=tuple(_file_systems(stored)),
    )


def _routed(plans: tuple[ContainerPlan, ...]) -> tuple[ContainerPlan, ...]:
    """Containers that log through the task's router wait for its start, as if they said so."""
    router = next((plan.name for plan in plans if plan.router), "")
    if not router:
        return plans
    return tuple(
        replace(plan, depends_on=(*plan.depends_on, (router, "START")))
        if plan.log_driver == "awsfirelens" and router not in dict(plan.depends_on)
        else plan
        for plan in plans
    )


def _file_systems(stored: Mapping[str, Any]) -> Iterator[FileSystemPlan]:
    for volume in stored.get("volumes", ()):
        if efs := volume.get("efsVolumeConfiguration"):
            authorization = efs.get("authorizationConfig") or {}
            yield FileSystemPlan(
                name=str(volume["name"]),
                file_system=str(efs.get("fileSystemId", "")).rsplit("/", 1)[-1],
                root=str(efs.get("rootDirectory") or "/"),
                access_point=str(authorization.get("accessPointId") or "").rsplit("/", 1)[-1],
                encrypted=efs.get("transitEncryption") == "ENABLED",
                iam=authorization.get("iam") == "ENABLED",
            )
