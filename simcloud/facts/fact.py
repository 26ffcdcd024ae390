"""A fact: a number or a word that AWS decided, with where it was read, when, and how sure we are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar, get_args

T_co = TypeVar("T_co", covariant=True)

Status = Literal["documented", "observed", "assumed"]
"""documented: AWS says so. observed: somebody saw the real AWS do it. assumed: nobody did; no mark may turn on it."""

READ_ON = "2026-11-22"
"""The day on which a fact was read, unless it says another."""


def check_provenance(source: str, read_on: str, status: str) -> None:
    """Raise ValueError for a fact that does not say where it comes from."""
    if not source.strip():
        raise ValueError("a fact needs a source: a public address or the name of a public document")
    if status not in get_args(Status):
        raise ValueError(f"a fact is {', '.join(get_args(Status))}; not {status!r}")
    if len(read_on) != len("2026-11-22"):
        raise ValueError(f"read_on is a date like 2026-11-22, not {read_on!r}")


@dataclass(frozen=True, slots=True)
class Fact(Generic[T_co]):
    """A value of AWS's. Raises ValueError where the source is missing or the status unknown."""

    value: T_co
    source: str
    """A public address, or the name of a public document or model."""
    status: Status = "documented"
    read_on: str = READ_ON
    rule: str = ""
    """The row of the course's fact sheet: R-108."""

    def __post_init__(self) -> None:
        check_provenance(self.source, self.read_on, self.status)


class Words(str):
    """A message text of AWS's, whole, with `{name}` where AWS fills something in: use `.format(name=...)`.

    It is a `str`, and so can stand wherever a text can; what `.format` returns is a plain `str`.
    """

    __slots__ = ("read_on", "rule", "source", "status")

    source: str
    status: Status
    read_on: str
    rule: str

    def __new__(
        cls, text: str, *, source: str, status: Status = "observed", read_on: str = READ_ON, rule: str = ""
    ) -> Words:
        """Raises ValueError where the source is missing or the status unknown."""
        check_provenance(source, read_on, status)
        words = super().__new__(cls, text)
        words.source, words.status, words.read_on, words.rule = source, status, read_on, rule
        return words

    def format(self, *values: object, **named: object) -> str:
        """The text with AWS's places filled in: a plain `str`, even where there was no place to fill."""
        return str(self).format(*values, **named)

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        """A copy or a pickle is a plain text: what the world keeps has no need of the provenance."""
        return (str, (str(self),))
