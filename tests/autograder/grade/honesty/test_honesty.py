"""Who worked alike, who used another's world, who reached beyond the lab: seen in transcripts that are made up."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from autograder.author.places import course
from autograder.grade.honesty.cohort import Cohort, Sat
from autograder.grade.honesty.foreign import foreign
from autograder.grade.honesty.signs import signs
from autograder.grade.honesty.similar import pairs
from autograder.grade.honesty.traits import Hashes, hashes, traits
from autograder.grade.honesty.words import tokens
from autograder.grade.run import Run
from autograder.run.evidence import Evidence
from tests.autograder.samples import sample_course as sample

GIVEN = frozenset(tokens(["web", "FARGATE", "10.0.0.0/16"]))


def call(op: str, response: dict[str, Any] | None = None, error: str = "", **params: Any) -> dict[str, Any]:
    told = {"error": {"Code": error}} if error else {"response": response or {}}
    return {"kind": "call", "service": "ecs", "op": op, "region": "us-east-1", "params": params, "cell": "c", **told}


def sat(
    learner: str, entries: list[dict[str, Any]], *, sha: str = "", passed: tuple[str, ...] = (), of: str = ""
) -> Sat:
    questions = [{"id": name, "outcome": "passed"} for name in passed]
    sample.places.add(sample.PLACE)
    run = Run(sample.LAB, learner, {"cells": []}, [], Evidence(transcript=entries))
    record = {"questions": questions, "flags": [], "layers": [], "missing": []}
    return Sat(learner, sha or learner, record, traits(run, GIVEN))


def cohort(*everyone: Sat) -> Cohort:
    return Cohort(sample.LAB, everyone)


def ordinary(number: int, learner: str) -> list[dict[str, Any]]:
    """What everybody does, with choices of one's own."""
    chance = random.Random(number)
    name = f"{chance.choice(['app', 'shop', 'demo'])}-{chance.randrange(10_000)}"
    return [
        call("CreateCluster", clusterName=learner),
        call(
            "RegisterTaskDefinition",
            family=name,
            requiresCompatibilities=["FARGATE"],
            cpu=chance.choice(["256", "512"]),
        ),
        call("CreateService", serviceName="web", desiredCount=2, taskDefinition=name),
        call("DescribeServices", services=["web"]),
    ]


COPIED = [
    call("CreateCluster", clusterName="walrus-cluster", tags=[{"key": "mood", "value": "walrus"}]),
    call("CreateService", error="InvalidParameterException", serviceName="wallrus"),
    call("RegisterTaskDefinition", family="tusk-task", cpu="1024"),
    call("CreateService", serviceName="walrus-web", desiredCount=3, taskDefinition="tusk-task"),
    call("UpdateService", service="walrus-web", desiredCount=7),
]


def test_copied_choices_are_told_and_ordinary_ones_are_not() -> None:
    others = [sat(f"l{number}", ordinary(number, f"l{number}")) for number in range(20)]
    found = pairs(cohort(*others, sat("dan", COPIED), sat("eve", [*COPIED, call("ListClusters")])))
    assert [pair.learners for pair in found] == [("dan", "eve")]
    assert found[0].alike > 0.8
    assert "ecs:CreateCluster clusterName = walrus-cluster" in found[0].shared
    assert not found[0].same_file


def test_what_the_lab_gives_makes_nobody_alike() -> None:
    given = [call("CreateService", serviceName="web", launchType="FARGATE", network="10.0.0.0/16")] * 3
    assert pairs(cohort(*(sat(f"l{number}", given) for number in range(2)))) == []


def test_what_everybody_chose_makes_nobody_alike() -> None:
    assert pairs(cohort(*(sat(f"l{number}", COPIED) for number in range(40)))) == []


def test_a_set_of_hashes_tells_which_words_it_holds_and_survives_being_written() -> None:
    made = Hashes(Hashes.of(["subnet-0aaa111", "sg-00000001", "x" * 500]).text)
    assert made.holding(hashes(["nothing", "sg-00000001", "zz", "subnet-0aaa111"])) == [1, 3]
    assert Hashes.of([]).holding(hashes(["a"])) == []
    assert made.holding(hashes([])) == []


def test_ids_that_the_cloud_gave_are_no_choice() -> None:
    def work(number: int) -> list[dict[str, Any]]:
        group = f"sg-{number:08x}ab"
        made = [call("CreateSecurityGroup", {"GroupId": group}, GroupName=f"own{number}")]
        return [*made, *(call("Authorize", GroupId=group, Port=80) for _ in range(3))]

    assert pairs(cohort(*(sat(f"l{number}", work(number)) for number in range(6)))) == []


def test_the_very_same_file_is_always_told() -> None:
    found = pairs(cohort(sat("ada", [], sha="x"), sat("bob", [], sha="x"), sat("cyd", [], sha="y")))
    assert [(pair.learners, pair.same_file) for pair in found] == [(("ada", "bob"), True)]


def test_a_thousand_learners_are_compared_in_seconds() -> None:
    everyone = [sat(f"l{number:04}", ordinary(number, f"l{number:04}")) for number in range(1000)]
    assert pairs(cohort(*everyone)) == []


def test_an_id_of_anothers_world_is_told_with_its_owner() -> None:
    ada = sat("ada", [call("DescribeSubnets", {"Subnets": [{"SubnetId": "subnet-0aaa111"}]})])
    bob = sat("bob", [call("RunTask", subnets=["subnet-0aaa111"])])
    cyd = sat(
        "cyd", [call("DescribeSubnets", {"SubnetId": "subnet-0ccc333"}), call("RunTask", subnets=["subnet-0ccc333"])]
    )
    found = foreign(cohort(ada, bob, cyd))
    assert [(one.learner, one.of, one.what) for one in found] == [("bob", ("ada",), "subnet-0aaa111")]


def test_an_id_inside_an_arn_in_an_error_is_ones_own() -> None:
    arn = "arn:aws:ecs:us-east-1:1:task/shop/0123456789abcdef"
    one = sat("ada", [call("StopTask", error=f"no task {arn}"), call("DescribeTasks", tasks=["0123456789abcdef"])])
    two = sat("bob", [call("RunTask", {"taskArn": arn.replace("0123", "4567")})])
    assert foreign(cohort(one, two)) == []


def test_a_wrong_answer_that_is_right_elsewhere_is_told_where_it_is_rare() -> None:
    def answered(learner: str, count: int, *, right: bool) -> Sat:
        entry = {"kind": "check", "question": "count-them", "answers": {"count": count}, "cell": "c"}
        return sat(learner, [entry], passed=("count-them",) if right else ())

    rare = [answered(f"l{number}", number, right=True) for number in range(6)]
    found = foreign(cohort(*rare, answered("bob", 3, right=False)))
    assert [(one.learner, one.of) for one in found] == [("bob", ("l3",))]
    assert "right for 1 of 6" in found[0].what
    common = [answered(f"l{number}", 3, right=True) for number in range(6)]
    assert foreign(cohort(*common, answered("bob", 3, right=False))) == []
    assert foreign(cohort(*rare[:3], answered("bob", 1, right=False))) == []


@pytest.mark.parametrize(
    ("source", "reached"),
    [
        ("import gc\ngc.get_objects()", "`gc`"),
        ("from autograder.checks import judge", "`autograder.checks`"),
        ("import simcloud.price.price, simcloud.sim", "`simcloud.sim`"),
        ("from simcloud.priceless import x", "`simcloud.priceless`"),
        ("import os\nos._exit(0)", "`_exit`"),
        ("open('/proc/self/environ')", "`/proc/`"),
        ("get_ipython().ast_transformers.append(x)", "`ast_transformers`"),
        ("class X:\n    def __reduce__(self): ...\n().__class__.__base__.__subclasses__()", "`__subclasses__`"),
    ],
)
def test_a_cell_that_reaches_beyond_the_lab_is_told(source: str, reached: str) -> None:
    cell = {"cell_type": "code", "id": "a", "source": source, "metadata": {}}
    assert reached in " ".join(what for _, what in signs({"cells": [cell]}))


@pytest.mark.parametrize(
    "source",
    [
        "from autograder import lab\nimport boto3\nboto3.client('ecs').list_clusters()",
        "not python at all (",
        "import json, time\ntime.sleep(60)",
        "\x00",
        "(" * 5000,
    ],
)
def test_honest_cells_show_no_sign_and_no_text_breaks_the_search(source: str) -> None:
    assert signs({"cells": [{"cell_type": "code", "id": "a", "source": source, "metadata": {}}]}) == []


def test_a_locked_cell_is_the_courses_own() -> None:
    cell = {"cell_type": "code", "id": "a", "source": "import gc", "metadata": {"nbgrader": {"locked": True}}}
    assert signs({"cells": [cell]}) == []


def test_the_courses_own_solutions_show_no_sign() -> None:
    found = {}
    for file in sorted(course().solutions.glob("*/*.ipynb")):
        found[file.stem] = signs(json.loads(file.read_text(encoding="utf-8")))
    assert "01-which-compute" in found
    assert {lab: some for lab, some in found.items() if some} == {}
