"""What a request asks of IAM: actions on resources. Each must be allowed; the first that is not is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from simcloud.cloud.live import Call
from simcloud.reason.policy import SOME_RESOURCE

NO_RESOURCE = "*"
"""The resource of an action that knows none: only a statement with Resource "*" speaks of it."""

Structure = Mapping[str, Any]


@dataclass(frozen=True)
class Ask:
    """One action on one resource.

    `resource` is an ARN, `NO_RESOURCE`, or `SOME_RESOURCE` where the request does not tell it in a simple way: then it
    is enough that some statement allows the action on some resource, and none denies it on every one.
    """

    action: str
    resource: str = NO_RESOURCE
    context: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    shown: str | None = None
    """How AWS's message names the resource, where that is not the ARN; '' where it names none."""

    @property
    def named(self) -> str:
        """The resource as AWS's message has it; '' for none."""
        return (self.resource or NO_RESOURCE) if self.shown is None else self.shown


def arn(service: str, call: Call, rest: str) -> str:
    """An ARN in the account and region of the call."""
    return f"arn:aws:{service}:{call.region}:{call.account}:{rest}"


def texts(value: Any) -> list[str]:
    """The texts of a list; none of what is no list."""
    return [each for each in value if isinstance(each, str)] if isinstance(value, list | tuple) else []


def text(value: Any) -> str:
    """The text, or ''."""
    return value if isinstance(value, str) else ""


def tags_in(request: Structure) -> dict[str, str]:
    """The tags that a request carries, in whatever spelling of AWS's services it has them."""
    for name in ("tags", "Tags", "TagList"):
        given = request.get(name)
        if isinstance(given, Mapping):
            return {str(key): str(value) for key, value in given.items()}
        if isinstance(given, list):
            return dict(_pairs(given))
    return {}


def _pairs(given: Iterable[Any]) -> Iterable[tuple[str, str]]:
    for each in given:
        if isinstance(each, Mapping):
            key = each.get("key") or each.get("Key") or each.get("TagKey")
            yield str(key or ""), str(each.get("value") or each.get("Value") or each.get("TagValue") or "")


def of_tags(request: Structure) -> dict[str, str | list[str]]:
    """aws:RequestTag/... and aws:TagKeys of a request."""
    given = tags_in(request)
    taken = texts(request.get("tagKeys") or request.get("TagKeys"))
    keys = [*given, *taken]
    found: dict[str, str | list[str]] = {f"aws:RequestTag/{key}": value for key, value in given.items()}
    return {**found, "aws:TagKeys": keys} if keys else found


def carried(resource_tags: Mapping[str, str], prefix: str) -> dict[str, str]:
    """aws:ResourceTag/... of what the action is about, and the service's own name for it."""
    names = ("aws", prefix) if prefix else ("aws",)
    return {f"{name}:ResourceTag/{key}": value for key, value in resource_tags.items() for name in names}


__all__ = ["NO_RESOURCE", "SOME_RESOURCE", "Ask", "Structure", "arn", "carried", "of_tags", "tags_in", "text", "texts"]
