"""Placement in a notebook, `place()`, and in the terminal, `fargate-course place`."""

from __future__ import annotations

import sys
from typing import Any

from autograder import state
from autograder.exam import terminal
from autograder.exam.room import Room
from autograder.markup import marked_up
from autograder.placing import telling
from autograder.placing.choosing import ITEMS
from autograder.placing.placement import begin, open_one, shown

WELCOME = (
    f"{ITEMS} questions, about 25 minutes, no clock. Leave open what you do not know, and say so where you guess: what"
    " you miss here costs nothing, and what you only guess is not counted. You can stop at any time and go on later."
)


class PlacementRoom(Room):
    """The exam room, with where to begin in the place of a report."""

    unanswered = "which does no harm"

    def show_report(self) -> None:
        """What was shown, and what was not."""
        import ipywidgets

        self.sitting.submit()
        said = telling.html()
        self.box.children = (ipywidgets.HTML(f'<div role="status">{said}</div>'),)


class Place:
    """What a cell shows: what is known so far, and a button that begins a placement or goes on with it."""

    def __init__(self) -> None:
        import ipywidgets

        kept = state.read()
        says = "Go on" if open_one(kept) else "Ask me others" if shown(kept) else "Place me"
        self.said = telling.html() if shown(kept) else ""
        self.begin = ipywidgets.Button(description=says, tooltip=says, button_style="primary")
        self.begin.on_click(lambda _: self.enter())
        self.box = ipywidgets.VBox([ipywidgets.HTML(f"{self.said}<p>{WELCOME}</p>"), self.begin])

    def enter(self) -> None:
        """Show the questions."""
        self.room = PlacementRoom(begin())
        self.box.children = (self.room.box,)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None, **_: Any) -> dict[str, Any]:
        """The button for a live notebook; on paper, the way to the terminal."""
        live = self.box._repr_mimebundle_() or {}
        says = f"{WELCOME} Run this cell, or in a terminal: fargate-course place"
        return {**live, "text/plain": says, "text/html": f"{self.said}<p>{marked_up(says)}</p>"}


def place() -> Place:
    """Find out what you know already, and where to begin."""
    return Place()


def command(*, result: bool) -> int:
    """Ask in the terminal; `result`: only say what the placements so far have shown."""
    if result:
        found = shown(state.read())
        _say(telling.text() if found else "No placement has ended yet: `fargate-course place` begins one.")
        return 0
    if not open_one(state.read()):
        _say(WELCOME)
    sitting = begin()
    if terminal.Room(sitting, input, _say).enter():
        _say("")
        _say(telling.text())
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
