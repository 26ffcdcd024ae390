"""Attacks in one batch, with honest submissions before, between and after them: none comes to anything.

Of every kind a third comes up each day; all of them with --long.
"""

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
from tests.attacks.kinds import by_kind
from tests.attacks.seen import Seen, came_to
from tests.rotation import parameters

DAYS = 3
"""Every attack comes up once in so many days, and some of every kind on each."""
ATTACKS = [one for _, attacks in by_kind() for one in parameters(attacks, -(-len(attacks) // DAYS))]
BETWEEN = 6
"""Attacks from one honest submission to the next."""
HONEST = "honest"
"""How the names of the honest end."""

FULL = 20


@dataclass
class Graded:
    """What the batch came to."""

    attacks: list[Attack]
    records: dict[str, dict[str, Any]]
    packages: dict[str, str]
    runs: dict[str, dict[str, Any]]
    """By learner, for those whose notebook ran."""
    pages: dict[str, str]
    bait: Bait
    folder: Path
    left: dict[str, list[int]]


@pytest.fixture(scope="module")
def graded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graded]:
    """Those attacks whose tests run."""
    given = [getattr(item, "callspec", None) for item in request.session.items if item.path == request.path]
    bait = Bait()
    try:
        yield _graded(tmp_path_factory.mktemp("batch"), [one.params["attack"] for one in given if one], bait)
    finally:
        bait.close()


def _graded(root: Path, attacks: list[Attack], bait: Bait) -> Graded:
    folder = root / "submitted"
    shutil.copytree(course().labs / LAB, root / "labs" / LAB)
    _lay_out(folder, attacks, bait)
    out = root / "out.json"
    shown = [attack.id for attack in attacks if attack.words]
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
    left = {attack.id: end_what_is_left(attack.id, bait) for attack in attacks}
    return Graded(attacks, records, found["packages"], _runs(root), found["pages"], bait, folder, left)


def _lay_out(folder: Path, attacks: list[Attack], bait: Bait) -> None:
    """By name, which is the order they are graded in: an honest one, some attacks, an honest one, and so on."""
    after = sorted(attack.id for attack in attacks)[::BETWEEN]
    for learner in ("a", *after):
        _hand_in(folder, f"{learner}-{HONEST}", json.dumps(solved()).encode())
    for attack in attacks:
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
    honest = {name: record for name, record in graded.records.items() if name.endswith(HONEST)}
    assert len(honest) > len(graded.attacks) / BETWEEN
    assert {name: (record["points"], record["outcome"]) for name, record in honest.items()} == dict.fromkeys(
        honest, (FULL, "passed")
    )


def test_nothing_and_nobody_is_harmed(graded: Graded) -> None:
    assert graded.bait.harmed() == []
    assert graded.bait.reached == []


def test_every_submission_has_its_record(graded: Graded) -> None:
    """Only links to folders, which are not followed, and packages, which are refused by name, have none."""
    without = {attack.id for attack in graded.attacks if attack.id not in graded.records}
    assert without == {attack.id for attack in graded.attacks if attack.id == "folder-linked"} | set(graded.packages)
    assert all(graded.packages.values())


def test_no_attack_is_a_fault_of_the_grader(graded: Graded) -> None:
    assert {name: record["fault"] for name, record in graded.records.items() if record["fault"]} == {}
    unreadable = {
        name: record["flags"][0]["says"] for name, record in graded.records.items() if record["outcome"] == "skipped"
    }
    assert [says for says in unreadable.values() if "not the learner's fault" in says] == []
