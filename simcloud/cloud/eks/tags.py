"""Tags of everything that has an ARN of EKS."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.errors import Refused
from simcloud.cloud.live import Call
from simcloud.cloud.submitting import submit
from simcloud.facts import eks
from simcloud.facts.words import eks as eks_words
from simcloud.sim.eks.lives import holdings
from simcloud.sim.events import Tagged, Untagged

BAD, MISSING = "BadRequestException", "NotFoundException"
PREFIX = "arn:aws:eks:"


def tag(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """TagResource."""
    arn, tags = _existing(request, call), request["tags"]
    if any(key.lower().startswith("aws:") for key in tags):
        raise Refused(BAD, str(eks_words.TAG_RESERVED))
    if len({**call.world.tags.get(arn, {}), **tags}) > eks.TAGS.value:
        raise Refused(BAD, eks_words.TOO_MANY_TAGS.format(most=eks.TAGS.value))
    submit(call, Tagged(arn, dict(tags)))
    return {}


def untag(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """UntagResource."""
    arn = _existing(request, call)
    submit(call, Untagged(arn, tuple(request["tagKeys"])))
    return {}


def list_tags(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListTagsForResource."""
    return {"tags": dict(call.world.tags.get(_existing(request, call), {}))}


def _existing(request: dict[str, Any], call: Call) -> str:
    """The ARN, if something has it. Raises BadRequestException, NotFoundException."""
    arn: str = request["resourceArn"]
    if not arn.startswith(PREFIX):
        raise Refused(BAD, eks_words.ARN_INVALID.format(arn=arn))
    if all(each.arn != arn for each in holdings(call.world).resources.values()):
        raise Refused(MISSING, eks_words.RESOURCE_NOT_FOUND.format(arn=arn))
    return arn
