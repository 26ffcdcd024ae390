"""The exam room in the terminal: one item at a time, answered by letters; every step is kept at once."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

from autograder.exam import report, words
from autograder.exam.sitting import CONFIDENCES, Sitting
from autograder.markup import plain
from autograder.trouble import Trouble

WIDTH = 88
HELP = """\
  a, or a c     answer by letter(s); - takes the answer back
  n, p, 12      next item, the one before, item 12
  f             flag, or take the flag away
  s b           strike option b out, or take that back
  ! 1 .. 3      how sure: 1 guessing, 2 fairly sure, 3 certain
  r             review: what is answered and flagged
  submit        the end; asks once
  q             leave; what to type to go on is said then"""


class Room:
    """`ask` gives a line of the candidate's and raises EOFError at the end; `say` shows one."""

    def __init__(self, sitting: Sitting, ask: Callable[[str], str], say: Callable[[str], None]) -> None:
        self.sitting, self.ask, self.say = sitting, ask, say
        self.at = next((n for n in range(len(sitting.form.slots)) if not sitting.chosen(n)), 0)
        self.leaving = False

    def enter(self) -> bool:
        """Until the candidate leaves or the time is up. Was the form submitted?"""
        self.say(f"{self.sitting.form.id}: {len(self.sitting.form.slots)} items. Type ? for what you can do.")
        self.show()
        while not self.sitting.over and not self.leaving:
            try:
                line = self.ask(self.prompt()).strip().lower()
            except (EOFError, KeyboardInterrupt):
                break
            try:
                self.do(line)
            except Trouble as trouble:
                self.say(str(trouble))
        if self.sitting.over:
            self.sitting.submit()
            return True
        self.say(f"Kept. Go on with: {self.sitting.again}")
        return False

    def prompt(self) -> str:
        """Item, time left."""
        left = self.sitting.left
        clock = (
            "" if left == float("inf") else f" {int(left // 3600)}:{int(left // 60) % 60:02}:{int(left) % 60:02} left"
        )
        return f"[{self.at + 1} of {len(self.sitting.form.slots)}{clock}] "

    def do(self, line: str) -> None:
        """One line. Raises Trouble for what cannot be done."""
        word, _, rest = line.partition(" ")
        places = {"": self.at, "n": self.at + 1, "p": self.at - 1}
        if word in places or word.isdecimal():
            self.go(places.get(word, int(word) - 1 if word.isdecimal() else 0))
        elif word == "?":
            self.say(HELP)
        elif word == "f":
            self.sitting.flag(self.at, on=not self.sitting.entry(self.at).get("flagged", False))
            self.show()
        elif word == "s":
            option = self.ids(rest)
            for each in option:
                self.sitting.strike(self.at, each, on=each not in self.sitting.entry(self.at).get("struck", ()))
            self.show()
        elif word == "!":
            if rest not in ("1", "2", "3"):
                raise Trouble("how sure: ! 1, ! 2 or ! 3")
            self.sitting.sure(self.at, CONFIDENCES[int(rest) - 1])
        elif word == "r":
            self.review()
        elif word == "submit":
            self.submit()
        elif word == "q":
            self.leaving = True
        else:
            self.answer(line)

    def go(self, number: int) -> None:
        if not 0 <= number < len(self.sitting.form.slots):
            raise Trouble(f"there are items 1 to {len(self.sitting.form.slots)}")
        self.at = number
        self.show()

    def ids(self, letters: str) -> tuple[str, ...]:
        """The ids of the options with these letters on the screen. Raises Trouble for a letter that is not there."""
        options = self.sitting.form.slots[self.at].item.options
        wanted = [letter for letter in letters.upper() if letter.isalnum()]
        there = {"ABCDEFGH"[place]: option.id for place, option in enumerate(options)}
        if not wanted or not set(wanted) <= set(there):
            raise Trouble(f"type {', '.join(there).lower()}, or ? for what else there is")
        return tuple(there[letter] for letter in wanted)

    def answer(self, letters: str) -> None:
        chosen = () if letters == "-" else self.ids(letters)
        self.sitting.answer(self.at, chosen)
        item = self.sitting.form.slots[self.at].item
        if self.sitting.mode == "practice" and len(chosen) == len(item.key):
            self.explain()
        elif self.at + 1 < len(self.sitting.form.slots) and len(chosen) == len(item.key):
            self.go(self.at + 1)
        else:
            self.show()

    def explain(self) -> None:
        """Why each option is right or wrong, in practice."""
        item = self.sitting.form.slots[self.at].item
        self.say("Right." if item.marked(self.sitting.chosen(self.at)) else "Not right.")
        for option in item.options:
            verdict = "right" if item.right(option) else "wrong"
            self.say(_wrapped(f"{words.letter(item, option)} is {verdict}. {plain(option.why)}", "  "))

    def show(self) -> None:
        """The item on the screen."""
        item, entry = self.sitting.look_at(self.at).item, self.sitting.entry(self.at)
        self.say("")
        flag = " (flagged)" if entry.get("flagged") else ""
        self.say(_wrapped(f"{self.at + 1}.{flag} {plain(item.stem)}", ""))
        for option in item.options:
            mark = (
                "*"
                if option.id in self.sitting.chosen(self.at)
                else "x"
                if option.id in entry.get("struck", ())
                else " "
            )
            self.say(_wrapped(f"{mark} {words.letter(item, option)}. {plain(option.text)}", "  "))
        self.say(words.how_to_answer(item))

    def review(self) -> None:
        """All items at a glance."""
        for line in self.marks():
            self.say(line)

    def marks(self) -> Iterator[str]:
        """Numbers of the items that are not whole, and of those that are flagged."""
        slots = range(len(self.sitting.form.slots))
        whole = [n for n in slots if len(self.sitting.chosen(n)) == len(self.sitting.form.slots[n].item.key)]
        open_ones = [str(n + 1) for n in slots if n not in whole]
        flagged = [str(n + 1) for n in slots if self.sitting.entry(n).get("flagged")]
        yield f"{len(whole)} of {len(slots)} answered."
        yield from [f"not answered: {' '.join(open_ones)}"] if open_ones else []
        yield from [f"flagged: {' '.join(flagged)}"] if flagged else []

    def submit(self) -> None:
        self.review()
        if self.ask("Submit now? yes or no: ").strip().lower() in ("yes", "y"):
            self.sitting.submit()


def _wrapped(text: str, indent: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent=indent, subsequent_indent=indent + "     ")


def write_report(sitting: Sitting, folder: Path) -> Path:
    """The report's page in the folder; its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{sitting.form.id}.html"
    path.write_text(report.page(sitting, lessons="../course"), encoding="utf-8")
    return path
