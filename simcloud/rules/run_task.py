"""Laws on RunTask alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import quotas, sizes, words
from simcloud.facts.sources import API_MODEL, FIELD_REPORT, issue
from simcloud.rules import reading
from simcloud.rules.amounts import cpu_units, memory_mib
from simcloud.rules.engine import rule
from simcloud.rules.launch import Launch
from simcloud.rules.refusal import Refusal
from simcloud.rules.seen import Seen
from simcloud.rules.storage import storage_words
from simcloud.rules.task_definition import read_task_definition

RUN = "RunTask"
INVALID = "InvalidParameterException"


def _overrides(launch: Launch) -> Mapping[str, Any]:
    return reading.mapping(launch.raw, "overrides")


@rule("FG340", on=RUN, source=API_MODEL)
def a_call_runs_one_to_ten_tasks(launch: Launch) -> Iterator[Refusal]:
    """One call of RunTask starts 1 to 10 tasks; without a count, one."""
    count = reading.number(launch.raw, "count")
    if count is not None and not 1 <= count <= quotas.RUN_TASK_COUNT.value:
        yield Refusal("count", words.COUNT_RANGE, f"count is {count}", code=INVALID)


@rule("FG341", on=RUN, source=API_MODEL)
def tags_come_from_the_definition(launch: Launch) -> Iterator[Refusal]:
    """A task that is run by itself takes its tags from the definition or from nowhere: it has no service."""
    if launch.raw.get("propagateTags") == "SERVICE":
        yield Refusal("propagateTags", words.PROPAGATE_SERVICE, "propagateTags is SERVICE", code=INVALID)


@rule("FG342", on=RUN, source=API_MODEL)
def startedby_is_short(launch: Launch) -> Iterator[Refusal]:
    """startedBy has at most 128 characters."""
    started_by = reading.text(launch.raw, "startedBy")
    if len(started_by) > quotas.STARTED_BY_LENGTH.value:
        yield Refusal("startedBy", words.STARTED_BY, f"it has {len(started_by)} characters", code=INVALID)


@rule("FG343", on=RUN, source=FIELD_REPORT, status="observed")
def an_override_names_a_container(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """A container override names a container of the task definition."""
    if seen.definition is None:
        return
    names = read_task_definition(seen.definition).names
    for index, override in enumerate(reading.structures(_overrides(launch), "containerOverrides")):
        name = reading.text(override, "name")
        if name not in names:
            yield Refusal(
                f"overrides.containerOverrides[{index}].name",
                words.OVERRIDE_CONTAINER.format(name=name),
                f"the containers are {', '.join(sorted(names))}",
                code=INVALID,
            )


@rule("FG344", on=RUN, source=issue("artilleryio/artillery", 591), status="observed")
def an_override_stays_within_the_task(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """The memory to which a container is overridden is at most that of the task."""
    whole = memory_mib(reading.text(_overrides(launch), "memory") or reading.text(seen.definition or {}, "memory"))
    for index, override in enumerate(reading.structures(_overrides(launch), "containerOverrides")):
        memory = reading.number(override, "memory")
        if whole is not None and memory is not None and memory > whole:
            yield Refusal(
                f"overrides.containerOverrides[{index}].memory",
                words.OVERRIDE_MEMORY.format(name=reading.text(override, "name")),
                f"{memory} MiB are asked for, the task has {whole}",
                code=INVALID,
            )


@rule("FG345", on=RUN, source=API_MODEL)
def an_overridden_size_is_sold(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """On Fargate the CPU and memory after the overrides are a pair that is sold."""
    over = _overrides(launch)
    if seen.definition is None or not launch.on_fargate or not (over.get("cpu") or over.get("memory")):
        return
    task = read_task_definition(seen.definition)
    cpu = cpu_units(reading.text(over, "cpu")) if over.get("cpu") else task.cpu
    memory = memory_mib(reading.text(over, "memory")) if over.get("memory") else task.memory
    table = sizes.WINDOWS.value if task.windows else sizes.LINUX.value
    if memory not in table.get(cpu or 0, ()):
        yield Refusal(
            "overrides",
            words.NO_CONFIGURATION.format(cpu=cpu or over.get("cpu"), memory=memory or over.get("memory")),
            "the overrides make a size that is not sold",
            code=INVALID,
        )


@rule("FG346", on=RUN, source=API_MODEL)
def overridden_storage_is_sold(launch: Launch) -> Iterator[Refusal]:
    """Ephemeral storage is overridden to 21 to 200 GiB."""
    gib = reading.number(reading.mapping(_overrides(launch), "ephemeralStorage"), "sizeInGiB")
    if gib is not None and (text := storage_words(gib)):
        yield Refusal("overrides.ephemeralStorage.sizeInGiB", text, f"{gib} GiB are asked for", code=INVALID)


@rule("FG347", on=RUN, source=API_MODEL)
def overrides_are_short(launch: Launch) -> Iterator[Refusal]:
    """The overrides as JSON have at most 8192 characters."""
    length = len(json.dumps(_overrides(launch), default=str))
    if length > quotas.OVERRIDES_LENGTH.value:
        yield Refusal(
            "overrides",
            words.OVERRIDE_LENGTH.format(most=quotas.OVERRIDES_LENGTH.value),
            f"they have {length}",
            code=INVALID,
        )


@rule("FG348", on=(RUN, "CreateService"), source=API_MODEL)
def a_client_token_is_plain(launch: Launch) -> Iterator[Refusal]:
    """A clientToken has printable ASCII characters without space, at most 64 for RunTask and 36 for CreateService."""
    token = reading.text(launch.raw, "clientToken")
    most = (quotas.SERVICE_TOKEN_LENGTH if launch.is_service else quotas.RUN_TOKEN_LENGTH).value
    if len(token) > most or not re.fullmatch(r"[!-~]*", token):
        yield Refusal(
            "clientToken", words.TOKEN_INVALID.format(most=most), f"it has {len(token)} characters", code=INVALID
        )


@rule("FG349", on=RUN, source=API_MODEL)
def a_client_token_stands_for_one_request(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """A clientToken used again means the same request again; with other parameters it is a conflict."""
    before = seen.tokens.get(reading.text(launch.raw, "clientToken"))
    if before is not None and dict(before.get("request", {})) != dict(launch.raw):
        yield Refusal(
            "clientToken", words.TOKEN_CONFLICT, "the token stands for another request", code="ConflictException"
        )
