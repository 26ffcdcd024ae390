"""A row counts as taught where a lesson's stored output shows it, and where the output changes with the world."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from autograder.bank import bank
from tests.lessons.proofs import Proof, code, flat, proofs, relive, stored, up_to
from tests.rotation import turn

TO_BE_SEEN = [row["id"] for row in bank.curriculum().values() if row["see"] != "-"]
A_DAY = 2
"""Rows whose lessons are lived anew in every run of the tests; all of them with --long."""


def test_every_row_that_is_to_be_seen_has_evidence_and_no_other_has() -> None:
    assert sorted({proof.row for proof in proofs()}) == sorted(TO_BE_SEEN)


@pytest.mark.parametrize("proof", proofs(), ids=str)
def test_a_cell_of_the_row_shows_it_in_its_stored_output(proof: Proof) -> None:
    assert proof.row in code(proof.lesson)[proof.cell].rows
    assert proof.shows == flat(proof.shows)
    assert proof.shows in stored(proof.lesson)[proof.cell]


@pytest.mark.parametrize("proof", proofs(), ids=str)
def test_what_is_shown_does_not_stand_in_the_code(proof: Proof) -> None:
    for cell in up_to(proof.lesson, proof.cell):
        assert proof.shows not in flat(cell.text)


@pytest.mark.parametrize("proof", proofs(), ids=str)
def test_the_change_is_of_one_place_in_that_cell_or_before_and_is_none_of_a_print(proof: Proof) -> None:
    before = {cell.id: cell.text for cell in up_to(proof.lesson, proof.cell)}
    assert before[proof.changed].count(proof.old) == 1
    assert proof.old != proof.new
    assert proof.old.count("print(") == proof.new.count("print(")


@pytest.mark.parametrize("proof", proofs(), ids=str)
def test_what_stands_there_otherwise_is_not_shown_as_things_are(proof: Proof) -> None:
    """Unless it is all that is left: then the whole of what is said is compared."""
    assert proof.otherwise == flat(proof.otherwise)
    assert proof.otherwise != stored(proof.lesson)[proof.cell]


def test_the_evidence_of_two_rows_vanishes_when_the_world_is_changed() -> None:
    """Other two every day, so that each has its turn within a month."""
    first = turn() * A_DAY
    rows = {TO_BE_SEEN[(first + number) % len(TO_BE_SEEN)] for number in range(A_DAY)}
    chosen = [proof for proof in proofs() if proof.row in rows]
    for lesson in sorted({proof.lesson for proof in chosen}):
        all_vanish(lesson, (proof for proof in chosen if proof.lesson == lesson))


@pytest.mark.long
@pytest.mark.parametrize("lesson", sorted({proof.lesson for proof in proofs()}))
def test_all_evidence_of_a_lesson_vanishes_when_the_world_is_changed(lesson: str) -> None:
    all_vanish(lesson, (proof for proof in proofs() if proof.lesson == lesson))


def all_vanish(lesson: str, chosen: Iterable[Proof]) -> None:
    """Change the world for each proof, and demand that what it shows is gone and what it names is there instead."""
    wrong = []
    for proof, relived in relive(lesson, chosen).items():
        all_that_is_said = proof.otherwise == relived.said
        new = bool(proof.otherwise) and proof.otherwise not in stored(lesson)[proof.cell]
        if relived.raised:
            wrong.append(f"{proof}: on the way to it raised {'; '.join(relived.raised)}")
        elif proof.shows in relived.said:
            wrong.append(f"{proof}: still shows {proof.shows!r}")
        elif not all_that_is_said and not (new and proof.otherwise in relived.said):
            wrong.append(f"{proof}: says not {proof.otherwise!r} but {relived.said[:1500]!r}")
    assert not wrong, "\n\n".join(wrong)
