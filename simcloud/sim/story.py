"""The story: who, when, what and why, in sentences a learner can read. Nothing else records what happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One sentence of the story."""

    at: float
    """Epoch seconds."""
    who: str
    """The thing that it is about, in a word or two: `task 1a2b3c4d`."""
    what: str
    why: str = ""
    about: tuple[str, ...] = ()
    """Full ids, ARNs and names under which the line can be found."""

    def __str__(self) -> str:
        stamp = datetime.fromtimestamp(self.at, UTC).strftime("%H:%M:%S")
        because = f" ({self.why})" if self.why else ""
        return f"{stamp}  {self.who}: {self.what}{because}"


def counted(number: int, thing: str) -> str:
    """`1 task`, `2 tasks`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


@dataclass
class Story:
    """Lines in the order in which things happened. Iterating gives the lines; `str` gives the text."""

    lines: list[StoryLine] = field(default_factory=list)

    def tell(self, at: float, who: str, what: str, why: str = "", about: Iterable[str] = ()) -> None:
        """Add a line."""
        self.lines.append(StoryLine(at, who, what, why, tuple(each for each in about if each)))

    def about(self, thing: str) -> Story:
        """The lines about a task id, an ARN or a service name."""
        return Story([line for line in self.lines if thing in line.about])

    def __iter__(self) -> Iterator[StoryLine]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def __str__(self) -> str:
        return "\n".join(str(line) for line in self.lines)
