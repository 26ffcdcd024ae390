"""The errors of ECS that handlers raise, and the judgement by the laws."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from simcloud.cloud.errors import Refused
from simcloud.rules.engine import judge
from simcloud.rules.seen import Seen


def invalid(message: str) -> NoReturn:
    """Raise InvalidParameterException."""
    raise Refused("InvalidParameterException", message)


def client(message: str) -> NoReturn:
    """Raise ClientException."""
    raise Refused("ClientException", message)


def at_most(what: str, members: list[Any], most: int) -> None:
    """Refuse a list that is too long, in the form that DescribeTasks is known to use (R-098)."""
    if len(members) > most:
        invalid(f"{what} can have at most {most} items.")


def demand(operation: str, request: Mapping[str, Any], seen: Seen, fields: Mapping[str, Any] | None = None) -> None:
    """Raise the first refusal of the laws, with all of them as explanation; return where there is none."""
    refusals = judge(operation, request, seen)
    if refusals:
        first = refusals[0]
        raise Refused(first.code, str(first.aws), fields=fields, explained=refusals)
