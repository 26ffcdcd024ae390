"""Lab 09 after submission: days that the notebook has not shown. Fuller, and at other hours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.checks import expect
from autograder.checks.labs.lab_09_scale_with_load import F17, LAB, SHOP_LOST
from autograder.checks.labs.scale_with_load.site import (
    live,
    must_answer,
    must_be_cheap,
    must_be_in_time,
    must_be_quick,
    site,
)

QUIET_TASKS = 3
"""At most so many tasks run after hours with next to nothing to do."""
LITTLE = 600
"""Messages: of a minute or two."""


@LAB.check("follow-full", question="follow", points=1, rows=F17, after="follow-answers")
def the_shop_follows_the_fullest_day(cloud: Any, variant: Mapping[str, Any]) -> None:
    """On the fullest day, at another hour and with a rise of one hour, the shop loses one request in a thousand at
    most, and is quick."""
    here = site(cloud, variant, "shop")
    day = live(here, here.plan.shop_day(peak=here.plan.peak - 3, share=1.0, rise=1.0))
    must_answer(here, day, SHOP_LOST)
    must_be_quick(here, day)


@LAB.check("follow-full-cheap", question="follow", points=1, rows=F17, after="follow-answers")
def the_fullest_day_is_cheap_too(cloud: Any, variant: Mapping[str, Any]) -> None:
    """On that fullest day too a million requests cost `desk.dear[desk.shop]` USD at most."""
    here = site(cloud, variant, "shop")
    must_be_cheap(here, live(here, here.plan.shop_day(peak=here.plan.peak - 3, share=1.0, rise=1.0)))


@LAB.check("jump-crowd", question="jump", points=2, rows=F17, after="jump-answers")
def the_gate_meets_the_greatest_crowd(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The greatest crowd comes, at other hours where nobody knows them: the gate loses `desk.lost` percent at
    most, and is no dearer."""
    here = site(cloud, variant, "gate")
    hours = () if here.plan.jump == "by the clock" else (2.1, 9.6, 16.4)
    day = live(here, here.plan.gate_day(hours, share=1.0))
    must_answer(here, day, here.plan.lost)
    must_be_cheap(here, day)


@LAB.check("backlog-full", question="backlog", points=2, rows=F17, after="backlog-waits")
def a_full_day_and_quiet_hours(cloud: Any, variant: Mapping[str, Any]) -> None:
    """On a day with two full ships no message waits for more than `desk.wait` minutes; after its quiet hours none is
    left at noon, and three tasks run at most."""
    here = site(cloud, variant, "worker")
    day = live(here, here.plan.worker_day((1.2, 5.4), share=1.0))
    must_be_in_time(here, day)
    expect(day.left < LITTLE, expected="next to nothing waits at noon", got=f"{day.left:.0f} messages")
    expect(
        day.running <= QUIET_TASKS,
        expected=f"{QUIET_TASKS} tasks of {here.service} at most after five quiet hours",
        got=day.running,
        hint="who takes tasks away again? A target tracking policy does, down to MinCapacity",
    )
