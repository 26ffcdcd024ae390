"""`fargate-course new-lab NN-name`: a lab of one's own from a template: its text, answers, checks and hidden checks.

What it writes is a whole lab that builds, is graded and passes the tests of every lab. An author changes it step by
step, and knows at each step what broke.
"""

from __future__ import annotations

import re
from pathlib import Path

from autograder.author import build
from autograder.author.places import MARKER, Course, course
from autograder.checks.lab import module_name
from autograder.trouble import Trouble

TEMPLATE = Path(__file__).parent / "lab_template"
NAME = re.compile(r"(\d\d)-[a-z0-9]+(-[a-z0-9]+)*")
LONGEST = 40
"""Characters of a lab's name: it is part of ids of cells, which have 64."""
TITLE = re.compile(r"[^\"\\\x00-\x1f]{1,60}")


def command(name: str, title: str) -> int:
    """Write the lab, build it, and say what to do next."""
    here = course()
    for file in new_lab(here, name, title):
        build.say(f"{here.relative(file)}: written")
    build.say(
        "Change them, then:\n"
        f"  fargate-course build solutions/{name}/lab.py\n"
        f"  python3 start.py test tests/labs/test_labs.py -k {name}\n"
        "and at last `fargate-course build`, which names it in the lists of labs."
    )
    return 0


def new_lab(here: Course, name: str, title: str = "") -> list[Path]:
    """Write the lab's files, notebooks included; their paths. Raises Trouble, with nothing written."""
    files = texts(here, name, title or name[3:].replace("-", " ").capitalize())
    made: list[Path] = []
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            made.append(path)
            path.write_text(text, encoding="utf-8", newline="\n")
        for built in build.build(here, here.solutions / name / "lab.py"):
            made.append(built.path)
            built.path.parent.mkdir(parents=True, exist_ok=True)
            built.path.write_text(built.text, encoding="utf-8", newline="\n")
    except BaseException:
        _take_back(made)
        raise
    return made


def texts(here: Course, name: str, title: str) -> dict[Path, str]:
    """What is written where. Raises Trouble for a name that cannot be one, or that is taken."""
    if not TEMPLATE.is_dir() or (here.root / MARKER).exists():
        raise Trouble("this is a learner's copy of the course: labs are written in the instructor's")
    if len(name) > LONGEST or NAME.fullmatch(name) is None:
        raise Trouble(f"{name!r} is no name of a lab: write two digits and plain words, such as 18-my-own-lab")
    if TITLE.fullmatch(title) is None:
        raise Trouble("a title is one line of up to 60 characters without quotation marks or backslashes")
    taken = sorted(path.name for path in here.solutions.glob(f"{name[:2]}-*"))
    if taken:
        raise Trouble(f"the number {name[:2]} is taken by {taken[0]}: choose another")
    module = module_name(name)
    checks = here.root / "autograder"
    places = {
        here.solutions / name / "lab.py": "lab",
        here.solutions / name / "answers.py": "answers",
        checks / "checks" / "labs" / f"{module}.py": "checks",
        checks / "hidden" / f"{module}.py": "hidden",
    }
    words = {"@NN@": name[:2], "@NAME@": name, "@TITLE@": title, "@MODULE@": module}
    return {path: _filled(TEMPLATE / f"{kind}.txt", words) for path, kind in places.items()}


def _filled(file: Path, words: dict[str, str]) -> str:
    text = file.read_text(encoding="utf-8")
    for mark, word in words.items():
        text = text.replace(mark, word)
    return text


def _take_back(made: list[Path]) -> None:
    """Delete what was written, and the folders that were made for it."""
    for path in made:
        path.unlink(missing_ok=True)
    for folder in {path.parent for path in made}:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
