"""An item as text and as HTML without scripts: what a stored notebook shows, and what is said after an answer."""

from __future__ import annotations

from html import escape

from autograder.bank.item import Item, Option
from autograder.markup import marked_up, plain

COUNT = {2: "two", 3: "three", 4: "four"}


def letter(one: Item, option: Option) -> str:
    """A, B, C ... by place."""
    return "ABCDEFGH"[one.options.index(option)]


def how_to_answer(one: Item) -> str:
    number = len(one.key)
    return "Choose one answer." if number == 1 else f"Choose {COUNT.get(number, number)} answers."


def static_text(one: Item) -> str:
    """The item as plain text, the answer and every reason at the end."""
    options = [f"  {letter(one, option)}. {plain(option.text)}" for option in one.options]
    reasons = [
        f"  {letter(one, option)} is {'right' if one.right(option) else 'wrong'}. {plain(option.why)}"
        for option in one.options
    ]
    asked = [plain(one.stem), *options, how_to_answer(one)]
    worked = [f"  {plain(one.explanation)}"] if one.explanation else []
    return "\n".join([*asked, "", "Answer and reasons:", *reasons, *worked, f"  Source: {one.source}"])


def static_html(one: Item) -> str:
    """The item as HTML that an untrusted notebook shows too: no script, no style, the answer folded away."""
    # The letters stand in the text: an untrusted notebook drops a list's `type` and would count 1, 2, 3.
    options = "<br>".join(f"<strong>{letter(one, option)}.</strong> {marked_up(option.text)}" for option in one.options)
    return (
        f"<p>{marked_up(one.stem)}</p><p>{options}</p><p><em>{how_to_answer(one)}</em></p>"
        f"<details><summary>Answer and reasons</summary>{reasons_html(one)}</details>"
    )


def reasons_html(one: Item, answer: tuple[str, ...] = ()) -> str:
    """For every option why it is right or wrong, and where that is documented. `answer`: what the learner chose."""
    rows = "".join(_reason_html(one, option, chosen=option.id in answer) for option in one.options)
    worked = f"<p>{marked_up(one.explanation)}</p>" if one.explanation else ""
    return f"<ul>{rows}</ul>{worked}<p>Source: {link(one.source)}, read on {one.verified.isoformat()}.</p>"


def link(address: str) -> str:
    return f'<a href="{escape(address)}" target="_blank" rel="noopener">{escape(address)}</a>'


def _reason_html(one: Item, option: Option, *, chosen: bool) -> str:
    verdict = "right" if one.right(option) else "wrong"
    yours = " (your answer)" if chosen else ""
    elsewhere = option.breaks.startswith("https://") and option.breaks != one.source
    where = f" See {link(option.breaks)}." if elsewhere else ""
    return f"<li><strong>{letter(one, option)} is {verdict}{yours}.</strong> {marked_up(option.why)}{where}</li>"
