"""A request that launches tasks (RunTask, StartTask, CreateService, UpdateService, CreateTaskSet), read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simcloud.facts import statuses
from simcloud.rules import reading
from simcloud.rules.seen import Seen

NAMES = ("RunTask", "CreateService", "UpdateService", "CreateTaskSet")
"""Operations that have tasks launched where there is room."""
TASKS = ("RunTask", "StartTask")
"""Operations that launch tasks by themselves, without a service."""
SERVICES = ("CreateService", "UpdateService")
LAUNCHES = ("StartTask", *NAMES)


@dataclass(frozen=True, slots=True)
class StrategyItem:
    """One item of a capacity provider strategy, with the API's defaults."""

    provider: str
    weight: int
    base: int

    @property
    def of_fargate(self) -> bool:
        return self.provider in statuses.FARGATE_PROVIDERS.value


@dataclass(frozen=True, slots=True)
class Launch:
    """What a launch asks for. For UpdateService: what the service would be after it."""

    operation: str
    raw: Mapping[str, Any]
    cluster: str
    """Name, `default` where none is given."""
    service: str
    """Name of the service; '' for RunTask and StartTask."""
    launch_type: str
    """As asked; '' where absent."""
    asked_strategy: tuple[StrategyItem, ...]
    strategy: tuple[StrategyItem, ...]
    """The strategy that holds: the one asked for, or without launch type the cluster's default."""
    platform_version: str
    network: Mapping[str, Any] | None
    """awsvpcConfiguration; None where absent."""
    subnets: tuple[str, ...]
    groups: tuple[str, ...]
    public_ip: str

    @property
    def capacity(self) -> str:
        """The launch type in effect: as asked, FARGATE for Fargate's providers, EC2 where nothing says otherwise."""
        if self.launch_type:
            return self.launch_type
        return "FARGATE" if any(item.of_fargate for item in self.strategy) else "EC2"

    @property
    def on_fargate(self) -> bool:
        return self.capacity == "FARGATE"

    @property
    def on_spot(self) -> bool:
        return not self.launch_type and any(item.provider == "FARGATE_SPOT" for item in self.strategy)

    @property
    def is_service(self) -> bool:
        return self.operation not in TASKS

    @property
    def controller(self) -> str:
        """The deployment controller of a service: ECS, CODE_DEPLOY or EXTERNAL."""
        return reading.text(reading.mapping(self.raw, "deploymentController"), "type") or "ECS"

    @property
    def deployment(self) -> Mapping[str, Any]:
        """The deploymentConfiguration; for an update the one that holds after it."""
        return reading.mapping(self.raw, "deploymentConfiguration")

    @property
    def rollout(self) -> str:
        """The deployment strategy: ROLLING, BLUE_GREEN, LINEAR or CANARY."""
        return reading.text(self.deployment, "strategy") or "ROLLING"

    @property
    def daemon(self) -> bool:
        return self.raw.get("schedulingStrategy") == "DAEMON"


def last_part(name_or_arn: str) -> str:
    """The name in an ARN, or the name itself."""
    return name_or_arn.rpartition("/")[2]


def _items(items: tuple[Mapping[str, Any], ...]) -> tuple[StrategyItem, ...]:
    return tuple(
        StrategyItem(
            reading.text(item, "capacityProvider"),
            reading.number(item, "weight") or 0,
            reading.number(item, "base") or 0,
        )
        for item in items
    )


def _after_update(update: Mapping[str, Any], seen: Seen) -> Mapping[str, Any]:
    """The request that would have created the service as the update leaves it."""
    before = dict(seen.services.get(last_part(reading.text(update, "service")), {}))
    if update.get("capacityProviderStrategy"):
        before.pop("launchType", None)
    elif "capacityProviderStrategy" in update and not before.get("launchType"):
        before["launchType"] = _launch_type_of(before)
    after = {**before, **{name: value for name, value in update.items() if value is not None}}
    if "deploymentConfiguration" in update:
        asked = reading.mapping(update, "deploymentConfiguration")
        kept = dict(reading.mapping(before, "deploymentConfiguration"))
        if asked.get("strategy") not in (None, kept.get("strategy")):
            kept.pop("linearConfiguration", None)
            kept.pop("canaryConfiguration", None)
            kept.pop("bakeTimeInMinutes", None)
        after["deploymentConfiguration"] = {**kept, **asked}
    return after


def _launch_type_of(service: Mapping[str, Any]) -> str:
    """The launch type that a service goes back to without its strategy: that of its providers."""
    items = _items(reading.structures(service, "capacityProviderStrategy"))
    return "FARGATE" if any(item.of_fargate for item in items) else "EC2"


def read_launch(operation: str, request: Mapping[str, Any], seen: Seen) -> Launch:
    """A launch as the API spells it."""
    raw = _after_update(request, seen) if operation == "UpdateService" else request
    cluster = last_part(reading.text(raw, "cluster")) or "default"
    launch_type = reading.text(raw, "launchType")
    asked = _items(reading.structures(raw, "capacityProviderStrategy"))
    default = _items(tuple(seen.default_strategies.get(cluster, ())))
    configuration = reading.mapping(raw, "networkConfiguration")
    network = configuration.get("awsvpcConfiguration")
    awsvpc = network if isinstance(network, Mapping) else {}
    return Launch(
        operation=operation,
        raw=raw,
        cluster=cluster,
        service=last_part(reading.text(raw, "serviceName") or reading.text(raw, "service")),
        launch_type=launch_type,
        asked_strategy=asked,
        strategy=asked or (() if launch_type else default),
        platform_version=reading.text(raw, "platformVersion"),
        network=awsvpc if isinstance(network, Mapping) else None,
        subnets=reading.texts(awsvpc, "subnets"),
        groups=reading.texts(awsvpc, "securityGroups"),
        public_ip=reading.text(awsvpc, "assignPublicIp") or "DISABLED",
    )
