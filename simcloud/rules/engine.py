"""The laws, and the judgement by them: may this request be accepted?

A law is a generator function with an id; it looks at a normalised request (and, where it must, at what is seen of the
world) and yields a refusal for each place where the request breaks it. It raises nothing, changes nothing and knows no
clock. Laws are asked in the order in which AWS is known, or taken, to check (`simcloud.rules.order`).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from simcloud.facts.fact import READ_ON, Status, check_provenance
from simcloud.rules.refusal import Refusal
from simcloud.rules.request import aspects, concerns, read
from simcloud.rules.task_definition import TaskDefinition

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
    """The members or marks (`simcloud.rules.request.aspects`) that it is about: a request that has none of them cannot
    break it. Empty where it is about every request."""
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


class Register(dict[str, Law]):
    """Laws by id, and the books that were made of them: whoever enters a law or takes one out closes the books."""

    def __init__(self) -> None:
        super().__init__()
        self.books: dict[str | None, Book] = {}

    def __setitem__(self, identity: str, law: Law) -> None:
        self.books.clear()
        super().__setitem__(identity, law)

    def __delitem__(self, identity: str) -> None:
        self.books.clear()
        super().__delitem__(identity)


LAWS = Register()
"""All laws that were read so far. Filled by `laws`, service by service."""


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

    `of` names the members or marks that the law is about, where it has nothing to say of a request without them; it is
    then not asked. A law about what is absent names no member. Raises ValueError for a law without source or sentence,
    or with an id that is taken.
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
class Picked:
    """Some laws of an operation, in the order in which they are asked, with what asking takes beside them: hardly a law
    is broken, and a law that is not need not be touched."""

    laws: tuple[Law, ...]
    checks: tuple[Check, ...]
    looks: tuple[bool, ...]

    def broken_by(self, request: Any, seen: Any) -> list[Refusal]:
        """Every refusal of a normalised request, signed."""
        broken = []
        for index, (check, looks) in enumerate(zip(self.checks, self.looks, strict=True)):
            for refusal in check(request, seen) if looks else check(request):
                broken.append(self.laws[index].signed(refusal))
        return broken


def picked(laws: Iterable[Law]) -> Picked:
    """These laws, ready to be asked."""
    held = tuple(laws)
    return Picked(held, tuple(law.check for law in held), tuple(law.looks for law in held))


@dataclass(frozen=True, slots=True)
class Book:
    """The laws on an operation, in the order in which they are asked."""

    laws: tuple[Law, ...]
    of: frozenset[str]
    """Every aspect that some of them are about."""
    picks: dict[frozenset[str], Picked]
    """Those that have something to say of a request with these aspects; filled as requests come."""

    def about(self, operation: str, request: Mapping[str, Any], normalised: Any) -> Picked:
        """The laws that this request can break: most requests have little of what laws are about."""
        held = self.of & aspects(operation, request, normalised) if self.of else self.of
        found = self.picks.get(held)
        if found is None:
            if len(self.picks) >= _PICKS_MOST:
                self.picks.clear()
            found = self.picks[held] = picked(law for law in self.laws if not law.of or law.of & held)
        return found


_PICKS_MOST = 256
"""Shapes of requests that are remembered. A course has a dozen; whoever sends all others fills no memory."""


def laws(operation: str | None = None) -> tuple[Law, ...]:
    """The laws on an operation, or all of them, in the order in which they are asked."""
    return book(operation).laws


def book(operation: str | None = None) -> Book:
    """The laws on an operation, or all of them, for asking. Made once, and again when a law was entered since."""
    found = LAWS.books.get(operation)
    if found is None:
        from simcloud.rules.order import IN_ORDER, enter, place, rooms_of  # late: the files of laws import this one

        enter(IN_ORDER if operation is None else rooms_of(operation))
        held = sorted((law for law in LAWS.values() if operation is None or operation in law.operations), key=place)
        about = frozenset[str]().union(*(law.of for law in held))
        found = LAWS.books[operation] = Book(tuple(held), about, {})
    return found


def judge(operation: str, request: Mapping[str, Any], seen: Any, normalised: Any = None) -> list[Refusal]:
    """Every refusal of the request, in the order of checking; an empty list means accepted.

    `operation` is the API's name for ECS (RunTask), and carries the service for others (eks:CreateCluster); `seen` is
    what the laws of that service look at (`simcloud.rules.seen.Seen` for ECS); `normalised` is what `read` makes of the
    request, for who needs it too and has it. The first refusal is the one that AWS gives. Raises nothing, whatever the
    request holds.
    """
    asked = book(operation)
    if not asked.laws:
        return []
    if normalised is None:
        normalised = read(operation, request, seen)
    broken = asked.about(operation, request, normalised).broken_by(normalised, seen)
    return [refusal for refusal in broken if concerns(operation, request, refusal.at)]


def normalise_task_definition(request: Mapping[str, Any], task: TaskDefinition | None = None) -> dict[str, Any]:
    """The stored form of an accepted RegisterTaskDefinition request, as DescribeTaskDefinition gives it back; `task` is
    what `read` makes of it, for who has that."""
    from simcloud.rules.stored import stored_form

    return stored_form(request, task)
