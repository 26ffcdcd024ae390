"""A newer version is merged by cell id, and nothing that the learner wrote is lost."""

from __future__ import annotations

import copy
from typing import Any

import nbformat
from hypothesis import given, settings
from hypothesis import strategies as some

from autograder.workspace.merge import KEPT, Merged, merge
from autograder.workspace.notebook import Cell, Notebook, is_answer, parse, render, source

ANSWER = {"course": {"role": "answer"}, "nbgrader": {"solution": True, "grade_id": "answer-a", "locked": False}}
CHECK = {"course": {"role": "check"}, "nbgrader": {"solution": False, "grade_id": "a", "locked": True, "grade": True}}


def code(name: str, text: str, output: str | None = None, **metadata: Any) -> Cell:
    outputs = [] if output is None else [{"output_type": "stream", "name": "stdout", "text": [output]}]
    return {
        "cell_type": "code",
        "id": name,
        "metadata": metadata,
        "source": text,
        "outputs": outputs,
        "execution_count": len(outputs) or None,
    }


def text(name: str, words: str, **metadata: Any) -> Cell:
    return {"cell_type": "markdown", "id": name, "metadata": metadata, "source": words}


def book(*cells: Cell, **metadata: Any) -> Notebook:
    return {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def cells(merged: Merged) -> list[tuple[str, str]]:
    nbformat.validate(nbformat.from_dict(merged.notebook))
    return [(cell["id"], source(cell)) for cell in merged.notebook["cells"]]


def texts(merged: Merged) -> list[str]:
    return [words for _, words in cells(merged)]


def test_cell_that_the_course_changed_gets_the_new_text_and_output() -> None:
    base = book(code("one", "print(1)", "1"))
    merged = merge(base, base, book(code("one", "print(2)", "2")))
    assert merged.notebook == book(code("one", "print(2)", "2"))
    assert merged.counts == {"updated": 1}


def test_answer_stays_letter_by_letter_though_its_stub_changed() -> None:
    base = book(code("answer", "cause = ...", **ANSWER))
    mine = book(code("answer", "cause = 'my long thought'  ", "mine", **ANSWER))
    merged = merge(mine, base, book(code("answer", "reason = ...", **ANSWER)))
    assert merged.notebook == mine
    assert merged.counts == {"answer kept": 1}


def test_free_answer_to_a_question_for_reflection_stays() -> None:
    free = {"course": {"role": "reflect"}, "nbgrader": {"solution": True, "locked": False, "grade_id": "why"}}
    base = book(text("why", "*Your answer*", **free))
    mine = book(text("why", "Because of the route.", **free))
    assert texts(merge(mine, base, book(text("why", "*Write here*", **free)))) == ["Because of the route."]


def test_untouched_stub_takes_the_new_stub() -> None:
    base = book(code("answer", "cause = ...", **ANSWER))
    merged = merge(base, base, book(code("answer", "reason = ...", **ANSWER)))
    assert texts(merged) == ["reason = ..."]


def test_locked_cell_of_an_answered_question_takes_the_new_text() -> None:
    base = book(code("answer", "x = ...", **ANSWER), code("check", "lab.check('a')", **CHECK))
    mine = book(code("answer", "x = 3", **ANSWER), code("check", "lab.check('a')", "passed", **CHECK))
    new = book(code("answer", "x = ...", **ANSWER), code("check", "lab.check('a', x=x)", **CHECK))
    assert texts(merge(mine, base, new)) == ["x = 3", "lab.check('a', x=x)"]


def test_cells_of_the_learner_stay_behind_the_cell_they_stood_behind() -> None:
    base = book(text("one", "one"), text("two", "two"))
    mine = book(
        text("top", "mine 0"), text("one", "one"), text("mid", "mine 1"), text("two", "two"), text("end", "mine 2")
    )
    new = book(text("zero", "zero"), text("one", "ONE"), text("new", "new"), text("two", "two"))
    merged = merge(mine, base, new)
    assert texts(merged) == ["mine 0", "zero", "ONE", "mine 1", "new", "two", "mine 2"]
    assert merged.counts == {"added": 2, "updated": 1}


def test_course_cell_that_both_changed_is_updated_and_the_learners_text_kept_as_text_below() -> None:
    base = book(code("one", "print(1)", "1"))
    mine = book(code("one", "print('mine')", "mine"))
    merged = merge(mine, base, book(code("one", "print(2)", "2")))
    first, kept = merged.notebook["cells"]
    assert first == code("one", "print(2)", "2")
    assert (kept["cell_type"], kept["source"]) == ("markdown", f"{KEPT}\n\n```python\nprint('mine')\n```")
    assert merged.counts == {"updated": 1, "updated, your text kept below": 1}


def test_kept_text_that_holds_a_fence_is_fenced_by_a_longer_one() -> None:
    base, new = book(code("one", "1")), book(code("one", "2"))
    merged = merge(book(code("one", '"""\n```\n"""')), base, new)
    assert texts(merged)[1].endswith('````python\n"""\n```\n"""\n````')


def test_course_cell_that_only_the_learner_changed_stays_as_it_is() -> None:
    base = book(code("one", "print(1)", "1"), text("two", "two"))
    mine = book(code("one", "print('mine')", "mine"), text("two", "two"))
    merged = merge(mine, base, book(code("one", "print(1)", "1"), text("two", "TWO")))
    assert merged.notebook["cells"][0] == mine["cells"][0]


def test_outputs_of_unchanged_cells_stay_where_the_learner_ran_them() -> None:
    base = book(code("one", "print(1)"), text("two", "two"))
    mine = book(code("one", "print(1)", "ran here"), text("two", "two"))
    merged = merge(mine, base, book(code("one", "print(1)"), text("two", "TWO")))
    assert merged.notebook["cells"][0] == mine["cells"][0]


def test_stored_output_that_the_learner_never_ran_is_the_new_versions() -> None:
    base = book(code("one", "look()", "old picture"))
    new = book(code("one", "look()", "new picture"))
    assert merge(base, base, new).notebook == new


def test_cell_that_the_course_took_out_goes() -> None:
    base = book(text("one", "one"), text("two", "two"))
    merged = merge(base, base, book(text("two", "two")))
    assert (texts(merged), merged.counts) == (["two"], {"removed": 1})


def test_answer_to_a_question_that_the_course_took_out_is_kept_as_text() -> None:
    base = book(text("one", "one"), code("answer", "...", **ANSWER))
    mine = book(text("one", "one"), code("answer", "x = 3", **ANSWER))
    merged = merge(mine, base, book(text("one", "one")))
    assert texts(merged) == ["one", f"{KEPT}\n\n```python\nx = 3\n```"]
    assert merged.notebook["cells"][1]["metadata"] == {}
    assert merged.counts == {"removed, your text kept": 1}


def test_course_cell_that_the_learner_deleted_comes_back() -> None:
    base = book(text("one", "one"), code("check", "lab.check('a')", **CHECK))
    merged = merge(book(text("one", "one")), base, base)
    assert (texts(merged), merged.counts) == (["one", "lab.check('a')"], {"brought back": 1})


def test_merging_again_changes_nothing() -> None:
    base = book(code("one", "1"), code("answer", "...", **ANSWER), text("old", "old"))
    mine = book(code("one", "mine"), text("x", "x"), code("answer", "a", **ANSWER), text("old", "old, and mine"))
    new = book(code("one", "2"), code("answer", "x = ...", **ANSWER))
    once = merge(mine, base, new).notebook
    for known in (base, new, None):  # None: the first version is no longer known
        again = merge(once, known, new)
        if known is not None:
            assert again.notebook == once
        assert [cell for cell in once["cells"] if cell not in again.notebook["cells"]] == []


def test_without_the_first_version_every_difference_counts_as_the_learners() -> None:
    merged = merge(
        book(text("one", "old"), code("answer", "a", **ANSWER)),
        None,
        book(text("one", "new"), code("answer", "...", **ANSWER)),
    )
    assert texts(merged) == ["new", f"{KEPT}\n\nold", "a"]


def test_cell_copied_with_its_id_is_the_learners_and_gets_an_id_of_its_own() -> None:
    base = book(code("one", "1"))
    merged = merge(book(code("one", "1"), code("one", "1 + 1")), base, book(code("one", "2")))
    assert texts(merged) == ["2", "1 + 1"]
    assert len({name for name, _ in cells(merged)}) == 2


def test_ids_that_an_old_tool_dropped_are_found_again() -> None:
    base = book(text("one", "one"), code("answer", "...", **ANSWER))
    mine = copy.deepcopy(book(text("one", "one"), code("answer", "a = 1", **ANSWER), text("x", "mine")))
    for cell in mine["cells"]:
        del cell["id"]
    merged = merge(mine, base, book(text("one", "ONE"), code("answer", "x = ...", **ANSWER)))
    assert texts(merged) == ["ONE", "a = 1", "mine"]
    assert [name for name, _ in cells(merged)][:2] == ["one", "answer"]


def test_metadata_is_the_courses_with_what_the_learners_tools_added() -> None:
    base = book(text("one", "one", tags=["a"]), version="1")
    mine = book(text("one", "one", tags=["a"], collapsed=True), version="1", widgets={})
    merged = merge(mine, base, book(text("one", "one", tags=["b"]), version="2"))
    assert merged.notebook == book(text("one", "one", tags=["b"], collapsed=True), version="2", widgets={})


def test_windows_line_ends_are_no_change() -> None:
    base = book(code("one", "a = 1\nb = 2"))
    mine = parse(render(base).replace(b"\n", b"\r\n").replace(b"a = 1\\n", b"a = 1\\r\\n"))
    merged = merge(mine, base, book(code("one", "a = 1\nb = 3")))
    assert (texts(merged), merged.counts) == (["a = 1\nb = 3"], {"updated": 1})


words = some.sampled_from(["", "a", "b", "c"])
kinds = some.sampled_from([{}, ANSWER, CHECK])
names = some.sampled_from([f"cell-{number}" for number in range(6)])
books = some.lists(some.builds(lambda name, said, kind: code(name, said, **kind), names, words, kinds), max_size=6)


@settings(deadline=None)  # a busy machine is no finding
@given(mine=books, base=books, new=books)
def test_no_word_of_the_learners_is_ever_lost(mine: list[Cell], base: list[Cell], new: list[Cell]) -> None:
    given = [{cell["id"]: cell for cell in version} for version in (base, new)]
    first, latest = (book(*version.values()) for version in given)
    merged = merge(book(*mine), first, latest)
    said = "\n".join(texts(merged))
    for cell in mine:
        old = given[0].get(cell["id"])
        if old is None or source(old) != source(cell):
            assert source(cell) in said
    ids = [name for name, _ in cells(merged)]
    assert len(ids) == len(set(ids))
    assert [name for name in ids if name in given[1]] == list(given[1])
    answers = {cell["id"]: cell for cell in latest["cells"] if is_answer(cell)}
    for cell in {cell["id"]: cell for cell in reversed(mine)}.values():
        if cell["id"] in answers and cell["id"] in given[0] and source(cell) != source(given[0][cell["id"]]):
            assert (cell["id"], source(cell)) in cells(merged)
