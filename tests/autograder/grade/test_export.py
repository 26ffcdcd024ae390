"""Marks as CSV, each form as a golden file."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.grade.export import KINDS, Mark, Person, exported, roster
from autograder.trouble import Trouble

GOLDEN = Path(__file__).parent / "golden"
MARKS = [
    Mark("bob", "03-private-pull", 0, 22, 0, False, ""),
    Mark("ada", "03-private-pull", 19.333333333, 22, 1.5, False, "2026-11-30T17:59:00Z"),
    Mark("ada", "04-rolling", 7, 12, 0, True, "2026-11-30T18:00:00Z"),
    Mark("zoë@x.org", "04-rolling", 12, 12, 0, False, "2026-11-30T18:00:00Z"),
]
PEOPLE = {
    "ada": Person("Lovelace, Ada", "ada@example.org", "1001", "alovelace", "Section 1"),
    "bob": Person('=HYPERLINK("http://x";"y")', "", "-7", "@bob", "+S"),
}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_form_is_its_golden_file(kind: str) -> None:
    assert exported(kind, MARKS, PEOPLE) == (GOLDEN / f"{kind}.csv").read_bytes().decode()


def test_what_begins_like_a_formula_is_text_and_a_negative_number_stays_one() -> None:
    text = exported("canvas", MARKS, PEOPLE)
    assert "\"'=HYPERLINK(" in text
    assert ",-7," in text
    assert ",'@bob,'+S," in text


def test_marks_do_not_depend_on_the_order_they_are_given_in() -> None:
    assert all(exported(kind, MARKS[::-1], PEOPLE) == exported(kind, MARKS, PEOPLE) for kind in KINDS)


def test_a_roster_is_read_by_canvas_or_moodle_headings(tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_text("﻿Learner,Student,SIS Login ID,ID\nada,Lovelace,alovelace,1001\n", encoding="utf-8")
    assert roster(file) == {"ada": Person("Lovelace", "", "1001", "alovelace")}


@pytest.mark.parametrize("text", ["", "name,email\nx,y\n"])
def test_a_roster_without_learners_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(text)
    with pytest.raises(Trouble, match="no column `learner`"):
        roster(file)


def test_a_roster_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_bytes(b"\xff\xfe\x00x")
    with pytest.raises(Trouble, match="no CSV in UTF-8"):
        roster(tmp_path / "roster.csv")


def test_every_bad_line_of_a_roster_is_named(tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_text("learner,name\nada,Ada\n,Nobody\nada,Again\na b,Space\nbob\n\n../x,Up\n", encoding="utf-8")
    with pytest.raises(Trouble) as trouble:
        roster(file)
    said = str(trouble.value)
    assert "line 3: no learner; line 4: ada stands in an earlier line too; line 5: 'a b' cannot be" in said
    assert "line 6: 1 cells under 2 headings; line 8: '../x' cannot be" in said


@pytest.mark.parametrize("sign", [";", "\t"])
def test_a_roster_with_other_signs_between_its_cells_is_read(tmp_path: Path, sign: str) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(f'learner{sign}name\nada{sign}"Lind, Ada"\n', encoding="utf-8")
    assert roster(file) == {"ada": Person("Lind, Ada")}


def test_the_row_of_points_in_canvas_own_export_is_nobody(tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_text("Student,ID,learner\n    Points Possible,,\nAda,7,ada\n", encoding="utf-8")
    assert roster(file) == {"ada": Person("Ada", "", "7")}


def test_a_column_that_canvas_left_empty_takes_nothing_from_another(tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section,learner\nLind,1001,,al,S1,ada\nMaas,1002,X9,bm,S1,bob\n"
    )
    assert {learner: person.number for learner, person in roster(file).items()} == {"ada": "1001", "bob": "1002"}


def test_two_ids_that_differ_in_capitals_are_refused_since_a_disk_may_hold_one_of_them(tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_text("learner,name\nada,Ada\nAda,Adaeze\n", encoding="utf-8")
    with pytest.raises(Trouble, match="line 3: Ada is ada in other capitals"):
        roster(file)
