"""The bank: what is in it, and what a wrong entry is told."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from autograder.bank import bank, lint
from autograder.trouble import Trouble

DAY = date(2026, 12, 1)
GOOD: dict[str, Any] = {
    "id": "one-item",
    "version": 1,
    "rows": ["F12"],
    "exams": [{"exam": "SAA-C03", "domain": 1}],
    "type": "multiple-choice",
    "stem": "A service on AWS Fargate runs two tasks. How many network interfaces do they have?",
    "options": [
        {"id": "a", "text": "Two interfaces", "why": "Each task has an interface of its own."},
        {
            "id": "b",
            "text": "One interface for both",
            "why": "No two tasks share an interface.",
            "misconception": "M11",
            "breaks": "R-096",
        },
        {
            "id": "c",
            "text": "No interface",
            "why": "There is no host network on Fargate.",
            "misconception": "M12",
            "breaks": "R-013",
        },
    ],
    "key": ["a"],
    "difficulty": "easy",
    "source": "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html",
    "verified": date(2026, 11, 22),
    "expires": date(2027, 5, 22),
}


def written(tmp_path: Path, *entries: object) -> Path:
    path = tmp_path / "some.yaml"
    path.write_text(yaml.safe_dump(list(entries)))
    return path


def changed(**fields: object) -> dict[str, Any]:
    return {**GOOD, **fields}


def option(index: int, **fields: object) -> list[dict[str, Any]]:
    return [{**one, **fields} if number == index else one for number, one in enumerate(GOOD["options"])]


def test_the_practice_bank_passes_the_lint() -> None:
    items = bank.load()
    assert len(items) >= 10
    assert [str(finding) for finding in lint.lint(items, DAY)] == []


def test_the_rows_of_the_networking_lesson_are_examined() -> None:
    examined = {row for one in bank.load() for row in one.rows}
    assert examined >= {"F01", "F02", "F12", "F20", "T01", "T05", "M04", "P03", "N05"}


def test_every_item_cites_a_public_page() -> None:
    for one in bank.load():
        assert one.source.startswith(("https://docs.aws.amazon.com/", "https://aws.amazon.com/")), one.id


def test_the_catalogue_begins_with_the_seven_myths_and_names_known_rows() -> None:
    catalogue = bank.misconceptions()
    assert list(catalogue)[:7] == [f"M{number:02}" for number in range(1, 8)]
    for one in catalogue.values():
        assert set(one.rows) <= set(bank.curriculum()), one.id
        assert one.belief != one.truth


def test_the_curriculum_has_its_57_rows() -> None:
    assert len(bank.curriculum()) == 57
    for exam in bank.blueprints().values():
        assert sum(domain["scored"] for domain in exam["domains"].values()) == exam["scored"]
        assert sum(domain["percent"] for domain in exam["domains"].values()) == 100


def test_no_graded_item_stands_in_the_practice_bank() -> None:
    practice = {(one.id, one.stem) for one in bank.load()}
    graded = {(one.id, one.stem) for one in bank.load(bank.GRADED)}
    assert {pair[0] for pair in practice}.isdisjoint(pair[0] for pair in graded)
    assert {pair[1] for pair in practice}.isdisjoint(pair[1] for pair in graded)


def test_a_good_item_is_read_whole(tmp_path: Path) -> None:
    (one,) = bank.read(written(tmp_path, GOOD))
    assert one.verified == date(2026, 11, 22)
    assert [one.right(option) for option in one.options] == [True, False, False]
    assert one.marked(("a",))
    assert not one.marked(("b",))
    assert not one.marked(())


def test_a_multiple_response_item_gives_no_partial_credit(tmp_path: Path) -> None:
    entry = changed(type="multiple-response", key=["a", "b"], options=option(1, misconception=None, breaks=None))
    entry["options"][1] = {key: value for key, value in entry["options"][1].items() if value}
    (one,) = bank.read(written(tmp_path, entry))
    assert one.marked(("b", "a"))
    assert not one.marked(("a",))
    assert not one.marked(("a", "b", "c"))


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (changed(colour="red"), "item one-item: fields: Additional properties are not allowed"),
        (changed(type="essay"), "item one-item: type: 'essay' is not one of"),
        (changed(source="a book"), "item one-item: source"),
        (changed(rows=["F99"]), "item one-item: rows: F99 is no row of the curriculum"),
        (changed(key=["a", "b"]), "item one-item: key: a multiple-choice item has one right option, not 2"),
        (changed(key=["h"]), "item one-item: key: names ['h'], which is no option"),
        (changed(expires=date(2026, 1, 1)), "item one-item: expires: is not after verified"),
        (changed(exams=[{"exam": "SAA-C03", "domain": 6}]), "item one-item: exams: SAA-C03 has no domain 6"),
        (changed(exams=[{"exam": "SAA-C03", "domain": 1, "statement": "1.9"}]), "task statement 1.9 of SAA-C03"),
        (changed(options=option(1, misconception="M99")), "option b: misconception M99 is not in misconceptions.yaml"),
        (changed(options=option(0, misconception="M11")), "option a: is right, so it has no misconception"),
        (changed(options=option(2, id="b")), "options: two options have the same id"),
        (changed(id="Has Capitals"), "item Has Capitals: id"),
    ],
)
def test_a_wrong_entry_is_named_by_file_item_and_field(tmp_path: Path, entry: dict[str, Any], said: str) -> None:
    with pytest.raises(Trouble) as refused:
        bank.read(written(tmp_path, entry))
    assert str(refused.value).startswith("some.yaml: item ")
    assert said in str(refused.value)


def test_a_distractor_without_its_misconception_is_refused(tmp_path: Path) -> None:
    entry = changed(options=option(1))
    del entry["options"][1]["misconception"]
    with pytest.raises(Trouble, match="option b: is wrong, so it names its misconception"):
        bank.read(written(tmp_path, entry))


def test_a_file_that_is_no_list_and_an_item_given_twice_are_refused(tmp_path: Path) -> None:
    (tmp_path / "some.yaml").write_text("id: one-item")
    with pytest.raises(Trouble, match=r"some\.yaml: the file: .* is not of type 'array'"):
        bank.read(tmp_path / "some.yaml")
    written(tmp_path, GOOD, GOOD)
    with pytest.raises(Trouble, match=r"item one-item: id is taken in some\.yaml"):
        bank.load(tmp_path)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (changed(options=option(2, text="None of the above")), "option c stands for other options"),
        (changed(options=option(1, text="Never more than one")), "option b gives itself away by 'Never'"),
        (changed(stem="Tasks run on AWS Fargate. Which of these do they not have?"), "the question is negative"),
        (changed(stem="Tasks on AWS Fargate have network interfaces, say how many."), "does not end with a question"),
        (changed(options=option(0, text="Two")), "the key is the sole shortest option"),
        (changed(options=option(0, text="Two network interfaces, one each")), "the key is the sole longest option"),
        (changed(options=option(1, text="two interfaces!")), "two options say the same"),
        (changed(expires=DAY), "expired on 2026-12-01"),
        (changed(exams=[{"exam": "SAP-C02", "domain": 1}]), "characters, too few for SAP-C02"),
        (changed(exams=[{"exam": "CLF-C02", "domain": 1}], stem="It is so. " * 40 + "Is it?"), "too many for CLF-C02"),
    ],
)
def test_the_lint_finds(tmp_path: Path, entry: dict[str, Any], said: str) -> None:
    found = lint.lint(bank.read(written(tmp_path, entry)), DAY)
    assert any(said in finding.says for finding in found), found


def test_stems_that_are_nearly_the_same_are_found(tmp_path: Path) -> None:
    near = changed(
        id="other-item", stem="A service on AWS Fargate runs two tasks. How many network interfaces do they own?"
    )
    found = lint.lint(bank.read(written(tmp_path, GOOD, near)), DAY)
    assert any("other-item: has nearly the stem" in str(finding) for finding in found), found


WORDS = ("alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliett", "kilo", "lima")
STEMS = [
    f"Of {one} {other} {one} {other} on AWS, how many are there?" for one in WORDS for other in WORDS if one < other
]


def test_keys_that_are_mostly_the_longest_option_are_found(tmp_path: Path) -> None:
    longest = option(0, text="Two interfaces, of each")
    entries = [changed(id=f"item-{number}", stem=stem, options=longest) for number, stem in enumerate(STEMS[:48])]
    found = [str(finding) for finding in lint.lint(bank.read(written(tmp_path, *entries)), DAY)]
    assert "the bank: item longest: option is the key of 48 of 48 multiple-choice items" in found
    assert not any("item shortest" in text for text in found)


def test_a_distractor_that_breaks_a_guess_is_found(tmp_path: Path) -> None:
    found = lint.lint(bank.read(written(tmp_path, changed(options=option(1, breaks="R-072")))), DAY)
    assert any("R-072, which is assumed" in finding.says for finding in found), found


def test_an_item_of_an_unknown_builder_is_found(tmp_path: Path) -> None:
    entry = changed(computed={"builder": "no-such-thing", "seeds": [1]})
    found = lint.lint(bank.read(written(tmp_path, entry)), DAY)
    assert any("no builder is called no-such-thing" in finding.says for finding in found), found


def test_an_item_explains_its_key_by_its_explanation_or_by_the_reason_of_the_key(tmp_path: Path) -> None:
    plain, told = bank.read(written(tmp_path, GOOD, changed(id="b", explanation="Two tasks, so two interfaces.")))
    assert plain.explained == "Each task has an interface of its own."
    assert told.explained == "Two tasks, so two interfaces."


def test_an_emphasised_negation_is_allowed(tmp_path: Path) -> None:
    entry = changed(stem="Tasks run on AWS Fargate. Which of these do they NOT have?")
    assert lint.lint(bank.read(written(tmp_path, entry)), DAY) == []


def test_a_bank_whose_keys_stand_in_one_place_is_found(tmp_path: Path) -> None:
    entries = [changed(id=f"item-{number}", stem=stem) for number, stem in enumerate(STEMS[:40:10])]
    found = lint.lint(bank.read(written(tmp_path, *entries)), DAY)
    assert [str(finding) for finding in found] == ["the bank: item a: is the key of 4 of 4 multiple-choice items"]


def test_the_first_question_of_a_lesson_compiles_no_grammar() -> None:
    """What jsonschema can do beyond what the bank asks of it costs a learner more than a second: autograder/quick."""
    told = subprocess.run([sys.executable, "-c", FIRST_QUESTION], capture_output=True, check=False)
    assert told.returncode == 0, told.stderr


FIRST_QUESTION = """
import sys
from autograder.bank import bank
assert bank.load() and "jsonschema" in sys.modules
assert "lark" not in sys.modules
"""
