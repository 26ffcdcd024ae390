"""Lab 15 after submission: was it the least change, and does each service live on, with another password too?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from autograder.checks import expect
from autograder.checks.labs.incidents.least import must_be_least
from autograder.checks.labs.incidents.site import START_MINUTES, must_work, rotate, site
from autograder.checks.labs.lab_15_incidents import LAB


def _least(cloud: Any, variant: Mapping[str, Any], transcript: Sequence[Mapping[str, Any]], *kinds: str) -> None:
    here = site(cloud, variant)
    for one in here.plan.of(*kinds):
        must_be_least(here, one, transcript)


def _lives_on(cloud: Any, variant: Mapping[str, Any], *kinds: str) -> None:
    """New passwords in the secrets; the services deploy; their tasks are killed, and others come in their place."""
    here = site(cloud, variant)
    mine = here.plan.of(*kinds)
    must_work(here, *mine, passwords={one.service: rotate(one) for one in mine})
    killed = [here.tasks(one, "RUNNING")[-1] for one in mine]
    for task in killed:
        cloud.kill_task(task.arn)
    cloud.advance(minutes=START_MINUTES)
    for one, task in zip(mine, killed, strict=True):
        expect(
            any(other.id != task.id for other in here.tasks(one, "RUNNING")),
            expected=f"another task of {one.service} runs {START_MINUTES} minutes after one was killed",
            got="none",
            hint="what starts once must start again: read the stoppedReason of its last task",
        )


@LAB.check("way-least", question="open-the-way", points=1, rows=["F20", "T05"], after="second-way")
def the_ways_were_opened_no_further(
    cloud: Any, variant: Mapping[str, Any], transcript: Sequence[Mapping[str, Any]]
) -> None:
    """In both environments one thing was set right, and nothing else is wider or other than you found it."""
    _least(cloud, variant, transcript, "way")


@LAB.check("way-lives-on", question="open-the-way", points=1, rows=["F20", "F16"], after="second-way")
def the_opened_ones_live_on(cloud: Any, variant: Mapping[str, Any]) -> None:
    """After a rotation both start with the new password; after a task is killed another comes."""
    _lives_on(cloud, variant, "way")


@LAB.check("start-least", question="let-it-start", points=1, rows=["T04", "M05"], after="role")
def the_start_was_mended_no_further(
    cloud: Any, variant: Mapping[str, Any], transcript: Sequence[Mapping[str, Any]]
) -> None:
    """In both environments one thing was set right, and nothing else is wider or other than you found it."""
    _least(cloud, variant, transcript, "role", "thing")


@LAB.check("start-lives-on", question="let-it-start", points=1, rows=["F16", "T04"], after="role")
def the_started_ones_live_on(cloud: Any, variant: Mapping[str, Any]) -> None:
    """After a rotation both start with the new password; after a task is killed another comes."""
    _lives_on(cloud, variant, "role", "thing")


@LAB.check("run-least", question="keep-it-running", points=1, rows=["T04"], after="front")
def the_run_was_mended_no_further(
    cloud: Any, variant: Mapping[str, Any], transcript: Sequence[Mapping[str, Any]]
) -> None:
    """In both environments one thing was set right, and nothing else is wider or other than you found it."""
    _least(cloud, variant, transcript, "program", "front")


@LAB.check("run-lives-on", question="keep-it-running", points=1, rows=["F16"], after="front")
def the_running_ones_live_on(cloud: Any, variant: Mapping[str, Any]) -> None:
    """After a rotation both run with the new password; after a task is killed another comes."""
    _lives_on(cloud, variant, "program", "front")
