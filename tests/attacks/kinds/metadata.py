"""The notebook's own data: ids, points, flags, cells that are added, removed or written otherwise."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING

from tests.attacks.attack import LAB, Attack, Notebook, answer, checks, find
from tests.attacks.names import OWN_WORLD, READ, REPAIRED, REPORTED

if TYPE_CHECKING:
    from tests.attacks.bait import Bait

RECORD = "application/vnd.fargate-course.lab+json"
OTHER = "ben"
"""Whose work is copied."""


def points_raised(book: Notebook, _: Bait) -> Notebook:
    for cell in checks(book):
        cell["metadata"]["nbgrader"]["points"] = 1000
    checks(book)[0]["source"] = "pass"
    return book


def checks_emptied(book: Notebook, _: Bait) -> Notebook:
    for cell in checks(book):
        cell["source"] = "pass"
    return book


def checks_made_answers(book: Notebook, _: Bait) -> Notebook:
    for cell in checks(book):
        cell["metadata"]["nbgrader"] |= {"solution": True, "locked": False}
        cell["source"] = "pass"
    return book


def checks_removed(book: Notebook, _: Bait) -> Notebook:
    """All but one, which asks nothing and gives all points."""
    kept = checks(book)[0]
    book["cells"] = [cell for cell in book["cells"] if cell not in checks(book)[1:]]
    kept["metadata"]["nbgrader"]["points"] = 20
    kept["source"] = "1"
    return book


def checks_doubled(book: Notebook, _: Bait) -> Notebook:
    """A second cell of each id, which asks nothing, behind and before."""
    for cell in checks(book):
        twin = copy.deepcopy(cell) | {"source": "pass"}
        place = book["cells"].index(cell)
        book["cells"][place + 1 : place + 1] = [twin, copy.deepcopy(twin)]
        book["cells"].insert(0, copy.deepcopy(twin))
    return book


def ids_swapped(book: Notebook, _: Bait) -> Notebook:
    """The checks get the ids of answers, and the answers theirs."""
    for cell in checks(book):
        name = cell["metadata"]["nbgrader"]["grade_id"]
        twin = next(
            one for one in book["cells"] if one["metadata"].get("nbgrader", {}).get("grade_id") == f"answer-{name}"
        )
        cell["id"], twin["id"] = twin["id"], cell["id"]
        twin["metadata"]["nbgrader"], cell["metadata"]["nbgrader"] = (
            cell["metadata"]["nbgrader"],
            twin["metadata"]["nbgrader"],
        )
        twin["source"] = "pass"
    return book


def kinds_changed(book: Notebook, _: Bait) -> Notebook:
    """Checks become text, and text becomes checks that ask nothing."""
    for cell in checks(book):
        grading = copy.deepcopy(cell["metadata"]["nbgrader"])
        cell["cell_type"] = "raw"
        twin = {
            "cell_type": "code",
            "id": cell["id"],
            "source": "pass",
            "outputs": [],
            "metadata": {"nbgrader": grading},
        }
        book["cells"].append(twin)
    return book


def setup_rewritten(book: Notebook, _: Bait) -> Notebook:
    """The locked first cell opens another world, and its checks are gone."""
    setup = next(cell for cell in book["cells"] if cell["cell_type"] == "code")
    setup["source"] = (
        "import re, ipaddress, boto3\nfrom unittest.mock import MagicMock\nlab = MagicMock()\n"
        f"desk = ecs = ec2 = lab.begin('{LAB}')\nlab.check = lambda *_, **__: None"
    )
    return book


def literals_copied(book: Notebook, _: Bait) -> Notebook:
    """Ben's answers, as they stand in his notebook, in a notebook of one's own."""
    from tests.attacks.copied import answers_of

    found = answers_of(OTHER)
    answer(book)["source"] = f"stop_code = ''\nhost = {found['host']!r}"
    find(book, "lab03-a2")["source"] = f"tables = {found['tables']!r}\ninside = ''"
    return book


def world_copied(book: Notebook, bait: Bait) -> Notebook:
    """The same with Ben's outputs, so that the notebook says whose world it was done in."""
    literals_copied(book, bait)
    data = {RECORD: {"lab": LAB, "learner": OTHER, "seed": 1, "version": 1}, "text/plain": "Lab"}
    setup = next(cell for cell in book["cells"] if cell["cell_type"] == "code")
    setup["outputs"] = [{"output_type": "display_data", "data": data, "metadata": {}}]
    return book


def nested(book: Notebook, _: Bait) -> str:
    return json.dumps(book)[:-1] + ', "deep": ' + "[" * 200_000 + "]" * 200_000 + "}"


def strange(book: Notebook, _: Bait) -> Notebook:
    """Wrong types wherever a notebook has a place for one."""
    for cell in checks(book):
        cell["metadata"]["nbgrader"]["points"] = {"a": [1e308]}
    book["cells"] += [
        None,
        7,
        {"cell_type": ["code"], "source": {"a": 1}, "metadata": [], "id": {}},
        {"cell_type": "code", "source": [1, None, "x = 1"], "metadata": {"nbgrader": {"grade_id": ["a"]}}, "id": 3},
    ]
    return book | {"metadata": [1]}


ATTACKS = [
    Attack("points-raised", "raises the points of its cells to 1,000", (REPAIRED,), change=points_raised),
    Attack("checks-emptied", "writes `pass` into the locked cells that check", (REPAIRED,), change=checks_emptied),
    Attack(
        "flags-changed", "declares the locked checks to be answers of its own", (REPAIRED,), change=checks_made_answers
    ),
    Attack(
        "checks-removed",
        "removes the checks but one, and gives that one all points",
        (REPAIRED,),
        change=checks_removed,
    ),
    Attack("checks-doubled", "adds cells of the same ids that check nothing", (REPAIRED,), change=checks_doubled),
    Attack("ids-swapped", "swaps the ids of checks and answers", (REPAIRED,), change=ids_swapped),
    Attack(
        "kinds-changed",
        "makes text of the checks, and checks of cells that do nothing",
        (REPAIRED,),
        change=kinds_changed,
    ),
    Attack("setup-rewritten", "rewrites the locked first cell", (REPAIRED,), change=setup_rewritten),
    Attack(
        "answers-copied",
        "hands in answers that are right in another learner's world",
        (OWN_WORLD,),
        change=literals_copied,
    ),
    Attack(
        "world-copied",
        "hands in another learner's notebook, whose outputs say whose it was",
        (REPORTED,),
        change=world_copied,
        due=4.0,
    ),
    Attack("deep-notebook", "hands in a notebook nested 200,000 deep", (READ,), change=nested),
    Attack("strange-cells", "hands in cells that are none, and values of wrong types", (READ,), change=strange),
    Attack(
        "no-text",
        "hands in bytes that are no UTF-8",
        (READ,),
        change=lambda book, _: json.dumps(book).encode().replace(b"lab.check", b"lab.\xffcheck", 1),
    ),
    Attack(
        "no-number", "hands in NaN and Infinity", (READ,), change=lambda book, _: json.dumps(book | {"x": float("nan")})
    ),
]
