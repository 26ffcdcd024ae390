"""Laws on port mappings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import words
from simcloud.facts.sources import PREFLIGHT, issue
from simcloud.rules import reading
from simcloud.rules.container import Container
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal
from simcloud.rules.task_definition import TaskDefinition

REGISTER = "RegisterTaskDefinition"
HIGHEST = 65535
_RANGE = re.compile(r"(\d{1,5})-(\d{1,5})", re.ASCII)


def span(mapping: Mapping[str, Any]) -> range:
    """The container ports that a mapping opens; empty where it cannot be read."""
    single = reading.number(mapping, "containerPort")
    match = _RANGE.fullmatch(reading.text(mapping, "containerPortRange"))
    first, last = (int(match[1]), int(match[2])) if match else (single or 0, single or 0)
    return range(first, last + 1) if 1 <= first <= last <= HIGHEST else range(0)


def _mappings(task: TaskDefinition) -> Iterator[tuple[str, Container, Mapping[str, Any]]]:
    for container in task.containers:
        for index, mapping in enumerate(container.ports):
            yield f"{container.at}.portMappings[{index}]", container, mapping


@rule("FG120", on=REGISTER, source=issue("aws/aws-cdk", 8762), status="observed")
def a_mapping_names_a_container_port(task: TaskDefinition) -> Iterator[Refusal]:
    """A port mapping names a container port from 1 to 65535, or a range of them."""
    for at, container, mapping in _mappings(task):
        if "containerPortRange" not in mapping and not span(mapping):
            yield Refusal(
                f"{at}.containerPort",
                words.CONTAINER_PORT.format(name=container.name),
                f"{container.called} maps port {mapping.get('containerPort', 'none')}",
            )


@rule("FG121", on=REGISTER, source=f"{PREFLIGHT} (pf-ecs-port-range-reversed)", status="observed")
def a_range_goes_upwards(task: TaskDefinition) -> Iterator[Refusal]:
    """A container port range is written first-last, with the first at most the last."""
    for at, container, mapping in _mappings(task):
        if "containerPortRange" in mapping and not span(mapping):
            yield Refusal(
                f"{at}.containerPortRange",
                words.PORT_RANGE.format(name=container.name),
                f"{container.called} maps the range {mapping['containerPortRange']}",
            )


@rule("FG122", on=REGISTER, source=f"{PREFLIGHT} (pf-ecs-port-range-with-host-port)", status="observed")
def a_mapping_is_a_port_or_a_range(task: TaskDefinition) -> Iterator[Refusal]:
    """A port mapping has a single port or a range, not both."""
    for at, container, mapping in _mappings(task):
        if "containerPortRange" in mapping and ("containerPort" in mapping or "hostPort" in mapping):
            yield Refusal(at, words.PORT_AND_RANGE, f"{container.called} gives a range and a single port")


@rule("FG123", on=REGISTER, source=issue("aws/amazon-ecs-cli", 1014), status="observed")
def host_port_and_container_port_are_one(task: TaskDefinition) -> Iterator[Refusal]:
    """In awsvpc mode the task has its own address, so hostPort is left out, 0, or the container port."""
    if not task.awsvpc:
        return
    for at, container, mapping in _mappings(task):
        host, port = reading.number(mapping, "hostPort"), reading.number(mapping, "containerPort")
        if host and port is not None and host != port:
            yield Refusal(
                f"{at}.hostPort", words.HOST_PORT, f"{container.called} maps host port {host} to container port {port}"
            )


@rule("FG124", on=REGISTER, source=f"{PREFLIGHT} (pf-ecs-port-range-overlap)", status="observed")
def containers_share_the_ports_of_the_task(task: TaskDefinition) -> Iterator[Refusal]:
    """In awsvpc mode the containers share one address, so no two mappings open the same port of one protocol."""
    if not task.awsvpc:
        return
    opened = Counter(
        (reading.text(mapping, "protocol") or "tcp", port)
        for _, _, mapping in _mappings(task)
        for port in span(mapping)
    )
    for (protocol, port), times in opened.items():
        if times > 1:
            yield Refusal(
                "containerDefinitions",
                words.PORT_TWICE.format(protocol=protocol.upper(), port=port),
                f"{times} mappings open {protocol} port {port}",
            )
            return


@rule("FG125", on=REGISTER, source=f"{PREFLIGHT} (pf-ecs-port-mapping-duplicate-name)", status="observed")
def mapping_names_are_unique(task: TaskDefinition) -> Iterator[Refusal]:
    """In awsvpc mode no two port mappings of a task have the same name: Service Connect finds them by it."""
    names = Counter(reading.text(mapping, "name") for _, _, mapping in _mappings(task))
    for name, times in names.items():
        if task.awsvpc and name and times > 1:
            yield Refusal("containerDefinitions", words.PORT_NAME_TWICE, f"{times} mappings are called '{name}'")
