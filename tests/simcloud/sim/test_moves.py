"""The table of moves is a law: what is not in it cannot happen, and a refused event changes nothing."""

from __future__ import annotations

import copy

import pytest
from stand_in import Bench

from simcloud.sim import events as e
from simcloud.sim.task import MOVES, ORDER, IllegalMove


def test_no_move_leads_back() -> None:
    assert all(ORDER.index(before) < ORDER.index(after) for (before, _), after in MOVES.items())


def test_every_move_names_an_event_that_exists() -> None:
    assert all(issubclass(getattr(e, name), e.TaskEvent) for _, name in MOVES)


def test_every_status_but_the_last_can_be_left_and_but_the_first_be_reached() -> None:
    assert {before for before, _ in MOVES} == set(ORDER) - {"STOPPED"}
    assert set(MOVES.values()) == set(ORDER) - {"PROVISIONING"}


def test_an_impossible_move_tells_the_story_and_changes_nothing(bench: Bench) -> None:
    task = bench.run_task()
    before = copy.deepcopy((vars(task), bench.world.story.lines))
    with pytest.raises(IllegalMove) as caught:
        bench.world.handle(e.Activated(task.arn))
    assert "Activated cannot happen to task" in str(caught.value)
    assert "PROVISIONING: asked for by RunTask" in str(caught.value)
    assert (vars(task), bench.world.story.lines) == before
