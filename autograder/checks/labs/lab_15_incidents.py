"""Lab 15: six broken environments; what each one says, what is wrong with it, and the least change. Visible checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from autograder.checks import Lab, Question, expect
from autograder.checks.labs.incidents import hints
from autograder.checks.labs.incidents.causes import BY_KEY
from autograder.checks.labs.incidents.plan import Planted, make_variant
from autograder.checks.labs.incidents.site import Site, family_of, must_work, site, tells, where_to_look
from autograder.checks.labs.incidents.world import build_world

LESSON = "15-troubleshooting.ipynb"
ROWS = ("F16", "F20", "M05", "T04", "T05")
SHORTEST, LONGEST = 12, 1200
"""Characters of a quotation: fewer could stand anywhere, more are several texts."""

LAB = Lab(
    id="15-incidents",
    title="Incidents",
    version=1,
    variant=make_variant,
    world=build_world,
    services=("ec2", "ecr", "ecs", "elbv2", "iam", "kms", "logs", "s3", "secretsmanager", "sts"),
    questions=(
        Question(
            "quote-the-evidence", "Quote the evidence", 2, needs=("evidence",), rows=("T04",),
            hints=hints.QUOTE_THE_EVIDENCE, lesson=LESSON,
        ),
        Question(
            "name-the-causes", "Name the causes", 6, needs=("causes",), rows=ROWS,
            hints=hints.NAME_THE_CAUSES, lesson=LESSON,
        ),
        Question(
            "open-the-way", "Open the way", 4, rows=("F20", "T05", "F16"), hints=hints.OPEN_THE_WAY, lesson=LESSON,
        ),
        Question(
            "let-it-start", "Let it start", 4, rows=("T04", "M05", "F16"), hints=hints.LET_IT_START, lesson=LESSON,
        ),
        Question(
            "keep-it-running", "Keep it running", 4, rows=("T04", "F16"), hints=hints.KEEP_IT_RUNNING, lesson=LESSON,
        ),
    ),
)  # fmt: skip


# --- 1. quote the evidence


def must_be_quoted(here: Site, one: Planted, answers: Mapping[str, Any]) -> None:
    """Raise Miss unless the text given for a service is one about it that says what stopped it."""
    given = answers["evidence"]
    text = str(given.get(one.service, "")).strip() if isinstance(given, dict) else ""
    expected = f"for {one.service} a text in which AWS, or its program, says what is wrong"
    hint = where_to_look(here, one)
    expect(len(text) >= SHORTEST, expected=expected, got=text or "nothing", hint=hint)
    told = f"{len(text)} characters"
    expect(len(text) <= LONGEST, expected=f"{expected}: one text", got=told, hint="quote the one that decides")
    expect(
        any(text in said or (len(said) >= SHORTEST and said in text) for said in here.said(one)),
        expected=f"{expected}, as it stands there",
        got=text,
        hint="quote it as the API gives it, or the part of it that decides",
    )
    expect(tells(one.cause.says, one, text), expected=expected, got=text, hint=hint)


@LAB.check("before-the-start", question="quote-the-evidence", points=1, rows=["T04", "M05"])
def what_keeps_tasks_from_starting_is_quoted(
    cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]
) -> None:
    """For each service whose tasks do not start, `evidence` has the text that says what they waited for."""
    here = site(cloud, variant)
    for one in here.plan.of("way", "role", "thing"):
        must_be_quoted(here, one, answers)


@LAB.check("while-it-runs", question="quote-the-evidence", points=1, rows=["T04"])
def what_ends_running_tasks_is_quoted(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """For each service whose tasks start and do not do their work, `evidence` has the text that says how they fail."""
    here = site(cloud, variant)
    for one in here.plan.of("program", "front"):
        must_be_quoted(here, one, answers)


# --- 2. name the causes


def _named(here: Site, one: Planted, answers: Mapping[str, Any]) -> None:
    given = answers["causes"]
    key = str(given.get(one.service, "nothing")) if isinstance(given, dict) else "nothing"
    named = BY_KEY.get(key)
    hint = "each answer is a key of `desk.causes`"
    if named and named.kind != one.cause.kind:
        hint = family_of(here, one)
    elif named:
        hint = f"the right family; its last words decide. {where_to_look(here, one)}; then ask the things that it names"
    expect(key == one.key, expected=f"what is wrong with {one.service}", got=key, hint=hint)


def _check_of(place: int, word: str) -> Callable[..., None]:
    def named(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
        here = site(cloud, variant)
        _named(here, here.plan.planted[place], answers)

    named.__doc__ = f"`causes` names what is wrong with the {word} of `desk.services`."
    return named


for _place, _word in enumerate(("first", "second", "third", "fourth", "fifth", "sixth")):
    LAB.check(f"cause-{_place + 1}", question="name-the-causes", points=1, rows=ROWS)(_check_of(_place, _word))


# --- 3, 4, 5. mend


@LAB.check("first-way", question="open-the-way", points=1, rows=["F20", "T05"])
def the_first_that_reached_nothing_works(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Of the two services whose tasks reached nothing, the first by name works: a task started now runs and stays."""
    here = site(cloud, variant)
    must_work(here, here.plan.of("way")[0])


@LAB.check("second-way", question="open-the-way", points=1, rows=["F20", "T05"])
def the_second_that_reached_nothing_works(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Of the two services whose tasks reached nothing, the second by name works: a task started now runs and stays."""
    here = site(cloud, variant)
    must_work(here, here.plan.of("way")[1])


@LAB.check("thing", question="let-it-start", points=1, rows=["T04", "F16"])
def the_service_that_named_a_wrong_thing_works(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The service that named a thing that is not there, or does not fit, works: a task started now runs and stays."""
    here = site(cloud, variant)
    must_work(here, here.plan.of("thing")[0])


@LAB.check("role", question="let-it-start", points=1, rows=["T04", "M05", "F16"])
def the_service_with_the_wrong_role_works(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The service that one of its roles kept from starting works: a task started now runs and stays."""
    here = site(cloud, variant)
    must_work(here, here.plan.of("role")[0])


@LAB.check("program", question="keep-it-running", points=1, rows=["T04", "F16"])
def the_service_whose_program_failed_works(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The service whose program failed, or was found ill by its container's check, works, and does what it is for."""
    here = site(cloud, variant)
    must_work(here, here.plan.of("program")[0])


@LAB.check("front", question="keep-it-running", points=1, rows=["T04", "F16"])
def the_service_behind_a_load_balancer_works(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The service behind a load balancer works: a task started now becomes a healthy target and stays one."""
    here = site(cloud, variant)
    must_work(here, here.plan.of("front")[0])
