"""Every lab of the course: the command, nbgrader's own and formgrader's button give the same marks."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from autograder.author.places import Course, course
from autograder.grade.policy import Policy, keep_policy
from tests.autograder.grade.test_cohort import marks, run
from tests.rotation import parameters

LABS = sorted(folder.name for folder in course().labs.iterdir() if (folder / f"{folder.name}.ipynb").exists())
EARLY = "2026-11-30 12:00:00 UTC"
BUTTON = """
import json, sys
from nbgrader.apps import NbGrader
from nbgrader.apps.api import NbGraderAPI

app = NbGrader()
app.initialize([])
api = NbGraderAPI(app.coursedir, app.authenticator, parent=app)
print(json.dumps([api.autograde(sys.argv[1], learner)["success"] for learner in sys.argv[2:]]))
"""


def fill(root: Path, lab: str) -> None:
    """The lab with two submissions: everything solved, and the first half of the questions."""
    for name in ("solutions", "labs"):
        shutil.copytree(course().root / name / lab, root / name / lab)
    shutil.copy(course().root / "nbgrader_config.py", root)
    solved = json.loads((root / "solutions" / lab / f"{lab}.ipynb").read_text())
    answers = {cell["id"]: cell["source"] for cell in solved["cells"] if is_answer(cell)}
    for learner, number in (("ada", len(answers)), ("bob", len(answers) // 2)):
        book = json.loads((root / "labs" / lab / f"{lab}.ipynb").read_text())
        given = dict(list(answers.items())[:number])
        for cell in book["cells"]:
            cell["source"] = given.get(cell["id"], cell["source"])
        file = root / "submitted" / learner / lab / f"{lab}.ipynb"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps(book))
        (file.parent / "timestamp.txt").write_text("2026-12-02 00:00:01 UTC" if learner == "bob" else EARLY)
    keep_policy(Course(root), [lab], lambda _: Policy("last", "2026-12-01T00:00Z", late=10))


def is_answer(cell: dict[str, Any]) -> bool:
    return bool(cell["metadata"].get("nbgrader", {}).get("solution")) and cell["cell_type"] == "code"


def by(root: Path, *command: str) -> str:
    """A program of nbgrader's, in the course's folder."""
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(root / "none"), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *command],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def late(given: list[tuple[Any, ...]]) -> float:
    """Two days begun, at a tenth each, of what bob has."""
    return 0.2 * float(sum(row[2] or 0 for row in given if row[0] == "bob"))


@pytest.fixture(scope="module")
def both(lab: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The course as nbgrader's own commands leave it: with the lab released, and with all of it graded."""
    released, theirs = (tmp_path_factory.mktemp(lab) / name for name in ("released", "theirs"))
    nbgrader = str(Path(sys.executable).parent / "nbgrader")
    fill(released, lab)
    by(released, nbgrader, "generate_assignment", lab, "--force")
    shutil.copytree(released, theirs)
    by(theirs, nbgrader, "autograde", lab)
    return released, theirs


each_lab_in_its_turn = pytest.mark.parametrize("lab", parameters(LABS, 1), scope="module")


@each_lab_in_its_turn
def test_three_ways_to_the_same_marks(lab: str, both: tuple[Path, Path], tmp_path: Path) -> None:
    ours, button = tmp_path / "ours", both[0]
    fill(ours, lab)
    run(ours, "grade", str(ours / "submitted"))
    assert json.loads(by(button, "-c", BUTTON, lab, "ada", "bob").splitlines()[-1]) == [True, True]
    given = marks(ours)
    assert marks(both[1]) == given
    assert marks(button) == given
    assert {row[0]: row[6] for row in given} == {"ada": None, "bob": pytest.approx(late(given))}
    ada, bob = (sum(row[2] or 0 for row in given if row[0] == learner) for learner in ("ada", "bob"))
    assert ada > bob
    judged = json.loads((ours / "feedback" / "ada" / lab / f"{lab}.json").read_text())
    assert ada == judged["points"] == judged["max_points"]


@each_lab_in_its_turn
def test_what_nbgrader_graded_is_regraded_without_a_run(lab: str, both: tuple[Path, Path]) -> None:
    theirs = both[1]
    before = marks(theirs)
    shutil.rmtree(theirs / "submitted")
    assert "2 submissions judged again without running a notebook; 0 marks change." in run(theirs, "regrade").stderr
    assert marks(theirs) == before
