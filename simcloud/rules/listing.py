"""Laws on calls that read: how much at once, by what they choose, and what they show besides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import account_settings
from simcloud.facts import reading as known
from simcloud.facts.sources import API_MODEL, RECORDED, recorded
from simcloud.facts.words import reading as said
from simcloud.rules import reading
from simcloud.rules.as_written import as_written
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal

INVALID, CLIENT = "InvalidParameterException", "ClientException"
SERVICES = recorded("ecs/services.json")
LISTS = (
    "ListAttributes",
    "ListClusters",
    "ListContainerInstances",
    "ListServiceDeployments",
    "ListServices",
    "ListServicesByNamespace",
    "ListTaskDefinitionFamilies",
    "ListTaskDefinitions",
    "ListTasks",
)


def _page(request: Mapping[str, Any], most: int) -> Iterator[Refusal]:
    size = reading.number(request, "maxResults")
    if size is not None and not 1 <= size <= most:
        text = said.PAGE_TOO_LONG.format(most=most) if size > most else str(said.PAGE_EMPTY)
        yield Refusal("maxResults", text, f"{size} is not between 1 and {most}", code=INVALID)


@rule("FG1490", on=LISTS, source=SERVICES, status="observed")
def a_page_holds_one_to_a_hundred(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A page of a list holds one to a hundred entries."""
    yield from _page(request, known.PAGE.value)


@rule("FG1491", on=("DescribeCapacityProviders", "ListAccountSettings"), source=API_MODEL)
def a_short_page_holds_one_to_ten(request: Any) -> Iterator[Refusal]:
    """A page of account settings or of capacity providers holds one to ten entries."""
    yield from _page(as_written(request), account_settings.LISTED.value)


def _chosen(request: Mapping[str, Any], filters: Mapping[str, tuple[str, ...]]) -> Iterator[Refusal]:
    for member, values in filters.items():
        value = request.get(member)
        if value is not None and value not in values:
            text = said.ONE_OF.format(what=known.SPOKEN.value.get(member, member), values=",".join(values))
            yield Refusal(member, text, f"it is '{value}'", code=INVALID)


@rule("FG1492", on="ListServices", source=SERVICES, status="observed")
def services_are_listed_by_what_they_have(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """Services are listed by a launch type, a scheduling strategy and an owner that ECS knows."""
    yield from _chosen(request, known.SERVICES_BY.value)


@rule("FG1440", on="ListTasks", source=API_MODEL)
def tasks_are_listed_by_what_they_have(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """Tasks are listed by a desired status and a launch type that ECS has."""
    yield from _chosen(request, known.TASKS_BY.value)


@rule("FG1493", on="ListContainerInstances", source=API_MODEL)
def instances_are_listed_by_status(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """Container instances are listed by a status that they can have."""
    yield from _chosen(request, known.INSTANCES_BY.value)


@rule("FG1432", on="ListTaskDefinitions", source=API_MODEL)
def definitions_are_listed_by_status(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """Definitions are listed by status ACTIVE, INACTIVE or DELETE_IN_PROGRESS, in order ASC or DESC."""
    yield from _chosen(request, known.DEFINITIONS_BY.value)


@rule("FG1433", on="ListTaskDefinitionFamilies", source=API_MODEL)
def families_are_listed_by_status(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """Families are listed by status ACTIVE, INACTIVE or ALL."""
    yield from _chosen(request, known.FAMILIES_BY.value)


def _shown(request: Mapping[str, Any], values: tuple[str, ...]) -> Iterator[Refusal]:
    for index, named in enumerate(reading.texts(request, "include")):
        if named not in values:
            text = said.ONE_OF.format(what="include", values=",".join(values))
            yield Refusal(f"include[{index}]", text, f"it is '{named}'", code=INVALID)


@rule(
    "FG1494",
    on=("DescribeCapacityProviders", "DescribeServices", "DescribeTasks", "DescribeTaskSets"),
    source=SERVICES,
    status="observed",
)
def tags_are_shown_besides(request: Any) -> Iterator[Refusal]:
    """An answer about services, tasks, task sets or capacity providers shows their tags besides, and nothing else."""
    yield from _shown(as_written(request), known.TAGS.value)


@rule("FG1495", on="DescribeClusters", source=RECORDED, status="observed")
def a_cluster_shows_five_things_besides(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """An answer about clusters shows their attachments, configurations, settings, statistics and tags besides."""
    yield from _shown(request, known.OF_CLUSTERS.value)


@rule("FG1496", on="DescribeContainerInstances", source=API_MODEL)
def an_instance_shows_its_health_besides(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """An answer about container instances shows their tags and their health besides."""
    yield from _shown(request, known.OF_INSTANCES.value)


@rule("FG1497", on="DescribeTaskDefinition", source=RECORDED, status="observed")
def a_definition_shows_its_tags_besides(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """An answer about a task definition shows its tags besides, and nothing else."""
    for index, named in enumerate(reading.texts(request, "include")):
        if named not in known.TAGS.value:
            values = ", ".join(known.TAGS.value)
            text = said.DEFINITION_VALUE.format(value=named, member="include", values=values)
            yield Refusal(f"include[{index}]", text, f"it is '{named}'", code=CLIENT)
