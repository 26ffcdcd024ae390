"""The paper of a cohort exam: stems and options of both forms, and nothing that a key could be told from.

It is made by the instructor (`fargate-course release --exam SAA-C03 DIR`) and laid beside the exam's notebook. An item
has the name of its place, `A07`; of a computed item there are several variants, and each learner gets one. Which of
the items are scored, their domains, ids, reasons and sources are not in it, and no part of it depends on a key: with
other keys in the bank the same bytes come out (a test changes them all).
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from datetime import date
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from autograder.bank.item import Item, Option
from autograder.exam import assignment
from autograder.exam.form import Form, Slot
from autograder.trouble import Trouble

FILE = "paper.json"
DAY = date(2000, 1, 1)
"""Stands for dates that a paper does not tell."""


def variants(one: Item) -> list[Item]:
    """The variants of an item, asked of the simulator where it is computed; raises Trouble without its builder."""
    from autograder.bank.computed.book import graded_builders

    if one.computed is None:
        return [one]
    builder = graded_builders().get(one.computed.builder)
    if builder is None:
        raise Trouble(f"item {one.id}: its builder {one.computed.builder} is not here: it is with the instructor alone")
    return [_variant(one, seed) for seed in one.computed.seeds]


@cache
def _variant(one: Item, seed: int) -> Item:
    from autograder.bank.computed.book import graded_builders

    assert one.computed is not None
    return graded_builders()[one.computed.builder].item(seed)


def made(
    exam: str, forms: dict[str, list[tuple[str, Item]]], extra: Mapping[str, float] | None = None
) -> dict[str, Any]:
    """The paper of these forms: (place, item) by name of form. `extra`: minutes more, by learner; no name is in it."""
    name = assignment.PREFIX + exam.lower()
    shown = {name: {place: _question(one) for place, one in entries} for name, entries in forms.items()}
    more = {"extra": {_nameless(learner, name): time for learner, time in extra.items()}} if extra else {}
    return {"assignment": name, "minutes": assignment.minutes(exam), "forms": shown, **more}


def _nameless(learner: str, name: str) -> str:
    return blake2b(f"{learner}:{name}/extra".encode(), digest_size=8).hexdigest()


def text(paper: dict[str, Any]) -> str:
    """The bytes of the file."""
    return json.dumps(paper, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _question(one: Item) -> dict[str, Any]:
    told = [
        {"stem": each.stem, "options": {option.id: option.text for option in sorted(each.options, key=lambda o: o.id)}}
        for each in variants(one)
    ]
    return {"type": one.type, "choose": len(one.key), "variants": told}


def read(path: Path, wanted: str) -> dict[str, Any]:
    """The paper in a file. Raises Trouble where it is missing, damaged or of another exam."""
    try:
        paper: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if paper["assignment"] != wanted or not paper["forms"]:
            raise Trouble(f"{path} is the paper of another exam: ask your instructor for the one of {wanted}")
    except (OSError, ValueError, KeyError, TypeError):
        raise Trouble(f"{path} is missing or damaged: your instructor hands it out on the day of the exam") from None
    return paper


def sat(paper: dict[str, Any], learner: str) -> Form:
    """The form of a learner: which of both, which variant of each item, in which order, options too."""
    name = assignment.form_of(learner, paper["assignment"], tuple(sorted(paper["forms"])))
    slots = [Slot(_shown(place, data, learner), 0, scored=True) for place, data in paper["forms"][name].items()]
    random.Random(f"{learner}:{paper['assignment']}/order").shuffle(slots)
    minutes = int(paper["minutes"] + paper.get("extra", {}).get(_nameless(learner, paper["assignment"]), 0))
    return Form(paper["assignment"], sorted(paper["forms"]).index(name) + 1, tuple(slots), minutes)


def variant_of(learner: str, place: str, of: int) -> int:
    """Which variant of an item a learner gets."""
    return assignment.drawn(learner, f"variant/{place}", of)


def _shown(place: str, data: dict[str, Any], learner: str) -> Item:
    """An item without its key: as many answers as are asked for, none of them known."""
    told = data["variants"][variant_of(learner, place, len(data["variants"]))]
    options = [Option(name, said, "") for name, said in told["options"].items()]
    random.Random(f"{learner}:{place}/options").shuffle(options)
    return Item(
        id=place,
        version=1,
        rows=(),
        exams=(),
        type=data["type"],
        stem=told["stem"],
        options=tuple(options),
        key=("",) * int(data["choose"]),
        difficulty="medium",
        source="",
        verified=DAY,
        expires=DAY,
        file=FILE,
    )
