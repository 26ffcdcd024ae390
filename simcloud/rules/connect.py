"""Laws on Service Connect: the namespace, the names and the ports under which services find each other (R-101).

The order is known from requests with several faults: the namespace first, then the number of aliases, then the port
(cdk-preflight, pf-ecs-svc-connect-without-namespace and pf-ecs-svc-connect-port-name-missing).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import launch_limits as limits
from simcloud.facts import statuses, words
from simcloud.facts.sources import API_MODEL, FIELD_REPORT, PREFLIGHT, issue
from simcloud.facts.words import rollout as rollout_words
from simcloud.facts.words import traffic as said
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.launch import SERVICES, Launch
from simcloud.rules.refusal import Refusal
from simcloud.rules.seen import Seen
from simcloud.rules.task_definition import read_task_definition

INVALID = "InvalidParameterException"
AT = "serviceConnectConfiguration"
DNS_NAME = re.compile(rf"[a-z0-9_.][a-z0-9_.\-]{{0,{limits.DNS_NAME_LENGTH.value - 1}}}")
DISCOVERY_NAME = re.compile(rf"[a-z0-9_][a-z0-9_\-]{{0,{limits.DISCOVERY_NAME_LENGTH.value - 1}}}")


def _connect(launch: Launch) -> Mapping[str, Any]:
    """The configuration where Service Connect is enabled; empty where it is not."""
    given = reading.mapping(launch.raw, AT)
    return given if given.get("enabled") else {}


def _services(launch: Launch) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for index, service in enumerate(reading.structures(_connect(launch), "services")):
        yield f"{AT}.services[{index}]", service


def _aliases(launch: Launch) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for at, service in _services(launch):
        for index, alias in enumerate(reading.structures(service, "clientAliases")):
            yield f"{at}.clientAliases[{index}]", alias


def _name(service: Mapping[str, Any]) -> str:
    """Under which name the service is found."""
    return reading.text(service, "discoveryName") or reading.text(service, "portName")


@rule("FG1290", on=SERVICES, source=API_MODEL)
def ecs_alone_connects_services(launch: Launch) -> Iterator[Refusal]:
    """Service Connect is for services that ECS deploys, not CodeDeploy or task sets."""
    if _connect(launch) and launch.controller in ("CODE_DEPLOY", "EXTERNAL"):
        text = rollout_words.CONNECT_CONTROLLER.format(controller=launch.controller)
        yield Refusal(AT, text, f"the controller is {launch.controller}", code=INVALID)


@rule("FG1291", on=SERVICES, source=f"{PREFLIGHT} (pf-ecs-svc-connect-without-namespace)", status="observed")
def services_connect_in_a_namespace(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """Service Connect has a namespace: the request's, or the one that the cluster takes by default."""
    if _connect(launch) and not _connect(launch).get("namespace") and launch.cluster not in seen.namespace_defaults:
        got = f"neither the request nor cluster '{launch.cluster}' has one"
        yield Refusal(f"{AT}.namespace", said.NAMESPACE_MISSING, got, code=INVALID)


@rule("FG1293", on=SERVICES, source=f"{PREFLIGHT} (pf-ecs-svc-connect-client-aliases-max)", status="observed")
def a_connected_service_has_one_alias(launch: Launch) -> Iterator[Refusal]:
    """Each service of Service Connect has exactly one client alias."""
    for at, service in _services(launch):
        count = len(reading.structures(service, "clientAliases"))
        if count != 1:
            text = said.ALIASES_MOST.format(count=count) if count else str(said.ALIASES_NONE)
            yield Refusal(f"{at}.clientAliases", text, f"{count} are given", code=INVALID)


@rule("FG360", on=SERVICES, source=FIELD_REPORT, status="observed")
def service_connect_names_a_port(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """A portName of Service Connect is the name of a port mapping of the definition."""
    if seen.definition is None:
        return
    names = _ports(seen)
    for at, service in _services(launch):
        name = reading.text(service, "portName")
        if name not in names:
            text = words.PORT_NAME.format(name=name)
            yield Refusal(f"{at}.portName", text, f"no port mapping is called '{name}'", code=INVALID)


def _ports(seen: Seen) -> dict[str, Mapping[str, Any]]:
    """The named port mappings of the definition."""
    containers = read_task_definition(seen.definition or {}).containers
    return {reading.text(each, "name"): each for one in containers for each in one.ports if each.get("name")}


@rule("FG1292", on=SERVICES, source=issue("terraform-aws-modules/terraform-aws-ecs", 116), status="observed")
def the_namespace_exists(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """A namespace of Service Connect is a namespace of Cloud Map, by name or ARN."""
    namespace = reading.text(_connect(launch), "namespace")
    if namespace and namespace not in seen.namespaces:
        text = said.NAMESPACE_UNKNOWN.format(namespace=namespace)
        got = f"Cloud Map has no namespace '{namespace}'"
        yield Refusal(f"{AT}.namespace", text, got, code="NamespaceNotFoundException")


@rule("FG1294", on=SERVICES, source=f"{PREFLIGHT} (pf-ecs-svc-connect-client-alias-dns-name)", status="observed")
def an_alias_is_a_dns_name(launch: Launch) -> Iterator[Refusal]:
    """The dnsName of a client alias has at most 127 lower-case letters, digits, underscores, hyphens and periods, and
    no hyphen at its beginning."""
    for at, alias in _aliases(launch):
        name = alias.get("dnsName")
        if name not in (None, "") and not DNS_NAME.fullmatch(str(name)):
            yield Refusal(f"{at}.dnsName", said.ALIAS_DNS_NAME, f"it is '{name}'", code=INVALID)


@rule("FG1295", on=SERVICES, source=API_MODEL)
def a_discovery_name_is_plain(launch: Launch) -> Iterator[Refusal]:
    """A discoveryName has at most 64 lower-case letters, digits, underscores and hyphens, and no hyphen at its
    beginning."""
    for at, service in _services(launch):
        name = service.get("discoveryName")
        if name not in (None, "") and not DISCOVERY_NAME.fullmatch(str(name)):
            yield Refusal(f"{at}.discoveryName", said.DISCOVERY_NAME, f"it is '{name}'", code=INVALID)


@rule("FG1296", on=SERVICES, source=issue("aws/copilot-cli", 4659), status="observed")
def a_discovery_name_is_taken_once(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """The name under which a service is found is its own in the namespace, and in the service."""
    given = reading.text(_connect(launch), "namespace")
    namespace = seen.namespaces.get(given) or given or seen.namespace_defaults.get(launch.cluster, "")
    times = Counter(_name(service) for _, service in _services(launch))
    for at, service in _services(launch):
        name = _name(service)
        if f"{namespace}/{name}" in seen.discovered:
            text = said.DISCOVERY_NAME_TAKEN.format(namespace=namespace)
            got = f"'{name}' is {seen.discovered[f'{namespace}/{name}']}"
            yield Refusal(f"{at}.discoveryName", text, got, code=INVALID)
        elif times[name] > 1:
            text = said.DISCOVERY_NAME_TWICE.format(name=name)
            yield Refusal(f"{at}.discoveryName", text, f"'{name}' stands {times[name]} times", code=INVALID)


@rule("FG1297", on=SERVICES, source=API_MODEL)
def an_alias_is_taken_once(launch: Launch) -> Iterator[Refusal]:
    """A name with its port is the alias of one service."""
    named = [(alias.get("dnsName"), alias.get("port")) for _, alias in _aliases(launch)]
    for (name, port), times in reading.repeated(named):
        if name:
            text = said.ALIAS_TWICE.format(name=name, port=port)
            yield Refusal(f"{AT}.services", text, f"it stands {times} times", code=INVALID)


@rule("FG1298", on=SERVICES, source=API_MODEL)
def connected_ports_are_ports(launch: Launch) -> Iterator[Refusal]:
    """The port of a client alias, and the port that the proxy listens on, are 1 to 65535."""
    least, most = limits.PORTS.value
    given = [(f"{at}.port", "port", alias) for at, alias in _aliases(launch)]
    given += [(f"{at}.ingressPortOverride", "ingressPortOverride", service) for at, service in _services(launch)]
    for at, member, holder in given:
        port = reading.number(holder, member)
        if port is not None and not least <= port <= most:
            yield Refusal(at, said.PORT_RANGE.format(what=member), f"it is {port}", code=INVALID)


@rule("FG1299", on=SERVICES, source=API_MODEL)
def the_proxy_logs_like_a_container(launch: Launch) -> Iterator[Refusal]:
    """The proxy's log driver is one that Fargate has, and access logs go where its log goes."""
    connect = _connect(launch)
    driver = reading.text(reading.mapping(connect, "logConfiguration"), "logDriver")
    if driver and launch.on_fargate and driver not in statuses.LOG_DRIVERS.value:
        text = said.PROXY_LOG_DRIVER.format(driver=driver)
        yield Refusal(f"{AT}.logConfiguration.logDriver", text, f"it is '{driver}'", code=INVALID)
    if connect.get("accessLogConfiguration") and not connect.get("logConfiguration"):
        yield Refusal(f"{AT}.accessLogConfiguration", said.ACCESS_LOG, "no logConfiguration is given", code=INVALID)


@rule("FG1232", on=SERVICES, source=API_MODEL)
def requests_time_out_where_there_are_requests(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """A timeout per request is for HTTP, HTTP/2 and gRPC: TCP knows no requests."""
    ports = _ports(seen)
    for at, service in _services(launch):
        timeout, mapping = reading.mapping(service, "timeout"), ports.get(reading.text(service, "portName"))
        if timeout.get("perRequestTimeoutSeconds") and mapping is not None and not mapping.get("appProtocol"):
            got = "the port mapping has no appProtocol, which means TCP"
            yield Refusal(f"{at}.timeout.perRequestTimeoutSeconds", said.REQUEST_TIMEOUT, got, code=INVALID)
