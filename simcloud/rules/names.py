"""Laws on names: families, containers, images."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simcloud.facts import quotas, words
from simcloud.facts.sources import API_MODEL, FIELD_REPORT, TASK_PARAMETERS
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal
from simcloud.rules.task_definition import TaskDefinition

REGISTER = "RegisterTaskDefinition"
_NAME = re.compile(r"[A-Za-z0-9_-]+")
_IMAGE = re.compile(r"[A-Za-z0-9_\-:./#@]+")


@rule("FG140", on=REGISTER, source=API_MODEL)
def a_family_has_a_name(task: TaskDefinition) -> Iterator[Refusal]:
    """A family's name has 1 to 255 characters: letters, digits, hyphens and underscores."""
    if not task.family:
        yield Refusal("family", words.FAMILY_EMPTY, "the family has no name")
    elif len(task.family) > quotas.NAME_LENGTH.value:
        yield Refusal("family", words.FAMILY_LENGTH, f"the family's name has {len(task.family)} characters")
    elif not _NAME.fullmatch(task.family):
        yield Refusal(
            "family",
            words.FAMILY_INVALID,
            f"{task.family!r} holds other characters; a revision is not part of the name, AWS numbers revisions itself",
        )


@rule("FG141", on=REGISTER, source=TASK_PARAMETERS)
def a_container_has_a_name(task: TaskDefinition) -> Iterator[Refusal]:
    """A container's name has 1 to 255 characters: letters, digits, hyphens and underscores."""
    for container in task.containers:
        at = f"{container.at}.name"
        if not container.name:
            yield Refusal(at, words.NAME_EMPTY, f"{container.called} has no name")
        elif not _NAME.fullmatch(container.name) or len(container.name) > quotas.NAME_LENGTH.value:
            yield Refusal(at, words.NAME_INVALID, f"{container.name!r} is too long or holds other characters")


@rule("FG142", on=REGISTER, source=TASK_PARAMETERS)
def a_container_has_an_image(task: TaskDefinition) -> Iterator[Refusal]:
    """Every container names the image that it is started from."""
    for container in task.containers:
        if not container.image:
            yield Refusal(f"{container.at}.image", words.IMAGE_EMPTY, f"{container.called} names no image")


@rule("FG143", on=REGISTER, source=FIELD_REPORT, status="observed")
def an_image_is_written_in_plain_characters(task: TaskDefinition) -> Iterator[Refusal]:
    """An image reference holds letters, digits and - _ : . / # @ alone, so a template's placeholder does not pass."""
    for container in task.containers:
        if container.image and not _IMAGE.fullmatch(container.image):
            yield Refusal(
                f"{container.at}.image",
                words.IMAGE_INVALID,
                f"{container.image!r} holds a character that no image reference can hold",
            )


@rule("FG380", on=REGISTER, source=API_MODEL, status="assumed")
def an_image_is_written_in_255_characters(task: TaskDefinition) -> Iterator[Refusal]:
    """An image with its tag has at most 255 characters; of one with a digest, those before the digest count."""
    most = quotas.IMAGE_LENGTH.value
    for container in task.containers:
        counted = len(container.image.partition("@")[0])
        if counted > most:
            yield Refusal(
                f"{container.at}.image",
                words.IMAGE_LENGTH.format(most=most),
                f"the image of {container.called} has {counted} characters",
            )
