"""A spell of use: from when, for how long, and whose cost it is. What is billed until a moment is worked out from the
spell until then, so that two periods bill what one bills."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Self

Number = int | str | Decimal
MILLISECOND = Decimal("0.001")
BYTE = Decimal("1e-9")
"""Of a GB."""


@dataclass(frozen=True, slots=True)
class Owner:
    """What a cost can be grouped by, as in Cost Explorer."""

    name: str = ""
    """The thing itself: task 0123abcd, nat-0123."""
    cluster: str = ""
    """Name of its cluster of ECS or EKS; '' for none."""
    service: str = ""
    """Name of its ECS service, or namespace and name of its pod's controller; '' for none."""
    tags: tuple[tuple[str, str], ...] = ()
    """Its tags, in the order of their keys."""

    def tag(self, key: str) -> str:
        """The value of a tag; '' where it has none of this key."""
        return dict(self.tags).get(key, "")


NOBODY = Owner()


def exact(number: Number) -> Decimal:
    """Seconds to the millisecond, as AWS keeps moments: sums of floating point numbers are not a second longer."""
    return Decimal(str(number)).quantize(MILLISECOND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """The part that all usage has. What is used at one moment has no `seconds`."""

    begin: Number = 0
    """Epoch seconds; where nobody asks for periods, it may be left out."""
    owner: Owner = NOBODY

    @property
    def length(self) -> Decimal:
        """Seconds."""
        return exact(getattr(self, "seconds", 0))

    def until(self, moment: Decimal) -> Self | None:
        """As much of it as there was until a moment; None where it had not begun."""
        passed = moment - exact(self.begin)
        if passed <= 0:
            return None
        return self if passed >= self.length else self._shortened(passed)

    def _shortened(self, seconds: Decimal) -> Self:
        """The first so many seconds of it: what is counted beside them is taken to be spread evenly."""
        changes: dict[str, Any] = {"seconds": seconds}
        for name in ("gigabytes", "requests"):
            if counted := getattr(self, name, None) if name in self._spread() else None:
                changes[name] = (Decimal(counted) * seconds / self.length).quantize(BYTE)
        return replace(self, **changes)

    def _spread(self) -> tuple[str, ...]:
        """Amounts that grow with the time, beside the time itself."""
        return ()
