"""Judging never raises: not on what the API model allows, and not on what it does not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any

import botocore.session
import pytest
from botocore.model import Shape
from botocore.validate import ParamValidator
from hypothesis import given, settings
from hypothesis import strategies as st

from simcloud.rules.engine import judge, laws, normalise_task_definition
from simcloud.rules.marks import MARKS
from simcloud.rules.request import HOLDERS, read
from simcloud.rules.seen import Seen, Subnet

OPERATIONS = ("RegisterTaskDefinition", "RunTask", "CreateService", "UpdateService")
WORDS = (
    "",
    "app",
    "app",
    "web:1",
    "1024",
    "1 vCPU",
    "2 GB",
    "0",
    "awslogs",
    "80-90",
    "subnet-1",
    "FARGATE",
    "CMD",
    "arn:aws:ssm:us-east-1:1:parameter/x",
    "default",
    "\u0661",
    "a b",
    "x" * 300,
    "{name}",
    "\ud800",
)
NUMBERS = (-1, 0, 1, 5, 20, 21, 80, 200, 201, 512, 70000, 2**31, 2**63)
SEEDS = st.integers(0, 2**32)
SEEN = Seen(
    clusters={"default": ("FARGATE",)},
    subnets={"subnet-1": Subnet("vpc-1", "us-east-1a")},
    definition={"networkMode": "awsvpc", "containerDefinitions": [{"name": "app"}]},
)


@cache
def shape_of(operation: str) -> Shape:
    return botocore.session.get_session().get_service_model("ecs").operation_model(operation).input_shape


def any_value(shape: Shape, random: Random) -> Any:
    """A value that the shape allows, leaning towards those that laws look at."""
    kind = shape.type_name
    if kind == "structure":
        chosen = [name for name in shape.members if name in shape.required_members or random.random() < 0.4]
        return {name: any_value(shape.members[name], random) for name in chosen}
    if kind == "list":
        return [any_value(shape.member, random) for _ in range(random.choice((0, 1, 1, 2, 12)))]
    if kind == "map":
        return {random.choice(WORDS): random.choice(WORDS) for _ in range(random.randrange(3))}
    if kind == "string":
        return random.choice(shape.enum if shape.enum and random.random() < 0.8 else WORDS)
    if kind == "boolean":
        return random.random() < 0.5
    return random.choice(NUMBERS) if kind in ("integer", "long") else random.random()


def any_json(random: Random, depth: int = 3) -> Any:
    """Anything that JSON can say."""
    if depth and random.random() < 0.6:
        inner = [any_json(random, depth - 1) for _ in range(random.randrange(4))]
        return inner if random.random() < 0.5 else {random.choice(WORDS): value for value in inner}
    return random.choice((None, True, -1, 0, 3.5, 2**63, *WORDS))


@pytest.mark.parametrize("operation", OPERATIONS)
@settings(max_examples=150, deadline=None)
@given(seed=SEEDS)
def test_no_request_of_the_model_raises(operation: str, seed: int) -> None:
    request = any_value(shape_of(operation), Random(seed))
    for seen in (SEEN, Seen()):
        for refusal in judge(operation, request, seen):
            assert refusal.aws
            assert refusal.because
            assert refusal.rule


def broken_in(operation: str, request: dict[str, Any], seen: Seen) -> list[tuple[str, str]]:
    """Which law is broken where, by asking every law of the operation, whatever members it says it is about."""
    normalised = read(operation, request, seen)
    return [(law.id, refusal.at) for law in laws(operation) for refusal in law.broken_by(normalised, seen)]


def picked_in(operation: str, request: dict[str, Any], seen: Seen) -> list[tuple[str, str]]:
    return [(refusal.rule, refusal.at) for refusal in judge(operation, request, seen)]


@settings(max_examples=400, deadline=None)
@given(seed=SEEDS)
def test_no_law_is_broken_without_the_aspects_that_it_says_it_is_about(seed: int) -> None:
    """A law is not asked of a request without the aspects that it names, so it must have nothing to say there."""
    random = Random(seed)
    request = any_value(shape_of("RegisterTaskDefinition"), random)
    for name in random.sample(sorted(request), len(request) // 2):
        del request[name]
    assert picked_in("RegisterTaskDefinition", request, SEEN) == broken_in("RegisterTaskDefinition", request, SEEN)


@pytest.mark.parametrize(
    "request_", [{}, {"family": "web", "containerDefinitions": [{"name": "app", "image": "nginx"}]}]
)
def test_laws_about_given_members_say_nothing_of_a_bare_definition(request_: dict[str, Any]) -> None:
    for requires in ([], ["FARGATE"], ["EC2"], ["EXTERNAL"], ["MANAGED_INSTANCES"]):
        request = request_ | {"requiresCompatibilities": requires}
        assert picked_in("RegisterTaskDefinition", request, Seen()) == broken_in(
            "RegisterTaskDefinition", request, Seen()
        )


def places(shape: Shape, name: str, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The members above each place of the model at which a member of that name stands."""
    if shape.type_name == "list":
        yield from places(shape.member, name, above)
    if shape.type_name == "structure":
        for each, inner in shape.members.items():
            if each == name:
                yield above
            yield from places(inner, name, (*above, each))


def test_every_mark_is_what_some_law_is_about() -> None:
    assert {aspect for law in laws() for aspect in law.of if " " in aspect} == MARKS


def test_members_that_laws_are_about_stand_in_holders_alone() -> None:
    """What is in other members is not looked at when the laws to ask are picked."""
    about = {operation: set(law.of) for law in laws() if law.of for operation in law.operations}
    assert set(about) == set(HOLDERS)
    for operation in about:
        of = {aspect for law in laws(operation) for aspect in law.of} - MARKS
        above = {member: list(places(shape_of(operation), member)) for member in of}
        assert [member for member in of if not above[member]] == []
        assert {holder for members in above.values() for way in members for holder in way} == HOLDERS[operation]


@settings(max_examples=100, deadline=None)
@given(seed=SEEDS)
def test_the_stored_form_of_a_stored_form_is_itself(seed: int) -> None:
    stored = normalise_task_definition(any_value(shape_of("RegisterTaskDefinition"), Random(seed)))
    assert normalise_task_definition(stored) == stored


@pytest.mark.parametrize("operation", OPERATIONS)
@settings(max_examples=150, deadline=None)
@given(seed=SEEDS)
def test_no_other_json_raises(operation: str, seed: int) -> None:
    random = Random(seed)
    request = {name: any_json(random) for name in shape_of(operation).members if random.random() < 0.5}
    assert isinstance(judge(operation, request, SEEN), list)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_requests_tried_are_those_that_the_client_sends(operation: str) -> None:
    for seed in range(20):
        request = any_value(shape_of(operation), Random(seed))
        report = ParamValidator().validate(request, shape_of(operation)).generate_report()
        assert [line for line in report.splitlines() if "Invalid type" in line or "Missing" in line] == []
