"""Answers in pages: maxResults and nextToken, or whatever the service calls them."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from simcloud.cloud.errors import Refused

T = TypeVar("T")
MOST = 100


def page(
    name: str,
    members: Sequence[T],
    request: Mapping[str, Any],
    most: int = MOST,
    usual: int = MOST,
    *,
    size_member: str = "maxResults",
    token_member: str = "nextToken",
    code: str = "InvalidParameterException",
) -> dict[str, Any]:
    """One page of the members under `name`, and the token of the next one where there is one.

    `code` is the service's error for a size or a token that is not valid.
    """
    size = request.get(size_member) or usual
    if not 1 <= size <= most:
        raise Refused(code, f"{size_member} must be between 1 and {most}.")
    start = _start(request.get(token_member), code)
    answer: dict[str, Any] = {name: list(members[start : start + size])}
    if start + size < len(members):
        answer[token_member] = base64.urlsafe_b64encode(f"from:{start + size}".encode()).decode()
    return answer


def _start(token: str | None, code: str) -> int:
    if not token:
        return 0
    try:
        word, _, number = base64.urlsafe_b64decode(token.encode()).decode().partition(":")
    except (binascii.Error, ValueError):
        word, number = "", ""
    if word != "from" or not number.isdigit():
        raise Refused(code, "Invalid token")
    return int(number)
