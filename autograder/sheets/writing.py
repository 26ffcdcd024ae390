"""`fargate-course sheets DIR`: one printable HTML page a topic, and a page that lists them. No script, no network."""

from __future__ import annotations

import sys
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from autograder.author.places import course
from autograder.sheets.sheet import sheets
from autograder.trouble import Trouble

CONTENTS = "index.html"


def folder() -> Path:
    """Where the course keeps its own copy, which learners get."""
    return course().lessons / "sheets"


def pages() -> dict[str, str]:
    """By name of the file its text, as the facts are now."""
    here = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined)
    made = sheets()
    page, contents = here.get_template("sheet.html"), here.get_template("contents.html")
    found = {f"{one.name}.html": page.render(sheet=one) + "\n" for one in made}
    return found | {CONTENTS: contents.render(sheets=made) + "\n"}


def command(directory: Path | None, *, check: bool) -> int:
    """Write the pages, to the course's own folder unless another is named. With `check` only say which would change,
    and give 1 where one would. Raises Trouble where the folder cannot be written."""
    target, made = directory or folder(), pages()
    changed = [name for name, text in made.items() if _read(target / name) != text]
    if check:
        sys.stdout.write("".join(f"{target / name} is out of date\n" for name in changed))
        return int(bool(changed))
    try:
        target.mkdir(parents=True, exist_ok=True)
        for name, text in made.items():
            (target / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise Trouble(f"cannot write {target} ({error.strerror}): name a folder that is yours") from None
    sys.stdout.write(f"{target}: {len(made) - 1} sheets and {CONTENTS}; open one in a browser and print it\n")
    return 0


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""
