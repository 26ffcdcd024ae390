"""Laws on the network mode, and on what it takes away from containers."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.facts import words
from simcloud.facts.fact import Words
from simcloud.facts.sources import API_MODEL, FAULT_INJECTION, PREFLIGHT, TASK_PARAMETERS, issue
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.marks import OTHER_CAPACITY, OTHER_NETWORK
from simcloud.rules.refusal import Refusal
from simcloud.rules.task_definition import TaskDefinition

REGISTER = "RegisterTaskDefinition"

_OWN_NAMESPACE: tuple[tuple[str, Words, str], ...] = (
    ("links", words.LINKS, "containers of one task reach each other on localhost"),
    ("extraHosts", words.EXTRA_HOSTS, "the task resolves names by the VPC's DNS"),
    ("dnsServers", words.DNS_SERVERS, "the task resolves names by the VPC's DNS"),
    ("dnsSearchDomains", words.DNS_SEARCH, "the task resolves names by the VPC's DNS"),
    ("disableNetworking", words.DISABLE_NETWORKING, "the task's network interface is shared by its containers"),
    ("hostname", words.HOSTNAME, "the host name comes from the task's network interface"),
)


@rule("FG110", on=REGISTER, of=OTHER_NETWORK, source=issue("aws/amazon-ecs-cli", 1145), status="observed")
def fargate_tasks_have_their_own_interface(task: TaskDefinition) -> Iterator[Refusal]:
    """On Fargate every task has its own network interface, so the network mode is awsvpc."""
    if task.on_fargate and not task.awsvpc:
        mode = task.network_mode or "absent, which means bridge"
        yield Refusal("networkMode", words.ONLY_AWSVPC, f"networkMode is {mode}")


@rule(
    "FG111",
    on=REGISTER,
    of=("links", "extraHosts", "dnsServers", "dnsSearchDomains", "disableNetworking", "hostname"),
    source=f"{PREFLIGHT} (pf-ecs-fargate-links and its neighbours)",
    status="observed",
)
def the_interface_decides_names_and_hosts(task: TaskDefinition) -> Iterator[Refusal]:
    """In awsvpc mode links, host names, extra hosts and DNS settings of containers have no place."""
    if not task.awsvpc:
        return
    for container in task.containers:
        for key, text, because in _OWN_NAMESPACE:
            if container.raw.get(key):
                yield Refusal(f"{container.at}.{key}", text, f"{container.called} sets {key}: {because}")


@rule("FG382", on=REGISTER, of="links", source=API_MODEL, status="assumed")
def links_are_of_the_bridge(task: TaskDefinition) -> Iterator[Refusal]:
    """Containers are linked in bridge mode alone, and to containers of their own task."""
    if task.awsvpc:
        return
    for container in task.containers:
        links = reading.texts(container.raw, "links")
        if links and task.network_mode not in ("", "bridge"):
            yield Refusal(
                f"{container.at}.links",
                words.LINKS_MODE.format(mode=task.network_mode),
                f"{container.called} has links, and the network mode is {task.network_mode}",
            )
            continue
        for index, link in enumerate(links):
            name = link.partition(":")[0]
            if name not in task.names:
                yield Refusal(
                    f"{container.at}.links[{index}]",
                    words.LINK_UNKNOWN.format(name=name),
                    f"{container.called} is linked to '{name}', which is not there",
                )


@rule("FG1143", on=REGISTER, of=OTHER_CAPACITY, source=TASK_PARAMETERS, status="assumed")
def each_capacity_has_its_network_modes(task: TaskDefinition) -> Iterator[Refusal]:
    """External instances know no awsvpc mode; managed instances know awsvpc and host alone."""
    if "EXTERNAL" in task.requires and task.awsvpc:
        yield Refusal("networkMode", words.EXTERNAL_AWSVPC, "external instances are in no VPC")
    if "MANAGED_INSTANCES" in task.requires and task.network_mode not in ("awsvpc", "host"):
        mode = task.network_mode or "absent, which means bridge"
        yield Refusal("networkMode", words.MANAGED_NETWORK, f"networkMode is {mode}")


@rule("FG1142", on=REGISTER, of="enableFaultInjection", source=FAULT_INJECTION, status="assumed")
def faults_are_injected_at_an_interface(task: TaskDefinition) -> Iterator[Refusal]:
    """Fault injection works in the network modes awsvpc and host."""
    if reading.switch(task.raw, "enableFaultInjection") and task.network_mode not in ("awsvpc", "host"):
        mode = task.network_mode or "absent, which means bridge"
        yield Refusal("enableFaultInjection", words.FAULT_INJECTION, f"networkMode is {mode}")
