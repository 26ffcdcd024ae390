"""Ten minutes of review: in a notebook by `review()`, in the terminal by `fargate-course review`."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable
from datetime import datetime
from typing import Any

from autograder.bank import bank
from autograder.exam import words
from autograder.exam.question import Asked, record
from autograder.exam.review import Due, answered, due, today
from autograder.markup import marked_up, plain

NOTHING = "Nothing is due. What you miss in lessons, labs and exams comes back here."
WIDTH = 88


def review() -> Reviewed:
    """What is due today, as question cells."""
    return Reviewed(today())


class Reviewed:
    """The questions of a day, one below the other."""

    def __init__(self, cards: list[Due]) -> None:
        import ipywidgets

        self.asked = [Asked(card.item, _keeping(card)) for card in cards]
        head = ipywidgets.HTML(f"<p>{marked_up(_head(cards))}</p>")
        self.box = ipywidgets.VBox([head, *(one.box for one in self.asked)])
        self._text = _head(cards)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None, **_: Any) -> dict[str, Any]:
        """The questions for a live notebook; on paper, how many there are."""
        live = self.box._repr_mimebundle_() or {}
        return {**live, "text/plain": self._text, "text/html": f"<p>{marked_up(self._text)}</p>"}


def _head(cards: list[Due]) -> str:
    if not cards:
        return NOTHING
    more = len(due()) - len(cards)
    return f"{len(cards)} questions are due today{f', {more} more wait' if more else ''}."


def _keeping(card: Due) -> Callable[[bool], str]:
    def keep(right: bool) -> str:
        return f"<p>{_again(card, answered(card.row, card.item.id, right=right))}</p>"

    return keep


def _again(card: Due, when: datetime) -> str:
    return f"{card.row} {bank.curriculum()[card.row]['title']}: again on {when:%d %B}."


def command(ask: Callable[[str], str] | None = None) -> int:
    """Ask what is due in the terminal; what was answered is kept when the input ends."""
    cards = today()
    _say(_head(cards))
    for card in cards:
        letters = {words.letter(card.item, option): option.id for option in card.item.options}
        _say(f"\n{textwrap.fill(f'({card.why}) {plain(card.item.stem)}', WIDTH)}")
        for option in card.item.options:
            _say(f"  {words.letter(card.item, option)}. {plain(option.text)}")
        chosen = _chosen(ask or input, letters, words.how_to_answer(card.item), len(card.item.key))
        if chosen is None:
            return 0
        right = card.item.marked(chosen)
        record(card.item, chosen, right=right)
        _say("Right." if right else "Not right.")
        for option in card.item.options:
            verdict = "right" if card.item.right(option) else "wrong"
            _say(textwrap.fill(f"{words.letter(card.item, option)} is {verdict}. {plain(option.why)}", WIDTH))
        _say(_again(card, answered(card.row, card.item.id, right=right)))
    return 0


def _chosen(ask: Callable[[str], str], letters: dict[str, str], how: str, number: int) -> tuple[str, ...] | None:
    """The answer; None where the learner leaves."""
    while True:
        try:
            typed = {letter for letter in ask(f"{how} ").upper() if letter.isalnum()}
        except (EOFError, KeyboardInterrupt):
            return None
        if typed == {"Q"}:
            return None
        if typed <= set(letters) and len(typed) == number:
            return tuple(letters[letter] for letter in sorted(typed))
        _say(f"{how} Type {', '.join(letters)}, or q to leave.")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
