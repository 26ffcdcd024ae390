"""How fast submissions are graded, beside stock `nbgrader autograde`. Not a test: run it on a quiet machine.

    .venv/bin/python tests/bench/bench_grading.py [--sizes 20,100] [--jobs 1,2] [--rounds 3] [--lab 03-private-pull]

A round grades one cohort in turn by stock nbgrader (one process: it has no other way) and by `fargate-course grade`
with each number of workers; every cache is cold: fresh course, gradebook and store, fresh processes. The stock side is
the same lab with its hidden checks inlined as nbgrader's hidden tests (autograder/author/stock.py). Submissions are
honest and all different: right and wrong answers from the lab's answers.py, in turn. Marks must agree, or nothing is
printed. Ratios are taken inside a round; a pure loop is timed around each side, to see how busy the machine was.
"""

from __future__ import annotations

import argparse
import copy
import importlib.util
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.author import lab as made
from autograder.author import notebook, source
from autograder.author.lab import BEGIN_SOLUTION, CODE_STUB, END_SOLUTION, cut
from autograder.author.places import course
from autograder.author.stock import stock
from autograder.checks.lab import load

CONFIG = """c = get_config()
c.CourseDirectory.course_id = "stock"
c.CourseDirectory.root = {root!r}
c.ClearSolutions.code_stub = {{"python": "..."}}
"""


@dataclass
class Timed:
    """What grading one cohort came to."""

    seconds: float
    marks: dict[str, float]
    control: float
    """Seconds that a pure loop took before and after: how busy the machine was."""
    cpu: float = 0.0
    """CPU seconds of all its processes."""
    steps: dict[str, float] = field(default_factory=dict)
    """CPU seconds a submission, by step."""


def main() -> None:
    given = argparse.ArgumentParser()
    given.add_argument("--sizes", default="20")
    given.add_argument("--jobs", default="1,2")
    given.add_argument("--rounds", type=int, default=1)
    given.add_argument("--lab", default="03-private-pull")
    args = given.parse_args()
    for size in map(int, args.sizes.split(",")):
        rounds = [_round(args.lab, size, list(map(int, args.jobs.split(",")))) for _ in range(args.rounds)]
        _show(size, rounds)


def _round(lab: str, size: int, jobs: list[int]) -> dict[str, Timed]:
    cohort = submissions(lab, size)
    found = {"stock": by_stock(lab, cohort)}
    for number in jobs:
        ours = found[f"{number} workers"] = by_us(lab, cohort, number)
        wrong = {who: (mark, ours.marks.get(who)) for who, mark in found["stock"].marks.items()}
        wrong = {who: pair for who, pair in wrong.items() if pair[0] != pair[1]}
        if wrong or len(ours.marks) != size:
            sys.exit(f"marks differ (stock, ours): {wrong or len(ours.marks)}")
    return found


def submissions(lab: str, size: int) -> dict[str, dict[str, Any]]:
    """By learner, the released notebook with answers. Each names its learner, so that all worlds differ."""
    text = source.read(course().solutions / lab / "lab.py")
    instructor = made.lab(text)
    answers = _answers(lab)
    found = {}
    for number in range(size):
        book = copy.deepcopy(made.released(instructor))
        learner = f"learner-{number:04}"
        book.cells.insert(0, notebook.v4.new_code_cell(_SAYS_WHO.format(learner=learner), id="who"))
        wrong = _wrong(answers, number)
        for cell, theirs in zip(book.cells[1:], instructor.cells, strict=True):
            name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
            if name.startswith("answer-"):
                question = name.removeprefix("answer-")
                stub = cut(theirs.source, BEGIN_SOLUTION, END_SOLUTION, CODE_STUB)
                chosen = wrong.get(question)
                cell.source = (chosen.text(theirs.source, stub) if chosen else theirs.source) + f"\n# {learner}"
        found[learner] = json.loads(notebook.text(book))
    return found


_SAYS_WHO = 'import os\n\nos.environ["JUPYTERHUB_USER"] = "{learner}"'


def _answers(lab: str) -> dict[str, Any]:
    spec = importlib.util.spec_from_file_location("answers", course().solutions / lab / "answers.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return dict(module.ANSWERS)


def _wrong(answers: dict[str, Any], number: int) -> dict[str, Any]:
    """Half of the learners answer all rightly; the others answer one question by another answer of answers.py."""
    if number % 2 == 0:
        return {}
    pairs = [(question, answer) for question, ones in answers.items() for answer in ones]
    question, answer = pairs[(number // 2) % len(pairs)]
    return {question: answer}


def by_stock(lab: str, cohort: dict[str, dict[str, Any]]) -> Timed:
    """Stock nbgrader's own command, with its own configuration."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "nbgrader_config.py").write_text(CONFIG.format(root=folder))
        instructor = stock(made.lab(source.read(course().solutions / lab / "lab.py")), load(lab))
        (root / "source" / lab).mkdir(parents=True)
        (root / "source" / lab / f"{lab}.ipynb").write_text(notebook.text(instructor))
        _nbgrader(root, "generate_assignment", lab, "--create")
        _hand_in(root / "submitted", lab, cohort)
        before, used, began = _control(), _cpu(), time.perf_counter()
        _nbgrader(root, "autograde", lab)
        seconds, used = time.perf_counter() - began, _cpu() - used
        return Timed(seconds, _scores(f"sqlite:///{root}/gradebook.db", lab), (before + _control()) / 2, used)


def _nbgrader(root: Path, *command: str) -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "PYTHONWARNINGS": "ignore", "JUPYTER_CONFIG_DIR": str(root)}
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *command], cwd=root, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(f"nbgrader {command[0]}: {done.stderr[-2000:]}")


def by_us(lab: str, cohort: dict[str, dict[str, Any]], jobs: int) -> Timed:
    """The grade command, in a process of its own, its start included."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        instructor = made.lab(source.read(course().solutions / lab / "lab.py"))
        for place, book in (("solutions", instructor), ("labs", made.released(instructor))):
            (root / place / lab).mkdir(parents=True)
            (root / place / lab / f"{lab}.ipynb").write_text(notebook.text(book))
        _hand_in(root / "submitted", lab, cohort)
        before, used, began = _control(), _cpu(), time.perf_counter()
        code = _GRADE.format(root=folder, jobs=jobs)
        done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True)
        seconds, used = time.perf_counter() - began, _cpu() - used
        if done.returncode:
            sys.exit(f"grade: {done.stderr[-3000:]}")
        said = json.loads(done.stdout)
        marks = _scores(f"sqlite:///{root}/gradebook.db", lab)
        return Timed(seconds, marks, (before + _control()) / 2, used, said)


_GRADE = """
import json, os, resource, sys
from pathlib import Path
from autograder.author.places import Course
from autograder.grade.command import grade_folder

root = Path({root!r})
records = grade_folder(Course(root), root / "submitted", jobs={jobs})
own, children = (resource.getrusage(one) for one in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
spent = [record.get("spent", {{}}) for record in records]
of = lambda step, name: sum(one.get(step, {{}}).get(name, 0) for one in spent)
json.dump({{
    "run": of("run", "cpu_seconds") / len(records),
    "judge": of("judge", "cpu_seconds") / len(records),
    "coordinator": (own.ru_utime + own.ru_stime) / len(records),
    "peak_mib": max([one.get(s, {{}}).get("peak_bytes", 0) for one in spent for s in one] or [0]) / 2**20,
}}, sys.stdout)
"""


def _hand_in(folder: Path, lab: str, cohort: dict[str, dict[str, Any]]) -> None:
    for learner, book in cohort.items():
        (folder / learner / lab).mkdir(parents=True)
        (folder / learner / lab / f"{lab}.ipynb").write_text(json.dumps(book))


def _scores(url: str, lab: str) -> dict[str, float]:
    from autograder.grade.gradebook import scores

    return scores(url, lab)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _control() -> float:
    began, total = time.perf_counter(), 0
    for number in range(2_000_000):
        total += number * number % 7
    return time.perf_counter() - began


def _show(size: int, rounds: list[dict[str, Timed]]) -> None:
    print(f"{size} submissions, {len(rounds)} rounds")
    for name in rounds[0]:
        each = [one[name].seconds / size for one in rounds]
        ratios = [one["stock"].seconds / one[name].seconds for one in rounds]
        busy = ", ".join(f"{one[name].control:.2f}" for one in rounds)
        cpu = statistics.median(one[name].cpu for one in rounds) / size
        steps = rounds[-1][name].steps
        spent = "".join(f", {step} {value * 1000:.0f}" for step, value in steps.items() if step != "peak_mib")
        peak = f"; peak {steps['peak_mib']:.0f} MiB a fork" if steps else ""
        print(
            f"  {name:10} {statistics.median(each) * 1000:7.0f} ms a submission, {statistics.median(ratios):5.1f} "
            f"times stock ({min(ratios):.1f} to {max(ratios):.1f}); control {busy} s; "
            f"{cpu * 1000:.0f} ms CPU a submission{spent}{peak}"
        )


if __name__ == "__main__":
    main()
