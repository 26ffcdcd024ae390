"""A cohort exam from paper to gradebook: what is handed out, how it is sat, marked, and marked again."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder import cli, state
from autograder.author import release
from autograder.author.kernel import LEARNER, client, environment
from autograder.author.places import Course, course
from autograder.bank import bank
from autograder.exam import assignment, cohort, kept_forms, paper
from autograder.grade import exams, regrade
from autograder.grade.command import grade_folder
from autograder.grade.feedback_html import feedback_page
from autograder.grade.statistics import of_cohort
from autograder.grade.work import Job, do
from autograder.grade.writer import told
from autograder.run.submission import understand
from autograder.trouble import Trouble
from tests.autograder.exam import graded_bank

EXAM = "exam-saa-c03"


@pytest.fixture
def entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    yield graded_bank.install(tmp_path / "graded", monkeypatch)  # the one that a test uses too: undone in one order
    graded_bank.forget()


@pytest.fixture
def learner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace of ada's; its folder."""
    mine = tmp_path / "my"
    (mine / state.FOLDER).mkdir(parents=True)
    monkeypatch.setenv("FARGATE_COURSE_STATE", str(mine / state.FOLDER / "state.json"))
    monkeypatch.setenv("JUPYTERHUB_USER", "ada")
    monkeypatch.chdir(mine)
    return mine


def right(who: str, place: str) -> list[str]:
    variants = exams.keys(EXAM)[place][1]
    return list(variants[paper.variant_of(who, place, len(variants))].key)


def handed(root: Path, who: str, other: dict[str, Any] | None = None, **changes: Any) -> None:
    """A submitted notebook of an exam, with every answer right unless others are given."""
    form = assignment.form_of(who, EXAM)
    places = [place for place in exams.keys(EXAM) if place.startswith(form)]
    given = {place: {"answer": right(who, place), "answered": 1000.0, "seconds": 40} for place in places}
    record = {
        "exam": EXAM,
        "learner": who,
        "form": form,
        "begun": 900.0,
        "submitted": 2000.0,
        "answers": given,
        **changes,
    }
    for place, answer in (other or {}).items():
        record["answers"][place] = {**given.get(place, {}), **answer}
    book = assignment.notebook(EXAM)
    data = {"text/plain": "", cohort.LAB: {"lab": EXAM, "learner": who}, assignment.RECORD: record}
    book["cells"][1]["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": data}]
    folder = root / "submitted" / who / EXAM
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{EXAM}.ipynb").write_text(json.dumps(book))


def judged(root: Path, who: str) -> dict[str, Any]:
    """The record of a submission, without a gradebook."""
    content = (root / "submitted" / who / EXAM / f"{EXAM}.ipynb").read_bytes()
    done = do(Job(who, EXAM, f"{EXAM}.ipynb", content, assignment.notebook(EXAM)))
    assert done.record is not None, done
    return done.record


def test_the_forms_are_exact_to_the_blueprint_and_have_no_item_in_common(entries: list[Any]) -> None:
    forms = kept_forms.read()
    assert [text for text in kept_forms.short(forms) if "SAA-C03" in text] == []
    both = forms["SAA-C03"]
    for form in both.values():
        assert len(form) == 30
        assert Counter(one.domain for one in form if one.scored) == assignment.points("SAA-C03")
    first, second = ({one.item for one in form} for form in both.values())
    assert not first & second


def test_whole_forms_stay_as_they_are_when_items_are_added(entries: list[Any]) -> None:
    forms = kept_forms.read()
    assert kept_forms.assembled(forms)["SAA-C03"] == forms["SAA-C03"]


def test_a_form_that_is_short_is_named_with_what_it_lacks(entries: list[Any]) -> None:
    forms = kept_forms.read()
    forms["SAA-C03"]["A"] = [one for one in forms["SAA-C03"]["A"] if one.domain != 4]
    assert next(text.split(" items: ")[1] for text in kept_forms.short(forms) if "SAA-C03, form A" in text).startswith(
        "domain 4 has 0 of 5"
    )


def test_a_form_that_names_what_is_not_there_is_refused(entries: list[Any]) -> None:
    file = kept_forms.file()
    file.write_text(file.read_text().replace(kept_forms.read()["SAA-C03"]["A"][0].item, "no-such-item"))
    with pytest.raises(Trouble, match=r"forms\.json: .*no-such-item is not in the graded bank"):
        kept_forms.read()


def test_the_paper_is_the_same_whatever_the_keys_are(
    entries: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = release.exam_paper("SAA-C03", tmp_path / "one")
    changed = entries
    for one in entries:
        changed = graded_bank.other_key(changed, one["id"])
    graded_bank.install(tmp_path / "other-keys", monkeypatch, changed)
    second, _ = release.exam_paper("SAA-C03", tmp_path / "two")
    assert sorted(path.name for path in first.iterdir()) == [f"{EXAM}.ipynb", "paper.json"]
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes()


def test_the_paper_has_no_id_reason_or_source_of_an_item(entries: list[Any], tmp_path: Path) -> None:
    folder, searched = release.exam_paper("SAA-C03", tmp_path)
    assert searched > 400
    given = json.loads((folder / "paper.json").read_text())
    question = given["forms"]["A"]["A01"]
    assert set(given) == {"assignment", "forms", "minutes"}
    assert set(question) == {"choose", "type", "variants"}
    assert set(question["variants"][0]) == {"stem", "options"}


def test_a_paper_with_a_reason_in_it_is_not_written(
    entries: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = kept_forms.read()["SAA-C03"]["A"][0].item
    one = next(each for each in entries if each["id"] == chosen)
    for option in one["options"]:
        option["text"] = f"{option['text']} {option['why']}"
    graded_bank.install(tmp_path / "telling", monkeypatch, entries)
    with pytest.raises(Trouble, match=r"paper\.json leaks the graded item"):
        release.exam_paper("SAA-C03", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_learners_get_different_forms_and_orders_but_each_the_same_again(entries: list[Any], tmp_path: Path) -> None:
    folder, _ = release.exam_paper("SAA-C03", tmp_path)
    given = paper.read(folder / "paper.json", EXAM)
    forms = {who: paper.sat(given, who) for who in ("ada", "bob", "cyd", "dan", "eve", "fay")}
    assert {form.seed for form in forms.values()} == {1, 2}
    orders = [tuple(slot.item.id for slot in form.slots) for form in forms.values()]
    assert len(set(orders)) == len(orders)
    assert paper.sat(given, "ada") == forms["ada"]


def test_it_is_sat_without_keys_and_its_notebook_holds_the_answers(entries: list[Any], learner: Path) -> None:
    folder, _ = release.exam_paper("SAA-C03", learner)
    sat = cohort.sitting(EXAM)
    room = cohort.CohortRoom(sat)
    for number, slot in enumerate(sat.form.slots):
        room.go(number)
        sat.answer(number, tuple(right("ada", slot.item.id)))
    room.end()
    assert "fargate-course submit exam-saa-c03" in room.box.children[0].value
    book = cohort.with_record(json.loads((folder / f"{EXAM}.ipynb").read_text()), sat)
    handed_in = understand(book)
    assert (handed_in.lab, handed_in.learner) == (EXAM, "ada")
    assert len(handed_in.exam["answers"]) == 30
    assert handed_in.exam["submitted"] >= handed_in.exam["begun"]


def test_an_exam_of_a_cohort_does_not_stand_in_the_way_of_practice(entries: list[Any], learner: Path) -> None:
    from autograder.exam.room import exam_room

    release.exam_paper("SAA-C03", learner)
    sat = cohort.sitting(EXAM)
    sat.answer(0, (sat.form.slots[0].item.options[0].id,) if len(sat.form.slots[0].item.key) == 1 else ())
    assert exam_room("SAA-C03", items=10).sitting.form.exam == "SAA-C03"
    assert cli.main(["exam", "--resume", sat.form.id]) == 2


def test_without_a_paper_or_a_name_it_says_what_to_do(
    entries: list[Any], learner: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Trouble, match="your instructor hands it out on the day of the exam"):
        cohort.sitting(EXAM)
    monkeypatch.delenv("JUPYTERHUB_USER")
    with pytest.raises(Trouble, match="say who you are first"):
        cohort.sitting(EXAM)


def test_submit_packs_the_answers_that_are_kept_even_if_the_notebook_was_not_saved(
    entries: list[Any], learner: Path
) -> None:
    import zipfile

    release.exam_paper("SAA-C03", learner)
    sat = cohort.sitting(EXAM)
    first = sat.form.slots[0].item
    sat.answer(0, tuple(right("ada", first.id)))
    assert cli.main(["submit", EXAM, "--no-open"]) == 0
    with zipfile.ZipFile(learner / "submissions" / f"ada--{EXAM}.zip") as found:
        book = json.loads(found.read(f"ada/{EXAM}/{EXAM}.ipynb"))
    assert understand(book).exam["answers"][first.id]["answer"] == right("ada", first.id)
    with pytest.raises(Trouble, match="is over"):
        cohort.sitting(EXAM).answer(1, ())


def test_no_page_of_a_learner_tells_an_item_or_a_key(entries: list[Any], tmp_path: Path) -> None:
    handed(tmp_path, "ada", {"A01": {"answer": []}, "B01": {"answer": []}})
    record = judged(tmp_path, "ada")
    assert "graded-" in json.dumps(record)
    for text in (feedback_page(record, title="Result"), json.dumps(told(record))):
        assert "A01" not in text
        assert "B01" not in text
        assert "graded-" not in text


def test_an_answer_after_the_end_counts_for_nothing_and_is_noticed(entries: list[Any], tmp_path: Path) -> None:
    late = next(place for place, (entry, _) in exams.keys(EXAM).items()
                if entry.scored and place[0] == assignment.form_of("ada", EXAM))  # fmt: skip
    handed(tmp_path, "ada", {late: {"answered": 900.0 + 3600 + 61}})
    ada = judged(tmp_path, "ada")
    assert ada["points"] == 22
    assert [flag["what"] for flag in ada["flags"]] == ["after the end"]


@pytest.mark.parametrize(
    ("data", "flag"),
    [({"answers": None}, "no answers"), ({"form": "Z"}, "other form"), ({"submitted": None}, "not submitted"),
     ({"answers": {"A01": [], "B01": {"answer": [1, {}], "seconds": float("1e30")}}}, "")],
)  # fmt: skip
def test_a_strange_record_is_judged_for_what_it_is(
    entries: list[Any], tmp_path: Path, data: dict[str, Any], flag: str
) -> None:
    handed(tmp_path, "ada", **data)
    ada = judged(tmp_path, "ada")
    assert ada["max_points"] == 23
    assert [one["what"] for one in ada["flags"]] == ([flag] if flag else [])
    assert (ada["points"] == 23) == (flag in ("other form", "not submitted"))


def test_marks_reach_the_gradebook_by_domain_and_a_corrected_key_says_whom_it_changes(
    entries: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Course(tmp_path)
    whose = {assignment.form_of(who, EXAM): who for who in ("ada", "bob", "cyd", "dan", "eve", "fay")}
    fourth = [place for place, (entry, _) in exams.keys(EXAM).items() if entry.domain == 4 and place[0] == "B"]
    handed(tmp_path, whose["A"])
    handed(tmp_path, whose["B"], {place: {"answer": []} for place in fourth})
    records = {one["learner"]: one for one in grade_folder(here, tmp_path / "submitted", jobs=1)}
    assert {who: (one["points"], one["max_points"], one["outcome"]) for who, one in records.items()} == {
        whose["A"]: (23, 23, "passed"),
        whose["B"]: (18, 23, "failed"),
    }
    assert marks(tmp_path)[whose["B"]] == {"domain-1": 7, "domain-2": 6, "domain-3": 5, "domain-4": 0}
    page = (tmp_path / "feedback" / whose["B"] / EXAM / f"{EXAM}.html").read_text()
    assert "Unproctored" in page
    assert "0 of 5 items of this domain are right" in page
    known = of_cohort(here, [EXAM])[EXAM]
    assert len(known) == 60
    assert {(one.answers, one.p) for one in known} == {(1, None)}

    place, (wrong, _) = next(each for each in exams.keys(EXAM).items() if each[0][0] == "A" and each[1][0].scored)
    graded_bank.install(tmp_path / "mended", monkeypatch, graded_bank.other_key(entries, wrong.item))
    changes, faults = regrade.regraded(here, [EXAM], jobs=1)
    assert faults == 0
    assert [(one.learner, one.points) for one in changes] == [(whose["A"], (23, 22))]
    (reason,) = changes[0].reasons
    assert reason.startswith(f"passed (1) -> failed (0): {place} {wrong.item}, version ")
    assert sum(marks(tmp_path)[whose["A"]].values()) == 22
    assert json.loads((tmp_path / "feedback" / whose["A"] / EXAM / f"{EXAM}.json").read_text())["points"] == 22


def marks(root: Path) -> dict[str, dict[str, float]]:
    """Learner -> cell -> score, read from the gradebook as any tool may read it."""
    query = """select submitted_assignment.student_id, base_cell.name, grade.auto_score from grade
        join base_cell on grade.cell_id = base_cell.id
        join submitted_notebook on grade.notebook_id = submitted_notebook.id
        join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id"""
    found: dict[str, dict[str, float]] = {}
    with sqlite3.connect(root / "gradebook.db") as book:
        for who, cell, score in book.execute(query):
            found.setdefault(who, {})[cell] = score
    book.close()
    return found


def test_it_can_be_sat_in_a_terminal(
    entries: list[Any], learner: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    release.exam_paper("SAA-C03", learner)
    typed = iter(["a", "submit", "yes"])
    monkeypatch.setattr("builtins.input", lambda _: next(typed))
    assert cli.main(["exam", EXAM]) == 0
    assert f"fargate-course submit {EXAM}" in capsys.readouterr().out
    assert cohort.sitting(EXAM).over


def test_the_instructors_notebooks_of_the_exams_are_as_they_are_handed_out() -> None:
    """nbgrader's own commands begin with them."""
    for name in assignment.ids():
        assert (course().solutions / name / f"{name}.ipynb").read_text(encoding="utf-8") == assignment.text(name)


@pytest.mark.long
def test_nbgraders_own_commands_mark_an_exam(entries: list[Any], tmp_path: Path) -> None:
    """With the graded bank as it is: nbgrader runs in a process of its own."""
    graded_bank.forget()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bank, "GRADED", bank.PRACTICE.parent / "graded")
        handed(tmp_path, "ada")
    source = tmp_path / "solutions" / EXAM / f"{EXAM}.ipynb"
    source.parent.mkdir(parents=True)
    source.write_text(assignment.text(EXAM))
    (tmp_path / "nbgrader_config.py").write_text((course().root / "nbgrader_config.py").read_text())
    tool = str(Path(sys.executable).parent / "nbgrader")
    environment = {**os.environ, "PYTHONPATH": str(course().root), "JUPYTER_CONFIG_DIR": str(tmp_path / "none")}
    for command in ("generate_assignment", "autograde", "generate_feedback"):
        done = subprocess.run([tool, command, EXAM], cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-2000:]
    with sqlite3.connect(tmp_path / "gradebook.db") as book:
        (total,) = book.execute("select sum(auto_score) from grade").fetchone()
    book.close()
    assert total == 23
    page = (tmp_path / "feedback" / "ada" / EXAM / f"{EXAM}.html").read_text()
    assert "Unproctored" in page
    assert "A01" not in page


def test_its_notebook_runs_and_records_whose_it_is(entries: list[Any], tmp_path: Path) -> None:
    folder, _ = release.exam_paper("SAA-C03", tmp_path)
    book = nbformat.read(folder / f"{EXAM}.ipynb", as_version=4)
    client(book, folder, allow_errors=False).execute(env=environment(tmp_path))
    found = understand(json.loads(nbformat.writes(book)))
    assert (found.lab, found.learner) == (EXAM, LEARNER)
    assert found.exam["form"] == assignment.form_of(LEARNER, EXAM)
    assert found.exam["begun"] > 0
    assert "0 of 30 answers kept" in book.cells[1].outputs[0]["data"]["text/plain"]
    assert "Domain 1 is marked after" in book.cells[2].outputs[0]["text"]


def test_a_wrong_file_does_not_end_the_exam(entries: list[Any], learner: Path) -> None:
    release.exam_paper("SAA-C03", learner)
    sat = cohort.sitting(EXAM)
    wrong = learner / "wrong.ipynb"
    wrong.write_text('{"cells": [{"cell_type": "code", "source": "lab.begin(\'03-private-pull\')"}]}')
    assert cli.main(["submit", EXAM, "--notebook", str(wrong), "--no-open"]) == 2
    assert not cohort.sitting(EXAM).over
    sat.answer(0, ())
