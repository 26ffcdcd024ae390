"""Answers in pages: maxResults and nextToken."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from simcloud.cloud.ecs.refusing import invalid

T = TypeVar("T")
MOST = 100


def page(
    name: str, members: Sequence[T], request: Mapping[str, Any], most: int = MOST, usual: int = MOST
) -> dict[str, Any]:
    """One page of the members under `name`, and the token of the next one where there is one."""
    size = request.get("maxResults") or usual
    if not 1 <= size <= most:
        invalid(f"maxResults must be between 1 and {most}.")
    start = _start(request.get("nextToken"))
    answer: dict[str, Any] = {name: list(members[start : start + size])}
    if start + size < len(members):
        answer["nextToken"] = base64.urlsafe_b64encode(f"from:{start + size}".encode()).decode()
    return answer


def _start(token: str | None) -> int:
    if not token:
        return 0
    try:
        word, _, number = base64.urlsafe_b64decode(token.encode()).decode().partition(":")
    except (binascii.Error, ValueError):
        word, number = "", ""
    if word != "from" or not number.isdigit():
        invalid("Invalid token")
    return int(number)
