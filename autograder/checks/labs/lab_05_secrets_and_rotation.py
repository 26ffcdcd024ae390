"""Lab 05: passwords out of the definitions, every task on the new one after a rotation. Questions, visible checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.checks import Lab, Question, expect
from autograder.checks.asking import active_service
from autograder.checks.labs.secret_rotation import hints
from autograder.checks.labs.secret_rotation.plan import CAUSES, Cause, make_variant
from autograder.checks.labs.secret_rotation.site import (
    Site,
    active_definitions,
    holds,
    must_find,
    must_know,
    must_start,
    site,
)
from autograder.checks.labs.secret_rotation.world import build_world

LESSON = "05-secrets.ipynb"
LEAST_LETTERS = 12
SETTLED_SECONDS = 600
"""Within these after a service is made its first tasks are made."""

LAB = Lab(
    id="05-secrets-and-rotation",
    title="Secrets and rotation",
    version=1,
    variant=make_variant,
    world=build_world,
    services=("ec2", "ecs", "ecr", "logs", "iam", "sts", "secretsmanager", "ssm", "kms"),
    questions=(
        Question(
            "find-them", "Find what lies open", 2, needs=("open_secrets",), rows=("P10",),
            hints=hints.FIND_THEM, lesson=LESSON,
        ),
        Question("close-it", "Close it", 6, rows=("P10", "F16", "T04"), hints=hints.CLOSE_IT, lesson=LESSON),
        Question(
            "tell-apart", "Tell four causes apart", 2, needs=("causes",), rows=("T04", "F16"),
            hints=hints.TELL_APART, lesson=LESSON,
        ),
        Question("mend-them", "Mend all four", 4, rows=("T04", "F16"), hints=hints.MEND_THEM, lesson=LESSON),
        Question("rotate", "Rotate", 6, rows=("F16", "P10"), hints=hints.ROTATE, lesson=LESSON),
    ),
)  # fmt: skip


# --- find them


@LAB.check("all-found", question="find-them", points=1, rows=["P10"])
def every_open_credential_is_found(answers: Mapping[str, Any], variant: Mapping[str, Any], cloud: Any) -> None:
    """`open_secrets` names every credential that stands in `environment` of an ACTIVE revision."""
    told = _told(answers["open_secrets"])
    missing = site(cloud, variant).plan.open - told
    hint = "a password can also stand inside an address; and a revision that nothing runs is ACTIVE all the same"
    expect(not missing, expected="every one of them", got=f"{len(missing)} not named", hint=hint)


@LAB.check("none-invented", question="find-them", points=1, rows=["P10"])
def nothing_harmless_is_named(answers: Mapping[str, Any], variant: Mapping[str, Any], cloud: Any) -> None:
    """`open_secrets` names nothing else: no number, address, file name or reference."""
    told = _told(answers["open_secrets"])
    expect(told, expected="[[family:revision, variable], ...]", got="nothing")
    strange = sorted(told - site(cloud, variant).plan.open)
    expect(
        not strange,
        expected="credentials and nothing else",
        got=[f"{variable} of {revision}" for revision, variable in strange],
        hint="read the value: could somebody log in with it?",
    )


def _told(given: Any) -> set[tuple[str, str]]:
    form = "a list with [family:revision, variable] for each credential"
    expect(isinstance(given, list), expected=form, got=given, hint="open_secrets = [['mail:1', 'PASSWORD'], ...]")
    for one in given:
        expect(isinstance(one, list) and len(one) == 2, expected=form, got=one, hint="two texts in each entry")
    return {(str(revision).rsplit("/", 1)[-1], str(variable)) for revision, variable in given}


# --- close it


@LAB.check("by-reference", question="close-it", points=1, rows=["P10"])
def the_service_has_a_reference(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The definition that your service runs takes `desk.variable` from `desk.secret`, and holds no password."""
    here = site(cloud, variant)
    plan, definition = here.plan, here.definition()
    expected = f"{plan.variable} of {plan.service} refers to {plan.secret}"
    reference = here.reference()
    got = reference or f"{plan.variable} is not under secrets"
    hint = "secrets in the container definition; after a new revision the service must be told: update_service"
    expect(f":secret:{plan.secret}-" in reference, expected=expected, got=got, hint=hint)
    expect(
        not holds(definition, [*plan.credentials, *map(str, here.stored().values())]),
        expected="no password in its definition",
        got="one that stands there as text",
        hint="look at every member of the container, not at `environment` alone",
    )


@LAB.check("same-value", question="close-it", points=1, rows=["F16"], after="by-reference")
def a_task_finds_the_password(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task of your service that is started now runs, and finds the password in the same variable as before."""
    here = site(cloud, variant)
    must_find(here, here.plan.service, here.password(), "now")


@LAB.check("nothing-open", question="close-it", points=2, rows=["P10"])
def no_active_revision_holds_a_credential(cloud: Any, variant: Mapping[str, Any]) -> None:
    """No ACTIVE revision of any family holds one of the credentials that lay open."""
    plan = site(cloud, variant).plan
    still = [name for name, definition in active_definitions() if holds(definition, plan.credentials)]
    hint = "a revision cannot be changed: deregister_task_definition makes it INACTIVE"
    expect(not still, expected="no ACTIVE revision with a credential in it", got=still, hint=hint)


# --- tell apart


@LAB.check("denied-ones", question="tell-apart", points=1, rows=["T04"])
def the_two_that_were_denied_are_told(answers: Mapping[str, Any], variant: Mapping[str, Any], cloud: Any) -> None:
    """`causes` has the right word for the two services to which AWS denied something."""
    _must_be_told(site(cloud, variant), answers["causes"], ("permission", "key"))


@LAB.check("other-ones", question="tell-apart", points=1, rows=["F16"])
def the_two_others_are_told(answers: Mapping[str, Any], variant: Mapping[str, Any], cloud: Any) -> None:
    """`causes` has the right word for the two others."""
    _must_be_told(site(cloud, variant), answers["causes"], ("way", "name"))


def _must_be_told(here: Site, given: Any, causes: tuple[Cause, Cause]) -> None:
    form = f"a dict: each service of desk.sick, and one of {', '.join(CAUSES)}"
    expect(isinstance(given, dict), expected=form, got=given, hint="causes = {'<service>': '<word>', ...}")
    for cause in causes:
        service = here.plan.sick_with(cause)
        expect(
            given.get(service) == cause,
            expected=f"the cause for which {service} does not start",
            got=given.get(service, "nothing about it"),
            hint="read the stoppedReason of its stopped tasks from the end: denied what, or not found, or no answer?",
        )


# --- mend them


@LAB.check("denied-start", question="mend-them", points=1, rows=["T04"])
def the_two_that_were_denied_start(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task of each of the two services to which AWS denied something is RUNNING a few minutes after it is started."""
    here = site(cloud, variant)
    for cause in ("permission", "key"):
        must_start(here, here.plan.sick_with(cause), "now")


@LAB.check("others-start", question="mend-them", points=1, rows=["F16"])
def the_two_others_start(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task of each of the two others is RUNNING a few minutes after it is started."""
    here = site(cloud, variant)
    for cause in ("way", "name"):
        must_start(here, here.plan.sick_with(cause), "now")


# --- rotate


@LAB.check("rotated", question="rotate", points=1, rows=["F16"])
def the_secret_has_a_new_password(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Your password in `desk.secret` is a new one of twelve characters or more; its other keys are as before."""
    here = site(cloud, variant)
    plan, held = here.plan, here.stored()
    new = held[plan.key]
    rules = f"another password under the key {plan.key}"
    hint = "put_secret_value with json.dumps of the whole dict"
    expect(new not in [*plan.value.values(), plan.old_password], expected=rules, got="one of the old ones", hint=hint)
    expect(
        isinstance(new, str) and len(new) >= LEAST_LETTERS,
        expected=f"{rules}, a text of {LEAST_LETTERS} characters or more",
        got=f"{len(str(new))} characters",
        hint="secretsmanager.get_random_password makes one",
    )
    kept = {name: value for name, value in plan.value.items() if name != plan.key}
    changed = [name for name, value in kept.items() if held[name] != value]
    expect(not changed, expected="the other keys as before", got=f"changed: {', '.join(changed)}", hint=hint)


@LAB.check("yours-know", question="rotate", points=1, rows=["F16"], after="rotated")
def every_task_of_yours_has_it(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Every running task of your service has the new password."""
    here = site(cloud, variant)
    here.own_reference()
    must_know(here, here.plan.service, here.password(), "now")


@LAB.check("all-know", question="rotate", points=1, rows=["F16"], after="rotated")
def every_task_of_the_others_has_it(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Every running task of every other service that uses this password has the new one."""
    here = site(cloud, variant)
    for service in here.plan.users[1:]:
        must_know(here, service, here.password(), "now")


@LAB.check("left-alone", question="rotate", points=1, rows=["F16"], after="rotated")
def the_stranger_was_left_alone(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The service that uses another password still runs the tasks that it ran when you began."""
    here = site(cloud, variant)
    plan = here.plan
    made = active_service(plan.cluster, plan.stranger)["createdAt"].timestamp()
    tasks = cloud.tasks(plan.cluster, service=plan.stranger, status="RUNNING")
    first = [task for task in tasks if task.created_at <= made + SETTLED_SECONDS]
    expect(
        len(first) >= 2,
        expected=f"the two tasks with which {plan.stranger} began",
        got=f"{len(first)} of them",
        hint=f"its secret is not {plan.secret}: read its valueFrom to the end of the name; lab.reset()",
    )
