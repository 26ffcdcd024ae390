"""Lab 12: a wasteful estate, and what it costs in the end. Its questions and visible checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.checks import Lab, Question, expect
from autograder.checks.labs.wasteful_estate import hints
from autograder.checks.labs.wasteful_estate.plan import (
    MONTH_HOURS,
    best_commitment,
    make_variant,
    most_commitment,
    year,
)
from autograder.checks.labs.wasteful_estate.site import (
    Site,
    architecture_of,
    loose_addresses,
    must_be_whole,
    must_keep_the_rules,
    on_demand_an_hour,
    share_saved,
    site,
    ways_out,
)
from autograder.checks.labs.wasteful_estate.world import build_world

LESSON = "12-cost.ipynb"
TOLERANCE = 0.01
SPOT = "FARGATE_SPOT"

LAB = Lab(
    id="12-halve-the-bill",
    title="Halve the bill",
    version=1,
    variant=make_variant,
    world=build_world,
    services=("ecs", "ec2", "ecr", "iam", "cloudwatch", "logs", "sts", "application-autoscaling"),
    questions=(
        Question(
            "read-the-bill", "Read the bill", 3, needs=("month", "unneeded"), rows=("F21",), hints=hints.READ_THE_BILL,
            lesson=LESSON,
        ),
        Question("take-it-away", "Take it away", 3, rows=("F21",), hints=hints.TAKE_IT_AWAY, lesson=LESSON),
        Question("right-size", "Right-size", 7, rows=("T10", "F21"), hints=hints.RIGHT_SIZE, lesson=LESSON),
        Question("price-it-lower", "Price it lower", 4, rows=("F21",), hints=hints.PRICE_IT_LOWER, lesson=LESSON),
        Question(
            "commit", "Commit", 3, needs=("commitment", "most", "covered"), rows=("T08",), hints=hints.COMMIT,
            lesson=LESSON,
        ),
    ),
)  # fmt: skip


@LAB.check("by-service", question="read-the-bill", points=2, rows=["F21"])
def each_service_is_priced(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`month` has what the tasks of each service cost in 730 hours, as you found them, within one percent."""
    given = answers["month"]
    expect(isinstance(given, dict), expected="a dict: service -> US dollars", got=given)
    for service in site(cloud, variant).plan.services:
        right = service.costs(service.found) * MONTH_HOURS
        told = given.get(service.name)
        expect(
            is_about(told, right),
            expected=f"the month of {service.tasks} tasks of {service.name}",
            got=told,
            hint="idle or busy, the size that is asked for is paid: tasks * (vCPU * price + GB * price) * 730",
        )


def is_about(told: Any, right: float) -> bool:
    """Is it a number within one percent of the right one?"""
    return isinstance(told, int | float) and not isinstance(told, bool) and abs(told - right) <= TOLERANCE * right


@LAB.check("unneeded", question="read-the-bill", points=1, rows=["F21"])
def what_nobody_needs_is_named(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`unneeded` names the service, the NAT gateway and the address that nobody needs."""
    given, right = answers["unneeded"], site(cloud, variant).plan.unneeded
    form = "a list of three names: a service, and two Name tags"
    expect(isinstance(given, list) and len(given) == len(right), expected=form, got=given)
    wrong = [one for one in given if str(one) not in right]
    hint = "services: desk.rules; gateways: the routes of all route tables; addresses: AssociationId"
    expect(not wrong and len(set(map(str, given))) == len(right), expected="what nobody needs", got=wrong, hint=hint)


@LAB.check("gone", question="take-it-away", points=1, rows=["F21"])
def nothing_idle_is_paid(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Half an hour after your code ran, nothing runs or stands that nobody needs."""
    here = site(cloud, variant)
    here.rest()
    idle = next(one.name for one in here.plan.services if not one.needed)
    left = cloud.tasks(here.plan.cluster, service=idle, status="RUNNING")
    expect(not left, expected=f"no task of {idle} runs", got=len(left), hint="delete_service, or a count of 0")
    useless = [name for name in ways_out() if name in here.plan.unneeded]
    expect(not useless, expected="no NAT gateway without a route to it", got=useless, hint="delete_nat_gateway")
    loose = loose_addresses()
    expect(
        not loose, expected="no public address that nothing holds", got=loose,
        hint="release_address; a NAT gateway that is deleted lets go of its own",
    )  # fmt: skip


@LAB.check("live", question="take-it-away", points=1, rows=["F21"], after="gone")
def what_is_needed_still_runs(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Half an hour after your code ran, each service of `desk.rules` has its tasks running."""
    here = site(cloud, variant)
    here.rest()
    must_be_whole(here, "half an hour later")


@LAB.check("in-bounds", question="right-size", points=1, rows=["T10"])
def the_rules_are_kept(cloud: Any, variant: Mapping[str, Any]) -> None:
    """During a day like those before each service keeps its count of tasks, its latency and its memory."""
    here = site(cloud, variant)
    here.day()
    must_keep_the_rules(here, "on that day")


@LAB.check("half", question="right-size", points=1, rows=["T10", "F21"], after="in-bounds")
def half_is_saved(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Of what right sizes can save half is saved, in a day that is lived through."""
    must_save(site(cloud, variant), 0.5)


@LAB.check("most", question="right-size", points=1, rows=["T10", "F21"], after="in-bounds")
def most_is_saved(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Of what right sizes can save nine tenths are saved."""
    must_save(site(cloud, variant), 0.9)


def must_save(here: Site, share: float) -> None:
    """Raise Miss unless this share of the saving of right sizes is reached in a day."""
    here.day()
    reached = share_saved(here)
    dearest = max(here.plan.needed, key=lambda one: on_demand_an_hour(here, one))
    expect(
        reached >= share,
        expected=f"{share:.0%} of the saving that right sizes can reach",
        got=f"{reached:.1%}",
        hint=f"{dearest.name} is the dearest now, with ${on_demand_an_hour(here, dearest) * MONTH_HOURS:.2f} a month: "
        "are both its CPU and its memory used on the busiest day?",
    )


@LAB.check("spot", question="price-it-lower", points=1, rows=["F21"])
def only_the_interruptible_is_on_spot(cloud: Any, variant: Mapping[str, Any]) -> None:
    """What may be interrupted runs on Fargate Spot, all its tasks; nothing else does."""
    here = site(cloud, variant)
    here.rest()
    must_be_whole(here, "then")
    for service in here.plan.needed:
        kinds = {task.provider == SPOT for task in here.running(service)}
        expect(
            kinds == {service.spot},
            expected=f"all tasks of {service.name} {'on' if service.spot else 'not on'} {SPOT}",
            got="some are" if len(kinds) == 2 else "they are" if True in kinds else "they are not",
            hint="update_service with a capacityProviderStrategy, and forceNewDeployment for the tasks that run",
        )


@LAB.check("arm", question="price-it-lower", points=1, rows=["F21"])
def whatever_can_runs_on_arm(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Each service whose image is built for it runs on ARM64, and all of them run."""
    here = site(cloud, variant)
    here.rest()
    must_be_whole(here, "then")
    for service in here.plan.needed:
        kinds = {architecture_of(task.definition) for task in here.running(service)}
        expect(
            kinds == {"ARM64"} or not service.arm,
            expected=f"the tasks of {service.name} on ARM64, for which its image is built",
            got=kinds,
            hint="runtimePlatform with cpuArchitecture ARM64 in a new revision",
        )


@LAB.check("covered", question="commit", points=1, rows=["T08"])
def what_a_plan_covers_is_known(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`covered` names the services whose tasks a Compute Savings Plan covers, as they run now."""
    here, given = site(cloud, variant), answers["covered"]
    expect(isinstance(given, list), expected="a list of services", got=given)
    here.day()
    right = {one.name for one in here.plan.needed if on_demand_an_hour(here, one) > 0}
    expect(
        {str(one) for one in given} == right,
        expected=f"{len(right)} services",
        got=given,
        hint="any size and processor is covered, on demand alone",
    )


@LAB.check("commitment", question="commit", points=1, rows=["T08"])
def the_commitment_is_the_best(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """With `commitment` the year costs least, to within one percent of the saving."""
    here, told = site(cloud, variant), answers["commitment"]
    expect(is_number(told), expected="US dollars an hour", got=told)
    spent = parts(here)
    best, without = year(best_commitment(*spent), *spent), year(0.0, *spent)
    with_it = year(float(told), *spent)
    expect(
        with_it <= best + TOLERANCE * (without - best),
        expected="the commitment with which the year costs least",
        got=f"${told} an hour saves ${without - with_it:.2f} in the year",
        hint=f"the best one saves ${without - best:.2f}; what ends early is paid to the end",
    )


@LAB.check("break-even", question="commit", points=1, rows=["T08"])
def the_break_even_is_found(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`most` is the commitment from which on the year costs more than without one, within one percent."""
    here, told = site(cloud, variant), answers["most"]
    expect(is_number(told), expected="US dollars an hour", got=told)
    spent = parts(here)
    right = most_commitment(*spent)
    more = year(float(told), *spent) - year(0.0, *spent)
    expect(
        is_about(told, right),
        expected="the commitment at which the year costs as much as without one",
        got=f"${told} an hour: the year costs ${more:+.2f}",
        hint="beyond the best commitment each further cent saves less than it costs",
    )


def is_number(told: Any) -> bool:
    """Is it a number that may be a commitment?"""
    return isinstance(told, int | float) and not isinstance(told, bool) and 0 <= told < 1_000_000


def parts(here: Site) -> tuple[float, float, int]:
    """On demand, in US dollars an hour: what stays, and what ends after so many months."""
    here.day()
    spent = {one.name: on_demand_an_hour(here, one) for one in here.plan.needed}
    ending = spent.pop(here.plan.ending)
    expect(sum(spent.values()) > 0, expected="tasks on demand", got="none", hint="read the services' events")
    return sum(spent.values()), ending, here.plan.after_months
