"""Stopped reasons: one of them read, all of them sorted by the two questions, and a form that asks the two."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from simcloud.reason.symptoms import KINDS, NO_FAULT, STEPS, known_of, read
from simcloud.views.table import Table

if TYPE_CHECKING:
    from simcloud.views.widgets import Explorer

LONGEST = 130
"""Characters of a text that are shown; AWS's are up to 1024 (R-117)."""
_KINDS = (*KINDS, NO_FAULT)


def symptom(reason: str) -> Table:
    """What a stoppedReason, or the reason of a container, tells: the step, what went wrong, where to look."""
    seen = read(reason)
    if not seen.step:
        return Table("Read from its text", ("question", "answer"), (), "No rule of this course knows such a text.")
    rows = [("What was being done?", f'Fargate {seen.step} ("{seen.step_by}")')]
    if seen.kind_by:
        rows.append(("What stopped it?", f'{seen.kind} ("{seen.kind_by}")'))
    rows += [("Where to look first", seen.look), ("What to mend", seen.mend)]
    return Table("Read from its text", ("question", "answer"), tuple(rows))


def symptoms() -> Table:
    """The whole tree: for each step and each kind of failure how many of AWS's texts are read so."""
    rows = tuple((step, *(_counted(len(known_of(step, kind))) for kind in _KINDS)) for step in STEPS)
    return Table("What stopped the task? By step and by what went wrong", ("Fargate", *_KINDS), rows)


def _counted(texts: int) -> str:
    return "-" if not texts else f"{texts} text" + "s" * (texts > 1)


def try_symptom() -> Explorer:
    """The explorer of the lesson on troubleshooting: answer the two questions, and see the texts and the remedy."""
    from simcloud.views.widgets import Choice, explorer

    controls = {
        "step": Choice("Fargate", tuple(STEPS)[1:] + tuple(STEPS)[:1]),
        "kind": Choice("What stopped it", _KINDS),
    }
    return explorer("What does such a text look like, and where does one look?", controls, remedy)


def remedy(step: str, kind: str) -> Table:
    """AWS's texts of one step and one kind of failure, and where to look."""
    found = known_of(step, kind)
    caption = f"Fargate {step}: {kind}"
    if not found:
        return Table(caption, ("", ""), (), "No rule of this course has such a text.")
    seen = read(found[0].text)
    rows = [(_short(one.text), one.status) for one in found]
    return Table(caption, ("AWS says", "known how"), tuple(rows), f"Look first: {seen.look}. Mend: {seen.mend}.")


def _short(text: str) -> str:
    """The end of a long text: that is where it says what went wrong."""
    text = re.sub(r"\{\w+\}", "…", text)
    return text if len(text) <= LONGEST else f"{text[:45].rstrip()} ... {text[45 - LONGEST :].lstrip()}"
