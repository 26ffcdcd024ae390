"""Laws on the form of any request, and on pages of answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.scaling import SCALING_MODEL
from simcloud.facts.words import scaling as words
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal
from simcloud.rules.scaling import operations as on
from simcloud.rules.scaling.operations import invalid
from simcloud.rules.scaling.seen import Seen

DESCRIBE = (on.DESCRIBE_TARGETS, on.DESCRIBE_POLICIES, on.DESCRIBE_ACTIONS, on.DESCRIBE_ACTIVITIES)


@rule("FG500", on=on.ALL, source=SCALING_MODEL)
def a_request_fits_the_model(request: Mapping[str, Any], seen: Seen) -> Iterator[Refusal]:
    """Every member of a request has one of the values, the length and the characters that the API allows."""
    if not seen.unfit:
        return
    errors = "; ".join(text for _, text in seen.unfit)
    count = len(seen.unfit)
    text = words.ONE_ERROR if count == 1 else words.MANY_ERRORS
    yield invalid(seen.unfit[0][0], text.format(count=count, errors=errors), "the API does not know such a value")


@rule("FG501", on=(on.DESCRIBE_TARGETS, on.DESCRIBE_ACTIONS, on.DESCRIBE_ACTIVITIES), source=SCALING_MODEL)
def a_page_has_up_to_fifty(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """One page shows 1 to 50 scalable targets, scheduled actions or scaling activities."""
    yield from _size(request, 50)


@rule("FG502", on=on.DESCRIBE_POLICIES, source=SCALING_MODEL)
def a_page_has_up_to_ten_policies(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """One page shows 1 to 10 scaling policies."""
    yield from _size(request, 10)


def _size(request: Mapping[str, Any], most: int) -> Iterator[Refusal]:
    size = reading.number(request, "MaxResults")
    if size is not None and not 1 <= size <= most:
        yield invalid("MaxResults", words.PAGE_SIZE.format(most=most), f"MaxResults is {size}")


@rule("FG503", on=DESCRIBE, source=SCALING_MODEL)
def a_dimension_needs_its_resource(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """Who filters by scalable dimension names the resource too."""
    if request.get("ScalableDimension") and not (request.get("ResourceId") or request.get("ResourceIds")):
        yield invalid("ResourceId", words.RESOURCE_REQUIRED, "a dimension is given, and no resource")
