"""Laws on tags: how many, how long, and which keys are AWS's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from simcloud.facts import api_limits
from simcloud.facts.sources import API_MODEL
from simcloud.facts.words import account as words
from simcloud.rules import reading
from simcloud.rules.as_written import as_written
from simcloud.rules.engine import judge, rule
from simcloud.rules.refusal import Refusal

INVALID = "InvalidParameterException"
TAGGING = ("TagResource", "CreateCluster", "CreateCapacityProvider")
PLAIN = re.compile(r"[\w\s+\-=.:/@]*")


def _tags(request: Any) -> tuple[Mapping[str, Any], ...]:
    return reading.structures(as_written(request), "tags")


@rule("FG1470", on=TAGGING, source=API_MODEL)
def fifty_tags_a_resource(request: Any) -> Iterator[Refusal]:
    """A resource has at most 50 tags, each key once."""
    tags, most = _tags(request), api_limits.TAGS.value
    if len(tags) > most:
        yield Refusal("tags", words.TAG_TOO_MANY.format(most=most), f"{len(tags)} are given", code=INVALID)
    twice = [key for key, _ in reading.repeated([reading.text(tag, "key") for tag in tags])]
    if twice:
        yield Refusal("tags", str(words.TAG_TWICE), f"{', '.join(twice)} stands twice", code=INVALID)


@rule("FG1471", on=TAGGING, source=API_MODEL)
def tags_are_short(request: Any) -> Iterator[Refusal]:
    """A tag's key has 1 to 128 characters, its value at most 256."""
    for index, tag in enumerate(_tags(request)):
        key, value = reading.text(tag, "key"), reading.text(tag, "value")
        if not 1 <= len(key) <= api_limits.TAG_KEY.value:
            text = words.TAG_KEY.format(most=api_limits.TAG_KEY.value)
            yield Refusal(f"tags[{index}].key", text, f"it has {len(key)}", code=INVALID)
        if len(value) > api_limits.TAG_VALUE.value:
            text = words.TAG_VALUE.format(most=api_limits.TAG_VALUE.value)
            yield Refusal(f"tags[{index}].value", text, f"it has {len(value)}", code=INVALID)


@rule("FG1472", on=TAGGING, source=API_MODEL)
def aws_keeps_its_prefix(request: Any) -> Iterator[Refusal]:
    """Keys and values that begin with aws:, in capitals or not, are AWS's own."""
    for index, tag in enumerate(_tags(request)):
        for part in ("key", "value"):
            if reading.text(tag, part).lower().startswith("aws:"):
                at = f"tags[{index}].{part}"
                yield Refusal(at, str(words.TAG_RESERVED), f"it is '{tag[part]}'", code=INVALID)


@rule("FG1473", on=TAGGING, source=API_MODEL)
def tags_are_plain(request: Any) -> Iterator[Refusal]:
    """Keys and values hold letters, digits, spaces and + - = . _ : / @."""
    for index, tag in enumerate(_tags(request)):
        for part in ("key", "value"):
            if not PLAIN.fullmatch(reading.text(tag, part)):
                at = f"tags[{index}].{part}"
                yield Refusal(at, str(words.TAG_CHARACTERS), f"it is '{tag[part]}'", code=INVALID)


@rule("FG1474", on="UntagResource", source=API_MODEL)
def keys_are_given(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """Tags are taken away by their keys, and AWS's own are not taken away."""
    keys = reading.texts(request, "tagKeys")
    if not keys:
        yield Refusal("tagKeys", str(words.TAG_NO_KEYS), "none is given", code=INVALID)
    for index, key in enumerate(keys):
        if key.lower().startswith("aws:"):
            yield Refusal(f"tagKeys[{index}]", str(words.TAG_RESERVED), f"it is '{key}'", code=INVALID)


def refusals(tags: Sequence[Mapping[str, Any]]) -> list[Refusal]:
    """What these laws say of the tags in a request of any operation."""
    return judge("TagResource", {"tags": list(tags)}, None)
