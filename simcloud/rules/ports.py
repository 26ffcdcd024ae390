"""Laws on port mappings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import quotas, words
from simcloud.facts.sources import API_MODEL, PREFLIGHT, RECORDED, issue
from simcloud.rules import reading
from simcloud.rules.container import Container
from simcloud.rules.engine import rule
from simcloud.rules.marks import OTHER_NETWORK
from simcloud.rules.refusal import Refusal
from simcloud.rules.task_definition import TaskDefinition

REGISTER = "RegisterTaskDefinition"
HIGHEST = quotas.HIGHEST_PORT.value
ONE_ADDRESS = ("awsvpc", "host")
"""Network modes in which the containers of a task share an address."""
_NAME = re.compile(rf"[a-z0-9_][a-z0-9_-]{{0,{quotas.PORT_NAME_LENGTH.value - 1}}}")
_RANGE = re.compile(r"(\d{1,5})-(\d{1,5})", re.ASCII)


def span(mapping: Mapping[str, Any]) -> range:
    """The container ports that a mapping opens; empty where it cannot be read."""
    match = _RANGE.fullmatch(reading.text(mapping, "containerPortRange")) if "containerPortRange" in mapping else None
    single = 0 if match else reading.number(mapping, "containerPort") or 0
    first, last = (int(match[1]), int(match[2])) if match else (single, single)
    return range(first, last + 1) if 1 <= first <= last <= HIGHEST else range(0)


_Mapping = tuple[int, Container, Mapping[str, Any]]
"""The how manyeth of its container, the container, and the mapping."""


def _mappings(task: TaskDefinition) -> list[_Mapping]:
    return [
        (index, container, mapping)
        for container in task.containers
        if container.ports
        for index, mapping in enumerate(container.ports)
    ]


def _at(index: int, container: Container) -> str:
    """Where that mapping stands: written for those alone that are refused."""
    return f"{container.at}.portMappings[{index}]"


@rule("FG120", on=REGISTER, of="portMappings", source=issue("aws/aws-cdk", 8762), status="observed")
def a_mapping_names_a_container_port(task: TaskDefinition) -> Iterator[Refusal]:
    """A port mapping names a container port from 1 to 65535, or a range of them."""
    for index, container, mapping in _mappings(task):
        if "containerPortRange" not in mapping and not span(mapping):
            yield Refusal(
                f"{_at(index, container)}.containerPort",
                words.CONTAINER_PORT.format(name=container.name),
                f"{container.called} maps port {mapping.get('containerPort', 'none')}",
            )


@rule("FG387", on=REGISTER, of="hostPort", source=API_MODEL, status="assumed")
def a_host_port_exists(task: TaskDefinition) -> Iterator[Refusal]:
    """A host port is 0, which lets it be chosen, or a port up to 65535."""
    for index, container, mapping in _mappings(task):
        port = reading.number(mapping, "hostPort")
        if port is not None and not 0 <= port <= HIGHEST:
            text = words.HOST_PORT_INVALID.format(name=container.name)
            yield Refusal(f"{_at(index, container)}.hostPort", text, f"{container.called} maps host port {port}")


@rule(
    "FG121", on=REGISTER, of="containerPortRange", source=f"{PREFLIGHT} (pf-ecs-port-range-reversed)", status="observed"
)
def a_range_goes_upwards(task: TaskDefinition) -> Iterator[Refusal]:
    """A container port range is written first-last, with the first below the last."""
    for index, container, mapping in _mappings(task):
        if "containerPortRange" in mapping and len(span(mapping)) < 2:
            yield Refusal(
                f"{_at(index, container)}.containerPortRange",
                words.PORT_RANGE.format(name=container.name),
                f"{container.called} maps the range {mapping['containerPortRange']}",
            )


@rule(
    "FG122",
    on=REGISTER,
    of="containerPortRange",
    source=f"{PREFLIGHT} (pf-ecs-port-range-with-host-port)",
    status="observed",
)
def a_mapping_is_a_port_or_a_range(task: TaskDefinition) -> Iterator[Refusal]:
    """A port mapping has a single port or a range, not both."""
    for index, container, mapping in _mappings(task):
        if "containerPortRange" in mapping and ("containerPort" in mapping or "hostPort" in mapping):
            yield Refusal(
                _at(index, container),
                words.PORT_AND_RANGE.format(name=container.name),
                f"{container.called} gives a range and a single port",
            )


@rule("FG389", on=REGISTER, of=OTHER_NETWORK, source=API_MODEL, status="assumed")
def a_network_mode_opens_ports(task: TaskDefinition) -> Iterator[Refusal]:
    """Ranges of ports are opened in the modes awsvpc and bridge; in the mode none no port is."""
    if task.network_mode not in ("none", "host"):
        return
    for index, container, mapping in _mappings(task):
        if task.network_mode == "none":
            because = f"{container.called} maps a port, and there is no network"
            yield Refusal(_at(index, container), words.PORTS_WITHOUT_NETWORK, because)
        elif "containerPortRange" in mapping:
            yield Refusal(
                f"{_at(index, container)}.containerPortRange",
                words.PORT_RANGE_MODE.format(mode="host"),
                f"{container.called} maps a range of ports in host mode",
            )


@rule("FG123", on=REGISTER, of="hostPort", source=RECORDED, status="observed")
def host_port_and_container_port_are_one(task: TaskDefinition) -> Iterator[Refusal]:
    """In the modes awsvpc and host nothing translates ports, so hostPort is left out, 0, or the container port."""
    if task.network_mode not in ONE_ADDRESS:
        return
    for index, container, mapping in _mappings(task):
        host, port = reading.number(mapping, "hostPort"), reading.number(mapping, "containerPort")
        if host and 0 < host <= HIGHEST and port is not None and host != port:
            yield Refusal(
                f"{_at(index, container)}.hostPort",
                words.HOST_PORT.format(mode=task.network_mode),
                f"{container.called} maps host port {host} to container port {port}",
            )


def _protocol(mapping: Mapping[str, Any]) -> str:
    """Anything but udp is taken for tcp."""
    return "UDP" if mapping.get("protocol") == "udp" else "TCP"


@rule("FG124", on=REGISTER, of="portMappings", source=f"{PREFLIGHT} (pf-ecs-port-range-overlap)", status="observed")
def containers_share_the_ports_of_the_task(task: TaskDefinition) -> Iterator[Refusal]:
    """Where the containers share one address, no two mappings open the same port of one protocol."""
    if task.network_mode not in ONE_ADDRESS:
        return
    opened = [(_protocol(mapping), port) for _, _, mapping in _mappings(task) for port in span(mapping)]
    for (protocol, port), times in reading.repeated(opened):
        yield Refusal(
            "containerDefinitions",
            words.PORT_TWICE.format(protocol=protocol, port=port, mode=task.network_mode),
            f"{times} mappings open {protocol} port {port}",
        )
        return


@rule("FG390", on=REGISTER, of="hostPort", source=API_MODEL, status="assumed")
def a_host_port_is_taken_once(task: TaskDefinition) -> Iterator[Refusal]:
    """In bridge mode no two mappings of a task take the same port of the host."""
    if task.network_mode not in ("", "bridge"):
        return
    taken = [
        (_protocol(mapping), port) for _, _, mapping in _mappings(task) if (port := reading.number(mapping, "hostPort"))
    ]
    for (protocol, port), times in reading.repeated(taken):
        yield Refusal(
            "containerDefinitions",
            words.HOST_PORT_TWICE.format(protocol=protocol, port=port),
            f"{times} mappings take {protocol} port {port} of the host",
        )


@rule("FG388", on=REGISTER, of="portMappings", source=API_MODEL, status="assumed")
def a_mapping_is_named_in_small_letters(task: TaskDefinition) -> Iterator[Refusal]:
    """The name of a port mapping has up to 64 lower-case letters, digits, underscores and hyphens, no hyphen first."""
    for index, container, mapping in _mappings(task):
        if "name" in mapping and not _NAME.fullmatch(reading.text(mapping, "name")):
            yield Refusal(
                f"{_at(index, container)}.name",
                words.PORT_NAME_INVALID.format(name=container.name),
                f"{mapping['name']!r} is no such name",
            )


@rule(
    "FG125",
    on=REGISTER,
    of="portMappings",
    source=f"{PREFLIGHT} (pf-ecs-port-mapping-duplicate-name)",
    status="observed",
)
def mapping_names_are_unique(task: TaskDefinition) -> Iterator[Refusal]:
    """In awsvpc mode no two port mappings of a task have the same name: Service Connect finds them by it."""
    if not task.awsvpc:
        return
    names = [reading.text(mapping, "name") for _, _, mapping in _mappings(task)]
    for name, times in reading.repeated(names):
        if name:
            yield Refusal("containerDefinitions", words.PORT_NAME_TWICE, f"{times} mappings are called '{name}'")
