"""A placement of the learner: the one that is open, or the next; and what those that ended have shown."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from autograder import state
from autograder.bank import bank
from autograder.bank.item import Item
from autograder.exam.form import Form, Slot
from autograder.exam.review import missed
from autograder.exam.sitting import CONFIDENCES, Sitting
from autograder.placing.choosing import chosen

NAME = "placement"
Verdict = Literal["known", "missed", "left open", "guessed"]


def open_one(kept: state.State) -> str:
    """The id of the placement that is begun and not ended; '' where there is none."""
    return next((name for name, entry in kept["placements"].items() if entry["submitted"] is None), "")


def begin(now: Callable[[], float] = time.time) -> Sitting:
    """Go on with the open placement, or begin the next. Two windows that begin at once get the same one."""
    with state.change() as kept:
        name = open_one(kept) or _begun(kept, now())
        entry = kept["placements"][name]
    return Sitting(_form(entry), "placement", now)


def _begun(kept: state.State, moment: float) -> str:
    last = list(kept["placements"].values())
    number = len(last) + 1
    items = chosen(
        f"{kept['learner']} {number}",
        avoid=last[-1]["asked"] if last else (),
        settled={row for entry in last for row in verdicts(entry)},
    )
    name = f"{NAME}-{len(items)}-{number}"
    kept["placements"][name] = {
        "exam": NAME,
        "seed": number,
        "length": len(items),
        "mode": NAME,
        "begun": moment,
        "submitted": None,
        "items": {},
        "asked": [one.id for one in items],
    }
    return name


def _form(entry: Mapping[str, Any]) -> Form:
    """The kept items, each with its options in an order by chance. One that the bank has no longer is left out."""
    return Form(NAME, int(entry["seed"]), tuple(_slots(entry)), 0, named=f"{NAME}-{entry['length']}-{entry['seed']}")


def _slots(entry: Mapping[str, Any]) -> Iterator[Slot]:
    for item in _asked(entry):
        options = list(item.options)
        random.Random(f"{NAME} {entry['seed']} {item.id}").shuffle(options)
        yield Slot(replace(item, options=tuple(options)), domain=0, scored=True)


def _asked(entry: Mapping[str, Any]) -> list[Item]:
    there = {one.id: one for one in bank.load()}
    return [there[name] for name in entry["asked"] if name in there]


def verdicts(entry: Mapping[str, Any]) -> dict[str, Verdict]:
    """By row that was asked what the answers say: known where every item on it was right, and none was a guess."""
    found: dict[str, Verdict] = {}
    for item in _asked(entry):
        said = _verdict(item, entry["items"].get(item.id, {}))
        for row in item.rows:
            found[row] = said if found.get(row, "known") == "known" or said == "missed" else found[row]
    return found


def _verdict(item: Item, answer: Mapping[str, Any]) -> Verdict:
    if not answer.get("answer"):
        return "left open"
    if not item.marked(tuple(answer["answer"])):
        return "missed"
    return "guessed" if answer.get("confidence") == CONFIDENCES[0] else "known"


@dataclass(frozen=True)
class Shown:
    """What placements have shown of one row."""

    verdict: Verdict
    when: datetime


def shown(kept: state.State) -> dict[str, Shown]:
    """By row what the latest placement that ended and asked it has shown. Rows that none asked are not there."""
    found: dict[str, Shown] = {}
    for entry in kept["placements"].values():
        if entry["submitted"] is not None:
            when = datetime.fromtimestamp(int(entry["submitted"]), UTC)
            found |= {row: Shown(said, when) for row, said in verdicts(entry).items()}
    return found


def known(kept: state.State) -> set[str]:
    """The rows that count as known: a placement showed so, and nothing on them was missed since."""
    found = {row: one.when for row, one in shown(kept).items() if one.verdict == "known"}
    if not found:
        return set()
    lost = {one.row for one in missed(kept) if one.when is not None and one.row in found and one.when >= found[one.row]}
    return set(found) - lost
