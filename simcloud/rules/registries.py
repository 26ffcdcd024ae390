"""Laws on service discovery by Cloud Map: which service of it, and which port."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import launch_limits as limits
from simcloud.facts import words
from simcloud.facts.sources import API_MODEL, PREFLIGHT, issue
from simcloud.facts.words import traffic as said
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.launch import Launch
from simcloud.rules.ports import span
from simcloud.rules.refusal import Refusal
from simcloud.rules.seen import Seen
from simcloud.rules.task_definition import read_task_definition

ON = ("CreateService", "UpdateService", "CreateTaskSet")
INVALID = "InvalidParameterException"
AT = "serviceRegistries"


def _registries(launch: Launch) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    for index, registry in enumerate(reading.structures(launch.raw, AT)):
        yield f"{AT}[{index}]", registry, reading.text(registry, "registryArn")


@rule("FG1280", on=ON, source=f"{PREFLIGHT} (pf-ecs-svc-registries-multiple)", status="observed")
def a_service_has_one_registry(launch: Launch) -> Iterator[Refusal]:
    """A service is registered with one service of Cloud Map."""
    count, most = len(reading.structures(launch.raw, AT)), limits.REGISTRIES.value
    if count > most:
        yield Refusal(AT, said.REGISTRIES_MOST.format(most=most), f"{count} are given", code=INVALID)


@rule("FG1281", on=ON, source=issue("hashicorp/terraform-provider-aws", 4373), status="observed")
def a_registry_is_a_service_of_cloud_map(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """A registry is named by the ARN of a service of Cloud Map in the service's own Region, not of a namespace."""
    for at, _, arn in _registries(launch):
        if not re.fullmatch(rf"arn:aws[a-z-]*:servicediscovery:{seen.region}:\d{{12}}:service/srv-\w+", arn):
            text, got = said.REGISTRY_FORM.format(arn=arn), f"{arn or 'nothing'} is no service of Cloud Map"
            yield Refusal(f"{at}.registryArn", text, got, code=INVALID)
        elif arn.split(":")[4] == seen.account and arn not in seen.registries:
            text = said.REGISTRY_MISSING.format(arn=arn)
            yield Refusal(f"{at}.registryArn", text, "Cloud Map has no such service", code=INVALID)


@rule("FG1282", on=ON, source=f"{PREFLIGHT} (pf-ecs-svc-registries-port-with-awsvpc)", status="observed")
def an_address_needs_no_port(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """A registry without an SRV record takes no port: a task in awsvpc mode is known by its address."""
    if seen.definition is None or seen.definition.get("networkMode") != "awsvpc":
        return
    for at, registry, arn in _registries(launch):
        if "SRV" in seen.registries.get(arn, ("SRV",)):
            continue
        for member in ("containerPort", "port", "containerName"):
            if registry.get(member) is not None:
                text = said.REGISTRY_NOT_REQUIRED.format(member=member, arn=arn)
                yield Refusal(f"{at}.{member}", text, "the registry has no SRV record", code=INVALID)
                break


@rule("FG1283", on=ON, source=issue("techservicesillinois/terraform-aws-ecs-service", 16))
def a_service_record_needs_a_port(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """A registry with an SRV record takes a port, or a container with its port, not both; outside awsvpc mode every
    registry takes a container with its port."""
    if seen.definition is None:
        return
    awsvpc = seen.definition.get("networkMode") == "awsvpc"
    for at, registry, arn in _registries(launch):
        pair = registry.get("containerName") is not None and registry.get("containerPort") is not None
        port = registry.get("port") is not None
        if not awsvpc and not pair and seen.definition.get("networkMode", "bridge") in ("bridge", "host"):
            text = said.REGISTRY_OF_THE_HOST.format(arn=arn)
            yield Refusal(at, text, "container and port are not both given", code=INVALID)
        elif awsvpc and "SRV" in seen.registries.get(arn, ()) and (pair == port):
            text = said.REGISTRY_REQUIRED.format(arn=arn)
            yield Refusal(at, text, "both are given" if pair else "neither is given", code=INVALID)


@rule("FG1284", on=ON, source=API_MODEL)
def the_registered_port_is_open(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """The container of a registry is a container of the definition, and maps the port."""
    containers = {container.name: container for container in read_task_definition(seen.definition or {}).containers}
    for at, registry, arn in _registries(launch):
        name, port = reading.text(registry, "containerName"), reading.number(registry, "containerPort")
        if not name or port is None or "SRV" not in seen.registries.get(arn, ()):
            continue
        container = containers.get(name)
        if container is None and containers:
            text, got = words.TARGET_CONTAINER.format(name=name), f"the containers are {', '.join(sorted(containers))}"
            yield Refusal(f"{at}.containerName", text, got, code=INVALID)
        elif container is not None and not any(port in span(each) for each in container.ports):
            text, got = words.TARGET_PORT.format(name=name, port=port), f"{container.called} does not map port {port}"
            yield Refusal(f"{at}.containerPort", text, got, code=INVALID)
