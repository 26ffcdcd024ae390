"""The errors of ECS that handlers raise."""

from __future__ import annotations

from typing import Any, NoReturn

from simcloud.cloud.errors import Refused


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
