"""The laws, and the judgement by them: may this request be accepted?

A law is a generator function with an id; it looks at a normalised request (and, where it must, at what is seen of the
world) and yields a refusal for each place where the request breaks it. It raises nothing, changes nothing and knows no
clock. Laws are asked in the order in which AWS is known, or taken, to check (`simcloud.rules.order`).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from simcloud.facts.fact import READ_ON, Status, check_provenance
from simcloud.rules.refusal import Refusal
from simcloud.rules.request import concerns, read

Check = Callable[..., Iterator[Refusal]]


@dataclass(frozen=True, slots=True)
class Law:
    """One law: what docs/fidelity.md prints of it, and the function that asks."""

    id: str
    operations: tuple[str, ...]
    sentence: str
    """The first paragraph of the docstring, in the present tense."""
    source: str
    status: Status
    read_on: str
    """The day on which the source was read."""
    check: Check
    looks: bool
    """Does it look at the world too, or at the request alone?"""
    of: frozenset[str]
    """The members that it is about: a request in which none of them stands, at any depth, cannot break it. Empty where
    it is about every request."""
    entered: int
    """Laws of one file are asked in the order in which they stand there."""

    @property
    def topic(self) -> str:
        """The file that it stands in: sizes, scaling.targets."""
        return self.check.__module__.removeprefix(f"{__package__}.")

    def broken_by(self, request: Any, seen: Any) -> Iterator[Refusal]:
        """The refusals of this law, signed with its id, sentence, source and status."""
        found = self.check(request, seen) if self.looks else self.check(request)
        for refusal in found:
            yield self.signed(refusal)

    def signed(self, refusal: Refusal) -> Refusal:
        """The refusal with what this law says of itself."""
        return replace(
            refusal, rule=self.id, law=self.sentence, topic=self.topic, source=self.source, status=self.status
        )


LAWS: dict[str, Law] = {}
"""By id. Filled by `laws`, service by service."""


def rule(
    identity: str,
    *,
    on: str | tuple[str, ...],
    source: str,
    status: Status = "documented",
    read_on: str = READ_ON,
    of: str | tuple[str, ...] = (),
) -> Callable[[Check], Check]:
    """Enter the decorated function into the book of laws.

    `of` names the members that the law is about, where it has nothing to say of a request without them; it is then not
    asked. A law about what is absent names none. Raises ValueError for a law without source or sentence, or with an id
    that is taken.
    """

    def enter(check: Check) -> Check:
        sentence = inspect.cleandoc(check.__doc__ or "").split("\n\n")[0].replace("\n", " ")
        if not sentence:
            raise ValueError(f"{identity} ({check.__name__}) has no docstring; it is the law's sentence")
        if identity in LAWS:
            raise ValueError(f"{identity} ({check.__name__}) is already {LAWS[identity].check.__name__}")
        check_provenance(source, read_on, status)
        looks = len(inspect.signature(check).parameters) > 1
        operations = (on,) if isinstance(on, str) else on
        about = frozenset((of,) if isinstance(of, str) else of)
        LAWS[identity] = Law(identity, operations, sentence, source, status, read_on, check, looks, about, len(LAWS))
        return check

    return enter


@dataclass(frozen=True, slots=True)
class Book:
    """The laws on an operation, in the order in which they are asked."""

    laws: tuple[Law, ...]
    of: frozenset[str]
    """Every member that some of them are about."""
    picked: dict[frozenset[str], tuple[Law, ...]]
    """Those that have something to say of a request with these members; filled as requests come."""

    def about(self, request: Mapping[str, Any]) -> tuple[Law, ...]:
        """The laws that this request can break: most requests have few of the members that laws are about."""
        if not self.of:
            return self.laws
        held = self.of & members(request)
        if held not in self.picked:
            if len(self.picked) >= _PICKED_MOST:
                self.picked.clear()
            self.picked[held] = tuple(law for law in self.laws if not law.of or law.of & held)
        return self.picked[held]


_PICKED_MOST = 256
"""Shapes of requests that are remembered. A course has a dozen; whoever sends all others fills no memory."""


def laws(operation: str | None = None) -> tuple[Law, ...]:
    """The laws on an operation, or all of them, in the order in which they are asked."""
    return book(operation).laws


def book(operation: str | None = None) -> Book:
    """The laws on an operation, or all of them, for asking."""
    from simcloud.rules.order import IN_ORDER, enter, rooms_of  # late: the files of laws import this one

    enter(IN_ORDER if operation is None else rooms_of(operation))
    return _in_order(operation, tuple(LAWS))


@lru_cache(maxsize=256)
def _in_order(operation: str | None, held: tuple[str, ...]) -> Book:
    """`book`, sorted once for the laws that are held."""
    from simcloud.rules.order import place

    known = (LAWS[identity] for identity in held)
    found = tuple(sorted((law for law in known if operation is None or operation in law.operations), key=place))
    return Book(found, frozenset().union(*(law.of for law in found)), {})


def judge(operation: str, request: Mapping[str, Any], seen: Any) -> list[Refusal]:
    """Every refusal of the request, in the order of checking; an empty list means accepted.

    `operation` is the API's name for ECS (RunTask), and carries the service for others (eks:CreateCluster); `seen` is
    what the laws of that service look at (`simcloud.rules.seen.Seen` for ECS). The first is the one that AWS gives.
    Raises nothing, whatever the request holds.
    """
    asked = book(operation)
    if not asked.laws:
        return []
    normalised = read(operation, request, seen)
    broken = [  # `broken_by`, unrolled: hardly a law yields, and there are more than a hundred for one operation
        law.signed(refusal)
        for law in asked.about(request)
        for refusal in (law.check(normalised, seen) if law.looks else law.check(normalised))
    ]
    return [refusal for refusal in broken if concerns(operation, request, refusal.at)]


def members(request: Mapping[str, Any]) -> set[str]:
    """The names of all members of a request, at every depth. Empty lists and structures count: they are given."""
    found: set[str] = set()
    left: list[Any] = [request]
    for value in left:  # which grows while it is read
        if isinstance(value, dict):
            found.update(value)
            left += value.values()
        elif isinstance(value, list):
            left += value
    return found


def normalise_task_definition(request: Mapping[str, Any]) -> dict[str, Any]:
    """The stored form of an accepted RegisterTaskDefinition request, as DescribeTaskDefinition gives it back."""
    from simcloud.rules.stored import stored_form

    return stored_form(request)
