"""IAM in front of every service: may the owner of this access key do what the request asks?

The learner's own identity is an administrator and is not judged; nothing of this room is imported before a call is
signed with a key of the simulated IAM (simcloud.cloud.callers) or asks for a role. AWS authorizes a request before it
looks closer at it, so this stands before the laws and the handlers. A denied call changes nothing.

A call needs each of its `Ask`s: its own action on every resource that it names, tags on what it makes, and iam:PassRole
on the roles that it hands over. One table a service says which. Signatures are not checked: who knows a key's id knows
the key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

from simcloud.cloud import notes
from simcloud.cloud.access import passing
from simcloud.cloud.access.ask import Ask
from simcloud.cloud.access.judging import Denial, judged, trust
from simcloud.cloud.errors import Refused
from simcloud.cloud.live import Call
from simcloud.cloud.wire import Answer

TABLES = {
    "ecs": "ecs",
    "application-autoscaling": "scaling",
    "codedeploy": "codedeploy",
    "eks": "eks",
}
"""The services that this package answers itself, and the files of their tables."""


def demand(service: str, operation: str, request: Mapping[str, Any], call: Call) -> None:
    """Of a service of ours. Raises Refused where the caller is unknown or may not."""
    table = import_module(f"{__name__}.{TABLES[service]}")

    def wanted() -> Iterator[Ask]:
        yield from table.asks(operation, request, call)
        yield from passing.asks(service, operation, request, call)

    if denial := judged(service, wanted(), call):
        raise Refused(denial.said.code, denial.said.text, explained=(denial.refusal,))


def refused(service: str, operation: str, request: Any, call: Call) -> Answer | None:
    """Of a service of moto's: the error that AWS would answer, or None where the caller may."""
    from simcloud.cloud.access import neighbours, s3

    def wanted() -> Iterator[Ask]:
        if service == "s3":
            yield from s3.asks(request)
            return
        given = _read(service, operation, request)
        yield from neighbours.asks(service, operation, given, call)
        yield from passing.asks(service, operation, given, call)

    return _answer(service, request, judged(service, wanted(), call))


def untrusted(request: Any, call: Call) -> Answer | None:
    """Of the learner's own sts:AssumeRole. The learner may ask for every role, and yet it is the role's trust policy
    that says who assumes it. None where it lets the learner in."""
    from simcloud.cloud.access import neighbours

    for ask in neighbours.asks("sts", "AssumeRole", _read("sts", "AssumeRole", request), call):
        if denial := trust(ask, call):
            return _answer("sts", request, denial)
    return None


def _read(service: str, operation: str, request: Any) -> Mapping[str, Any]:
    from simcloud.cloud.neighbours import asked

    understood = asked.read(service, operation, request)
    return understood.request if understood else {}


def _answer(service: str, request: Any, denial: Denial | None) -> Answer | None:
    if denial is None:
        return None
    from simcloud.cloud.access import answering

    notes.explain((denial.refusal,))
    return answering.error(service, request, denial.said)
