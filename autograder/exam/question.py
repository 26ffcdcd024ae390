"""The question cell: `question("three-keys-to-ecr")` asks one item of the bank and explains every option.

Live, it is a widget that the keyboard alone can use. Stored, it is its static twin: text and HTML without a script.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder import state
from autograder.bank import bank
from autograder.bank.item import Item
from autograder.exam import words
from autograder.exam.choice import choice_of
from autograder.markup import marked_up
from autograder.trouble import Trouble

STYLE = """<style>
.fargate-question .widget-radio-box label, .fargate-question .widget-checkbox label,
.fargate-question .widget-label-basic { height: auto; white-space: normal; line-height: 1.5; margin: 3px 0; }
.fargate-question .widget-radio-box label { display: block; position: relative; padding-left: 20px; }
.fargate-question .widget-radio-box input { position: absolute; left: 0; top: 0; margin: 0; }
.fargate-question .fargate-struck { text-decoration: line-through; }
.fargate-question a { color: var(--jp-content-link-color, revert); text-decoration: underline; }
</style>"""
"""Without it ipywidgets cuts long options at the edge of their one line, or puts their button below them."""


def question(item_id: str) -> Asked:
    """Ask the practice item of this id. Raises Trouble where there is none."""
    return Asked(bank.item(item_id))


class Asked:
    """One item as a cell shows it."""

    def __init__(self, one: Item, then: Callable[[bool], str] = lambda _: "") -> None:
        """`then` is called with whether the answer was right; what it gives is shown below the reasons."""
        import ipywidgets

        self.item, self.then = one, then
        self.choice = choice_of(one)
        self.submit = ipywidgets.Button(description="Answer", tooltip="Check this answer", button_style="primary")
        self.verdict = ipywidgets.HTML("", tooltip="What is right and why")
        stem = ipywidgets.HTML(f"{STYLE}<p>{marked_up(one.stem)}</p><p><em>{words.how_to_answer(one)}</em></p>")
        self.box = ipywidgets.VBox([stem, *self.choice.widgets, self.submit, self.verdict])
        self.box.add_class("fargate-question")
        self.submit.on_click(lambda _: self.answer(self.choice.chosen()))

    def answer(self, chosen: tuple[str, ...]) -> bool:
        """Mark an answer, say why every option is right or wrong, and record it; is it right?

        An answer with the wrong number of options is not marked and not recorded.
        """
        if len(chosen) != len(self.item.key):
            asked = f"{words.how_to_answer(self.item)} You chose {len(chosen) or 'none'}."
            self.verdict.value = f'<p role="status">{asked}</p>'
            return False
        right = self.item.marked(chosen)
        saved = record(self.item, chosen, right=right)
        head = "Right." if right else "Not right."
        reasons = words.reasons_html(self.item, chosen)
        said = self.then(right)
        self.verdict.value = f'<div role="status"><p><strong>{head}</strong>{saved}</p>{reasons}{said}</div>'
        return right

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None, **_: Any) -> dict[str, Any]:
        """The widget for a live notebook and, beside it, the static twin that is stored."""
        live = self.box._repr_mimebundle_() or {}
        return {**live, "text/plain": words.static_text(self.item), "text/html": words.static_html(self.item)}


def record(one: Item, chosen: tuple[str, ...], *, right: bool) -> str:
    """Keep the answer in the learner's state; '' or, where it cannot be kept, a sentence that says so."""
    from autograder.mastery import keep_lessons_read  # which reads every lesson: not before an answer is given

    try:
        with state.change() as kept:
            entry = kept["questions"].setdefault(one.id, {"tries": 0, "right": 0})
            entry["tries"] += 1
            entry["right"] += right
            entry |= {"version": one.version, "last": list(chosen), "last_right": right, "rows": list(one.rows)}
            if not right:
                entry["missed"] = state.moment()
            keep_lessons_read(kept)
            entry["misconceptions"] = [o.misconception for o in one.options if o.id in chosen and o.misconception]
    except Trouble as trouble:
        return f" Your answer could not be kept: {marked_up(str(trouble))}"
    return ""
