"""Laws on the overrides of a launch."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import quotas, sizes, words
from simcloud.facts.sources import API_MODEL, FIELD_REPORT, PREFLIGHT, issue
from simcloud.facts.words import launch as said
from simcloud.rules import reading
from simcloud.rules.amounts import cpu_units, memory_mib
from simcloud.rules.engine import rule
from simcloud.rules.launch import TASKS, Launch
from simcloud.rules.refusal import Refusal
from simcloud.rules.seen import Seen
from simcloud.rules.storage import storage_words
from simcloud.rules.task_definition import TaskDefinition, read_task_definition

INVALID = "InvalidParameterException"
ITEMS = "overrides.containerOverrides"


def _overrides(launch: Launch) -> Mapping[str, Any]:
    return reading.mapping(launch.raw, "overrides")


def _containers(launch: Launch) -> tuple[Mapping[str, Any], ...]:
    return reading.structures(_overrides(launch), "containerOverrides")


def _amount(launch: Launch, task: TaskDefinition | None, what: str) -> int | None:
    """The task's CPU units or MiB after the overrides; None where they are unknown or cannot be read."""
    written = reading.text(_overrides(launch), what)
    if written:
        return cpu_units(written) if what == "cpu" else memory_mib(written)
    return getattr(task, what) if task is not None else None


@rule("FG347", on=TASKS, source=issue("convox/rack", 1906), status="observed")
def overrides_are_short(launch: Launch) -> Iterator[Refusal]:
    """The overrides as JSON have at most 8192 characters, its braces and quotes included."""
    written = json.dumps(_overrides(launch), default=str, separators=(",", ":"), ensure_ascii=False)
    most = quotas.OVERRIDES_LENGTH.value
    if len(written) > most:
        yield Refusal("overrides", said.OVERRIDES_LONG.format(most=most), f"they have {len(written)}", code=INVALID)


@rule("FG343", on=TASKS, source=issue("azavea/django-ecsmanage", 21), status="observed")
def an_override_names_a_container(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """A container override names a container of the task definition."""
    if seen.definition is None:
        return
    names = read_task_definition(seen.definition).names
    for index, override in enumerate(_containers(launch)):
        name = reading.text(override, "name")
        if name and name not in names:
            yield Refusal(
                f"{ITEMS}[{index}].name",
                words.OVERRIDE_CONTAINER.format(name=name),
                f"the containers are {', '.join(sorted(names))}",
                code=INVALID,
            )


@rule("FG1210", on=TASKS, source=API_MODEL)
def an_override_is_for_some_container(launch: Launch) -> Iterator[Refusal]:
    """A container override that overrides something says of which container."""
    for index, override in enumerate(_containers(launch)):
        if override and not override.get("name"):
            yield Refusal(f"{ITEMS}[{index}].name", said.OVERRIDE_NAMELESS, "it has no name", code=INVALID)


@rule("FG344", on=TASKS, source=issue("artilleryio/artillery", 591), status="observed")
def an_override_stays_within_the_task(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """The memory of each container, as overridden, is at most that of the task."""
    task = read_task_definition(seen.definition) if seen.definition is not None else None
    whole = _amount(launch, task, "memory")
    given = {reading.text(override, "name"): reading.number(override, "memory") for override in _containers(launch)}
    if task is None or whole is None or not (_overrides(launch).get("memory") or any(given.values())):
        return
    for container in task.containers:
        memory = given.get(container.name) or container.memory
        if memory is not None and memory > whole:
            text = words.OVERRIDE_MEMORY.format(name=container.name)
            yield Refusal(ITEMS, text, f"{memory} MiB are for it, the task has {whole}", code=INVALID)


@rule("FG1211", on=TASKS, source=f"{PREFLIGHT} (pf-ecs-fargate-container-cpu-over-task)")
def overridden_cpu_is_shared_out(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """The CPU units of all containers, as overridden, are together at most those of the task."""
    task = read_task_definition(seen.definition) if seen.definition is not None else None
    whole = _amount(launch, task, "cpu")
    given = {reading.text(override, "name"): reading.number(override, "cpu") for override in _containers(launch)}
    if task is None or whole is None or not (_overrides(launch).get("cpu") or any(given.values())):
        return
    shares = sum(given.get(container.name) or container.cpu or 0 for container in task.containers)
    if shares > whole:
        yield Refusal(ITEMS, words.CPU_SUM, f"{shares} are shared out, the task has {whole}", code=INVALID)


@rule("FG1212", on=TASKS, source=API_MODEL)
def an_overridden_amount_can_be_read(launch: Launch) -> Iterator[Refusal]:
    """CPU is overridden with CPU units or vCPU, memory with MiB or GB."""
    for what, read, text in (("cpu", cpu_units, words.INVALID_CPU), ("memory", memory_mib, words.INVALID_MEMORY)):
        written = reading.text(_overrides(launch), what)
        if written and read(written) is None:
            yield Refusal(f"overrides.{what}", text, f"'{written}' is neither", code=INVALID)


@rule("FG345", on="RunTask", source=API_MODEL)
def an_overridden_size_is_sold(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """On Fargate the CPU and memory after the overrides are a pair that is sold."""
    over = _overrides(launch)
    if seen.definition is None or not launch.on_fargate or not (over.get("cpu") or over.get("memory")):
        return
    task = read_task_definition(seen.definition)
    cpu, memory = _amount(launch, task, "cpu"), _amount(launch, task, "memory")
    table = sizes.WINDOWS.value if task.windows else sizes.LINUX.value
    if cpu is not None and memory is not None and memory not in table.get(cpu, ()):
        text = words.NO_CONFIGURATION.format(cpu=cpu, memory=memory)
        yield Refusal("overrides", text, "the overrides make a size that is not sold", code=INVALID)


@rule("FG346", on="RunTask", source=API_MODEL)
def overridden_storage_is_sold(launch: Launch) -> Iterator[Refusal]:
    """Ephemeral storage is overridden to 21 to 200 GiB."""
    gib = reading.number(reading.mapping(_overrides(launch), "ephemeralStorage"), "sizeInGiB")
    if gib is not None and (text := storage_words(gib)):
        yield Refusal("overrides.ephemeralStorage.sizeInGiB", text, f"{gib} GiB are asked for", code=INVALID)


@rule("FG1213", on=TASKS, source=f"{PREFLIGHT} (pf-ecs-environment-files-max)")
def overridden_files_are_few(launch: Launch) -> Iterator[Refusal]:
    """An override names at most ten environment files for a container."""
    for index, override in enumerate(_containers(launch)):
        count = len(reading.structures(override, "environmentFiles"))
        if count > quotas.ENVIRONMENT_FILES.value:
            got = f"{count} files are named"
            yield Refusal(f"{ITEMS}[{index}].environmentFiles", words.ENVIRONMENT_FILES, got, code=INVALID)


@rule("FG1214", on=TASKS, source=f"{PREFLIGHT} (pf-ecs-environment-files-type)")
def an_overridden_file_is_an_object(launch: Launch) -> Iterator[Refusal]:
    """An environment file of an override is named by the ARN of an S3 object that ends in .env."""
    for index, override in enumerate(_containers(launch)):
        for place, file in enumerate(reading.structures(override, "environmentFiles")):
            value, at = reading.text(file, "value"), f"{ITEMS}[{index}].environmentFiles[{place}].value"
            if not (value.startswith("arn:aws") and ":s3:::" in value and "/" in value):
                yield Refusal(at, words.ENVIRONMENT_FILE, f"'{value}' is not the ARN of an S3 object", code=INVALID)
            elif not value.endswith(".env"):
                yield Refusal(at, words.ENVIRONMENT_FILE_EXTENSION, f"{value} does not end in .env", code=INVALID)


@rule("FG1215", on="RunTask", source=FIELD_REPORT)
def fargate_overrides_no_devices(launch: Launch) -> Iterator[Refusal]:
    """On Fargate no override asks for GPUs, and nowhere does one ask for the retired inference accelerators."""
    for index, override in enumerate(_containers(launch)):
        kinds = [reading.text(each, "type") for each in reading.structures(override, "resourceRequirements")]
        if launch.on_fargate and "GPU" in kinds:
            yield Refusal(f"{ITEMS}[{index}].resourceRequirements", said.OVERRIDE_GPU, "it asks for GPUs", code=INVALID)
    if _overrides(launch).get("inferenceAcceleratorOverrides"):
        at = "overrides.inferenceAcceleratorOverrides"
        yield Refusal(at, said.OVERRIDE_ACCELERATOR, "Elastic Inference has ended", code=INVALID)
