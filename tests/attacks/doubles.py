"""The grader with one check switched off, in the plainest way that such a grader is written: there it is fooled."""

from __future__ import annotations

import base64
import json
import pickle
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

from autograder.author.places import course
from autograder.checks.judge import Judge
from autograder.checks.lab import load
from autograder.grade.engine import check_cell, question_cells
from autograder.grade.handed import found, notebook_in
from autograder.run import evidence, judging_child, runner
from autograder.run.budget import Budget
from autograder.run.course import release
from autograder.run.engine import Engine
from autograder.run.evidence import Evidence
from autograder.run.judging import with_marks
from autograder.run.repair import repair
from autograder.run.submission import parse
from tests.attacks import names
from tests.attacks.attack import LAB, Attack, Notebook, solved
from tests.attacks.bait import Bait, end_what_is_left
from tests.attacks.kinds.metadata import OTHER
from tests.attacks.seen import Seen

Double = Callable[[Attack, Bait, Engine], Seen]
QUICK: dict[str, Any] = {"cell_seconds": 10, "grace_seconds": 1, "total_seconds": 30}
"""Limits of a run in a control."""

EVERY_KIND = (
    "text/plain", "text/html", "text/latex", "text/markdown", "image/png", "image/svg+xml", "application/javascript",
)  # fmt: skip

UNBOUNDED: dict[str, Any] = dict.fromkeys(("line", "messages", "lines", "values", "forged"), 1 << 40) | {
    "output": 1 << 30
}


def ran(attack: Attack, bait: Bait, engine: Engine, **limits: Any) -> Seen:
    """The attack run by this engine as any submission is, and not judged: what came out of it."""
    submission = parse(f"{LAB}.ipynb", attack.content(bait))
    repaired = repair(submission, release(course(), LAB))
    return _run(attack, bait, engine, repaired.notebook, **limits)[0]


def _run(
    attack: Attack, bait: Bait, engine: Engine, book: Notebook, *, learner: str = "", **limits: Any
) -> tuple[Seen, Evidence]:
    budget = Budget(**{**QUICK, **attack.budget, **limits})
    seen, found_ = Seen(), Evidence()
    began = time.thread_time()
    try:
        found_ = engine.run(book, learner=learner or attack.id, lab=LAB, budget=budget)
    except Exception as why:
        seen.raised = f"{type(why).__name__}: {why}"[:200]
    seen.seconds = time.thread_time() - began
    seen.text = "".join(_told(cell) for cell in found_.cells)
    if not seen.raised:
        seen.raised = _unwritable(seen.text)
    seen.left = end_what_is_left(attack.id, bait)
    return seen, found_


def _unwritable(text: str) -> str:
    """Why no file could hold it; '' where one can."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as why:
        return str(why)[:200]
    return ""


def _told(cell: evidence.CellRun) -> str:
    return json.dumps(cell.outputs, ensure_ascii=False) + cell.error


def judged_inside(attack: Attack, bait: Bait, engine: Engine) -> Seen:
    """Stock nbgrader's way: the checks run in the notebook as it was handed in; a check cell without an error gives the
    points that its metadata names."""
    return by_its_own_checks(attack, bait, engine, attack.notebook(bait))


def by_its_own_checks(attack: Attack, bait: Bait, engine: Engine, book: Any) -> Seen:
    """The same of any notebook."""
    setup = next(place for place, cell in enumerate(book["cells"]) if cell["cell_type"] == "code")
    judge_here = {"cell_type": "code", "id": "judge-here", "metadata": {}, "source": "lab.DOOR.recorder = None"}
    book["cells"].insert(setup + 1, judge_here)
    for cell in book["cells"]:
        if cell["id"] == "lab03-c6" and cell["source"] != "pass":  # one test that asks by the learner's own names
            cell["source"] = (
                "service = ecs.describe_services(cluster=desk.cluster, services=[desk.service])['services'][0]\n"
                "assert service['runningCount'] >= 2"
            )
    seen, ran_ = _run(attack, bait, engine, book)
    code = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    for cell, how in zip(code, ran_.cells, strict=False):
        grading = cell["metadata"].get("nbgrader", {})
        if grading.get("grade") and how.outcome == "ok":
            seen.points += grading["points"]
    return seen


def everything_believed(attack: Attack, bait: Bait, engine: Engine) -> Seen:
    """The grader reads whatever it is sent, and takes points from it."""
    points = []

    def believing(line: bytes) -> Any:
        try:
            message = json.loads(line)
        except ValueError:
            message = pickle.loads(base64.b64decode(line))
        for place in (message, message.get("verdict", {})):
            points.append(float(place.get("points", 0)))
        return message

    with mock.patch.object(evidence, "parse", believing):
        seen = ran(attack, bait, engine)
    seen.points = sum(points)
    return seen


def nothing_bounded(attack: Attack, bait: Bait, engine: Engine) -> Seen:
    """As much as the process likes to say is listened to and kept."""
    with mock.patch.object(evidence, "WIDEST", 1 << 40):
        return ran(attack, bait, engine, **UNBOUNDED)


def no_deadline(attack: Attack, bait: Bait, engine: Engine) -> Seen:
    """Nobody comes from outside while a cell does not stop: its budget has no end that it could reach."""
    return ran(attack, bait, engine)


def nothing_survived(attack: Attack, bait: Bait, engine: Engine) -> Seen:
    """The end of the process is an exception like any other."""
    with mock.patch.object(runner, "Ended", type("Other", (Exception,), {})):
        return ran(attack, bait, engine)


def read_in_good_faith(attack: Attack, bait: Bait, _: Engine) -> Seen:
    """The file is taken for a notebook, since it should be one."""
    seen, content = Seen(), attack.content(bait)
    try:
        book = json.loads(content.decode("utf-8"))
        for cell in book["cells"]:
            "".join(cell["source"])
            cell["metadata"].get("nbgrader", {}).get("grade_id", "").removeprefix("answer-")
        json.dumps(book, allow_nan=False)
    except Exception as why:
        seen.raised = f"{type(why).__name__}: {why}"[:200]
    return seen


def in_the_world_of_the_other(attack: Attack, bait: Bait, engine: Engine) -> Seen:
    """All learners have one world. Or: whose world it was is nobody's concern."""
    submission = parse(f"{LAB}.ipynb", attack.content(bait))
    book = repair(submission, release(course(), LAB)).notebook
    seen, ran_ = _run(attack, bait, engine, book, learner=OTHER)
    lab = load(LAB)
    marks = {question.id: check_cell(question_cells(book), question.id) for question in lab.questions}
    judged = engine.judge(lab, OTHER, ran_.transcript, marks)
    seen.points = sum(verdict.points for verdict in judged.verdicts.values())
    return seen


def shown_as_it_came(attack: Attack, bait: Bait, engine: Engine) -> Seen:
    """A page puts in what it is given: outputs of every kind, text, and answers in feedback."""
    submission = parse(f"{LAB}.ipynb", attack.content(bait))
    book = repair(submission, release(course(), LAB)).notebook
    with mock.patch.object(evidence, "SHOWN", EVERY_KIND):
        seen, ran_ = _run(attack, bait, engine, book)
    parts = [text for cell in ran_.cells for output in cell.outputs for text in _texts(output)]
    parts += [cell["source"] for cell in book["cells"] if cell["cell_type"] != "code" and cell["id"].startswith("own")]
    parts += [str(text) for entry in ran_.transcript if entry["kind"] == "check" for text in entry["answers"].values()]
    seen.pages = "".join(f"<div>{part}</div>\n" for part in parts)
    return seen


def _texts(output: dict[str, Any]) -> list[str]:
    rest = [output.get(name, "") for name in ("text", "ename", "evalue")]
    return [*output.get("data", {}).values(), *output.get("traceback", []), *rest]


def all_that_holds_counts(attack: Attack, bait: Bait, engine: Engine) -> Seen:
    """A check that passes gives its points, whoever brought that about. Judged in this process."""
    submission = parse(f"{LAB}.ipynb", attack.content(bait))
    book = repair(submission, release(course(), LAB)).notebook
    seen, ran_ = _run(attack, bait, engine, book)
    lab, said = load(LAB), list[dict[str, Any]]()
    marks = {question.id: check_cell(question_cells(book), question.id) for question in lab.questions}
    with mock.patch.object(Judge, "_earned", return_value=True):
        judging_child.judge(judging_child.Built(LAB, attack.id), with_marks(ran_.transcript, marks), said.append)
    seen.points = sum(one["verdict"]["points"] for one in said)
    return seen


def links_followed(attack: Attack, bait: Bait, _: Engine) -> Seen:
    """A link is a folder, or a file, like any other."""
    seen = Seen()
    assert attack.lay is not None
    with TemporaryDirectory(dir=bait.folder.parent) as room, mock.patch.object(Path, "is_symlink", return_value=False):
        honest = Path(room) / "honest-00" / LAB
        honest.mkdir(parents=True)
        (honest / f"{LAB}.ipynb").write_text(json.dumps(solved()))
        attack.lay(Path(room), attack.id, bait)
        mine = [notebook_in(handed) for handed in found(Path(room)) if handed.learner == attack.id]
        seen.text = "".join(file.read_text() for file in mine)
    return seen


def unpacked_by_name(attack: Attack, bait: Bait, _: Engine) -> Seen:
    """Each member is written where its name says."""
    seen = Seen()
    assert attack.lay is not None
    with TemporaryDirectory(dir=bait.folder.parent) as room:
        into = Path(room) / "course" / "submitted"
        attack.lay(Path(room), attack.id, bait)
        with zipfile.ZipFile(Path(room) / f"{attack.id}.zip") as package:
            for name in package.namelist():
                (into / name).parent.mkdir(parents=True, exist_ok=True)
                (into / name).write_bytes(package.read(name))
        own = into / attack.id
        places = [*Path(room).rglob("*"), *bait.folder.rglob("slipped-*")]
        if [path for path in places if path.is_file() and path.suffix != ".zip" and own not in path.parents]:
            seen.text = f"did-{attack.id}"
    return seen


DOUBLES: dict[str, Double] = {
    names.ELSEWHERE: judged_inside,
    names.BELIEVED: everything_believed,
    names.BOUNDED: nothing_bounded,
    names.DEADLINE: no_deadline,
    names.SURVIVED: nothing_survived,
    names.REPAIRED: judged_inside,
    names.READ: read_in_good_faith,
    names.OWN_WORLD: in_the_world_of_the_other,
    names.REPORTED: in_the_world_of_the_other,
    names.HARMLESS: shown_as_it_came,
    names.EARNED: all_that_holds_counts,
    names.LINKS: links_followed,
    names.PACKED: unpacked_by_name,
}
