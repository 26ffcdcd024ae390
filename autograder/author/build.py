"""`fargate-course build`: text sources to executed notebooks with equal bytes on every machine."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.author import contents, kernel, lab, lesson, notebook, outputs, source
from autograder.author.places import Course, course
from autograder.author.source import Source
from autograder.bar import Bar
from autograder.trouble import Trouble


@dataclass(frozen=True)
class Built:
    """One file that a source makes."""

    path: Path
    text: str

    def differs(self) -> str:
        """In what the stored file is not this one; '' where it is."""
        if not self.path.exists():
            return "is missing"
        stored = self.path.read_text(encoding="utf-8")
        return "" if stored == self.text else _first_difference(stored, self.text)


def command(paths: Sequence[Path], *, check: bool) -> int:
    """Build these sources (all, where none is named). With check: write nothing, return 1 where a file would change."""
    here = course()
    source.refuse_ids_used_twice(here)
    chosen = [_known(here, path) for path in paths] or here.sources()
    if not chosen:
        raise Trouble(f"{here.root} has no sources of lessons or labs: run this in the course's own checkout")
    stale = _contents(here, check=check) if not paths else 0
    with Bar("Building", len(chosen), sys.stdout) as bar:
        for path in chosen:
            for built in build(here, path):
                difference = built.differs()
                stale += bool(difference)
                bar.note(f"{here.relative(built.path)}: {difference or 'as stored'}", keep=bool(difference))
                if difference and not check:
                    _write(built)
            bar.step()
    return 1 if check and stale else 0


def _contents(here: Course, *, check: bool) -> int:
    """The table of contents, the labs and the ways on, in the files that hold them: how many are, or were, stale."""
    changed = contents.stale(here)
    for path in changed:
        say(f"{here.relative(path)}: what it says of the course differs")
        if not check:
            path.write_text(changed[path], encoding="utf-8")
    return len(changed)


def say(line: str) -> None:
    """One line of progress."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def build(here: Course, path: Path) -> list[Built]:
    """What one source makes: a lesson's notebook, or a lab's two. Nothing is written."""
    text = source.read(path)
    if path.name != "lab.py":
        return [Built(here.lessons / f"{path.stem}.ipynb", notebook.text(executed(lesson.lesson(text), text)))]
    name = lab.lab_id(text)
    instructor = executed(lab.lab(text), text)
    return [
        Built(here.solutions / name / f"{name}.ipynb", notebook.text(instructor)),
        Built(here.labs / name / f"{name}.ipynb", notebook.text(lab.released(instructor))),
    ]


def executed(book: Any, text: Source) -> Any:
    """The notebook with its outputs. Raises Trouble naming the cell that fails, with its source and its error."""
    with tempfile.TemporaryDirectory(prefix="build-") as directory:
        try:
            kernel.execute(book, Path(directory))
        except kernel.CellTimeoutError:
            raise Trouble(f"{text.path}: a cell ran longer than {kernel.TIMEOUT} seconds: make it end") from None
        except kernel.DeadKernelError:
            raise Trouble(f"{text.path}: a cell ended its kernel: run the source in JupyterLab to see which") from None
    for cell, written in zip(book.cells, text.cells, strict=True):
        _refuse_what_must_not_be_stored(cell, text.where(written))
    outputs.settle(book)
    return book


def _refuse_what_must_not_be_stored(cell: Any, where: str) -> None:
    tags = cell.metadata.get("tags", ())
    error = outputs.error_of(cell)
    if error and outputs.RAISES not in tags:
        raise CellFailed(where, cell.source, f"{error.ename}: {error.evalue}")
    if outputs.RAISES in tags and not error and cell.metadata.get("course", {}).get("role") != "check":
        raise Trouble(f"{where}: is tagged {outputs.RAISES} and raises nothing: remove the tag or mend the cell")
    if outputs.IGNORED not in tags and (names := outputs.widgets_without_twin(cell)):
        raise Trouble(
            f"{where}: shows {names[0][:60]}, a widget that is nothing when the notebook is not running: "
            f"give it a static twin, or tag the cell {outputs.IGNORED}"
        )


class CellFailed(Trouble):
    """A cell raised and is not meant to. The message has the cell's source and its error, on lines of their own."""

    def __init__(self, where: str, text: str, error: str) -> None:
        super().__init__(where)
        indented = "\n".join(f"    {line}" for line in text.split("\n"))
        self.args = (f"{where}: the cell raised {error}\n{indented}\nmend it, or tag it {outputs.RAISES}",)


def _known(here: Course, path: Path) -> Path:
    """The source that a path names: itself, or the source of the built notebook."""
    full = path.resolve()
    for known in here.sources():
        made = {known.resolve(), here.lessons.resolve() / f"{known.stem}.ipynb"}
        if known.name == "lab.py":
            name = known.resolve().parent.name
            made = {known.resolve(), known.resolve().parent, here.solutions.resolve() / name / f"{name}.ipynb"}
        if full in made:
            return known
    raise Trouble(f"{path} is no source of this course: give one of {', '.join(map(here.relative, here.sources()))}")


def _first_difference(stored: str, built: str) -> str:
    pairs = zip(stored.split("\n"), built.split("\n"), strict=False)
    line = next((number for number, (one, two) in enumerate(pairs, 1) if one != two), 0)
    return f"differs from line {line}" if line else "differs in length"


def _write(built: Built) -> None:
    built.path.parent.mkdir(parents=True, exist_ok=True)
    new = built.path.with_name(f".{built.path.name}.new")
    new.write_text(built.text, encoding="utf-8", newline="\n")
    new.replace(built.path)
