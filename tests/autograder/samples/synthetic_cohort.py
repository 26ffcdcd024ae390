"""A graded cohort that nobody sat: store, attempts and gradebook in their real formats, with made-up verdicts.

    python tests/autograder/samples/synthetic_cohort.py ROOT LEARNERS [LAB...]

Without a lab: the sample course, each learner written as grading writes them, feedback included. With labs of the
course: the transcript of each lab's own solution, once, for all learners (the runs are links to one file), traits and
records of each learner's own, and a gradebook in which one learner's rows stand for all.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import uuid
import warnings
from contextlib import closing
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[2]), str(HERE)]
warnings.simplefilter("ignore")

import autograder.quick  # noqa: E402, F401  (it decides what nbformat imports)

# isort: split
import sample_course as sample  # noqa: E402
from synthetic_store import SyntheticStore  # noqa: E402

from autograder.author.places import Course, course  # noqa: E402
from autograder.checks.lab import load  # noqa: E402
from autograder.exam import assignment  # noqa: E402
from autograder.grade import exams  # noqa: E402
from autograder.grade.autograded import with_verdicts  # noqa: E402
from autograder.grade.fingerprint import digest  # noqa: E402
from autograder.grade.honesty import traits  # noqa: E402
from autograder.grade.honesty.cohort import given  # noqa: E402
from autograder.grade.nodes import node  # noqa: E402
from autograder.grade.run import Run, run_of  # noqa: E402
from autograder.grade.writer import Writer  # noqa: E402
from autograder.run.course import release  # noqa: E402
from autograder.run.evidence import Evidence  # noqa: E402


class Synthetic(SyntheticStore):
    """One cohort in the making, exams included."""

    def sat_exam(self, name: str, learner: str, skill: float) -> tuple[Run, dict[str, Any]]:
        """An exam with answers, judged by the keys."""
        form = assignment.form_of(learner, name)
        sat = exams._Judging(name, {"begun": 0.0, "answers": {}, "form": form, "submitted": 3000.0}, learner, 0)
        answers = {}
        for place in sat.mine:
            item = sat.item(place)
            right = self.random.random() < skill
            wrong = [option.id for option in item.options if option.id not in item.key] or list(reversed(item.key))
            answers[place] = {"answer": list(item.key) if right else [self.random.choice(wrong)], "seconds": 60.0}
        notebook = assignment.notebook(name)
        kept = {"form": form, "begun": 0.0, "submitted": 3000.0, "learner": learner, "answers": answers}
        notebook["metadata"][assignment.KEPT] = kept
        run = Run(name, learner, notebook, [], Evidence())
        return run, exams.judged(run, learner=learner)


def small(root: Path, number: int) -> None:
    """The sample course with a few learners, each written whole."""
    here = sample.install(root) if not (root / "labs").exists() else Course(root)
    sample.places.add(sample.PLACE)
    made = Synthetic(here)
    writer = Writer(here)
    for one in range(number):
        learner = f"learner-{one:03}"
        run = made.run(sample.LAB, learner, f"{learner}-cluster-{one}77")
        record = made.record(sample.LAB, learner, 0.2 + 0.7 * (one % 3 == 0))
        for question in record["questions"]:
            for check in question["checks"]:
                check["got"] = check["got"] and f"a service of {learner.upper()} & <script>alert(1)</script>"
        key = made.keep(learner, sample.LAB, run, record, versions=1 + one % 2)
        traits.kept(made.store, key, given(here, sample.LAB), run)
        sample.hand_in(root / "submitted", learner, sample.released(here))
        writer.save(record, run)
    writer.close()


def large(root: Path, number: int, labs: list[str]) -> None:
    """The course's own labs, and many learners."""
    from tests.labs.desk import Desk

    for name in ("solutions", "labs"):
        (root / name).symlink_to(course().root / name)
    here = Course(root)
    made, writer = Synthetic(here), Writer(here)
    learners = [f"learner-{one:04}" for one in range(number)]
    skills = {learner: made.random.betavariate(5, 2) for learner in learners}
    for lab in labs:
        if assignment.is_exam(lab):
            for learner in learners:
                run, record = made.sat_exam(lab, learner, skills[learner])
                made.keep(learner, lab, run.as_json(), {**record, "late_penalty": 0.0})
            writer.book.save(record, node(with_verdicts(run.notebook, run.evidence, record)))
        else:
            desk = Desk(lab, "base")
            desk.solve(*[question.id for question in load(lab).questions])
            run = Run(lab, "base", release(here, lab), [], Evidence(transcript=list(desk.cloud.transcript)))
            desk.cloud.close()
            many(made, run, learners, skills, writer)
        sys.stdout.write(f"{lab}\n")
        sys.stdout.flush()
    writer.close()
    clone(root / "gradebook.db", learners, made.random)


def many(made: Synthetic, run: Run, learners: list[str], skills: dict[str, float], writer: Writer) -> None:
    """One lab of everybody."""
    lab = run.lab
    made.store.keep_run("base" + lab, run.as_json())
    file, told = made.store._file("runs", "base" + lab), given(made.here, lab)
    base = traits.traits(run_of(run.as_json()), told).as_json()
    for learner in learners:
        record = made.record(lab, learner, skills[learner])
        key = made.keep(learner, lab, file, record, versions=made.random.choice([1, 1, 1, 2, 3]))
        own = [
            ["choice", "ecs:TagResource", "tags.value", f"{learner}-{n}-{made.random.randrange(9999)}"]
            for n in range(6)
        ]
        mine = {**base, "sat": learner, "run": key, "features": base["features"] + own}
        mine["strange"] = base["strange"] + [f"{learner}-{n}" for n in range(5)]
        made.store.keep_traits(digest("traits", key, traits._given(told), traits._code()), mine)
    writer.book.save(record, node(with_verdicts(run.notebook, run.evidence, record)))
    file.unlink()


def clone(book: Path, learners: list[str], chance: random.Random) -> None:
    """The last learner's rows for all the others, with other points."""
    with closing(sqlite3.connect(book)) as there, there:
        base = there.execute("select student_id from submitted_assignment limit 1").fetchone()[0]
        for learner in learners:
            if learner != base:
                copy(there, "student", "id", base, {"id": learner})
                clone_one(there, base, learner, chance)


def clone_one(there: Any, base: str, learner: str, chance: random.Random) -> None:
    for (handed,) in there.execute("select id from submitted_assignment where student_id = ?", [base]).fetchall():
        fresh = copy(
            there,
            "submitted_assignment",
            "id",
            handed,
            {"id": uuid.UUID(int=chance.getrandbits(128)).hex, "student_id": learner},
        )
        for (notebook,) in there.execute(
            "select id from submitted_notebook where assignment_id = ?", [handed]
        ).fetchall():
            names = {"id": uuid.UUID(int=chance.getrandbits(128)).hex, "assignment_id": fresh}
            other = copy(there, "submitted_notebook", "id", notebook, names)
            for grade, auto in there.execute(
                "select id, auto_score from grade where notebook_id = ?", [notebook]
            ).fetchall():
                score = auto and round(auto * chance.choice([0, 0.5, 1, 1, 1]), 2)
                copy(
                    there,
                    "grade",
                    "id",
                    grade,
                    {"id": uuid.UUID(int=chance.getrandbits(128)).hex, "notebook_id": other, "auto_score": score},
                )


def copy(there: Any, table: str, key: str, value: str, changed: dict[str, Any]) -> str:
    """One row again, with other values."""
    found = there.execute(f"select * from {table} where {key} = ?", [value])
    row = dict(zip([column[0] for column in found.description], found.fetchone(), strict=True)) | changed
    marks = ", ".join("?" for _ in row)
    there.execute(f"insert into {table} ({', '.join(row)}) values ({marks})", list(row.values()))
    return str(row["id"])


if __name__ == "__main__":
    place, learners_ = Path(sys.argv[1]), int(sys.argv[2])
    large(place, learners_, sys.argv[3:]) if sys.argv[3:] else small(place, learners_)
