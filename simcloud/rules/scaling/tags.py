"""Laws on tags of scalable targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import scaling
from simcloud.facts.sources import recorded
from simcloud.facts.words import scaling as words
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal
from simcloud.rules.scaling import operations as on
from simcloud.rules.scaling.operations import invalid
from simcloud.rules.scaling.seen import Seen

RECORDED = recorded("applicationautoscaling/controls.json")
RESERVED = "aws:"


@rule("FG520", on=(on.TAG, on.UNTAG, on.LIST_TAGS), source=RECORDED, status="observed")
def the_tagged_target_exists(request: Mapping[str, Any], seen: Seen) -> Iterator[Refusal]:
    """The scalable target whose tags are asked for is registered."""
    if seen.tags is None:
        text = str(words.NO_SUCH_ARN)
        yield Refusal("ResourceARN", text, "no target has this ARN", code="ResourceNotFoundException")


@rule("FG523", on=(on.TAG, on.UNTAG, on.REGISTER), source=RECORDED, status="observed")
def there_are_tags_to_change(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """Who tags gives at least one tag, and who untags at least one key."""
    for member, text in (("Tags", words.NO_TAGS), ("TagKeys", words.NO_TAG_KEYS)):
        if member in request and not request[member]:
            yield invalid(member, text, "it is empty")


@rule("FG521", on=(on.TAG, on.REGISTER), source=RECORDED, status="observed")
def tag_keys_of_aws_are_reserved(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A tag's key does not begin with aws:."""
    for key in reading.mapping(request, "Tags"):
        if str(key).lower().startswith(RESERVED):
            yield invalid("Tags", words.RESERVED_TAG, f"the key '{key}' is AWS's own")


@rule("FG522", on=(on.TAG, on.REGISTER), source=scaling.SCALING_MODEL)
def a_target_has_up_to_fifty_tags(request: Mapping[str, Any], seen: Seen) -> Iterator[Refusal]:
    """A scalable target has at most 50 tags."""
    count = len({**(seen.tags or {}), **reading.mapping(request, "Tags")})
    if count > scaling.TAGS.value:
        text = words.TOO_MANY_TAGS.format(most=scaling.TAGS.value)
        yield Refusal("Tags", text, f"there would be {count}", code="TooManyTagsException")
