"""The options of an item as widgets that the keyboard alone can use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.bank.item import Item, Option
from autograder.exam import words
from autograder.markup import plain
from autograder.trouble import Trouble


class OneOf:
    """Radio buttons: Tab moves, the space bar chooses.

    Each is a group of its own: inside one group the arrow keys would move, and JupyterLab takes those for its cells.
    """

    def __init__(self, one: Item) -> None:
        import ipywidgets

        self.widgets = [
            ipywidgets.RadioButtons(
                options=[(_label(one, option), option.id)], value=None, layout=ipywidgets.Layout(width="auto")
            )
            for option in one.options
        ]
        for radio in self.widgets:
            radio.observe(self._let_go_of_the_others, "value")

    def chosen(self) -> tuple[str, ...]:
        return tuple(radio.value for radio in self.widgets if radio.value is not None)

    def put(self, chosen: tuple[str, ...]) -> None:
        """Choose these."""
        for radio in self.widgets:
            (_, key), *_ = radio.options
            radio.value = key if key in chosen else None

    def watch(self, changed: Callable[[tuple[str, ...]], None]) -> None:
        """Call with what is chosen, whenever that changes."""

        def tell(_: Any) -> None:
            if len(self.chosen()) < 2:  # else the one chosen before is about to let go
                changed(self.chosen())

        for radio in self.widgets:
            radio.observe(tell, "value")

    def _let_go_of_the_others(self, change: Any) -> None:
        for radio in self.widgets if change.new is not None else ():
            if radio is not change.owner:
                radio.value = None


class SomeOf:
    """Check boxes: Tab moves, the space bar ticks."""

    def __init__(self, one: Item) -> None:
        import ipywidgets

        self.ids = [option.id for option in one.options]
        self.widgets = [
            ipywidgets.Checkbox(
                value=False,
                indent=False,
                description=_label(one, option),
                layout=ipywidgets.Layout(width="auto"),
            )
            for option in one.options
        ]

    def chosen(self) -> tuple[str, ...]:
        return tuple(key for key, box in zip(self.ids, self.widgets, strict=True) if box.value)

    def put(self, chosen: tuple[str, ...]) -> None:
        """Tick these."""
        for key, box in zip(self.ids, self.widgets, strict=True):
            box.value = key in chosen

    def watch(self, changed: Callable[[tuple[str, ...]], None]) -> None:
        """Call with what is ticked, whenever that changes."""
        for box in self.widgets:
            box.observe(lambda _: changed(self.chosen()), "value")


def _label(one: Item, option: Option) -> str:
    return f"{words.letter(one, option)}. {plain(option.text)}"


def choice_of(one: Item) -> OneOf | SomeOf:
    """The widgets for an item. Raises Trouble for a type that they cannot ask."""
    if one.type == "multiple-choice":
        return OneOf(one)
    if one.type == "multiple-response":
        return SomeOf(one)
    raise Trouble(f"item {one.id} is of type {one.type}, which a question cell cannot ask: use another item")
