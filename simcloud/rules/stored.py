"""How ECS keeps a task definition: amounts as integers in strings, defaults filled in, what it turned out to fit."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from simcloud.facts import timings
from simcloud.rules import reading
from simcloud.rules.attributes import required_attributes
from simcloud.rules.engine import laws
from simcloud.rules.seen import Seen
from simcloud.rules.task_definition import TaskDefinition, read_task_definition

REGISTER = "RegisterTaskDefinition"
ROOT = "0"
"""The user that ECS gives to a log router which names none (assumed: terraform-aws-modules/terraform-aws-ecs asks for
it, so that what ECS gives back is no change)."""
ALWAYS_LISTED = ("portMappings", "environment", "mountPoints", "volumesFrom", "systemControls")


def stored_form(request: Mapping[str, Any], task: TaskDefinition | None = None) -> dict[str, Any]:
    """The definition as AWS gives it back, but for what the registry adds (ARN, revision, status, dates, tags); `task`
    is the request as it is read, for who has read it.

    What was not asked for is not there, the network mode included (recorded, `sources.RECORDED`); lists of containers,
    volumes and constraints always are.
    """
    task = read_task_definition(request) if task is None else task
    stored = {key: copy.deepcopy(value) for key, value in request.items() if key != "tags"}
    stored["containerDefinitions"] = [_container(container.raw, task.network_mode) for container in task.containers]
    stored["volumes"] = [_volume(volume) for volume in task.volumes]
    stored["placementConstraints"] = list(reading.structures(request, "placementConstraints"))
    for key, amount in (("cpu", task.cpu), ("memory", task.memory)):
        if amount is not None:
            stored[key] = str(amount)
    stored["compatibilities"] = _compatibilities(task)
    if attributes := required_attributes(task):
        stored["requiresAttributes"] = [{"name": name} for name in attributes]
    return stored


def _compatibilities(task: TaskDefinition) -> list[str]:
    """What a definition could run on: what it demands, and what else it fits. FARGATE if no law of it is broken;
    managed instances run Linux tasks with an interface of their own. The definition is an accepted one, so what it
    demands it fits."""
    if task.awsvpc:
        on_fargate = task.on_fargate or not _refused(replace(task, requires=frozenset({"FARGATE"})))
        fits = ["EC2", *(["FARGATE"] if on_fargate else []), *([] if task.windows else ["MANAGED_INSTANCES"])]
    else:
        fits = ["EXTERNAL", "EC2"]
    return list(dict.fromkeys([*fits, *reading.texts(task.raw, "requiresCompatibilities")]))


def _refused(task: TaskDefinition) -> bool:
    """Would it be refused if it were demanded to run so?"""
    return any(refusal for law in laws(REGISTER) if not law.looks for refusal in law.broken_by(task, Seen()))


def _container(raw: Mapping[str, Any], network_mode: str) -> dict[str, Any]:
    stored = copy.deepcopy(dict(raw))
    stored.setdefault("cpu", 0)
    stored.setdefault("essential", True)
    for key in ALWAYS_LISTED:
        stored[key] = list(stored.get(key) or [])
    stored["portMappings"] = [_mapping(mapping, network_mode) for mapping in reading.structures(raw, "portMappings")]
    if reading.mapping(raw, "firelensConfiguration") and not reading.text(raw, "user"):
        stored["user"] = ROOT
    if reading.mapping(raw, "healthCheck"):
        stored["healthCheck"] = {
            "interval": timings.HEALTH_INTERVAL_DEFAULT.value,
            "timeout": timings.HEALTH_TIMEOUT_DEFAULT.value,
            "retries": timings.HEALTH_RETRIES_DEFAULT.value,
            **stored["healthCheck"],
        }
    return stored


def _mapping(raw: Mapping[str, Any], network_mode: str) -> dict[str, Any]:
    """A port mapping with its protocol, for which anything but udp is tcp, and with the host port that the network mode
    gives it."""
    stored = {**raw, "protocol": "udp" if raw.get("protocol") == "udp" else "tcp"}
    if "containerPort" in raw and not raw.get("hostPort"):
        stored["hostPort"] = 0 if network_mode in ("", "bridge") else raw["containerPort"]
    return stored


def _volume(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A volume; one that has a name alone is a directory shared by the containers, kept as an empty host; one of EFS
    that names no directory is the root of its file system."""
    stored = copy.deepcopy(dict(raw))
    if (efs := reading.mapping(stored, "efsVolumeConfiguration")) and not reading.text(efs, "rootDirectory"):
        stored["efsVolumeConfiguration"] = {**efs, "rootDirectory": "/"}
    if set(stored) <= {"name"}:
        stored["host"] = {}
    return stored
