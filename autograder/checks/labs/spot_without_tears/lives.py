"""The lives of the job that the checks of lab 10 watch: taken back and started again, by hand or by a rule."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import boto3

from autograder.checks.asking import asked
from autograder.checks.check import expect
from autograder.checks.labs.spot_without_tears.site import OVER_MINUTES, Job

START_MINUTES = 2
"""In which a task has pulled its image and begun."""
CALM_HOURS = 2
"""In which a job that is over must not begin again."""


def taken_back(job: Job, after: Sequence[float]) -> None:
    """Start the job by hand, take it back after so many minutes, start it again, and so on. Raises Miss where an
    interruption costs more than is allowed."""
    cloud = job.here.cloud
    for minutes in after:
        task = job.start()
        cloud.advance(minutes=START_MINUTES)
        job.must_have_begun(task)
        cloud.advance(minutes=minutes - START_MINUTES)
        job.wave()
    job.start()
    cloud.advance(hours=job.here.plan.hours, minutes=OVER_MINUTES)
    job.must_lose_little(finished=True)


def must_go_on(job: Job, after: Sequence[float]) -> None:
    """Start the job once, take all of Spot back after so many minutes, and again. Raises Miss where it does not go on
    by itself to its end, on Spot, and one at a time."""
    cloud, plan = job.here.cloud, job.here.plan
    _must_be_nobodys(job)
    task = job.start()
    cloud.advance(minutes=START_MINUTES)
    job.must_have_begun(task)
    for number, minutes in enumerate(after, start=1):
        cloud.advance(minutes=minutes)
        job.wave()
        cloud.advance(minutes=START_MINUTES)
        _must_run_once(job, number)
    cloud.advance(hours=plan.hours)
    _must_be_alone(job)
    job.must_lose_little(finished=True)


def _must_be_nobodys(job: Job) -> None:
    """Raise Miss where tasks of the job are a service's."""
    owners = sorted({task.service for task in tasks_of(job) if task.service})
    expect(
        not owners,
        expected=f"{job.here.plan.job} runs to its end and is over",
        got=f"the service {', '.join(owners)} keeps it",
        hint="a service of tasks that end starts them without end; RunTask runs them once",
    )


def _must_run_once(job: Job, interruptions: int) -> None:
    plan = job.here.plan
    tasks = tasks_of(job)
    told = [line for line in job.here.cloud.story if line.who.startswith("rule ") and line.at >= job.since]
    ended = [task for task in job.here.cloud.tasks(plan.cluster) if task.definition.split(":")[0] == plan.job]
    failed = [f"{line.who} {line.what}: {line.why}" for line in told if line.why]
    failed += [task.why for task in ended if task.why and task.created_at > job.since and task.started_at is None]
    expect(
        tasks,
        expected=f"a task of {plan.job} runs again, {OVER_MINUTES + START_MINUTES} minutes after AWS took it back",
        got="none",
        hint=failed[-1] if failed else "no rule started it: what does the pattern ask for, and what is the target?",
    )
    expect(
        len(tasks) == 1 and len(job.runs()) == interruptions + 1,
        expected=f"one task of {plan.job} for each that was taken back, one at a time",
        got=f"{len(tasks)} run, {len(job.runs()) - 1} were started after {interruptions} interruptions",
        hint="an interruption is told more than once (announced, then STOPPED), and of every task: ask for its group",
    )
    expect(
        tasks[0].provider == "FARGATE_SPOT",
        expected="it runs on Spot again",
        got=tasks[0].provider or "FARGATE",
        hint="CapacityProviderStrategy among the EcsParameters of the rule's target",
    )


def _must_be_alone(job: Job) -> None:
    runs = job.runs()
    for one, other in pairwise(runs):
        expect(
            one.ended_at is not None and one.ended_at <= other.started_at,
            expected=f"{job.here.plan.job} never runs twice at once",
            got="a task began before the one before it had ended",
            hint="the first event comes with the warning: wait for lastStatus STOPPED",
        )


def must_not_begin(job: Job) -> None:
    """Raise Miss where the job begins after it has ended, after somebody stopped it, or when others are taken back."""
    cloud, plan = job.here.cloud, job.here.plan
    task = job.start()
    cloud.advance(minutes=5)
    asked(boto3.client("ecs").stop_task, "the job can be stopped", cluster=plan.cluster, task=task)
    cloud.advance(hours=CALM_HOURS)
    _must_be_still(job, 1, "somebody stopped it")
    job.here.wave(1.0)
    cloud.advance(hours=CALM_HOURS)
    _must_be_still(job, 1, f"tasks of {plan.service} were taken back")
    job.start()
    cloud.advance(hours=plan.hours + CALM_HOURS)
    _must_be_still(job, 2, "its work was done")


def _must_be_still(job: Job, runs: int, after: str) -> None:
    begun = len(job.runs()) - runs
    expect(
        begun == 0 and not tasks_of(job),
        expected=f"no task of {job.here.plan.job} is started after {after}",
        got=f"{begun} were" if begun else "one still runs",
        hint="the rule's pattern asks for too little: the group of the job, stopCode SpotInterruption, STOPPED",
    )


def tasks_of(job: Job) -> list[Any]:
    """Tasks of the job that are meant to run."""
    every = job.here.cloud.tasks(job.here.plan.cluster)
    return [task for task in every if task.definition.split(":")[0] == job.here.plan.job and task.desired == "RUNNING"]
