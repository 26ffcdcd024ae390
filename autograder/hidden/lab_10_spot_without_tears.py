"""Lab 10 after submission: another count, a seeded storm of a day, a job that is taken back again and again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import boto3

from autograder.checks.asking import asked
from autograder.checks.labs.lab_10_spot_without_tears import LAB
from autograder.checks.labs.spot_without_tears.lives import must_go_on, taken_back
from autograder.checks.labs.spot_without_tears.site import (
    OVER_MINUTES,
    job_of,
    must_be_split,
    must_have_ended_well,
    must_hold,
    must_save,
    site,
)

STORM = {"every": 3600, "fraction": (0.3, 1.0), "drought": 900}
"""A bad day: about once an hour, between a third and all of Spot, and none for a quarter of an hour."""
STORM_HOURS = 12


@LAB.check("any-count", question="split-it", points=1, rows=["F19"], after="split")
def the_split_holds_at_another_count(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The service grows to the season's count; ten minutes later the tasks are split by the same rule."""
    here = site(cloud, variant)
    here.rest()
    grown = {"cluster": here.plan.cluster, "service": here.plan.service, "desiredCount": here.plan.season}
    asked(boto3.client("ecs").update_service, f"{here.plan.service} can grow", **grown)
    here.rest()
    must_be_split(here, here.plan.season, f"grown to {here.plan.season}")


@LAB.check("storm", question="split-it", points=1, rows=["P08", "M07"], after="split")
def a_storm_costs_no_request(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Half a day of a seeded storm of reclaims: every request is answered, and the bill is as low as it can be."""
    here = site(cloud, variant)
    here.rest()
    since, least = cloud.world.now, here.plan.on_demand(here.plan.count)
    here.offer(least)
    cloud.spot_market(seed=here.plan.ticket, **STORM)
    cloud.advance(hours=STORM_HOURS)
    must_hold(here, least, cloud.served(here.plan.service, here.plan.cluster), "in the storm")
    must_save(here, since)


@LAB.check("drains-again", question="leave-in-time", points=1, rows=["F04", "M07"], after="drains")
def every_wave_is_left_in_time(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Three waves, one soon after the other: each program ends by itself, and every request is answered meanwhile."""
    here = site(cloud, variant)
    here.rest()
    least = here.plan.on_demand(here.plan.count)
    here.offer(least)
    for seed, fraction in enumerate((1.0, 0.4, 1.0)):
        taken = here.wave(fraction, seed=seed)
        cloud.advance(minutes=OVER_MINUTES)
        must_have_ended_well(here, taken)
        cloud.advance(minutes=OVER_MINUTES)
    must_hold(here, least, cloud.served(here.plan.service, here.plan.cluster), "between the waves")


@LAB.check("keeps-again", question="keep-the-work", points=2, rows=["T07"], after="keeps")
def each_interruption_costs_little(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Taken back three times, after other times of work, the job loses little each time, and is done in the end."""
    here = site(cloud, variant)
    taken_back(job_of(here), (13, 22, 16))


@LAB.check("goes-on-again", question="go-on", points=1, rows=["F04", "T07"], after="goes-on")
def the_job_outlives_a_storm(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Taken back three times, the job is started again each time, and its work is done with little lost."""
    here = site(cloud, variant)
    must_go_on(job_of(here), (11, 32, 9))
