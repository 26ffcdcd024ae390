"""Answers of scaling in pages, and the filters that they share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simcloud.cloud.paging import page

MOST = 50


def shown(name: str, members: Sequence[Any], request: Mapping[str, Any], most: int = MOST) -> dict[str, Any]:
    """One page. Raises InvalidNextTokenException for a token that none gave out."""
    return page(
        name,
        members,
        request,
        most,
        most,
        size_member="MaxResults",
        token_member="NextToken",
        code="InvalidNextTokenException",
    )


def asked_for(held: Any, request: Mapping[str, Any]) -> bool:
    """Is it of the namespace, and of the resource and dimension that the request may name?"""
    return bool(
        held.namespace == request["ServiceNamespace"]
        and request.get("ResourceId") in (None, held.resource)
        and request.get("ScalableDimension") in (None, held.dimension)
    )
