"""Follow docs/instructor.md in this course, for two learners of one lab: every command of it, in its order.

    .venv/bin/python .ci/instructor.py

For a fresh clone in a folder of its own (`.ci/rehearse` makes one): submissions, gradebook and marks are written to it,
and the bundle beside it. Exit status 1 where a command fails or does not do what the page says.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path

COURSE = Path(__file__).resolve().parents[1]
LAB = "02-right-definition"
ROSTER = "learner,name,email,id,section\nada,Ada Lind,ada@example.org,1001,A\nbob,Bob Maas,bob@example.org,1002,A\n"
INSTRUCTORS = {"release", "collect", "grade", "receipts", "report", "regrade", "export"}
"""Commands that the page must tell of."""


def commands() -> list[list[str]]:
    """What the page tells an instructor to type, in order."""
    page = (COURSE / "docs" / "instructor.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```console\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    return [shlex.split(line[2:]) for block in blocks for line in block.splitlines() if line.startswith("$ ")]


def handed_in(learner: str, notebook: Path) -> None:
    """A package as `submit` makes it."""
    inbox = COURSE / "inbox"
    inbox.mkdir(exist_ok=True)
    with zipfile.ZipFile(inbox / f"{learner}--{LAB}.zip", "w") as package:
        package.writestr(f"{learner}/{LAB}/{LAB}.ipynb", notebook.read_bytes())
        package.writestr(f"{learner}/{LAB}/timestamp.txt", "2026-11-23 10:00:00 UTC")


def run(words: list[str]) -> str:
    """Run one command of the page; what it printed. It must succeed."""
    program = Path(sys.executable).parent / words[0]
    done = subprocess.run(
        [str(program) if program.exists() else words[0], *words[1:]],
        cwd=COURSE, capture_output=True, text=True, check=False,
    )  # fmt: skip
    must(done.returncode == 0, f"{' '.join(words)}\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def must(holds: object, said: str) -> None:
    """Raise SystemExit where something of the page is not so."""
    if not holds:
        raise SystemExit(f"docs/instructor.md: {said}")


def must_be_there(file: Path, pattern: str = "") -> None:
    """A file, and in it a line."""
    must(file.is_file(), f"{file} was not made")
    must(re.search(pattern, file.read_text(encoding="utf-8"), re.MULTILINE), f"{file} has no {pattern}")


def main() -> None:
    """Follow the page."""
    told = commands()
    missing = INSTRUCTORS - {words[1] for words in told if words[0] == "fargate-course"}
    must(not missing, f"it does not tell of {', '.join(sorted(missing))}")
    (COURSE / "roster.csv").write_text(ROSTER, encoding="utf-8")
    handed_in("ada", COURSE / "solutions" / LAB / f"{LAB}.ipynb")
    handed_in("bob", COURSE / "labs" / LAB / f"{LAB}.ipynb")
    said = "\n".join(map(run, told))
    must("none found" in said, "the bundle was not searched")
    must("2 of 2 packages taken" in said, "the packages were not taken")
    must_be_there(COURSE.parent / "ferry-class" / "labs" / LAB / f"{LAB}.ipynb")
    must(not (COURSE.parent / "ferry-class" / "solutions").exists(), "the bundle has solutions")
    must_be_there(COURSE.parent / "ferry-solutions" / "solutions" / LAB / f"{LAB}.ipynb")
    must_be_there(COURSE / "report" / "report.html")
    must_be_there(COURSE / "canvas.csv", "Ada Lind")
    must_be_there(COURSE / "moodle.csv", "ada@example.org")
    must_be_there(COURSE / "marks.csv", r"^ada,.*\b20(\.0)?\b")
    must_be_there(COURSE / "marks.csv", r"^bob,.*\b0(\.0)?\b")
    for learner in ("ada", "bob"):
        must_be_there(COURSE / "feedback" / learner / LAB / f"{LAB}.html")
    sys.stdout.write(f"docs/instructor.md: {len(told)} commands do what it says\n")


if __name__ == "__main__":
    main()
