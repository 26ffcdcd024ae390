"""Laws on services alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import quotas, words
from simcloud.facts.sources import API_MODEL, FIELD_REPORT, PREFLIGHT, SERVICE_PARAMETERS
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.launch import Launch
from simcloud.rules.refusal import Refusal
from simcloud.rules.seen import Seen
from simcloud.rules.task_definition import read_task_definition

CREATE = "CreateService"
BOTH = ("CreateService", "UpdateService")
INVALID = "InvalidParameterException"


def _refusal(at: str, aws: str, because: str) -> Refusal:
    return Refusal(at, aws, because, code=INVALID)


@rule("FG350", on=CREATE, source=f"{PREFLIGHT} (pf-ecs-service-name)", status="observed")
def a_service_has_a_name(launch: Launch) -> Iterator[Refusal]:
    """A service's name has 1 to 255 characters: letters, digits, hyphens and underscores."""
    name = reading.text(launch.raw, "serviceName")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,255}", name):
        yield _refusal("serviceName", words.SERVICE_NAME.format(name=name), f"{name!r} is too long or holds others")


@rule("FG351", on=CREATE, source=FIELD_REPORT, status="observed")
def a_name_is_taken_once(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """The name of an active service is not taken again, unless by the very same request."""
    before = seen.services.get(launch.service)
    if before is not None and _without_token(before) != _without_token(launch.raw):
        yield _refusal("serviceName", words.NOT_IDEMPOTENT, f"there is an active service '{launch.service}'")


def _without_token(request: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in request.items() if key != "clientToken"}


@rule("FG352", on=CREATE, source=SERVICE_PARAMETERS)
def a_replica_service_has_a_desired_count(launch: Launch) -> Iterator[Refusal]:
    """A service of the REPLICA strategy says how many tasks it keeps."""
    if not launch.daemon and launch.controller != "EXTERNAL" and "desiredCount" not in launch.raw:
        yield _refusal("desiredCount", words.DESIRED_REQUIRED, "no desiredCount is given")


@rule("FG353", on=BOTH, source=API_MODEL)
def a_desired_count_is_not_negative(launch: Launch) -> Iterator[Refusal]:
    """A service keeps no fewer than zero tasks."""
    count = reading.number(launch.raw, "desiredCount")
    if count is not None and count < 0:
        yield _refusal("desiredCount", words.DESIRED_RANGE, f"desiredCount is {count}")


@rule("FG354", on=BOTH, source=f"{PREFLIGHT} (pf-ecs-service-daemon-desired-count)", status="observed")
def a_daemon_service_counts_instances(launch: Launch) -> Iterator[Refusal]:
    """A service of the DAEMON strategy has no desired count: it runs one task on each instance."""
    if launch.daemon and "desiredCount" in launch.raw:
        yield _refusal("desiredCount", words.DAEMON_DESIRED, "schedulingStrategy is DAEMON")


@rule("FG355", on=BOTH, source=SERVICE_PARAMETERS)
def fargate_runs_no_daemons(launch: Launch) -> Iterator[Refusal]:
    """On Fargate there is no DAEMON strategy: there are no instances to have one task each."""
    if launch.daemon and launch.on_fargate:
        yield _refusal("schedulingStrategy", words.DAEMON_ON_FARGATE, "schedulingStrategy is DAEMON; that needs EC2")


@rule("FG356", on=CREATE, source=API_MODEL)
def awsvpc_services_use_the_linked_role(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """A service of awsvpc tasks names no role: it uses the service-linked role AWSServiceRoleForECS."""
    if launch.raw.get("role") and seen.definition is not None and seen.definition.get("networkMode") == "awsvpc":
        yield _refusal("role", words.SERVICE_ROLE, "a role is given")


@rule("FG357", on=BOTH, source=API_MODEL)
def a_grace_period_is_in_range(launch: Launch) -> Iterator[Refusal]:
    """A health check grace period is 0 to 2147483647 seconds."""
    seconds = reading.number(launch.raw, "healthCheckGracePeriodSeconds")
    if seconds is not None and not 0 <= seconds <= quotas.GRACE_PERIOD_MOST.value:
        yield _refusal("healthCheckGracePeriodSeconds", words.GRACE_RANGE, f"it is {seconds}")


@rule("FG358", on=BOTH, source=f"{PREFLIGHT} (pf-ecs-service-deployment-percent)", status="observed")
def a_deployment_has_room(launch: Launch) -> Iterator[Refusal]:
    """minimumHealthyPercent is at most 100, maximumPercent at least 100, and not both 100: a deployment could neither
    stop nor start a task."""
    at = "deploymentConfiguration"
    given = reading.mapping(launch.raw, at)
    least, most = reading.number(given, "minimumHealthyPercent"), reading.number(given, "maximumPercent")
    if least is not None and least > 100:
        yield _refusal(f"{at}.minimumHealthyPercent", words.MINIMUM_HEALTHY, f"it is {least}")
    if most is not None and most < 100:
        yield _refusal(f"{at}.maximumPercent", words.MAXIMUM_PERCENT, f"it is {most}")
    if most == 100 and least in (100, None) and not launch.daemon:
        yield _refusal(at, words.BOTH_HUNDRED, "no task may be missing and none may be too many")


@rule("FG359", on=BOTH, source=f"{PREFLIGHT} (pf-ecs-svc-az-rebalancing-with-daemon)", status="observed")
def daemons_are_not_rebalanced(launch: Launch) -> Iterator[Refusal]:
    """A service of the DAEMON strategy is not rebalanced over Availability Zones."""
    if launch.daemon and launch.raw.get("availabilityZoneRebalancing") == "ENABLED":
        yield _refusal("availabilityZoneRebalancing", words.REBALANCING_DAEMON, "schedulingStrategy is DAEMON")


@rule("FG360", on=BOTH, source=FIELD_REPORT, status="observed")
def service_connect_names_a_port(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """A portName of Service Connect is the name of a port mapping of the definition."""
    if seen.definition is None:
        return
    names = {
        reading.text(mapping, "name")
        for container in read_task_definition(seen.definition).containers
        for mapping in container.ports
    }
    connect = reading.mapping(launch.raw, "serviceConnectConfiguration")
    for index, service in enumerate(reading.structures(connect, "services")):
        name = reading.text(service, "portName")
        if name not in names:
            yield _refusal(
                f"serviceConnectConfiguration.services[{index}].portName",
                words.PORT_NAME.format(name=name),
                f"no port mapping is called '{name}'",
            )


@rule("FG361", on=("RunTask", *BOTH), source=f"{PREFLIGHT} (pf-ecs-svc-ebs-name-not-in-taskdef)", status="observed")
def a_volume_of_the_launch_is_declared(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """A volume that a launch configures is declared configuredAtLaunch in the definition."""
    volumes = reading.structures(seen.definition or {}, "volumes")
    at_launch = {reading.text(volume, "name") for volume in volumes if reading.switch(volume, "configuredAtLaunch")}
    for index, volume in enumerate(reading.structures(launch.raw, "volumeConfigurations")):
        name = reading.text(volume, "name")
        if seen.definition is not None and name not in at_launch:
            text = words.VOLUME_NOT_DECLARED.format(name=name) if at_launch else words.VOLUME_NONE_AT_LAUNCH
            yield _refusal(
                f"volumeConfigurations[{index}].name",
                text,
                f"the definition declares {', '.join(sorted(at_launch)) or 'no volume'} for the launch",
            )
