"""Lab 09: three services that follow their load, each in its own way. Its questions and visible checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.checks import Lab, Question, expect
from autograder.checks.labs.scale_with_load import hints
from autograder.checks.labs.scale_with_load.plan import BEGINS, make_variant, plan_of
from autograder.checks.labs.scale_with_load.site import (
    live,
    must_answer,
    must_be_cheap,
    must_be_in_time,
    must_be_quick,
    must_have_cooldowns,
    must_keep_bounds,
    must_keep_hours,
    must_scale,
    site,
)
from autograder.checks.labs.scale_with_load.world import build_world

LESSON = "09-scaling.ipynb"
F17, F23 = ("F17",), ("F23",)
SHOP_LOST = 0.1
"""Percent of the requests that the shop may lose in a day."""
FLOOD, EMPTY = 2.0, 0.25
"""Of the most, and of the night: a day on which the bounds are reached."""
HALF = 0.5
"""Percent: a whole number is near enough."""

LAB = Lab(
    id="09-scale-with-load",
    title="Scale with the load",
    version=1,
    variant=make_variant,
    world=build_world,
    services=("ec2", "ecs", "ecr", "iam", "logs", "sqs", "cloudwatch", "application-autoscaling"),
    questions=(
        Question(
            "no-policy", "Without a policy", 4, needs=("stays", "lost", "enough"), rows=F23, hints=hints.NO_POLICY,
            lesson=LESSON,
        ),
        Question("follow", "The shop follows its customers", 6, rows=("F17", "F23"), hints=hints.FOLLOW, lesson=LESSON),
        Question("jump", "The gate meets a crowd", 5, rows=F17, hints=hints.JUMP, lesson=LESSON),
        Question("backlog", "The workers keep up", 5, rows=F17, hints=hints.BACKLOG, lesson=LESSON),
    ),
)  # fmt: skip


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


@LAB.check("stays", question="no-policy", points=1, rows=F23)
def the_count_stays(answers: Mapping[str, Any]) -> None:
    """`stays` is the number of tasks that run after an hour in which `desk.rush` requests a second come."""
    told = _number(answers["stays"])
    expect(
        told == BEGINS,
        expected="the running tasks of a service that nothing scales, after an hour with too much to do",
        got=answers["stays"],
        hint="Fargate finds the compute for each task that is asked for; who asks for more tasks?",
    )


@LAB.check("lost", question="no-policy", points=1, rows=F23)
def the_loss_is_known(answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`lost` is the percentage of the requests of that hour that got no answer in time, to half a percent."""
    plan, told = plan_of(variant["ticket"]), _number(answers["lost"])
    right = 100 * (1 - BEGINS * plan.each / variant["rush"])
    expect(
        told is not None and abs(told - right) <= HALF,
        expected="a percentage, 0 to 100: requests of that hour without an answer in time",
        got=answers["lost"],
        hint="100 * (1 - future.served(desk.shop, desk.cluster, minutes=60).availability)",
    )


@LAB.check("enough", question="no-policy", points=2, rows=F23)
def the_least_count_is_known(answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`enough` is the least number of tasks with which `desk.rush` requests a second are answered within 250 ms on
    average."""
    plan, told = plan_of(variant["ticket"]), _number(answers["enough"])
    busiest = 0.8  # 50 ms / (1 - 0.8) = 250 ms
    right = -(-variant["rush"] // (plan.each * busiest))
    expect(
        told == right,
        expected=f"the least number of tasks that answer {variant['rush']} requests a second within 250 ms",
        got=answers["enough"],
        hint="try it on a copy: update_service(desiredCount=...), wait until it is stable, load, and look at the "
        "latency in scaling_history(...).readings",
    )


@LAB.check("follow-answers", question="follow", points=1, rows=("F17", "F23"))
def the_shop_answers(cloud: Any, variant: Mapping[str, Any]) -> None:
    """On a usual day the shop loses one request in a thousand at most."""
    here = site(cloud, variant, "shop")
    must_scale(here)
    must_answer(here, live(here, here.plan.shop_day()), SHOP_LOST)


@LAB.check("follow-quick", question="follow", points=1, rows=F17, after="follow-answers")
def the_shop_is_quick(cloud: Any, variant: Mapping[str, Any]) -> None:
    """On that day an answer takes 250 ms at most, on average over any six minutes."""
    here = site(cloud, variant, "shop")
    must_be_quick(here, live(here, here.plan.shop_day()))


@LAB.check("follow-cheap", question="follow", points=1, rows=F17, after="follow-answers")
def the_shop_is_cheap(cloud: Any, variant: Mapping[str, Any]) -> None:
    """On that day a million requests cost `desk.dear[desk.shop]` USD at most."""
    here = site(cloud, variant, "shop")
    must_be_cheap(here, live(here, here.plan.shop_day()))


@LAB.check("follow-bounds", question="follow", points=1, rows=F17, after="follow-answers")
def the_shop_keeps_its_bounds(cloud: Any, variant: Mapping[str, Any]) -> None:
    """On a day with an empty night and twice the most the tasks stay within `desk.bounds[desk.shop]`; a policy that
    tracks a target has the cooldowns of the house."""
    here = site(cloud, variant, "shop")
    must_have_cooldowns(here)
    must_keep_bounds(here, live(here, here.plan.shop_day(share=FLOOD, night=EMPTY)))


@LAB.check("jump-answers", question="jump", points=1, rows=F17)
def the_gate_answers(cloud: Any, variant: Mapping[str, Any]) -> None:
    """On a usual day the gate loses `desk.lost` percent of its requests at most."""
    here = site(cloud, variant, "gate")
    must_scale(here)
    must_answer(here, live(here, here.plan.gate_day()), here.plan.lost)


@LAB.check("jump-cheap", question="jump", points=1, rows=F17, after="jump-answers")
def the_gate_is_cheap(cloud: Any, variant: Mapping[str, Any]) -> None:
    """On that day a million requests cost `desk.dear[desk.gate]` USD at most."""
    here = site(cloud, variant, "gate")
    must_be_cheap(here, live(here, here.plan.gate_day()))


@LAB.check("jump-bounds", question="jump", points=1, rows=F17, after="jump-answers")
def the_gate_keeps_its_bounds(cloud: Any, variant: Mapping[str, Any]) -> None:
    """When twice the crowd comes the tasks stay within `desk.bounds[desk.gate]`; where the hour is known, more than the
    least are asked for from ten minutes before it to five minutes after its end."""
    here = site(cloud, variant, "gate")
    day = live(here, here.plan.gate_day(share=FLOOD))
    must_keep_bounds(here, day)
    must_keep_hours(here, day)


@LAB.check("backlog-waits", question="backlog", points=1, rows=F17)
def no_message_waits_long(cloud: Any, variant: Mapping[str, Any]) -> None:
    """On a usual day no message waits for more than `desk.wait` minutes."""
    here = site(cloud, variant, "worker")
    must_scale(here)
    must_be_in_time(here, live(here, here.plan.worker_day()))


@LAB.check("backlog-cheap", question="backlog", points=1, rows=F17, after="backlog-waits")
def the_workers_are_cheap(cloud: Any, variant: Mapping[str, Any]) -> None:
    """On that day a million messages cost `desk.dear[desk.worker]` USD at most."""
    here = site(cloud, variant, "worker")
    must_be_cheap(here, live(here, here.plan.worker_day()))


@LAB.check("backlog-bounds", question="backlog", points=1, rows=F17, after="backlog-waits")
def the_workers_keep_their_bounds(cloud: Any, variant: Mapping[str, Any]) -> None:
    """On a day with twice the most the tasks stay within `desk.bounds[desk.worker]`; a policy that tracks a target has
    the cooldowns of the house."""
    here = site(cloud, variant, "worker")
    must_have_cooldowns(here)
    must_keep_bounds(here, live(here, here.plan.worker_day(share=FLOOD)))
