"""A folder of submissions of every kind, graded in one run: each gets its own marks, and none stops another."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.autograder.samples import sample_course as sample

FORGER = """
import gc, io, json
forged = [
    {"event": "verdict", "verdict": {"id": "run-service", "points": 5}},
    {"event": "entry", "entry": {"kind": "call", "service": "ecs", "op": "CreateService", "region": "us-east-1",
     "key": "x", "params": {"serviceName": "web", "cluster": "\\ud800"}, "t": 0, "response": {}}},
    {"event": "entry", "entry": {"kind": "call", "service": "lambda", "op": "Invoke", "region": "us-east-1", "key": "x",
     "params": {}, "t": 0}},
    {"event": "entry", "entry": {"kind": "call", "service": "ecs", "op": "__class__", "region": "mars", "key": "x",
     "params": {"a": {"$z": 1}}, "t": 0}},
    {"event": "entry", "entry": {"kind": "advance", "seconds": 1e308}},
    {"event": "entry", "entry": {"kind": "check", "question": "run-service", "answers": {"count": [1] * 9999}}},
    {"event": "entry", "entry": {"kind": "begin", "lab": "other", "learner": "bob", "seed": 1}},
]
for thing in gc.get_objects():
    if isinstance(thing, io.BufferedWriter) and thing.mode == "wb":
        for entry in forged:
            thing.write(json.dumps(entry).encode() + b"\\n")
        thing.write(b"[" * 5000 + b"\\n" + b'{"event": "entry", "entry": {"kind": "advance", "seconds": NaN}}\\n')
        thing.flush()
"""

TAMPER = """
import autograder.checks.judge as judge, autograder.lab as lab
judge.Judge.question = lambda *a, **k: None
lab.check = lambda *a, **k: print("passed")
get_ipython().input_transformers_cleanup.append(lambda lines: ["pass\\n"])
import warnings
warnings.warn("looks bad")
"""


@dataclass(frozen=True)
class Batch:
    """The folder, and what grading it gave."""

    root: Path
    records: dict[str, dict[str, Any]]
    scores: dict[str, float]
    progress: str

    def points(self, learner: str) -> dict[str, float]:
        return {question["id"]: question["points"] for question in self.records[learner]["questions"]}

    def outcomes(self, learner: str) -> dict[str, str]:
        return {question["id"]: question["outcome"] for question in self.records[learner]["questions"]}

    def reason(self, learner: str, question: str) -> str:
        return str(next(one["reason"] for one in self.records[learner]["questions"] if one["id"] == question))

    def flags(self, learner: str) -> set[str]:
        return {flag["what"] for flag in self.records[learner]["flags"]}


def submissions(here: Any) -> dict[str, Any]:
    """Learner -> notebook (or text) to hand in."""
    wrong_way = "ecs = boto3.client('ecs')\necs.create_cluster(clusterName='another')"
    books = {
        "ada": sample.recorded(sample.solved(here), "ada"),
        "bob": sample.released(here),
        "cyd": sample.answering(here, count="import boto3\ncount = 99", cluster=wrong_way),
        "dan": sample.answering(here, service="import os\nos._exit(1)"),
        "eve": sample.answering(here, cluster="ecs = boto3.client('ecs')\nwhile True:\n    pass"),
        "fay": sample.solved(here),
        "gil": sample.recorded(sample.solved(here), "ada"),
        "hal": sample.answering(here, service=FORGER),
        "ivy": sample.answering(here, service=TAMPER),
        "jan": "{not json",
        "kim": {"cells": [{"cell_type": "code", "source": "print(1)", "metadata": {}, "id": "x"}]},
        "lea": {"cells": [{"cell_type": "code", "source": "lab.begin('77-other')", "metadata": {}, "id": "x"}]},
        "mia": sample.answering(here, cluster=f"import warnings\nwarnings.warn('!')\n{RIGHT_CLUSTER}"),
    }
    check = sample.cell(books["fay"], "s91-count-check")
    books["fay"]["cells"] += [check | {"id": "copy"}]
    books["fay"]["cells"].remove(sample.cell(books["fay"], "s91-cluster-check"))
    return books


RIGHT_CLUSTER = "ecs = boto3.client('ecs')\necs.create_cluster(clusterName=desk.cluster)"


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    root = tmp_path_factory.mktemp("course")
    here = sample.install(root)
    folder = root / "submitted"
    for learner, book in submissions(here).items():
        sample.hand_in(folder, learner, book)
    sample.hand_in(folder, "nat", sample.solved(here), name=f"{sample.LAB} (1).ipynb")
    (folder / "oda" / sample.LAB).mkdir(parents=True)
    (folder / "quy").mkdir()
    sample.hand_in(folder, "ro sa", sample.solved(here))
    (folder / "pia").symlink_to(folder / "ada")
    done = subprocess.run(
        [sys.executable, str(sample.HERE / "grade_run.py"), str(root), str(folder), "4"],
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    return Batch(root, {one["learner"]: one for one in found["records"]}, found["scores"], done.stderr)


ALL = {"count-them": 2, "make-cluster": 3, "run-service": 5}


@pytest.mark.parametrize("learner", ["ada", "mia", "nat", "fay", "gil"])
def test_right_work_gets_every_point(batch: Batch, learner: str) -> None:
    assert batch.points(learner) == ALL
    assert batch.records[learner]["outcome"] == "passed"


def test_an_honest_replay_differs_in_nothing(batch: Batch) -> None:
    assert batch.flags("ada") == batch.flags("mia") == batch.flags("nat") == set()


def test_an_untouched_notebook_is_not_attempted(batch: Batch) -> None:
    assert set(batch.outcomes("bob").values()) == {"not attempted"}
    assert batch.records["bob"]["points"] == 0
    assert batch.flags("bob") == set()


def test_wrong_work_is_told_what_was_expected_and_what_came(batch: Batch) -> None:
    count, cluster, _ = batch.records["cyd"]["questions"]
    assert (count["outcome"], count["checks"][0]["got"]) == ("failed", "99")
    assert (cluster["outcome"], cluster["checks"][0]["got"]) == ("failed", "none")


def test_what_was_done_before_a_crash_counts(batch: Batch) -> None:
    assert batch.points("dan") == ALL | {"run-service": 0}
    assert batch.outcomes("dan")["run-service"] == "crashed"
    assert batch.reason("dan", "run-service").startswith("The cell `s91-service-answer` ended the process")


def test_an_endless_loop_costs_its_own_question_alone(batch: Batch) -> None:
    assert batch.outcomes("eve") == {"count-them": "passed", "make-cluster": "timed out", "run-service": "failed"}
    assert "did not end in its time" in batch.reason("eve", "make-cluster")


def test_deleted_and_duplicated_cells_are_repaired_and_told(batch: Batch) -> None:
    assert batch.flags("fay") == {"restored", "duplicate"}


def test_a_notebook_of_another_learners_world_is_judged_there_and_told(batch: Batch) -> None:
    assert batch.flags("gil") == {"variant of another learner"}


def test_forged_messages_give_nothing_and_cost_nobody_anything(batch: Batch) -> None:
    assert batch.points("hal")["run-service"] == 0
    assert {"forged", "left out"} <= batch.flags("hal")


def test_tampering_with_the_door_and_the_judge_gives_nothing(batch: Batch) -> None:
    assert batch.points("ivy") == ALL | {"run-service": 0}


@pytest.mark.parametrize(
    ("learner", "says"),
    [
        ("jan", "is not JSON, so no notebook"),
        ("kim", "is not a lab of this course"),
        ("lea", "is of lab 77-other, not of 91-first-service"),
        ("oda", "holds no notebook: ask oda to submit again"),
        ("quy", "holds no folder of a lab: put the notebook into quy/LAB/"),
        ("ro sa", "'ro sa' cannot be a learner's id: rename the folder"),
    ],
)
def test_what_cannot_be_graded_is_one_line_and_leaves_nothing_behind(batch: Batch, learner: str, says: str) -> None:
    record = batch.records[learner]
    assert (record["outcome"], record["points"]) == ("skipped", 0)
    assert says in record["flags"][0]["says"]
    assert [line for line in batch.progress.splitlines() if f"] {learner}" in line and says in line]
    assert not (batch.root / "autograded" / learner).exists()
    assert learner not in batch.scores


def test_links_are_not_followed(batch: Batch) -> None:
    assert "pia" not in batch.records


def test_the_gradebook_has_the_points_of_the_records(batch: Batch) -> None:
    graded = {name: record["points"] for name, record in batch.records.items() if record["outcome"] != "skipped"}
    assert batch.scores == graded


def test_the_run_shows_how_far_it_is(batch: Batch) -> None:
    lines = [line for line in batch.progress.splitlines() if line.startswith("[")]
    whole = len(batch.records)
    assert [line.split("]")[0] for line in lines] == [f"[{number}/{whole}" for number in range(1, whole + 1)]


def test_feedback_says_what_came_and_never_shows_a_check_or_a_mark_scheme(batch: Batch) -> None:
    pages = {page.parts[-3]: page.read_text() for page in batch.root.glob("feedback/*/*/*.html")}
    assert set(pages) == set(batch.scores)
    assert "got:</em> 99" in pages["cyd"]
    assert "hint:</em> count what list_buckets gives" in pages["cyd"]
    for page in pages.values():
        assert "SECRET" not in page
        assert "<script" not in page
        assert "No other cluster was left behind." in page


def test_the_autograded_notebook_has_the_learners_outputs_and_our_points(batch: Batch) -> None:
    book = json.loads((batch.root / "autograded" / "ada" / sample.LAB / f"{sample.LAB}.ipynb").read_text())
    begun = sample.cell(book, "s91-begin")["outputs"]
    assert "Lab 91-first-service" in "".join(begun[0]["data"]["text/plain"])
    check = sample.cell(book, "s91-service-check")["outputs"]
    assert check[-1]["data"] == {"text/plain": ["5.0"]}


def test_hidden_checks_leave_no_source_in_what_is_written(batch: Batch) -> None:
    for file in [*batch.root.glob("autograded/*/*/*"), *batch.root.glob("feedback/*/*/*")]:
        assert "SECRET-OF" not in file.read_text()


def test_records_are_json_with_the_layers_that_were_active(batch: Batch) -> None:
    record = batch.records["ada"]
    named = {"learner", "lab", "points", "max_points", "outcome", "questions", "flags", "layers", "missing", "fault"}
    assert set(record) == named | {"spent", "counted", "late_penalty"}
    assert record["counted"]["why"] == "the only one"
    assert record["max_points"] == 10
    assert record["layers"]
