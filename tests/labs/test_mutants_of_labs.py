"""The lists of mutants, and the table that docs/labs.md draws from them."""

from __future__ import annotations

import pytest

from autograder.author.places import course
from tests.labs import mutants
from tests.labs.fates import fate
from tests.rotation import parameters

LABS = [path.parent.name for path in course().lab_sources()]


@pytest.mark.parametrize("lab_id", parameters(LABS, 4))
def test_the_list_holds_every_mutant_of_the_solution_as_it_is(lab_id: str) -> None:
    listed = [name for _, name in mutants.recorded(lab_id)]
    assert listed == [mutants.label(one) for one in mutants.mutants(lab_id)], (
        f"list {lab_id} again and run the new ones"
    )


def test_the_table_of_the_page_is_what_the_lists_say() -> None:
    assert mutants.page() == mutants.PAGE.read_text(encoding="utf-8"), "run `python -m tests.labs.mutants table`"


@pytest.mark.parametrize("lab_id", LABS)
def test_a_survivor_that_is_explained_did_survive(lab_id: str) -> None:
    became = {name: what for what, name in mutants.recorded(lab_id)}
    for name in mutants.reasons(lab_id):
        assert became[name].startswith(("survived", "?")), name


def test_a_mutant_is_killed_where_a_check_misses_something_and_survives_where_nothing_is_lost() -> None:
    """Two answers to the first question of lab 03: the solution, and one that does nothing."""
    lab_id = "03-private-pull"
    question = mutants.load(lab_id).questions[0].id
    solution = mutants.texts(lab_id).solutions[question]
    whole = range(1, solution.count("\n") + 2)
    assert fate(lab_id, question, solution, whole, everywhere=False) == "survived: same calls and values"
    assert fate(lab_id, question, "pass", whole, everywhere=False).startswith("killed by ")
