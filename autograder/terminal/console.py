"""The prompt of `fargate-course lab LAB --console`: see the world, write answers in your editor, run checks.

It works on the notebook that JupyterLab would open, in a kernel such as JupyterLab would start: what passes here passes
there, and what is graded is the same file. Commands may come from a pipe; then the exit status is 1 where one failed.
"""

from __future__ import annotations

import cmd
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TextIO

from autograder import progress
from autograder.checks.lab import Lab, load
from autograder.grade.submit import find, hand_in
from autograder.terminal.book import Book, Cell
from autograder.terminal.kernel import Kernel
from autograder.trouble import Trouble
from simcloud.views import console as views

PAGES = {page.lower(): page for page in views.PAGES}
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
INSIDE = '__import__("autograder.terminal.inside", fromlist=["inside"])'


def command(lab_id: str, *, console: bool) -> int:
    """`fargate-course lab`: how far a lab is, or its console."""
    from autograder.author.places import course

    lab = load(lab_id)
    file = find(lab_id, course()).absolute()
    if not console:
        sys.stdout.write(f"{overview(lab)}\n\nIn JupyterLab: {file}\nHere: fargate-course lab {lab_id} --console\n")
        return 0
    prompt = Console(lab, Book(file))
    try:
        prompt.cmdloop()
    except KeyboardInterrupt:
        sys.stdout.write("\n")
    finally:
        prompt.do_quit("")
    return 1 if prompt.failed and not sys.stdin.isatty() else 0


def overview(lab: Lab) -> str:
    """The lab's questions and how far each is."""
    lines = [f"{lab.id}: {lab.title}"]
    for question in lab.questions:
        kept = progress.question(lab.id, question.id)
        reached = "passed" if kept.get("passed") else kept.get("outcome", "not begun")
        lines.append(f"  {question.id:24} {question.points:g} points   {reached}")
    return "\n".join(lines)


def duration(text: str) -> float:
    """Seconds of `30`, `30s`, `5m`, `2h`, `1d`. Raises Trouble for anything else."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([smhd]?)", text.strip())
    if not found:
        raise Trouble(f"{text!r} is no time: say 30s, 5m, 2h or 1d")
    return float(found[1]) * UNITS[found[2] or "s"]


class Console(cmd.Cmd):
    """The commands. Each `do_` is one; its docstring is what `help` prints."""

    prompt = "> "
    doc_header = "Commands (help COMMAND tells more):"

    def __init__(self, lab: Lab, book: Book, out: TextIO | None = None) -> None:
        super().__init__(stdout=out or sys.stdout)
        self.lab, self.book, self.failed = lab, book, False
        self.ran: dict[str, str] = {}
        """Cell id -> its text when it was run in this kernel."""
        self._kernel: Kernel | None = None
        self.intro = f"{overview(lab)}\n\n`check QUESTION` runs what it needs; `help` lists all commands."
        if not sys.stdin.isatty():
            self.prompt, self.use_rawinput = "", False

    @property
    def kernel(self) -> Kernel:
        if self._kernel is None:
            self._kernel = Kernel(self.book.file.parent, self._say)
        return self._kernel

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    # --- the lab

    def do_questions(self, line: str) -> None:
        """questions: what is asked, and how far you are."""
        self._say(overview(self.lab) + "\n")

    def do_read(self, line: str) -> None:
        """read [QUESTION]: the text of a question and your answer as it stands; without one, the lab's first page."""
        cells = self.book.asked(self._question(line)) if line else self._first_page()
        self._say("\n\n".join(_shown(cell) for cell in cells) + "\n")

    def do_edit(self, line: str) -> None:
        """edit QUESTION: your answer in the editor that the variable EDITOR names; it is saved in the notebook."""
        for cell in self._answers(line):
            self.book.write(cell.id, edited(cell.source))

    def do_run(self, line: str) -> None:
        """run [QUESTION]: the cells up to this question's check that are new or were changed; without one, all."""
        cells = self.book.up_to_check(self._question(line) if line else "")
        self._run([cell for cell in cells if cell.role != "check"])

    def do_check(self, line: str) -> None:
        """check QUESTION: run what is new or was changed, then the check. All questions: check all."""
        for question in self.book.questions() if line == "all" else [self._question(line)]:
            *before, last = self.book.up_to_check(question)
            if not self._run(before) or not self.kernel.run(last.source):
                self.failed = True

    def do_hint(self, line: str) -> None:
        """hint QUESTION: the next hint. Progress keeps that it was shown, as in the notebook."""
        if self._begun():
            self.kernel.run(
                f"__import__('autograder.lab', fromlist=['lab']).hint({self._question(line)!r})", quiet=True
            )

    def do_reset(self, line: str) -> None:
        """reset: a fresh kernel and a fresh world. What you wrote stays; `check` runs it again."""
        if self._kernel is not None:
            self._kernel.close()
        self._kernel, self.ran = None, {}
        self._say("A fresh world: the next check, or `run`, begins it.\n")

    def do_submit(self, line: str) -> None:
        """submit: hand the notebook in, as `fargate-course submit` does."""
        self._say(f"{hand_in(self.lab.id, notebook=self.book.file).says}\n")

    # --- the world

    def do_world(self, line: str) -> None:
        """world: the services and the tasks. Also alone: services, tasks, timelines, topology, events, story,
        logs, metrics, alarms, bill, clusters."""
        self._show("services", "tasks")

    def do_ahead(self, line: str) -> None:
        """ahead TIME [PAGE]: what a page (tasks, if none is said) will be after 30s, 5m or 2h, if you do nothing.

        A copy of the world is moved. Your own clock moves only by what stands in your answer, since that is what is
        graded."""
        time, _, page = line.partition(" ")
        self._show(page.strip() or "tasks", seconds=duration(time))

    def default(self, line: str) -> None:
        """A page of the world, or no command."""
        if line in PAGES:
            self._show(line)
        else:
            raise Trouble(f"there is no command {line.split()[0]!r}: `help` lists them")

    def do_quit(self, line: str) -> bool:
        """quit: end. The notebook is saved already; the world is built again from it the next time."""
        if self._kernel is not None:
            self._kernel.close()
            self._kernel = None
        return True

    # --- how

    def onecmd(self, line: str) -> bool:
        """One command; what is in its way is told in a line, and the next one is asked for."""
        if line == "EOF":
            return self.do_quit("")
        try:
            return bool(super().onecmd(line))
        except Trouble as trouble:
            self._say(f"{trouble}\n")
            self.failed = True
            return False

    def emptyline(self) -> bool:
        """Nothing; not the last command again."""
        return False

    def completenames(self, text: str, *ignored: object) -> list[str]:
        """Commands and pages that begin so."""
        return [*super().completenames(text, *ignored), *(page for page in PAGES if page.startswith(text))]

    def completedefault(self, text: str, *ignored: object) -> list[str]:
        """Questions that begin so."""
        return [question for question in self.book.questions() if question.startswith(text)]

    def _show(self, *pages: str, seconds: float = 0) -> None:
        unknown = [page for page in pages if page not in PAGES]
        if unknown:
            raise Trouble(f"there is no page {unknown[0]!r}; there are: {', '.join(PAGES)}")
        names = ", ".join(repr(PAGES[page]) for page in pages)
        if self._begun():
            asked = f"ahead({seconds!r}, {names})" if seconds else f"show({names})"
            self.kernel.run(f"{INSIDE}.{asked}", quiet=True)

    def _begun(self) -> bool:
        """Begin the lab, where that has not been done: run the cells before the first answer."""
        cells: list[Cell] = []
        for cell in self.book.cells():
            if cell.role == "answer":
                break
            if cell.role == "setup":
                cells.append(cell)
        return self._run(cells)

    def _run(self, cells: list[Cell]) -> bool:
        """Run those whose text has not been run in this kernel, in order, until one fails."""
        for cell in cells:
            if self.ran.get(cell.id) == cell.source:
                continue
            if not self.kernel.run(cell.source):
                self._say(f"Stopped at {_name(cell)}.\n")
                self.failed = True
                return False
            self.ran[cell.id] = cell.source
        return True

    def _question(self, line: str) -> str:
        known = self.book.questions()
        if line not in known:
            raise Trouble(f"name a question: {', '.join(known)}")
        return line

    def _answers(self, line: str) -> list[Cell]:
        return [cell for cell in self.book.asked(self._question(line)) if cell.role == "answer"]

    def _first_page(self) -> list[Cell]:
        first = self.book.questions()[0]
        asked = {cell.id for cell in self.book.asked(first)}
        return [cell for cell in self.book.cells() if cell.id in asked and cell.role == "text"]


def _shown(cell: Cell) -> str:
    return cell.source if cell.role == "text" else f"--- {_name(cell)}\n{cell.source}\n---"


def _name(cell: Cell) -> str:
    return f"your answer to {cell.question}" if cell.role == "answer" else f"the cell {cell.id}"


def edited(text: str) -> str:
    """The text as it is after its editor was closed. Raises Trouble where no editor is named or it fails."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise Trouble("no editor is named: set EDITOR, to vim say, or write in the notebook and save it")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "answer.py"
        file.write_text(text + "\n", encoding="utf-8")
        try:
            ended = subprocess.run([*shlex.split(editor), str(file)], check=False).returncode
        except OSError as error:
            raise Trouble(f"the editor {editor} does not start: {error.strerror}") from None
        if ended:
            raise Trouble(f"the editor {editor} ended with status {ended}: nothing was changed")
        return file.read_text(encoding="utf-8").rstrip("\n")
