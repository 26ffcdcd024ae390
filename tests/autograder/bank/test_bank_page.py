"""docs/bank.md and the commands of the bank."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from autograder import yamls
from autograder.author.places import course
from autograder.bank import bank, counts, page
from autograder.bank.computed.book import builders
from autograder.bank.writing import text_of
from autograder.cli import main


def test_the_page_is_up_to_date() -> None:
    kept = (course().root / "docs" / "bank.md").read_text(encoding="utf-8")
    assert kept == page.page(), "run `fargate-course bank docs`"


def test_the_counts_are_those_of_two_forms() -> None:
    wanted = {(exam, count.name): count.wanted for exam, count in counts.by_domain([])}
    assert wanted["CLF-C02", "1"] == 20
    assert wanted["DOP-C02", "5"] == 15
    assert sum(number for (exam, _), number in wanted.items() if exam == "SAA-C03") == 84
    rows = {count.name: count.wanted for count in counts.by_row([])}
    assert (rows["F08"], rows["F01"]) == (8, 4)


def test_an_item_counts_once_for_each_of_its_rows_and_places() -> None:
    one = bank.item("spot-share-beyond-a-base")
    rows = {count.name: count.there for count in counts.by_row([one])}
    assert (rows["F19"], rows["P08"], rows["F01"]) == (1, 1, 0)
    there = {(exam, count.name): count.there for exam, count in counts.by_domain([one])}
    assert sum(there.values()) == len(one.exams)


def test_an_item_with_two_statements_of_one_domain_counts_once_in_it() -> None:
    one = bank.item("central-endpoints-or-local-ones")
    assert [(place.exam, place.domain) for place in one.exams] == [("SAP-C02", 1), ("SAP-C02", 1)]
    there = {(exam, count.name): count.there for exam, count in counts.by_domain([one])}
    assert there["SAP-C02", "1"] == sum(there.values()) == 1


def test_the_bank_is_clean_by_its_own_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bank", "lint"]) == 0
    assert "no findings" in capsys.readouterr().out


def test_a_wrong_file_is_named_with_item_and_field_and_exit_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = yaml.safe_load((bank.PRACTICE / "spot.yaml").read_text(encoding="utf-8"))[0]
    (tmp_path / "mine.yaml").write_text(yaml.safe_dump([{**entry, "key": ["a", "b"]}]))
    assert main(["bank", "lint", str(tmp_path / "mine.yaml")]) == 2
    said = capsys.readouterr().err
    assert f"mine.yaml: item {entry['id']}: key: a multiple-choice item has one right option, not 2" in said


def test_findings_give_exit_status_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry = yaml.safe_load((bank.PRACTICE / "spot.yaml").read_text(encoding="utf-8"))[0]
    (tmp_path / "mine.yaml").write_text(yaml.safe_dump([{**entry, "stem": entry["stem"].replace("?", ", say it.")}]))
    assert main(["bank", "lint", str(tmp_path / "mine.yaml")]) == 1
    assert "the stem does not end with a question" in capsys.readouterr().out


def test_each_file_of_computed_items_is_as_it_is_written() -> None:
    for path in sorted(bank.PRACTICE.glob("computed_*.yaml")):
        text = path.read_text(encoding="utf-8")
        entries = yamls.load(text)
        assert text == text_of(entries, text.split("\n")[0].removeprefix("# ")), path.name
        assert {builders()[entry["id"]].file for entry in entries} == {path.stem.removeprefix("computed_")}
