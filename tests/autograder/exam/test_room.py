"""The exam room in a notebook: what is pressed is kept, and a dead kernel costs nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ipywidgets
import pytest

from autograder.exam.room import Room, exam_room
from autograder.exam.sitting import resume


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".fargate-course").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FARGATE_COURSE_STATE", raising=False)
    return tmp_path


def press(room: Room, says: str) -> None:
    """Click the button that says this."""
    found = [one for one in _all(room.box) if isinstance(one, ipywidgets.Button) and one.description.startswith(says)]
    assert found, says
    found[0].click()


def _all(widget: Any) -> list[Any]:
    return [widget, *(below for child in getattr(widget, "children", ()) for below in _all(child))]


def shown(room: Room) -> str:
    """Every text on the screen."""
    return " ".join(str(one.value) for one in _all(room.box) if isinstance(one, ipywidgets.HTML))


def choose(room: Room, *, right: bool = True) -> None:
    """Press the options of the item at hand that are right, or as many that are wrong."""
    item = room.sitting.form.slots[room.at].item
    wanted = [option.id for option in item.options if item.right(option) == right][: len(item.key)]
    for option, widget in zip(item.options, room.choice.widgets, strict=True):
        if option.id in wanted:
            widget.value = option.id if isinstance(widget, ipywidgets.RadioButtons) else True


def test_an_exam_is_sat_to_the_end(workspace: Path) -> None:
    room = exam_room("CLF-C02", items=6, seed=1)
    for _ in range(6):
        choose(room)
        press(room, "Next")
    press(room, "Submit")
    press(room, "Yes")
    assert "Estimate <strong>1000</strong>" in shown(room)
    assert (workspace / "reports" / "CLF-C02-6-1.html").exists()
    assert room.sitting.over


def test_run_again_after_a_crash_the_room_goes_on_where_it_was() -> None:
    room = exam_room("CLF-C02", items=6)
    choose(room)
    press(room, "Next")
    room.flag.value = True
    room.sure.value = "guessing"
    again = exam_room("CLF-C02", items=6)
    assert again.sitting.form == room.sitting.form
    assert again.sitting.chosen(0) == room.sitting.chosen(0) != ()
    assert (again.at, again.flag.value, again.sure.value) == (1, True, "guessing")


def test_an_answer_is_changed_and_only_the_last_one_is_kept() -> None:
    room = exam_room("CLF-C02", items=6, seed=3)
    room.at = next(at for at, slot in enumerate(room.sitting.form.slots) if len(slot.item.key) == 1)
    room.show()
    choose(room, right=False)
    choose(room)
    kept = resume(room.sitting.form.id)
    assert kept.chosen(room.at) == kept.form.slots[room.at].item.key


def test_options_are_struck_out_and_stay_so() -> None:
    room = exam_room("CLF-C02", items=6)
    strikes = [one for one in _all(room.box) if isinstance(one, ipywidgets.ToggleButton)]
    strikes[2].value = True
    room.go(1)
    room.go(0)
    strikes = [one for one in _all(room.box) if isinstance(one, ipywidgets.ToggleButton)]
    assert [one.value for one in strikes] == [at == 2 for at in range(len(strikes))]
    assert [one.description for one in strikes][:2] == ["strike A", "strike B"]


def test_the_review_names_open_and_flagged_items_and_leads_to_them() -> None:
    room = exam_room("CLF-C02", items=6)
    choose(room)
    room.go(3)
    room.flag.value = True
    press(room, "Review")
    words = [one.description for one in _all(room.body) if isinstance(one, ipywidgets.Button)]
    assert words == ["1 answered", "2 open", "3 open", "4 open, flagged", "5 open", "6 open"]
    press(room, "5 open")
    assert room.at == 4
    press(room, "Submit")
    assert "5 items have no answer" in shown(room)
    press(room, "No")
    assert not room.sitting.over


def test_practice_explains_at_once_and_an_exam_says_nothing() -> None:
    exam, practice = exam_room("CLF-C02", items=6, seed=5), exam_room("CLF-C02", items=6, seed=6, practice=True)
    choose(exam, right=False)
    choose(practice, right=False)
    assert exam.message.value == ""
    assert "Not right." in practice.message.value
    assert "no clock" in practice.clock.value


def test_when_the_time_is_up_the_report_is_there() -> None:
    room = exam_room("CLF-C02", items=6)
    room.sitting.now = lambda: room.sitting.ends + 1
    choose(room)
    assert "Estimate <strong>100</strong>" in shown(room)
    assert room.sitting.chosen(0) == ()


def test_on_paper_it_says_how_to_sit_it_in_a_terminal() -> None:
    room = exam_room("CLF-C02", items=6, seed=9)
    assert "fargate-course exam --resume CLF-C02-6-9" in room._repr_mimebundle_()["text/plain"]
