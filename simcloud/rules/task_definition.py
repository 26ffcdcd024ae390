"""A RegisterTaskDefinition request, read once: what every law about definitions looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simcloud.rules import reading
from simcloud.rules.amounts import cpu_units, memory_mib
from simcloud.rules.container import Container, read_container


@dataclass(frozen=True, slots=True)
class TaskDefinition:
    """A task definition that somebody asks to register."""

    raw: Mapping[str, Any]
    family: str
    requires: frozenset[str]
    """requiresCompatibilities; empty where nothing is demanded."""
    cpu_written: str
    memory_written: str
    cpu: int | None
    """CPU units; None where it is absent or not to be read."""
    memory: int | None
    """MiB; None where it is absent or not to be read."""
    network_mode: str
    """As given; '' where absent, which means bridge."""
    execution_role: str
    task_role: str
    family_of_system: str
    """runtimePlatform.operatingSystemFamily, LINUX where absent."""
    architecture: str
    """runtimePlatform.cpuArchitecture, X86_64 where absent."""
    storage_gib: int | None
    """ephemeralStorage.sizeInGiB; None where absent."""
    containers: tuple[Container, ...]
    volumes: tuple[Mapping[str, Any], ...]

    @property
    def on_fargate(self) -> bool:
        """Must Fargate be able to run it?"""
        return "FARGATE" in self.requires

    @property
    def awsvpc(self) -> bool:
        return self.network_mode == "awsvpc"

    @property
    def windows(self) -> bool:
        return self.family_of_system.startswith("WINDOWS")

    @property
    def names(self) -> frozenset[str]:
        """Names of the containers."""
        return frozenset(container.name for container in self.containers)


def read_task_definition(raw: Mapping[str, Any]) -> TaskDefinition:
    """A definition as the API spells it: a request, or what DescribeTaskDefinition returned."""
    platform = reading.mapping(raw, "runtimePlatform")
    containers = reading.structures(raw, "containerDefinitions")
    cpu_written, memory_written = reading.text(raw, "cpu"), reading.text(raw, "memory")
    return TaskDefinition(
        raw=raw,
        family=reading.text(raw, "family"),
        requires=frozenset(reading.texts(raw, "requiresCompatibilities")),
        cpu_written=cpu_written,
        memory_written=memory_written,
        cpu=cpu_units(cpu_written),
        memory=memory_mib(memory_written),
        network_mode=reading.text(raw, "networkMode"),
        execution_role=reading.text(raw, "executionRoleArn"),
        task_role=reading.text(raw, "taskRoleArn"),
        family_of_system=reading.text(platform, "operatingSystemFamily") or "LINUX",
        architecture=reading.text(platform, "cpuArchitecture") or "X86_64",
        storage_gib=reading.number(reading.mapping(raw, "ephemeralStorage"), "sizeInGiB"),
        containers=tuple(read_container(index, container) for index, container in enumerate(containers)),
        volumes=reading.structures(raw, "volumes"),
    )
