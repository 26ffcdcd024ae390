"""Laws on the rest of a launch: how many, by whom, for which group, under which token."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import quotas, words
from simcloud.facts.sources import API_MODEL, FIELD_REPORT, issue, recorded
from simcloud.facts.words import launch as said
from simcloud.facts.words import stop_codes as stop_words
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.launch import LAUNCHES, TASKS, Launch
from simcloud.rules.refusal import Refusal
from simcloud.rules.seen import Seen

RUN = "RunTask"
INVALID = "InvalidParameterException"
RESERVED = re.compile(r"service:", re.IGNORECASE)


@rule("FG340", on=RUN, source=API_MODEL)
def a_call_runs_one_to_ten_tasks(launch: Launch) -> Iterator[Refusal]:
    """One call of RunTask starts 1 to 10 tasks; without a count, one."""
    count = reading.number(launch.raw, "count")
    if count is not None and not 1 <= count <= quotas.RUN_TASK_COUNT.value:
        yield Refusal("count", words.COUNT_RANGE, f"count is {count}", code=INVALID)


@rule("FG342", on=TASKS, source=API_MODEL)
def startedby_is_short(launch: Launch) -> Iterator[Refusal]:
    """startedBy has at most 128 characters."""
    started_by, most = reading.text(launch.raw, "startedBy"), quotas.STARTED_BY_LENGTH.value
    if len(started_by) > most:
        text = said.STARTED_BY_LONG.format(most=most)
        yield Refusal("startedBy", text, f"it has {len(started_by)} characters", code=INVALID)


@rule("FG1216", on=TASKS, source=API_MODEL)
def a_group_is_not_a_service(launch: Launch) -> Iterator[Refusal]:
    """A task that is run by itself joins no service's group: `service:` is kept for those."""
    group = reading.text(launch.raw, "group")
    if RESERVED.match(group):
        yield Refusal("group", said.GROUP_NAMESPACE, f"it is '{group}'", code=INVALID)


@rule("FG348", on=(RUN, "CreateService", "CreateTaskSet"), source=API_MODEL)
def a_client_token_is_plain(launch: Launch) -> Iterator[Refusal]:
    """A clientToken has printable ASCII characters without space, at most 64 for RunTask and 36 for a service."""
    token = reading.text(launch.raw, "clientToken")
    most = (quotas.SERVICE_TOKEN_LENGTH if launch.is_service else quotas.RUN_TOKEN_LENGTH).value
    if len(token) > most and launch.is_service:
        yield Refusal("clientToken", words.TOKEN_LONG.format(most=most), f"it has {len(token)}", code=INVALID)
    elif len(token) > most or not re.fullmatch(r"[!-~]*", token):
        yield Refusal(
            "clientToken", words.TOKEN_INVALID.format(most=most), f"it has {len(token)} characters", code=INVALID
        )


@rule("FG349", on=RUN, source=recorded("ecs/task_tokens.json"), status="observed")
def a_client_token_stands_for_one_request(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """A clientToken used again in a cluster means the same request again, to the letter; another one is a conflict."""
    before = seen.tokens.get(reading.text(launch.raw, "clientToken"))
    if before is not None and dict(before.get("request", {})) != dict(launch.raw):
        yield Refusal(
            "clientToken", words.TOKEN_CONFLICT, "the token stands for another request", code="ConflictException"
        )


@rule("FG1218", on=LAUNCHES, source=API_MODEL)
def tags_of_a_launch_are_tags(launch: Launch) -> Iterator[Refusal]:
    """The tags of a launch keep the laws of all tags: at most 50, short, plain, and none of AWS's own."""
    given = reading.structures(launch.raw, "tags")
    if given and launch.operation != "UpdateService":
        from simcloud.rules.tags import refusals  # only where there are tags: a first launch does not wait for it

        yield from refusals(given)


@rule("FG1219", on=LAUNCHES, source=FIELD_REPORT, status="observed")
def exec_needs_a_task_role(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """ECS Exec is enabled for tasks that have a task role: the agent in them works with it."""
    #
    if not launch.raw.get("enableExecuteCommand") or seen.definition is None:
        return
    over = reading.mapping(launch.raw, "overrides")
    if not (reading.text(seen.definition, "taskRoleArn") or reading.text(over, "taskRoleArn")):
        text = stop_words.EXEC_WITHOUT_ROLE.format(**_told(launch.operation))
        yield Refusal("enableExecuteCommand", text, "the definition has no taskRoleArn", code=INVALID)


def _told(operation: str) -> Mapping[str, Any]:
    what = "task" if operation in TASKS else "service"
    return {"what": what, "verb": {"CreateService": "created", "UpdateService": "updated"}.get(operation, "run")}


@rule("FG318", on=RUN, source=issue("aws/amazon-ecs-cli", 1122), status="observed")
def ec2_needs_instances(launch: Launch) -> Iterator[Refusal]:
    """With neither launch type nor strategy a task is placed on the cluster's container instances; with none of those
    it is refused."""
    if launch.capacity in ("EC2", "EXTERNAL"):
        got = (
            f"launchType is {launch.launch_type}"
            if launch.launch_type
            else "no launch type and no strategy is given, which means EC2"
        )
        yield Refusal("launchType", words.NO_INSTANCES, f"{got}, and the cluster has no instances", code=INVALID)
