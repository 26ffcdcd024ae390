"""`fargate-course release DIR`: the bundle that a cohort receives, proven free of answers, or nothing.

`fargate-course release --solutions LAB DIR` writes what the instructor hands out after the deadline,
`fargate-course release --exam EXAM DIR` what is handed out on the day of a cohort exam.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from autograder.author import lab, leaks, notebook, source, whole
from autograder.author.build import say
from autograder.author.places import MARKER, Course, course
from autograder.bank import bank
from autograder.exam import assignment, kept_forms, paper
from autograder.grade import terms
from autograder.trouble import Trouble

FILES = (
    "start.py", "requirements.lock", "environment.yml", "pyproject.toml",
    "README.md", "LICENSE", "NOTICE", "CHANGELOG.md",
)  # fmt: skip
PACKAGES = ("simcloud", "autograder")
LEFT_OUT = ("autograder/hidden", "autograder/bank/graded", "autograder/author/lab_template")
EXAMS = "exams-and-review.ipynb"
"""Shows nothing but what depends on the learner, so it has no source to be built from."""
GLOSSARY = "glossary.ipynb"
SHEETS = "course/sheets"
GENERATED = shutil.ignore_patterns("__pycache__", "*.pyc", ".ipynb_checkpoints", ".*", "*.egg-info")


def command(directory: Path) -> int:
    """Write the bundle and say what is in it."""
    here = course()
    searched = release(here, directory)
    say(f"{directory}: {', '.join(labs(here)) or 'no lab'}; searched for {searched} fragments of answers, none found")
    return 0


def release(here: Course, directory: Path) -> int:
    """Write the bundle to `directory`, all of it or nothing; the number of fragments that the proof searched for.

    An earlier bundle there is replaced in one move. Raises Trouble where the folder is something else, where a lab is
    not built, or where anything that is the instructor's was found in the bundle.
    """
    source.refuse_ids_used_twice(here)
    with whole.replaced(directory, MARKER, "bundle of this course") as bundle:
        _fill(here, bundle)
        return leaks.refuse_leaks(bundle, here)


def command_solutions(lab_id: str, directory: Path) -> int:
    """Write a lab's worked solutions and say where they are."""
    file = solutions(course(), lab_id, directory)
    say(f"{file}: the worked solutions of {lab_id}, without mark schemes or hidden checks")
    return 0


def solutions(here: Course, lab_id: str, directory: Path) -> Path:
    """Write what is handed out after the deadline to `directory`/solutions/LAB/LAB.ipynb; the file.

    Unpacked over a learner's copy of the course it is what `lab.solution` shows. It is the instructor's notebook with
    its outputs, but without the mark schemes, which a next cohort must not know. Raises Trouble where there is no such
    lab, where it is not built, or where the folder is this course's own.
    """
    if lab_id not in labs(here):
        raise Trouble(f"there is no lab {lab_id}; the labs are: {', '.join(labs(here))}")
    target = directory.absolute() / "solutions" / lab_id / f"{lab_id}.ipynb"
    if directory.resolve() == here.root.resolve():
        raise Trouble(f"{directory} is the course itself, whose solutions have the mark schemes: name another folder")
    book = lab.without_schemes(notebook.read(here.solutions / lab_id / f"{lab_id}.ipynb"))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(notebook.text(book), encoding="utf-8", newline="\n")
    return target


def command_exam(exam: str, directory: Path) -> int:
    """Write an exam's notebook and paper, and say where they are."""
    folder, searched = exam_paper(exam.upper(), directory)
    say(f"{folder}: notebook and paper of {exam.upper()}; searched for {searched} fragments of keys, none found")
    return 0


def exam_paper(exam: str, directory: Path) -> tuple[Path, int]:
    """Write what is handed out on the day of a cohort exam to `directory`/labs/exam-.../: the notebook, which has no
    item in it, and the paper, which has no key. The folder, and how many fragments were searched for.

    Raises Trouble where there is no such exam, where a form is not whole, and at anything of the instructor's.
    """
    name = assignment.PREFIX + exam.lower()
    if not assignment.is_exam(name):
        raise Trouble(f"there is no exam {exam!r}: choose one of {', '.join(bank.blueprints())}")
    forms = kept_forms.read()
    for text in kept_forms.short({exam: forms.get(exam, {})}):
        if text.startswith(exam):
            raise Trouble(f"{text}: write the items, then `fargate-course bank forms`")
    known = {one.id: one for one in bank.load(bank.GRADED)}
    entries = {
        form: [(place, known[entry.item]) for place, entry in kept_forms.placed(form, some)]
        for form, some in forms[exam].items()
    }
    more = {learner: one.extra for (learner, lab), one in terms.every(course()).items() if lab == name and one.extra}
    written = {f"{name}.ipynb": assignment.text(name), paper.FILE: paper.text(paper.made(exam, entries, more))}
    searched = leaks.refuse_keys(written, bank.GRADED)
    folder = directory.absolute() / "labs" / name
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in written.items():
        (folder / file).write_text(text, encoding="utf-8", newline="\n")
    return folder, searched


def labs(here: Course) -> list[str]:
    """The ids of the labs, in order."""
    return [path.parent.name for path in here.lab_sources()]


def _fill(here: Course, bundle: Path) -> None:
    for name in FILES:
        if (here.root / name).exists():
            shutil.copy2(here.root / name, bundle / name)
    for name in PACKAGES:
        shutil.copytree(here.root / name, bundle / name, ignore=GENERATED)
    for name in LEFT_OUT:
        shutil.rmtree(bundle / name, ignore_errors=True)
    for path in _notebooks(here):
        copy = bundle / path.relative_to(here.root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(notebook.text(notebook.read(path)), encoding="utf-8", newline="\n")
    if (here.root / SHEETS).is_dir():
        shutil.copytree(here.root / SHEETS, bundle / SHEETS, ignore=GENERATED)
    about = {"lessons": [path.stem for path in here.lesson_sources()], "labs": labs(here)}
    (bundle / MARKER).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def _notebooks(here: Course) -> Iterator[Path]:
    """What the sources were built to, the page of exams and the glossary; no notebook of somebody's own."""
    yield from (path for path in (here.lessons / EXAMS, here.lessons / GLOSSARY) if path.exists())
    yield from (here.lessons / f"{path.stem}.ipynb" for path in here.lesson_sources())
    yield from (here.labs / name / f"{name}.ipynb" for name in labs(here))
