"""Laws on services alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import quotas, words
from simcloud.facts.sources import API_MODEL, PREFLIGHT, SERVICE_PARAMETERS, recorded
from simcloud.facts.words import rollout as said
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.launch import Launch
from simcloud.rules.refusal import Refusal
from simcloud.rules.seen import Seen

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


@rule("FG351", on=CREATE, source=recorded("ecs/services.json"), status="observed")
def a_name_is_taken_once(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """The name of an active service is not taken again, unless by the very same request under the same client token;
    the tags may differ, and stay as they were."""
    before = seen.services.get(launch.service)
    if before is not None and _without_tags(before) != _without_tags(launch.raw):
        yield _refusal("serviceName", words.NOT_IDEMPOTENT, f"there is an active service '{launch.service}'")


def _without_tags(request: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in request.items() if key != "tags"}


@rule("FG352", on=CREATE, source=recorded("ecs/services.json"), status="observed")
def a_replica_service_has_a_desired_count(launch: Launch) -> Iterator[Refusal]:
    """A service of the REPLICA strategy says how many tasks it keeps."""
    if not launch.daemon and launch.controller != "EXTERNAL" and "desiredCount" not in launch.raw:
        yield _refusal("desiredCount", words.DESIRED_REQUIRED, "no desiredCount is given")


@rule("FG353", on=BOTH, source=recorded("ecs/services.json"), status="observed")
def a_desired_count_is_not_negative(launch: Launch) -> Iterator[Refusal]:
    """A service keeps no fewer than zero tasks."""
    count = reading.number(launch.raw, "desiredCount")
    if count is not None and count < 0:
        what = "DesiredCount" if launch.operation == CREATE else "Task count"
        yield _refusal("desiredCount", words.DESIRED_RANGE.format(what=what), f"desiredCount is {count}")


@rule("FG354", on=BOTH, source=f"{PREFLIGHT} (pf-ecs-service-daemon-desired-count)", status="observed")
def a_daemon_service_counts_instances(launch: Launch) -> Iterator[Refusal]:
    """A service of the DAEMON strategy has no desired count: it runs one task on each instance."""
    if launch.daemon and "desiredCount" in launch.raw:
        yield _refusal("desiredCount", words.DAEMON_DESIRED, "schedulingStrategy is DAEMON")


@rule("FG355", on=BOTH, source=recorded("ecs/services.json"), status="observed")
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


@rule("FG1231", on=CREATE, source=SERVICE_PARAMETERS)
def daemons_are_deployed_by_ecs(launch: Launch) -> Iterator[Refusal]:
    """A service of the DAEMON strategy is deployed by ECS, not by CodeDeploy or by task sets."""
    if launch.daemon and launch.controller in ("CODE_DEPLOY", "EXTERNAL") and not launch.on_fargate:
        text = said.DAEMON_CONTROLLER.format(controller=launch.controller)
        yield _refusal("schedulingStrategy", text, f"the controller is {launch.controller}")
