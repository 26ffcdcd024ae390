"""Follow docs/instructor.md in this course, for three learners of one lab: every command of it, in its order.

    .venv/bin/python .ci/instructor.py

For a fresh clone in a folder of its own (`.ci/rehearse` makes one): submissions, gradebook and marks are written to it,
and the bundle beside it. Exit status 1 where a command fails or does not do what the page says.
"""

from __future__ import annotations

import csv
import re
import shlex
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

COURSE = Path(__file__).resolve().parents[1]
LAB = "02-right-definition"
OWN = "18-my-own-lab"
ROSTER = """learner,name,email,id,section
ada,Ada Lind,ada@example.org,1001,A
bob,Bob Maas,bob@example.org,1002,A
dan,Dan Ode,dan@example.org,1003,B
"""
INSTRUCTORS = {
    "backup", "collect", "export", "extend", "forget", "grade", "new-lab", "override", "receipts", "regrade", "release",
    "report", "restore", "roster",
}  # fmt: skip
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


def handed_in_by_the_exchange() -> None:
    """Dan takes the lab out of nbgrader's exchange and hands it in there, from a home of his own."""
    home = COURSE.parent / "home of dan"
    home.mkdir()
    shutil.copy(COURSE / "nbgrader_config.py", home)
    here = f"--Exchange.root={COURSE / 'exchange'}"
    run(["nbgrader", "fetch_assignment", LAB, here], place=home)
    run(["nbgrader", "submit", LAB, here, "--CourseDirectory.student_id=dan"], place=home)


def run(words: list[str], *, place: Path = COURSE) -> str:
    """Run one command of the page; what it printed. It must succeed."""
    program = Path(sys.executable).parent / words[0]
    done = subprocess.run(
        [str(program) if program.exists() else words[0], *words[1:]],
        cwd=place, capture_output=True, text=True, check=False,
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


def points(learner: str) -> float:
    """In the exported marks."""
    with (COURSE / "marks.csv").open(encoding="utf-8") as rows:
        return next(float(row["score"]) for row in csv.DictReader(rows) if row["learner"] == learner)


def released(said: str) -> None:
    bundle = COURSE.parent / "ferry-class"
    must("none found" in said, "the bundle was not searched")
    must_be_there(bundle / "labs" / LAB / f"{LAB}.ipynb")
    must(not (bundle / "solutions").exists(), "the bundle has solutions")


def reported(said: str) -> None:
    must_be_there(COURSE / "report" / "report.html", r"Bob Maas \(bob\)")
    must_be_there(COURSE / "report" / "report.html", "The room lost power while it ran")


def reported_without_names(said: str) -> None:
    text = (COURSE / "report-to-share" / "report.html").read_bytes().lower()
    must(not re.search(rb"\b(ada|bob|dan)\b", text), "a name is in the report with pseudonyms")
    must(not (COURSE / "report-to-share" / "marks.csv").exists(), "names were exported beside the pseudonyms")


def exported(said: str) -> None:
    must_be_there(COURSE / "canvas.csv", "Ada Lind")
    must_be_there(COURSE / "moodle.csv", "ada@example.org")
    must(points("ada") == 20, "ada has not all points")
    must(points("bob") == 2, "regrading did not keep what bob was given")
    for learner in ("ada", "bob", "dan"):
        must_be_there(COURSE / "feedback" / learner / LAB / f"{LAB}.html")
    must_be_there(COURSE / "feedback" / "bob" / LAB / f"{LAB}.html", "lost power")


def forgotten(said: str) -> None:
    left = [path for path in (COURSE / "grading").rglob("dan") if path.is_dir()]
    must(not left and not (COURSE / "submitted" / "dan").exists(), "dan is not forgotten")


AFTER: dict[str, Callable[[str], None]] = {
    "fargate-course release ../ferry-class": released,
    "fargate-course roster roster.csv --bundle ../ferry-class": lambda _: must_be_there(
        COURSE.parent / "ferry-class" / "roster.json", '"bob"'
    ),
    "fargate-course collect inbox": lambda said: must("2 of 2 packages taken" in said, "packages were not taken"),
    f"nbgrader release_assignment {LAB}": lambda _: handed_in_by_the_exchange(),
    f"nbgrader collect {LAB}": lambda _: must_be_there(COURSE / "submitted" / "dan" / LAB / f"{LAB}.ipynb"),
    "fargate-course report --roster roster.csv": reported,
    "fargate-course report --pseudonyms --output report-to-share": reported_without_names,
    "fargate-course export generic --output marks.csv": exported,
    "fargate-course restore ../ferry-class.zip --replace": lambda said: must("are back" in said, "nothing came back"),
    "fargate-course forget dan": forgotten,
}
"""What must be so after a command."""


def main() -> None:
    """Follow the page."""
    told = commands()
    missing = INSTRUCTORS - {words[1] for words in told if words[0] == "fargate-course"}
    must(not missing, f"it does not tell of {', '.join(sorted(missing))}")
    unknown = set(AFTER) - {" ".join(words) for words in told}
    must(not unknown, f"it does not say {'; '.join(sorted(unknown))}")
    (COURSE / "roster.csv").write_text(ROSTER, encoding="utf-8")
    handed_in("ada", COURSE / "solutions" / LAB / f"{LAB}.ipynb")
    handed_in("bob", COURSE / "labs" / LAB / f"{LAB}.ipynb")
    for words in told:
        began = time.monotonic()
        said = run(words)
        AFTER.get(" ".join(words), lambda _: None)(said)
        if "-v" in sys.argv:
            sys.stdout.write(f"{time.monotonic() - began:6.1f} s  {' '.join(words)}\n")
            sys.stdout.flush()
    must_be_there(COURSE.parent / "ferry-solutions" / "solutions" / LAB / f"{LAB}.ipynb")
    must_be_there(COURSE / "labs" / OWN / f"{OWN}.ipynb")
    sys.stdout.write(f"docs/instructor.md: {len(told)} commands do what it says\n")


if __name__ == "__main__":
    main()
