"""Laws on the network mode, and on what it takes away from containers."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.facts import words
from simcloud.facts.fact import Words
from simcloud.facts.sources import PREFLIGHT, TASK_PARAMETERS, issue
from simcloud.rules import reading
from simcloud.rules.engine import rule
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


@rule("FG110", on=REGISTER, source=issue("aws/amazon-ecs-cli", 1145), status="observed")
def fargate_tasks_have_their_own_interface(task: TaskDefinition) -> Iterator[Refusal]:
    """On Fargate every task has its own network interface, so the network mode is awsvpc."""
    if task.on_fargate and not task.awsvpc:
        mode = task.network_mode or "absent, which means bridge"
        yield Refusal("networkMode", words.ONLY_AWSVPC, f"networkMode is {mode}")


@rule("FG111", on=REGISTER, source=f"{PREFLIGHT} (pf-ecs-fargate-links and its neighbours)", status="observed")
def the_interface_decides_names_and_hosts(task: TaskDefinition) -> Iterator[Refusal]:
    """In awsvpc mode links, host names, extra hosts and DNS settings of containers have no place."""
    if not task.awsvpc:
        return
    for container in task.containers:
        for key, text, because in _OWN_NAMESPACE:
            if container.raw.get(key):
                yield Refusal(f"{container.at}.{key}", text, f"{container.called} sets {key}: {because}")


@rule("FG112", on=REGISTER, source=TASK_PARAMETERS)
def a_proxy_is_one_of_the_containers(task: TaskDefinition) -> Iterator[Refusal]:
    """The container that proxyConfiguration names is one of the task's containers."""
    proxy = reading.mapping(task.raw, "proxyConfiguration")
    name = reading.text(proxy, "containerName")
    if proxy and name not in task.names:
        yield Refusal(
            "proxyConfiguration.containerName",
            words.PROXY_CONTAINER.format(name=name),
            f"there is no container '{name}'",
        )
