"""The managed policies of an account. Most are AWS's own 194, which nobody changes: copies of a world share those.

A policy is this world's own from the moment that somebody takes it by its ARN, as whoever attaches, tags or changes it
does. What is only listed stays shared.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class Shelf(dict[str, Any]):
    """ARN -> moto's policy."""

    def __init__(self) -> None:
        super().__init__()
        self.own: set[str] = set()
        """The ARNs of policies that no other world has."""

    def stock(self, policies: Iterable[tuple[str, Any]]) -> None:
        """Put policies of AWS's own here that other worlds may have too."""
        dict.update(self, policies)

    def __setitem__(self, arn: str, policy: Any) -> None:
        self.own.add(arn)
        super().__setitem__(arn, policy)

    def __delitem__(self, arn: str) -> None:
        self.own.discard(arn)
        super().__delitem__(arn)

    def __getitem__(self, arn: str) -> Any:
        held = super().__getitem__(arn)
        if arn not in self.own:
            held = self[arn] = copied(held)
        return held

    def owned(self) -> list[tuple[str, Any]]:
        """What this world alone has."""
        return [(arn, policy) for arn, policy in self.items() if arn in self.own]


def copied(policy: Any) -> Any:
    """A policy that may be changed without the first one knowing: its long text is shared."""
    made = _alike(policy)
    held = made.__dict__
    for name, value in held.items():
        if type(value) in (list, dict):
            held[name] = value.copy()
    held["versions"] = [_alike(version) for version in policy.versions]
    return made


def _alike(thing: Any) -> Any:
    """A new object with the same attributes."""
    made = object.__new__(type(thing))
    made.__dict__ = thing.__dict__.copy()
    return made
