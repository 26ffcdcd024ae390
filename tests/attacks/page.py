"""docs/attacks.md, from the attacks themselves: `python -m tests.attacks.page` writes it."""

from __future__ import annotations

from autograder.author.places import course
from autograder.run import layers
from tests.attacks import names
from tests.attacks.attack import Attack
from tests.attacks.kinds import by_kind

HEAD = """# Attacks on the grader

Written by `python -m tests.attacks.page` from [tests/attacks](../tests/attacks). Every submission below is graded in
one batch, with honest submissions before, between and after them, which keep full marks. None gains a point, is told a
secret, reaches out, or harms another (`test_attacks.py`). Each has a positive control (`test_controls.py`): with what
stops it switched off, it succeeds. Where several layers are named, each of them stops it alone (`--long`). A layer that
a machine lacks is a skipped row there, and a failure where `CI=true`.

This shows that these do not get through, not that none does.
"""


def text() -> str:
    """The page."""
    parts = [HEAD, "## What stops them\n", "| name | what it is |", "|---|---|"]
    parts += [f"| {name} | {says} |" for name, says in (layers.SAYS | names.SAYS).items()]
    for about, attacks in by_kind():
        parts += [f"\n## {about.split(':')[0].rstrip('.')}\n", "| attack | it | stopped by |", "|---|---|---|"]
        parts += [_row(attack) for attack in attacks]
    return "\n".join(parts) + "\n"


def _row(attack: Attack) -> str:
    return f"| {attack.id} | {attack.tries} | {', '.join(attack.stopped_by)} |"


if __name__ == "__main__":
    (course().root / "docs" / "attacks.md").write_text(text(), encoding="utf-8")
