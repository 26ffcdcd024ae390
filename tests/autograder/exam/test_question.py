"""The question cell: what it shows, what it says after an answer, what it keeps."""

from __future__ import annotations

from pathlib import Path

import ipywidgets
import pytest

from autograder import state
from autograder.author.outputs import WIDGET_VIEW
from autograder.bank import bank
from autograder.exam import words
from autograder.exam.question import Asked, question
from autograder.markup import marked_up, plain
from autograder.trouble import Trouble


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FARGATE_COURSE_STATE", str(tmp_path / "state.json"))
    return tmp_path / "state.json"


def twin(asked: Asked) -> dict[str, str]:
    return {key: value for key, value in asked._repr_mimebundle_().items() if key != WIDGET_VIEW}


FIRST_OF_EACH_FILE = {one.file: one.id for one in reversed(bank.load())}.values()


@pytest.mark.parametrize("item_id", sorted(FIRST_OF_EACH_FILE))
def test_the_static_twin_is_what_the_cell_stores(item_id: str) -> None:
    shown, one = twin(question(item_id)), bank.item(item_id)
    assert shown == {"text/plain": words.static_text(one), "text/html": words.static_html(one)}


def test_the_static_twin_has_stem_options_and_every_reason_and_no_script() -> None:
    for one in bank.load():
        text, html = words.static_text(one), words.static_html(one)
        for part in (one.stem, *(option.text for option in one.options), *(option.why for option in one.options)):
            assert plain(part) in text, one.id
        assert html.index("<details>") < html.index(marked_up(one.options[0].why)), one.id
        assert one.source in html
        for word in ("<script", "<style", "onclick", "javascript:"):
            assert word not in html, one.id


def test_the_static_twin_is_the_same_before_and_after_an_answer() -> None:
    asked = question("interfaces-of-six-tasks")
    before = twin(asked)
    asked.answer(("a",))
    assert twin(asked) == before == twin(question("interfaces-of-six-tasks"))


def test_a_wrong_answer_explains_every_option_and_is_kept_with_its_misconception() -> None:
    asked = question("interfaces-of-six-tasks")
    assert not asked.answer(("c",))
    said = asked.verdict.value
    assert "Not right." in said
    assert "C is wrong (your answer)." in said
    assert "B is right." in said
    assert all(option.why[:20] in said for option in asked.item.options)
    assert asked.item.source in said
    kept = state.read()["questions"]["interfaces-of-six-tasks"]
    assert kept.pop("missed") <= state.moment()
    assert kept == {
        "tries": 1, "right": 0, "version": 1, "last": ["c"], "last_right": False,
        "rows": ["F12"], "misconceptions": ["M11"],
    }  # fmt: skip
    assert asked.answer(("b",))
    kept = state.read()["questions"]["interfaces-of-six-tasks"]
    assert (kept["tries"], kept["right"], kept["last"], kept["misconceptions"]) == (2, 1, ["b"], [])


def test_radio_buttons_ask_for_one_and_the_button_answers() -> None:
    asked = question("interfaces-of-six-tasks")
    radios = asked.choice.widgets
    assert [type(radio) for radio in radios] == [ipywidgets.RadioButtons] * 4
    assert radios[1].options == (("B. 6, one for each task, shared by the containers of that task", "b"),)
    assert asked.choice.chosen() == ()
    radios[0].value = "a"
    radios[1].value = "b"
    assert [radio.value for radio in radios] == [None, "b", None, None]
    asked.submit.click()
    assert "Right." in asked.verdict.value


def test_check_boxes_ask_for_several_and_only_the_whole_answer_is_right() -> None:
    asked = question("three-keys-to-ecr")
    boxes = asked.choice.widgets
    assert [type(box) for box in boxes] == [ipywidgets.Checkbox] * 6
    for index in (1, 2, 3):
        boxes[index].value = True
    asked.submit.click()
    assert "Not right." in asked.verdict.value
    boxes[3].value, boxes[4].value = False, True
    asked.submit.click()
    assert "Right." in asked.verdict.value


def test_too_few_and_too_many_options_are_told_and_not_kept(file: Path) -> None:
    asked = question("three-keys-to-ecr")
    asked.submit.click()
    assert "Choose three answers. You chose none." in asked.verdict.value
    for box in asked.choice.widgets:
        box.value = True
    asked.submit.click()
    assert "You chose 6." in asked.verdict.value
    assert not file.exists()


def test_an_answer_that_cannot_be_kept_is_still_explained(file: Path) -> None:
    file.write_text('{"version": 99}')
    asked = question("interfaces-of-six-tasks")
    assert asked.answer(("b",))
    assert "Your answer could not be kept:" in asked.verdict.value
    assert "newer version" in asked.verdict.value


def test_an_item_that_does_not_exist_is_named() -> None:
    with pytest.raises(Trouble, match="there is no practice item 'nothing'"):
        question("nothing")


def test_a_computed_item_shows_how_its_key_was_worked_out() -> None:
    one = bank.item("spot-share-beyond-a-base")
    assert one.explanation in words.static_text(one)
    assert one.explanation in words.reasons_html(one)
    plain = bank.item("servers-nobody-patches")
    assert "<p></p>" not in words.reasons_html(plain)
