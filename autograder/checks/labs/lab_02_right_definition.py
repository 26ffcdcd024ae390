"""Lab 02: definitions that AWS takes, that run, and that cost no more than needed. Its questions and visible checks."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import boto3

from autograder.checks import Lab, Miss, Question, expect
from autograder.checks.asking import asked
from autograder.checks.labs.right_definition import hints
from autograder.checks.labs.right_definition.plan import make_variant, per_hour
from autograder.checks.labs.right_definition.site import (
    must_be_smallest,
    must_run,
    platform_of,
    site,
    size_of,
    storage_of,
)
from autograder.checks.labs.right_definition.world import build_world

LESSON = "02-task-definitions.ipynb"
TOLERANCE = Decimal("0.01")
"""Of a share, and of a price as a part of it."""

LAB = Lab(
    id="02-right-definition",
    title="The right task definition",
    version=1,
    variant=make_variant,
    world=build_world,
    services=("ec2", "ecs", "ecr", "iam", "logs"),
    questions=(
        Question("right-size", "The right size", 4, rows=("F21",), hints=hints.RIGHT_SIZE, lesson=LESSON),
        Question(
            "cheaper-processor", "The cheaper processor", 4, rows=("F07",), hints=hints.CHEAPER_PROCESSOR, lesson=LESSON
        ),
        Question("windows", "A Windows program", 3, rows=("F11",), hints=hints.WINDOWS, lesson=LESSON),
        Question("disk", "Disk for a while", 3, rows=("F18",), hints=hints.DISK, lesson=LESSON),
        Question(
            "wishes", "Five wishes", 4, needs=("on_ec2",), rows=("F08", "F09", "T03"), hints=hints.WISHES, lesson=LESSON
        ),
        Question(
            "what-it-costs", "What it costs", 2, needs=("saved", "windows_hour"), rows=("F21",),
            hints=hints.WHAT_IT_COSTS, lesson=LESSON,
        ),
    ),
)  # fmt: skip


@LAB.check("runs", question="right-size", points=1, rows=["F21"])
def the_small_job_runs(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task of the newest definition of `desk.small` does its work and ends with exit code 0."""
    here = site(cloud, variant)
    must_run(here, here.plan.small)


@LAB.check("smallest", question="right-size", points=1, rows=["F21"])
def the_small_job_has_its_size(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Its size is the cheapest that AWS sells with the vCPU and the memory on its card."""
    here = site(cloud, variant)
    must_be_smallest(here, here.plan.small)


@LAB.check("on-arm", question="cheaper-processor", points=1, rows=["F07"])
def the_image_for_both_is_on_arm(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Of `desk.small` and `desk.large`, the one whose image is built for ARM64 asks for ARM64."""
    here = site(cloud, variant)
    job = here.plan.on_arm
    architecture, _ = platform_of(here.newest(job))
    expect(
        architecture == "ARM64",
        expected=f"{job.name} asks for ARM64",
        got=architecture,
        hint=f"its image is built for {' and '.join(job.built_for)}, and ARM64 costs less: runtimePlatform",
    )


@LAB.check("arm-runs", question="cheaper-processor", points=1, rows=["F07"], after="on-arm")
def it_runs_on_arm(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task of it does its work there and ends with exit code 0."""
    here = site(cloud, variant)
    must_run(here, here.plan.on_arm)


@LAB.check("x86-runs", question="cheaper-processor", points=1, rows=["F07"], after="on-arm")
def the_other_runs_too(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task of the other one still does its work and ends with exit code 0."""
    here = site(cloud, variant)
    must_run(here, here.plan.on_x86)


@LAB.check("windows-runs", question="windows", points=1, rows=["F11"])
def the_windows_program_runs(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The newest definition of `desk.printer` asks for Windows, and a task of it ends with exit code 0."""
    here = site(cloud, variant)
    job = here.plan.printer
    _, system = platform_of(here.newest(job))
    expect(
        system.startswith("WINDOWS_SERVER"),
        expected=f"{job.name} asks for a Windows Server family",
        got=system,
        hint="operatingSystemFamily in runtimePlatform",
    )
    must_run(here, job)


@LAB.check("windows-smallest", question="windows", points=1, rows=["F11"])
def the_windows_program_has_its_size(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Its size is the cheapest that AWS sells for Windows with what is on its card."""
    here = site(cloud, variant)
    must_be_smallest(here, here.plan.printer)


@LAB.check("disk", question="disk", points=1, rows=["F18"])
def the_disk_is_what_it_needs(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task of the newest definition of `desk.render` has the disk on its card, and pays for no GiB more."""
    here = site(cloud, variant)
    job = here.plan.render
    held, wanted = storage_of(here.newest(job)), job.storage or 20
    expect(
        held == wanted,
        expected=f"a task of {job.name} has {wanted} GiB of disk: {job.disk_gib} GiB are on its card, 20 are included",
        got=f"{held} GiB",
        hint="files would not fit" if held < wanted else "each GiB above 20 is billed for every second",
    )


@LAB.check("disk-size", question="disk", points=1, rows=["F18"], after="disk")
def the_rest_of_it_stays(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Its cpu and memory stay the cheapest that hold it."""
    here = site(cloud, variant)
    must_be_smallest(here, here.plan.render)


@LAB.check("on-ec2", question="wishes", points=1, rows=["F08", "F09", "T03"])
def what_fargate_never_runs_is_told(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`on_ec2` names the wishes that Fargate cannot grant in any size."""
    plan = site(cloud, variant).plan
    told = answers["on_ec2"]
    form = "a list of names out of desk.wishes"
    expect(isinstance(told, list), expected=form, got=told, hint="write on_ec2 = [name, ...]")
    strange = [one for one in told if not isinstance(one, str) or one not in plan.wishes]
    expect(not strange, expected=form, got=strange, hint=f"the names are {', '.join(plan.wishes)}")
    expect(
        set(told) == set(plan.never),
        expected=f"{len(plan.never)} names: the wishes that no other number would make possible",
        got=told,
        hint=_about_the_wish(set(told) - set(plan.never), set(plan.never) - set(told), plan.mendable),
    )


def _about_the_wish(too_many: set[str], missing: set[str], mendable: Mapping[str, str]) -> str:
    if too_many:
        name = min(too_many)
        return f"{name}: " + ("another size would be taken" if name in mendable else "AWS takes it as it is: try it")
    if missing:
        return f"{min(missing)}: read what AWS says to it, and ask whether a larger size would help"
    return ""


@LAB.check("granted", question="wishes", points=1, rows=["T03"])
def the_others_are_registered(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Every other wish has an ACTIVE definition of its name that asks to be checked for FARGATE."""
    plan = site(cloud, variant).plan
    describe = boto3.client("ecs").describe_task_definition
    for name in [*plan.fine, *plan.mendable]:
        what = f"an ACTIVE definition of the family {name}"
        held = asked(describe, what, taskDefinition=name)["taskDefinition"]
        expect(
            "FARGATE" in held.get("requiresCompatibilities", []),
            expected=f"{what} with requiresCompatibilities FARGATE",
            got=held.get("requiresCompatibilities", []),
            hint="without the word AWS takes what would run nowhere",
        )


@LAB.check("saved", question="what-it-costs", points=1, rows=["F21"])
def the_saving_is_told(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`saved` is the share of the draft's price that your newest definition of `desk.large` saves."""
    here = site(cloud, variant)
    held = here.newest(here.plan.large)
    expect(held["revision"] > 1, expected="a newer revision than the draft", got="the draft", hint="work on right-size")
    architecture, _ = platform_of(held)
    new = per_hour(*size_of(held), architecture=architecture, storage=storage_of(held))
    right = 1 - new / per_hour(4096, 16384)
    told = _number(answers["saved"], "saved", "a share between 0 and 1")
    hint = "price both with the same time; the processor counts too"
    expect(
        abs(told - right) <= TOLERANCE,
        expected="1 - (an hour of your definition) / (an hour of revision 1)",
        got=answers["saved"],
        hint="a share lies between 0 and 1: a quarter is 0.25" if told > 1 else hint,
    )


@LAB.check("windows-hour", question="what-it-costs", points=1, rows=["F11", "F21"])
def the_price_of_windows_is_told(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`windows_hour` is the price in USD of one hour of your newest definition of `desk.printer`."""
    here = site(cloud, variant)
    cpu, memory = size_of(here.newest(here.plan.printer))
    right = per_hour(cpu, memory, windows=True)
    told = _number(answers["windows_hour"], "windows_hour", "USD for an hour")
    without = per_hour(cpu, memory)
    hint = "the licence is missing" if abs(told - without) <= TOLERANCE * without else "vCPU, memory and the licence"
    expect(
        abs(told - right) <= TOLERANCE * right,
        expected=f"the price of an hour of cpu {cpu}, memory {memory} on Windows",
        got=answers["windows_hour"],
        hint=hint,
    )


def _number(given: Any, name: str, what: str) -> Decimal:
    try:
        if isinstance(given, bool):
            raise InvalidOperation
        found = Decimal(str(given))
    except InvalidOperation:
        raise Miss(what, given, f"{name} is a number") from None
    expect(found.is_finite(), expected=what, got=given, hint=f"{name} is a number")
    return found
