"""Laws on the App Mesh proxy that a definition may still name."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.facts import words
from simcloud.facts.sources import API_MODEL, PREFLIGHT
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal
from simcloud.rules.task_definition import TaskDefinition

REGISTER = "RegisterTaskDefinition"


@rule(
    "FG384",
    on=REGISTER,
    of="proxyConfiguration",
    source=f"{PREFLIGHT} (pf-ecs-proxy-configuration-awsvpc-required)",
    status="observed",
)
def a_proxy_stands_at_an_interface(task: TaskDefinition) -> Iterator[Refusal]:
    """A proxy configuration needs the network mode awsvpc."""
    if reading.mapping(task.raw, "proxyConfiguration") and not task.awsvpc:
        mode = task.network_mode or "absent, which means bridge"
        yield Refusal("proxyConfiguration", words.PROXY_MODE, f"networkMode is {mode}")


@rule(
    "FG112",
    on=REGISTER,
    of="proxyConfiguration",
    source=f"{PREFLIGHT} (pf-ecs-proxy-configuration-container-missing)",
    status="observed",
)
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


@rule(
    "FG385",
    on=REGISTER,
    of="proxyConfiguration",
    source=f"{PREFLIGHT} (pf-ecs-proxy-configuration-missing-required-props) and {API_MODEL}",
    status="observed",
)
def a_proxy_knows_its_ports(task: TaskDefinition) -> Iterator[Refusal]:
    """An App Mesh proxy has the properties ProxyIngressPort, ProxyEgressPort, AppPorts and IgnoredUID or IgnoredGID."""
    proxy = reading.mapping(task.raw, "proxyConfiguration")
    if not proxy:
        return
    given = {
        reading.text(item, "name") for item in reading.structures(proxy, "properties") if reading.text(item, "value")
    }
    for any_of, text in (
        (("ProxyIngressPort",), words.PROXY_INGRESS),
        (("ProxyEgressPort",), words.PROXY_EGRESS),
        (("AppPorts",), words.PROXY_APP_PORTS),
        (("IgnoredUID", "IgnoredGID"), words.PROXY_IGNORED),
    ):
        if not given & set(any_of):
            yield Refusal("proxyConfiguration.properties", text, f"{' or '.join(any_of)} is missing")
            return
