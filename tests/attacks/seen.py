"""What became of an attack, and whether it came to anything."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.attacks.attack import Attack
from tests.attacks.bait import Bait

HIDDEN = ("the_keys_are_open_from_the_other_subnet", "OTHER_PORTS", "### BEGIN SOLUTION")
"""Words of the hidden checks and of the worked solutions, which stand nowhere else."""

LARGEST = 3_000_000
"""Characters that a run may leave with the grader, far above what its budget keeps."""

LONGEST = 2.0
"""Seconds of processor time that the grader itself may need to listen to one run."""


@dataclass
class Seen:
    """What could be seen of one attack."""

    points: float = 0.0
    text: str = ""
    """Everything that came out of its run: outputs and errors."""
    pages: str = ""
    """Everything that a person would be shown."""
    flags: list[str] = field(default_factory=list)
    """What the grader noticed."""
    raised: str = ""
    """What came out of the grader as an exception, which would have ended the batch."""
    left: list[int] = field(default_factory=list)
    """Processes that it left on this machine."""
    seconds: float = 0.0
    """Of the grader's own processor time."""


def came_to(attack: Attack, seen: Seen, bait: Bait) -> list[str]:
    """What the attack achieved, one sentence each; [] for nothing."""
    reported = "variant of another learner" in seen.flags
    due = attack.due if reported or not attack.due else 0.0
    found = []
    if seen.points != due:
        found.append(f"it has {seen.points} points, and {due} are due")
    if bait.told(seen.text) or any(word in seen.text for word in HIDDEN):
        found.append("it was told a secret")
    if "-".join(["did", attack.id]) in seen.text:
        found.append("it did what it came for")
    if bait.came(attack.id):
        found.append("it reached out")
    if seen.left:
        found.append(f"it left processes {seen.left} behind")
    if seen.raised:
        found.append(f"it got an exception out of the grader: {seen.raised}")
    if len(seen.text) > LARGEST:
        found.append(f"it left {len(seen.text)} characters with the grader")
    if seen.seconds > LONGEST:
        found.append(f"it kept the grader busy for {seen.seconds:.1f} s")
    found += [f"a page holds {word!r}" for word in attack.words if word in seen.pages]
    return found
