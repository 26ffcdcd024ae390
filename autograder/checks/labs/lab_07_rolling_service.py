"""Lab 07: a service behind a load balancer that rolls without losing capacity. Its questions and visible checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.checks import Lab, Question, expect
from autograder.checks.asking import must_be_stable
from autograder.checks.labs.rolling_service import hints
from autograder.checks.labs.rolling_service.plan import make_variant
from autograder.checks.labs.rolling_service.site import (
    RATE,
    ROLL_MINUTES,
    front_is_open,
    must_answer_all,
    must_be_whole,
    must_keep_its_capacity,
    must_let_in_only_the_front,
    must_not_crowd,
    must_run,
    site,
    watched,
)
from autograder.checks.labs.rolling_service.world import build_world

LESSON = "07-services.ipynb"
LOADED_MINUTES = 10

LAB = Lab(
    id="07-rolling-service",
    title="A service that rolls",
    version=1,
    variant=make_variant,
    world=build_world,
    services=("ec2", "ecs", "ecr", "elbv2", "iam", "logs"),
    questions=(
        Question("stand-up", "Stand it up", 7, rows=("P01", "F12"), hints=hints.STAND_UP, lesson=LESSON),
        Question("roll-it", "Roll it", 6, rows=("P01",), hints=hints.ROLL_IT, lesson=LESSON),
        Question("go-back", "Let it go back by itself", 4, rows=("P01",), hints=hints.GO_BACK, lesson=LESSON),
        Question(
            "read-the-failure", "Read the failure", 3, needs=("event", "threshold", "cause"), rows=("P01",),
            hints=hints.READ_THE_FAILURE, lesson=LESSON,
        ),
    ),
)  # fmt: skip


@LAB.check("whole", question="stand-up", points=1, rows=["P01"])
def the_service_has_its_count(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Ten minutes after your code ran, the service has its count of running tasks, and each is a healthy target."""
    here = site(cloud, variant)
    here.rest()
    must_be_whole(here, "then")


@LAB.check("stands", question="stand-up", points=1, rows=["P01"], after="whole")
def your_code_waits_until_it_stands(cloud: Any, variant: Mapping[str, Any]) -> None:
    """When your code has ended the service is stable: its count of tasks runs, and one deployment is left."""
    plan = site(cloud, variant).plan
    must_be_stable(plan.cluster, plan.service)


@LAB.check("serves", question="stand-up", points=1, rows=["P01"], after="whole")
def it_answers_customers(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Customers on the internet come in at the load balancer, and every request of ten minutes is answered."""
    here = site(cloud, variant)
    here.rest()
    expect(
        list(front_is_open(here)),
        expected="a load balancer facing the internet that lets customers in at its listener's port",
        got="nobody comes in",
        hint="Scheme internet-facing; its security group lets in 0.0.0.0/0 at the listener's port",
    )
    cloud.load(here.plan.service, RATE * here.plan.count, cluster=here.plan.cluster)
    cloud.advance(minutes=LOADED_MINUTES)
    failed, asked = cloud.scaling_history(here.plan.service, here.plan.cluster, minutes=LOADED_MINUTES).failed
    expect(asked > 0 and failed < 1, expected="every request is answered", got=f"{failed:.0f} of {asked:.0f} were not")


@LAB.check("front-only", question="stand-up", points=1, rows=["F12"], after="whole")
def only_the_front_comes_in(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The tasks' own security groups let nobody in but the load balancer."""
    here = site(cloud, variant)
    here.rest()
    must_let_in_only_the_front(here)


@LAB.check("rolled", question="roll-it", points=1, rows=["P01"])
def the_next_version_runs(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Half an hour after your code ran, the service runs version 1.1, with its count of healthy targets."""
    here = site(cloud, variant)
    here.service()
    cloud.advance(minutes=30)
    must_run(here, "1.1", "then")
    must_be_whole(here, "then")


@LAB.check("over", question="roll-it", points=1, rows=["P01"], after="rolled")
def your_code_waits_until_the_release_is_over(cloud: Any, variant: Mapping[str, Any]) -> None:
    """When your code has ended the release is over: one deployment is left, with its count of tasks."""
    plan = site(cloud, variant).plan
    must_be_stable(plan.cluster, plan.service)


@LAB.check("keeps-capacity", question="roll-it", points=1, rows=["P01"], after="rolled")
def a_release_keeps_its_capacity(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Released once more, under load, `desk.least` tasks serve at every moment, and the release is completed."""
    here = site(cloud, variant)
    cloud.advance(minutes=30)
    seen = watched(here, here.plan.images["1.1"])
    must_keep_its_capacity(here, seen)
    must_run(here, "1.1", f"{ROLL_MINUTES} minutes after the release")


@LAB.check("no-crowd", question="roll-it", points=1, rows=["P01"], after="rolled")
def a_release_does_not_crowd(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Released once more, no more than `desk.most` tasks are there at any moment."""
    here = site(cloud, variant)
    cloud.advance(minutes=30)
    must_not_crowd(here, watched(here, here.plan.images["1.1"]))


@LAB.check("goes-back", question="go-back", points=2, rows=["P01"])
def a_broken_version_goes_back(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Version 1.2 is released; 90 minutes later the service runs version 1.1 again, and is whole."""
    here = site(cloud, variant)
    here.rest()
    watched(here, here.plan.images["1.2"])
    must_run(here, "1.1", f"{ROLL_MINUTES} minutes after version 1.2 was released")
    must_be_whole(here, "then")


@LAB.check("nobody-notices", question="go-back", points=1, rows=["P01"], after="goes-back")
def nobody_notices(cloud: Any, variant: Mapping[str, Any]) -> None:
    """All that while `desk.least` tasks serve, and every request is answered."""
    here = site(cloud, variant)
    here.rest()
    seen = watched(here, here.plan.images["1.2"])
    must_keep_its_capacity(here, seen)
    must_answer_all(seen, "while the broken version is tried and given up")


@LAB.check("event", question="read-the-failure", points=1, rows=["P01"])
def the_event_is_read(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`event` is the message by which the service tells that the deployment of version 1.2 failed."""
    here = site(cloud, variant)
    given = answers["event"]
    told = str(given.get("message", "") if isinstance(given, dict) else given).strip()
    events = here.view().events
    failed = [event for event in events if "deployment failed" in event]
    hint = "read the events in DescribeServices, newest first: one says `deployment failed`"
    if not failed:
        hint = "release version 1.2 with update_service, let an hour pass, then read the events"
    expect(
        told in failed,
        expected="the message of the event that says that a deployment failed",
        got=told or "nothing",
        hint=hint,
    )


@LAB.check("threshold", question="read-the-failure", points=1, rows=["P01"])
def the_threshold_is_known(answers: Mapping[str, Any], cloud: Any, variant: Mapping[str, Any]) -> None:
    """`threshold` is the number of failed tasks after which the circuit breaker of a service of this count gives up."""
    plan, told = site(cloud, variant).plan, answers["threshold"]
    expect(
        told == plan.threshold and not isinstance(told, bool),
        expected=f"the number of failed tasks that the circuit breaker waits for, with a count of {plan.count}",
        got=told,
        hint="half of the count, rounded up, but no fewer than a fixed number: lesson 07",
    )


@LAB.check("cause", question="read-the-failure", points=1, rows=["P01"])
def the_cause_is_told(answers: Mapping[str, Any], cloud: Any, variant: Mapping[str, Any]) -> None:
    """`cause` says why tasks of version 1.2 end: 'health', 'exit' or 'memory'."""
    plan, told = site(cloud, variant).plan, str(answers["cause"]).strip().lower()
    expect(
        told == plan.bad,
        expected="'health', 'exit' or 'memory', as the stopped tasks of version 1.2 show it",
        got=answers["cause"],
        hint="stoppedReason of a stopped task, then exitCode and reason of its container",
    )
