"""Deployment configurations: how many hosts stay healthy, or how traffic is shifted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.codedeploy import PREFIX, SHIFT_MINUTES
from simcloud.facts.sources import CODEDEPLOY_MODEL, PREFLIGHT
from simcloud.facts.words import codedeploy as words
from simcloud.rules.codedeploy.reading import Request
from simcloud.rules.codedeploy.seen import CodeDeploySeen
from simcloud.rules.engine import rule
from simcloud.rules.reading import mapping, number, text
from simcloud.rules.refusal import Refusal

MAKES = "codedeploy:CreateDeploymentConfig"
DELETES = "codedeploy:DeleteDeploymentConfig"
HOSTS, ROUTING = "InvalidMinimumHealthyHostValueException", "InvalidTrafficRoutingConfigurationException"
BLOCKS = {"TimeBasedCanary": "timeBasedCanary", "TimeBasedLinear": "timeBasedLinear"}
TYPES = ("AllAtOnce", *BLOCKS)


def _bench(case: str) -> str:
    return f"{PREFLIGHT} (pf-codedeploy-config-{case})"


def _platform(request: Request) -> str:
    return text(request, "computePlatform") or "Server"


def _routing(request: Request) -> Mapping[str, Any]:
    return mapping(request, "trafficRoutingConfig")


@rule("FG620", on=MAKES, source=_bench("name-reserved-prefix"), status="observed")
def predefined_names_are_reserved(request: Request) -> Iterator[Refusal]:
    """A name that begins with `CodeDeployDefault.` belongs to AWS."""
    if text(request, "deploymentConfigName").startswith(PREFIX):
        why = f"{PREFIX} is AWS's own prefix"
        yield Refusal("deploymentConfigName", words.RESERVED, why, "InvalidDeploymentConfigNameException")


@rule("FG621", on=MAKES, source=CODEDEPLOY_MODEL)
def the_configuration_is_new(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """No two deployment configurations have the same name."""
    name = text(request, "deploymentConfigName")
    if name in seen.configurations and not name.startswith(PREFIX):
        why = f"there is a deployment configuration {name} already"
        text_ = words.CONFIG_EXISTS.format(name=name)
        yield Refusal("deploymentConfigName", text_, why, "DeploymentConfigAlreadyExistsException")


@rule("FG622", on=MAKES, source=_bench("server-requires-minimum-healthy-hosts"), status="observed")
def servers_keep_healthy_hosts(request: Request) -> Iterator[Refusal]:
    """A configuration for servers, which is what one without a platform is, says how many hosts stay healthy."""
    if _platform(request) == "Server" and "minimumHealthyHosts" not in request and not _routing(request):
        why = "minimumHealthyHosts is missing; name computePlatform ECS for a configuration of ECS"
        yield Refusal("minimumHealthyHosts", words.HOSTS_MISSING, why, HOSTS)


@rule("FG623", on=MAKES, source=_bench("lambda-forbids-minimum-healthy-hosts"), status="observed")
def only_servers_keep_healthy_hosts(request: Request) -> Iterator[Refusal]:
    """A configuration for ECS or Lambda has no minimumHealthyHosts: there are no hosts."""
    platform = _platform(request)
    if platform in ("ECS", "Lambda") and "minimumHealthyHosts" in request:
        why = f"{platform} has no hosts to keep healthy"
        yield Refusal("minimumHealthyHosts", words.HOSTS_NULL.format(platform=platform), why, HOSTS)


@rule("FG1592", on=MAKES, source=CODEDEPLOY_MODEL)
def healthy_hosts_are_counted_or_a_share(request: Request) -> Iterator[Refusal]:
    """Hosts that stay healthy are counted, or are a percentage of all."""
    kind = text(mapping(request, "minimumHealthyHosts"), "type")
    if kind and kind not in ("HOST_COUNT", "FLEET_PERCENT"):
        why = f"{kind} is neither HOST_COUNT nor FLEET_PERCENT"
        yield Refusal("minimumHealthyHosts.type", words.HOSTS_VALUE, why, HOSTS)


@rule("FG624", on=MAKES, source=_bench("fleet-percent-range"), status="observed")
def some_hosts_may_be_down(request: Request) -> Iterator[Refusal]:
    """A percentage of healthy hosts is below 100, or no host could ever be updated."""
    hosts = mapping(request, "minimumHealthyHosts")
    if text(hosts, "type") == "FLEET_PERCENT" and (number(hosts, "value") or 0) >= 100:
        why = "with all hosts healthy none can be updated"
        yield Refusal("minimumHealthyHosts.value", words.FLEET_PERCENT, why, HOSTS)


@rule("FG625", on=MAKES, source=_bench("server-forbids-traffic-routing"), status="observed")
def servers_shift_no_traffic(request: Request) -> Iterator[Refusal]:
    """A configuration for servers, which is what one without a platform is, has no trafficRoutingConfig."""
    if _platform(request) == "Server" and "trafficRoutingConfig" in request:
        why = "computePlatform is Server, or not given, which means Server"
        yield Refusal("trafficRoutingConfig", words.ROUTING_NULL, why, ROUTING)


@rule("FG626", on=MAKES, source=_bench("lambda-requires-traffic-routing"), status="observed")
def ecs_and_lambda_shift_traffic(request: Request) -> Iterator[Refusal]:
    """A configuration for ECS or Lambda says how traffic is shifted."""
    if _platform(request) in ("ECS", "Lambda") and not _routing(request):
        why = "trafficRoutingConfig is missing"
        yield Refusal("trafficRoutingConfig", words.ROUTING_MISSING, why, ROUTING)


@rule("FG627", on=MAKES, source=_bench("zonal-server-only"), status="observed")
def only_servers_go_zone_by_zone(request: Request) -> Iterator[Refusal]:
    """Only deployments to servers go zone by zone."""
    if _platform(request) in ("ECS", "Lambda") and "zonalConfig" in request:
        why = f"{_platform(request)} has no instances in zones"
        yield Refusal("zonalConfig", words.ZONAL, why, "InvalidZonalDeploymentConfigurationException")


@rule("FG628", on=MAKES, source=CODEDEPLOY_MODEL, status="assumed")
def the_shift_is_of_a_known_type(request: Request) -> Iterator[Refusal]:
    """Traffic is shifted AllAtOnce, TimeBasedCanary or TimeBasedLinear."""
    kind = text(_routing(request), "type")
    if _platform(request) != "Server" and _routing(request) and kind not in TYPES:
        why = f"'{kind}' is none of {', '.join(TYPES)}"
        yield Refusal("trafficRoutingConfig.type", words.ROUTING_TYPE.format(kind=kind), why, ROUTING)


@rule("FG629", on=MAKES, source=_bench("traffic-routing-block-matches-type"), status="observed")
def the_shift_has_its_own_block(request: Request) -> Iterator[Refusal]:
    """A canary or linear shift has the block of its type, and no shift has another one's."""
    routing = _routing(request)
    kind = text(routing, "type")
    if kind not in TYPES or _platform(request) == "Server":
        return
    for named, block in BLOCKS.items():
        at = f"trafficRoutingConfig.{block}"
        if kind == named and block not in routing:
            text_ = words.BLOCK_MISSING.format(block=named, kind=kind)
            yield Refusal(at, text_, f"a shift of type {kind} needs {block}", ROUTING)
        if kind != named and block in routing:
            text_ = words.BLOCK_FOREIGN.format(block=named, kind=kind)
            yield Refusal(at, text_, f"a shift of type {kind} has no {block}", ROUTING)


@rule("FG630", on=MAKES, source=_bench("traffic-routing-percentage-range"), status="observed")
def a_part_of_the_traffic_is_shifted(request: Request) -> Iterator[Refusal]:
    """The percentage of a canary or linear shift is from 1 to 99."""
    for block, member in (("timeBasedCanary", "canaryPercentage"), ("timeBasedLinear", "linearPercentage")):
        held = mapping(_routing(request), block)
        percentage = number(held, member)
        if held and not 1 <= (percentage or 0) <= 99:
            why = f"{percentage} % is not between 1 and 99"
            yield Refusal(f"trafficRoutingConfig.{block}.{member}", words.PERCENTAGE, why, ROUTING)


@rule("FG631", on=MAKES, source=_bench("traffic-shift-interval-max"), status="observed")
def a_canary_waits_two_days_at_most(request: Request) -> Iterator[Refusal]:
    """A canary waits from 1 to 2880 minutes."""
    held = mapping(_routing(request), "timeBasedCanary")
    minutes = number(held, "canaryInterval")
    if held and not 1 <= (minutes or 0) <= SHIFT_MINUTES.value:
        why = f"{minutes} minutes are not between 1 and {SHIFT_MINUTES.value}"
        yield Refusal("trafficRoutingConfig.timeBasedCanary.canaryInterval", words.CANARY_INTERVAL, why, ROUTING)


@rule("FG632", on=MAKES, source=_bench("traffic-shift-interval-max"), status="observed")
def a_linear_shift_takes_two_days_at_most(request: Request) -> Iterator[Refusal]:
    """The intervals of a linear shift, floor(100 / percentage) of them, take 2880 minutes at most."""
    held = mapping(_routing(request), "timeBasedLinear")
    percentage, minutes = number(held, "linearPercentage") or 0, number(held, "linearInterval") or 0
    steps = 100 // percentage if 1 <= percentage <= 99 else 1
    if held and not 1 <= minutes * steps <= SHIFT_MINUTES.value:
        why = f"{steps} times {minutes} minutes are not between 1 and {SHIFT_MINUTES.value}"
        yield Refusal("trafficRoutingConfig.timeBasedLinear.linearInterval", words.LINEAR_INTERVAL, why, ROUTING)


@rule("FG633", on=DELETES, source=CODEDEPLOY_MODEL)
def predefined_configurations_stay(request: Request) -> Iterator[Refusal]:
    """A predefined configuration cannot be deleted."""
    name = text(request, "deploymentConfigName")
    if name.startswith(PREFIX):
        text_ = words.CONFIG_PREDEFINED.format(name=name)
        yield Refusal("deploymentConfigName", text_, f"{name} is AWS's own", "InvalidOperationException")


@rule("FG634", on=DELETES, source=CODEDEPLOY_MODEL)
def configurations_in_use_stay(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """A configuration that a deployment group follows cannot be deleted."""
    name = text(request, "deploymentConfigName")
    using = [f"{where[0]}/{where[1]}" for where, info in seen.groups.items() if info["deploymentConfigName"] == name]
    if using and not name.startswith(PREFIX):
        why = f"{', '.join(using)} follow it"
        text_ = words.CONFIG_IN_USE.format(name=name)
        yield Refusal("deploymentConfigName", text_, why, "DeploymentConfigInUseException")
