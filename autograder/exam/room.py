"""The exam room in a notebook: `exam_room("SAA-C03", items=20)` begins a form, or goes on with the one that is open.

Every control is a field with a label that Tab reaches and the space bar works. What the room shows is read from the
sitting, and each step is kept before it is shown, so a kernel that dies loses nothing: run the cell again.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder import state
from autograder.exam import report, words
from autograder.exam.choice import choice_of
from autograder.exam.form import assemble
from autograder.exam.sitting import CONFIDENCES, Mode, Sitting, next_seed, resume
from autograder.markup import marked_up
from autograder.trouble import Trouble

if TYPE_CHECKING:
    import ipywidgets

TICK = 10.0
"""Seconds between two looks at the clock while nothing is pressed."""


def exam_room(exam: str, *, items: int = 0, seed: int | None = None, practice: bool = False) -> Room:
    """Sit a form of an exam. Without a seed: the form of this length and mode that is open, else the next new one.

    Raises Trouble for an exam or a length that is not there.
    """
    mode: Mode = "practice" if practice else "exam"
    found = None if seed is not None else _open(exam, items, mode)
    return Room(found or Sitting(assemble(exam, next_seed(exam) if seed is None else seed, length=items), mode))


def _open(exam: str, items: int, mode: Mode) -> Sitting | None:
    for form, kept in state.read()["exams"].items():
        if (kept["exam"], kept["mode"], kept["submitted"]) == (exam, mode, None):
            sitting = resume(form)
            if not sitting.over and (not items or len(sitting.form.slots) == items):
                return sitting
    return None


class Room:
    """What a cell shows."""

    unanswered = "which counts as wrong"
    """What becomes of items without an answer."""

    def __init__(self, sitting: Sitting) -> None:
        import ipywidgets

        self.sitting = sitting
        self.at = next((n for n in range(len(sitting.form.slots)) if not sitting.chosen(n)), 0)
        self.clock = ipywidgets.HTML()
        self.message = ipywidgets.HTML()
        self.body = ipywidgets.VBox()
        self.previous, self.next = _button("Previous"), _button("Next")
        self.review, self.submit = _button("Review"), _button("Submit", "warning")
        self.flag = ipywidgets.Checkbox(description="Flag this item", indent=False)
        self.sure = ipywidgets.Dropdown(options=["not said", *CONFIDENCES], description="How sure:")
        self.box = ipywidgets.VBox()
        self.box.add_class("fargate-question")
        self._filling = False
        self.previous.on_click(lambda _: self.go(self.at - 1))
        self.next.on_click(lambda _: self.go(self.at + 1))
        self.review.on_click(lambda _: self.show_review())
        self.submit.on_click(lambda _: self.ask_whether_to_submit())
        self.flag.observe(lambda change: self._do(self.sitting.flag, self.at, on=change.new), "value")
        self.sure.observe(self._say_how_sure, "value")
        self.show()
        self._wait()

    def go(self, number: int) -> None:
        """Show another item; at either end the same one stays."""
        self.at = min(max(number, 0), len(self.sitting.form.slots) - 1)
        self.show()

    def show(self) -> None:
        """The item at hand, or the report if the sitting is over."""
        if self.sitting.over:
            self.show_report()
            return
        import ipywidgets

        from autograder.exam.question import STYLE

        item = self.sitting.look_at(self.at).item
        entry = self.sitting.entry(self.at)
        self._filling = True
        self.choice = choice_of(item)
        self.choice.put(self.sitting.chosen(self.at))
        self.choice.watch(self._answered)
        self.flag.value, self.sure.value = bool(entry.get("flagged")), entry.get("confidence", "not said")
        self._filling = False
        stem = ipywidgets.HTML(
            f"{STYLE}<p><strong>{self.at + 1}.</strong> {marked_up(item.stem)}</p>"
            f"<p><em>{words.how_to_answer(item)}</em></p>"
        )
        options = [
            ipywidgets.HBox([widget, self._striker(option.id, widget)])
            for option, widget in zip(item.options, self.choice.widgets, strict=True)
        ]
        self.body.children = (stem, *options)
        self.message.value = ""
        self.box.children = (
            self.clock,
            self.body,
            ipywidgets.HBox([self.flag, self.sure]),
            ipywidgets.HBox([self.previous, self.next, self.review, self.submit]),
            self.message,
        )
        self.tell_time()

    def tell_time(self) -> None:
        """Write the clock anew."""
        place = f"Item {self.at + 1} of {len(self.sitting.form.slots)}"
        left = self.sitting.left
        clock = "no clock" if left == float("inf") else f"{int(left // 60)} minutes {int(left) % 60:02} seconds left"
        self.clock.value = f'<p role="timer"><strong>{self.sitting.form.exam}</strong>, {place}, {clock}</p>'

    def show_review(self) -> None:
        """Every item as a button with its state in words."""
        import ipywidgets

        slots = self.sitting.form.slots
        buttons = []
        for number, slot in enumerate(slots):
            whole = len(self.sitting.chosen(number)) == len(slot.item.key)
            says = f"{number + 1} {'answered' if whole else 'open'}"
            says += ", flagged" if self.sitting.entry(number).get("flagged") else ""
            button = _button(says, "" if whole else "info")
            button.on_click(lambda _, number=number: self.go(number))
            buttons.append(button)
        grid = ipywidgets.Layout(grid_template_columns="repeat(auto-fill, minmax(11em, 1fr))")
        self.body.children = (ipywidgets.HTML("<h3>Review</h3>"), ipywidgets.GridBox(buttons, layout=grid))

    def ask_whether_to_submit(self) -> None:
        """Once more, with the number of open items."""
        import ipywidgets

        still = sum(not self.sitting.chosen(number) for number in range(len(self.sitting.form.slots)))
        yes, no = _button("Yes, submit", "warning"), _button("No, go on")
        yes.on_click(lambda _: self.end())
        no.on_click(lambda _: self.show())
        text = f"<p>{still} items have no answer, {self.unanswered}.</p>" if still else ""
        self.body.children = (ipywidgets.HTML(f"<h3>Submit?</h3>{text}"), ipywidgets.HBox([yes, no]))

    def end(self) -> None:
        """Submit, and show the report."""
        self.sitting.submit()
        self.show_report()

    def show_report(self) -> None:
        """The scores, and where the whole report is."""
        import ipywidgets

        from autograder.exam.command import reports
        from autograder.exam.terminal import write_report

        self.sitting.submit()
        path = write_report(self.sitting, reports())
        lessons = "course" if Path("course").is_dir() else "."
        said = report.fragment(self.sitting, lessons=lessons)
        self.box.children = (
            ipywidgets.HTML(f'<div role="status">{said}<p>The same to keep or print: {path}</p></div>'),
        )

    def _answered(self, chosen: tuple[str, ...]) -> None:
        if self._filling:
            return
        self._do(self.sitting.answer, self.at, chosen)
        item = self.sitting.form.slots[self.at].item
        if self.sitting.mode == "practice" and len(chosen) == len(item.key):
            head = "Right." if item.marked(chosen) else "Not right."
            said = words.reasons_html(item, chosen)
            self.message.value = f'<div role="status"><p><strong>{head}</strong></p>{said}</div>'

    def _say_how_sure(self, change: Any) -> None:
        if change.new != "not said":
            self._do(self.sitting.sure, self.at, change.new)

    def _striker(self, option: str, widget: Any) -> Any:
        """A switch that strikes its option out."""
        import ipywidgets

        letter = words.letter(self.sitting.form.slots[self.at].item, self._option(option))
        struck = option in self.sitting.entry(self.at).get("struck", ())
        switch = ipywidgets.ToggleButton(
            value=struck, description=f"strike {letter}", layout=ipywidgets.Layout(width="6em")
        )
        _dim(widget, on=struck)

        def change(changed: Any) -> None:
            self._do(self.sitting.strike, self.at, option, on=changed.new)
            _dim(widget, on=changed.new)

        switch.observe(change, "value")
        return switch

    def _option(self, option: str) -> Any:
        return next(each for each in self.sitting.form.slots[self.at].item.options if each.id == option)

    def _do(self, step: Any, *given: Any, **named: Any) -> None:
        """One step of the sitting; what is refused is said below the item."""
        if self._filling:
            return
        try:
            step(*given, **named)
        except Trouble as trouble:
            if self.sitting.over:
                self.show_report()
            else:
                self.message.value = f'<p role="status">{marked_up(str(trouble))}</p>'
        else:
            self.message.value = ""
            self.tell_time()

    def _wait(self) -> None:
        """Look at the clock again in a while, where the kernel has a loop for that."""
        if self.sitting.ends == float("inf") or self.sitting.over:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        loop.call_later(TICK, self._tick)

    def _tick(self) -> None:
        if self.sitting.over:
            self.show_report()
        else:
            self.tell_time()
            self._wait()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None, **_: Any) -> dict[str, Any]:
        """The room for a live notebook; on paper, the way to the terminal."""
        live = self.box._repr_mimebundle_() or {}
        form = self.sitting.form
        text = (
            f"{form.id}: {len(form.slots)} items, {form.minutes} minutes. Run this cell to sit it here, or in a "
            f"terminal: {self.sitting.again}"
        )
        return {**live, "text/plain": text, "text/html": f"<p>{marked_up(text)}</p>"}


def _button(says: str, style: str = "") -> ipywidgets.Button:
    import ipywidgets

    return ipywidgets.Button(description=says, button_style=style, tooltip=says, layout=ipywidgets.Layout(width="auto"))


def _dim(widget: Any, *, on: bool) -> None:
    (widget.add_class if on else widget.remove_class)("fargate-struck")
