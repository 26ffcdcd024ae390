"""nbgrader's own commands, with the course's configuration, give the marks that `fargate-course grade` gives."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from autograder.author.places import course
from tests.autograder.samples import sample_course as sample
from tests.rotation import on_turn

one_day = on_turn(0, 2)
"""The commands come up on one day, `nbgrader validate` on the next; test_three_ways.py puts a lab to both each day."""
another_day = on_turn(1, 2)

NBGRADER = Path(sys.executable).parent / "nbgrader"

PLACED = f"""
import sys

sys.path.insert(0, {str(sample.HERE)!r})
import sample_course
from autograder.checks import places

places.add(sample_course.PLACE)
"""
CONFIG = f"""{PLACED}
exec(compile(open({str(course().root / "nbgrader_config.py")!r}).read(), "nbgrader_config.py", "exec"))
"""


def nbgrader(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(root / "none"), "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        [str(NBGRADER), *arguments], cwd=root, env=environment, capture_output=True, text=True, timeout=400, check=False
    )


def scores(root: Path) -> dict[str, dict[str, Any]]:
    """Learner -> question -> what the gradebook says, read as any tool may read it."""
    import sqlite3

    query = """
        select submitted_assignment.student_id, base_cell.name,
               grade.auto_score, grade.manual_score, grade.needs_manual_grade
        from grade join base_cell on grade.cell_id = base_cell.id
        join submitted_notebook on grade.notebook_id = submitted_notebook.id
        join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id
    """
    found: dict[str, dict[str, Any]] = {}
    with sqlite3.connect(root / "gradebook.db") as book:
        for learner, question, *marks in book.execute(query):
            found.setdefault(learner, {})[question] = tuple(marks)
    book.close()
    return found


def fill(root: Path) -> None:
    here = sample.install(root)
    folder = root / "submitted"
    sample.hand_in(folder, "ada", sample.recorded(sample.solved(here), "ada"))
    sample.hand_in(folder, "cyd", sample.answering(here, service="import os\nos._exit(1)"))
    sample.hand_in(folder, "jan", "{not json")
    noisy = "import boto3, warnings\nwarnings.warn('!')\ncount = len(boto3.client('s3').list_buckets()['Buckets'])"
    sample.hand_in(folder, "nat", sample.answering(here, count=noisy), name=f"{sample.LAB} (1).ipynb")
    duplicated = sample.answering(here, service="...")
    duplicated["cells"] += [sample.cell(duplicated, "s91-count-check") | {"id": "copy"}]
    sample.hand_in(folder, "zoe", duplicated)


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course whose submissions nbgrader's own commands graded."""
    root = tmp_path_factory.mktemp("theirs")
    fill(root)
    (root / "nbgrader_config.py").write_text(CONFIG)
    graded = nbgrader(root, "autograde", sample.LAB)  # nobody has pressed Generate
    assert "error processing assignment '91-first-service' for student 'jan'" in graded.stderr
    assert nbgrader(root, "generate_assignment", sample.LAB, "--force").returncode == 0
    feedback = nbgrader(root, "generate_feedback", sample.LAB)
    assert feedback.returncode == 0, feedback.stderr
    return root


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same submissions, graded by the course's command."""
    root = tmp_path_factory.mktemp("ours")
    fill(root)
    command = [sys.executable, str(sample.HERE / "grade_run.py"), str(root), str(root / "submitted"), "30"]
    subprocess.run(command, capture_output=True, timeout=400, check=True)
    return root


@one_day
def test_autograde_gives_the_marks_of_the_course(theirs: Path) -> None:
    found = scores(theirs)
    points = {learner: {name: marks[0] for name, marks in questions.items()} for learner, questions in found.items()}
    full = {"count-them": 2.0, "make-cluster": 3.0, "run-service": 5.0, "why-two": None}
    assert points["ada"] == full
    assert points["nat"] == full
    assert points["cyd"] == full | {"run-service": 0.0}
    assert points["zoe"] == full | {"run-service": 0.0}


FORMGRADER = f"""
import json
from nbgrader.apps import NbGrader
from nbgrader.apps.api import NbGraderAPI

app = NbGrader()
app.initialize([])
print(json.dumps(NbGraderAPI(app.coursedir, app.authenticator, parent=app).autograde({sample.LAB!r}, "zoe")["success"]))
"""


@one_day
def test_the_formgraders_button_gives_the_same_marks(theirs: Path) -> None:
    before = scores(theirs)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FORMGRADER],
        cwd=theirs,
        env={**os.environ, "JUPYTER_CONFIG_DIR": str(theirs / "none"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=200,
        check=True,
    )
    assert done.stdout == "true\n"
    assert scores(theirs) == before


@one_day
def test_both_ways_write_the_same_gradebook(theirs: Path, ours: Path) -> None:
    by_nbgrader = {learner: marks for learner, marks in scores(theirs).items() if learner != "jan"}
    assert by_nbgrader == scores(ours)


@one_day
def test_both_ways_write_the_same_notebook(theirs: Path, ours: Path) -> None:
    for learner in ("ada", "cyd"):
        one, two = (
            json.loads((root / "autograded" / learner / sample.LAB / f"{sample.LAB}.ipynb").read_text())
            for root in (theirs, ours)
        )
        assert [cell.get("outputs") for cell in one["cells"]] == [cell.get("outputs") for cell in two["cells"]]
        assert [cell["source"] for cell in one["cells"]] == [cell["source"] for cell in two["cells"]]


@one_day
def test_a_written_answer_waits_for_a_person_who_sees_its_mark_scheme(theirs: Path) -> None:
    assert scores(theirs)["ada"]["why-two"] == (None, None, 1)
    book = (theirs / "autograded" / "ada" / sample.LAB / f"{sample.LAB}.ipynb").read_text()
    assert "MARK-SCHEME-SECRET" in book


@one_day
def test_generated_feedback_is_ours_and_keeps_every_secret(theirs: Path) -> None:
    page = (theirs / "feedback" / "cyd" / sample.LAB / f"{sample.LAB}.html").read_text()
    assert "5 of 12 points" in page  # those that a person gives count in what can be reached
    assert "ended the process that runs the notebook" in page
    for file in (theirs / "feedback").rglob("*.html"):
        assert "SECRET" not in file.read_text()


@one_day
def test_the_release_holds_no_solution_and_not_its_files(theirs: Path) -> None:
    released = theirs / "labs" / sample.LAB
    assert sorted(file.name for file in released.iterdir()) == [f"{sample.LAB}.ipynb"]
    text = (released / f"{sample.LAB}.ipynb").read_text()
    assert "create_cluster" not in text
    assert "MARK-SCHEME-SECRET" not in text
    assert json.loads(text)["cells"][4]["source"] == ['ecs = boto3.client("ecs")\n', "..."]


@pytest.fixture(scope="module")
def validated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What `nbgrader validate`, which the Validate button calls, says of an untouched, a wrong and a right notebook."""
    root = tmp_path_factory.mktemp("validate")
    here = sample.install(root)
    startup = root / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "labs.py").write_text(PLACED)
    books = {
        "untouched": sample.released(here),
        "wrong": sample.answering(here, count="import boto3\ncount = 99"),
        "right": sample.solved(here),
    }
    for name, book in books.items():
        (root / f"{name}.ipynb").write_text(json.dumps(book))
    with ThreadPoolExecutor() as pool:  # most of the time goes by in waiting for kernels to start and end
        said = pool.map(lambda name: _validate(root, name), books)
        return dict(zip(books, said, strict=True))


def _validate(root: Path, name: str) -> str:
    own = {"IPYTHONDIR": str(root / "ipython"), "FARGATE_COURSE_STATE": str(root / "state.json")}
    done = subprocess.run(
        [str(NBGRADER), "validate", f"{name}.ipynb"],
        cwd=root,
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    return done.stdout


@another_day
def test_validating_the_untouched_lab_says_not_attempted(validated: dict[str, str]) -> None:
    assert "VALIDATION FAILED ON 3 CELL(S)" in validated["untouched"]
    assert "Make the cluster: not attempted." in validated["untouched"]
    assert "Traceback" not in validated["untouched"]


@another_day
def test_validating_a_wrong_answer_shows_our_words(validated: dict[str, str]) -> None:
    assert "VALIDATION FAILED ON 1 CELL(S)" in validated["wrong"]
    assert "Not yet: `count` is the number of buckets in the account." in validated["wrong"]
    assert "got:      99" in validated["wrong"]


@another_day
def test_validating_the_right_notebook_succeeds(validated: dict[str, str]) -> None:
    assert validated["right"] == "Success! Your notebook passes all the tests.\n"
