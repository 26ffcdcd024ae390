"""moto's Secrets Manager says what boto3 would say around the service's text, with the spaces of its own source in it,
and of a secret that is to be deleted it says something else than the service."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from types import ModuleType
from typing import Any

from simcloud.facts.words import operating as words

AROUND = re.compile(r"An error occurred \(\w+\) when calling the \w+ operation: ")


def mend(module: ModuleType) -> None:
    """Say what the service says."""
    refusals: Any = module
    for name in ("InvalidRequestException", "InvalidParameterException"):
        setattr(refusals, name, _in_its_words(getattr(refusals, name)))


def _in_its_words(plain: Callable[[str], Any]) -> Callable[[str], Any]:
    @functools.wraps(plain, updated=())
    def refusal(message: str) -> Any:
        text = " ".join(AROUND.sub("", message).split())
        return plain(str(words.MARKED) if "marked deleted" in text or "marked for deletion" in text else text)

    return refusal
