"""Every attack in one batch, with honest submissions before, between and after them: none comes to anything."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from autograder.author.places import course
from tests.attacks import names
from tests.attacks.attack import LAB, Attack, solved
from tests.attacks.bait import Bait, end_what_is_left
from tests.attacks.kinds import every
from tests.attacks.seen import Seen, came_to

ATTACKS = every()
BETWEEN = 12
"""Attacks from one honest submission to the next."""

FULL = 20


@dataclass
class Graded:
    """What the batch came to."""

    records: dict[str, dict[str, Any]]
    packages: dict[str, str]
    runs: dict[str, dict[str, Any]]
    """By learner, for those whose notebook ran."""
    pages: dict[str, str]
    bait: Bait
    folder: Path
    left: dict[str, list[int]]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graded]:
    bait = Bait()
    try:
        yield _graded(tmp_path_factory.mktemp("batch"), bait)
    finally:
        bait.close()


def _graded(root: Path, bait: Bait) -> Graded:
    folder = root / "submitted"
    shutil.copytree(course().labs / LAB, root / "labs" / LAB)
    _lay_out(folder, bait)
    out = root / "out.json"
    shown = [attack.id for attack in ATTACKS if attack.words]
    # no warning of nbgrader's may stop it, and its environment holds a secret
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.attacks.batch_run", str(root), str(folder), str(out), *shown],
        cwd=course().root,
        env=os.environ | {"GRADERS_SECRET": bait.secret},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(out.read_text())
    records = {record["learner"]: record for record in found["records"]}
    left = {attack.id: end_what_is_left(attack.id, bait) for attack in ATTACKS}
    return Graded(records, found["packages"], _runs(root), found["pages"], bait, folder, left)


def _lay_out(folder: Path, bait: Bait) -> None:
    """By name, which is the order they are graded in: an honest one, some attacks, an honest one, and so on."""
    for number in range(len(ATTACKS) // BETWEEN + 2):
        _hand_in(folder, f"honest-{number:02}", json.dumps(solved()).encode())
    for attack in ATTACKS:
        if attack.lay:
            attack.lay(folder.parent if names.PACKED in attack.stopped_by else folder, attack.id, bait)
        else:
            _hand_in(folder, attack.id, attack.content(bait))


def _hand_in(folder: Path, learner: str, content: bytes) -> None:
    place = folder / learner / LAB
    place.mkdir(parents=True)
    (place / f"{LAB}.ipynb").write_bytes(content)


def _runs(root: Path) -> dict[str, dict[str, Any]]:
    kept = [json.loads(gzip.decompress(file.read_bytes())) for file in (root / "grading" / "runs").rglob("*.json.gz")]
    return {run["sat"]: run for run in kept}


def seen_of(attack: Attack, graded: Graded) -> Seen:
    """What the batch shows of one attack."""
    record = graded.records.get(attack.id, {"points": 0.0, "flags": []})
    run = graded.runs.get(attack.id)
    cells = run["evidence"]["cells"] if run else []
    return Seen(
        points=record["points"],
        text="".join(json.dumps(cell["outputs"], ensure_ascii=False) + cell["error"] for cell in cells),
        pages=graded.pages.get(attack.id, ""),
        flags=[flag["what"] for flag in record["flags"]],
        left=graded.left[attack.id],
    )


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.id)
def test_an_attack_comes_to_nothing(attack: Attack, graded: Graded) -> None:
    assert came_to(attack, seen_of(attack, graded), graded.bait) == []


def test_the_honest_keep_full_marks(graded: Graded) -> None:
    honest = {name: record for name, record in graded.records.items() if name.startswith("honest")}
    assert len(honest) > 5
    assert {name: (record["points"], record["outcome"]) for name, record in honest.items()} == dict.fromkeys(
        honest, (FULL, "passed")
    )


def test_nothing_and_nobody_is_harmed(graded: Graded) -> None:
    assert graded.bait.harmed() == []
    assert graded.bait.reached == []


def test_every_submission_has_its_record(graded: Graded) -> None:
    """Only links to folders, which are not followed, and packages, which are refused by name, have none."""
    without = {attack.id for attack in ATTACKS if attack.id not in graded.records}
    assert without == {"folder-linked"} | set(graded.packages)
    assert all(graded.packages.values())


def test_no_attack_is_a_fault_of_the_grader(graded: Graded) -> None:
    assert {name: record["fault"] for name, record in graded.records.items() if record["fault"]} == {}
    unreadable = {
        name: record["flags"][0]["says"] for name, record in graded.records.items() if record["outcome"] == "skipped"
    }
    assert [says for says in unreadable.values() if "not the learner's fault" in says] == []
