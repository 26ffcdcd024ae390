"""A learner's service as the checks of lab 10 let it live: capacity is taken back, and what is left is counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import boto3

from autograder.checks.asking import active_service, asked, definition_of, started, strategy_of
from autograder.checks.check import Miss, expect
from autograder.checks.labs.spot_without_tears.plan import LONGEST_STOP, SPOT_DISCOUNT, Plan, plan_of
from simcloud.cloud.usage import usage_of
from simcloud.price.price import price
from simcloud.price.usage import TaskUsage

REST_MINUTES = 10
"""In which a service comes to rest whose tasks start within a minute."""
OVER_MINUTES = 4
"""After which an interruption is over, whatever the program did with its two minutes."""
RATE = 30.0
"""Requests a second for each task on demand: less than what a task of a quarter vCPU answers."""
KILLED = 137


@dataclass(frozen=True)
class Site:
    """The learner's account as it stands now."""

    cloud: Any
    plan: Plan

    def service(self) -> dict[str, Any]:
        """Raises Miss where it is gone."""
        return active_service(self.plan.cluster, self.plan.service)

    def rest(self) -> None:
        """Let the copy come to rest."""
        self.service()
        self.cloud.advance(minutes=REST_MINUTES)

    def running(self, provider: str = "") -> int:
        """Tasks of the service that run and are meant to, on a provider or on any."""
        self.service()
        tasks = self.cloud.service(self.plan.service, self.plan.cluster).tasks
        return sum(task.status == "RUNNING" and _provider(task) == (provider or _provider(task)) for task in tasks)

    def offer(self, tasks: int) -> None:
        """Customers, as many as this many tasks can answer."""
        self.cloud.load(self.plan.service, RATE * tasks, cluster=self.plan.cluster)

    def wave(self, fraction: float, drought: float = 0.0, seed: int = 1) -> list[str]:
        """AWS takes this share of the service's Spot tasks back; their ids. Raises Miss where it has none."""
        self.service()
        where = {"service": self.plan.service, "cluster": self.plan.cluster}
        taken: list[str] = self.cloud.reclaim_spot(fraction, seed=seed, drought=drought, **where)
        expect(
            taken,
            expected=f"tasks of {self.plan.service} on FARGATE_SPOT",
            got="none",
            hint="the strategy sends all tasks to FARGATE: read capacityProviderStrategy in DescribeServices",
        )
        return taken

    def events(self) -> str:
        """The newest event of the service."""
        return next(iter(self.cloud.service(self.plan.service, self.plan.cluster).events), "")


def site(cloud: Any, variant: Mapping[str, Any]) -> Site:
    """The site of a variant."""
    return Site(cloud, plan_of(variant["ticket"]))


def _provider(task: Any) -> str:
    return str(task.provider or "FARGATE")


# --- the split


def must_be_split(here: Site, count: int, when: str) -> None:
    """Raise Miss unless so many tasks run, each on the provider where it belongs."""
    plan = here.plan
    on_demand = plan.on_demand(count)
    found = here.running("FARGATE"), here.running("FARGATE_SPOT")
    expect(
        found == (on_demand, count - on_demand),
        expected=f"{when}, of {count} tasks of {plan.service} {on_demand} on demand and {count - on_demand} on Spot",
        got=f"{found[0]} on demand and {found[1]} on Spot",
        hint=f"{strategy_of(here.service())}; {here.events()}",
    )


def must_hold(here: Site, least: int, served: Any, when: str) -> None:
    """Raise Miss where a request was lost."""
    expect(
        served.asked > 0 and served.failed < 1,
        expected=f"every request is answered {when}: what {least} tasks on demand can answer is all that is asked",
        got=f"{served.failed:,.0f} of {served.asked:,.0f} were not; at the worst {served.least_serving} tasks served",
        hint="a task on Spot is not replaced on demand; what must serve belongs into the base",
    )


def saved(here: Site, since: float) -> float:
    """The share of the service's bill for Fargate since then (epoch seconds) that was saved against its count of tasks
    on demand all the while."""
    mine = [
        used
        for used in usage_of(here.cloud.world)
        if isinstance(used, TaskUsage) and used.owner.service == here.plan.service
    ]
    paid = price(mine, since=str(since)).of("Fargate").cost
    one = next(used for used in mine if used.purchase in ("on-demand", "spot"))
    seconds = here.cloud.world.now - since
    full = price([TaskUsage(str(seconds), one.cpu, one.memory, count=here.plan.count)]).of("Fargate").cost
    return float(1 - paid / full)


def must_save(here: Site, since: float) -> None:
    """Raise Miss where hardly anything was saved."""
    plan = here.plan
    could = SPOT_DISCOUNT * (plan.count - plan.on_demand(plan.count)) / plan.count
    share = saved(here, since)
    expect(
        share >= 0.9 * could,
        expected=f"the bill is about {could:.0%} below that of {plan.count} tasks on demand",
        got=f"{share:.0%} below it",
        hint="a task on Spot costs 30 % of one on demand; how many are on Spot?",
    )


# --- the end of a task


def must_have_ended_well(here: Site, taken: list[str]) -> None:
    """Raise Miss where the program of an interrupted task was killed, or something is left of the old version."""
    killed = [task for task in map(here.cloud.task, taken) if task.exit_code in (KILLED, None)]
    expect(
        not killed,
        expected="the program of each interrupted task ends by itself",
        got=f"{len(killed)} of {len(taken)} were killed: exit code {killed[0].exit_code}" if killed else "",
        hint=_why_killed(here),
    )


def _why_killed(here: Site) -> str:
    containers = definition_of(here.plan.cluster, here.plan.service)["containerDefinitions"]
    given = max(int(one.get("stopTimeout", 30)) for one in containers)
    if any(one["image"] == here.plan.images["shell"] for one in containers):
        return "process number 1 of this image is a shell, which does not pass SIGTERM on to the program"
    if given < here.plan.drain:
        return f"the program needs {here.plan.drain} seconds, and stopTimeout gives it {given}"
    return f"stopTimeout is {given} seconds; which image is it, and does its program hear SIGTERM?"


# --- the job


@dataclass(frozen=True)
class Job:
    """The job, started on a copy with an empty file system, and every run of it from then on."""

    here: Site
    since: float

    def start(self) -> str:
        """As somebody would by hand: on Spot, beside the file system. The task's ARN. Raises Miss where AWS refuses."""
        made = asked(
            boto3.client("ecs").run_task,
            f"{self.here.plan.job} can be started",
            cluster=self.here.plan.cluster,
            taskDefinition=self.here.plan.job,
            capacityProviderStrategy=[{"capacityProvider": "FARGATE_SPOT", "weight": 1}],
            networkConfiguration={"awsvpcConfiguration": beside_the_files(self.here.plan)},
        )
        return started(made, self.here.plan.job)[0]

    def wave(self) -> None:
        """AWS takes back all of Spot, and two minutes go by."""
        self.here.cloud.reclaim_spot(1.0)
        self.here.cloud.advance(minutes=OVER_MINUTES)

    def runs(self) -> list[Any]:
        """Runs of the job since it was started, oldest first."""
        return [run for run in self.here.cloud.work() if run.started_at >= self.since]

    def must_have_begun(self, task: str) -> None:
        """Raise Miss unless this task works."""
        seen = self.here.cloud.task(task)
        expect(
            any(run.task == seen.id for run in self.runs()),
            expected=f"a task of {self.here.plan.job} that works",
            got=f"{seen.status}: {seen.stopped_reason or 'it does not work'}",
            hint=seen.why or "run one of the images in desk.jobs",
        )

    def must_lose_little(self, *, finished: bool) -> None:
        """Raise Miss where an interruption cost more than is allowed, or the work is not done at the end."""
        plan, runs = self.here.plan, self.runs()
        worst = max(runs, key=lambda run: float(run.lost), default=None)
        if worst is None:
            raise Miss(f"{plan.job} works", "it does not", f"a task definition of the family {plan.job}")
        expect(
            worst.lost <= 60 * plan.may_lose,
            expected=f"an interruption costs at most {plan.may_lose} minutes of work",
            got=f"{worst.lost / 60:.0f} minutes of {worst.done / 60:.0f} were lost",
            hint=_why_lost(plan, self.definition()),
        )
        if finished:
            expect(
                any(run.finished for run in runs),
                expected=f"its {plan.hours} h of work are done in the end",
                got=f"{max(run.done for run in runs) / 60:.0f} minutes are, after {len(runs)} runs",
                hint="each run must find what the one before it has written",
            )

    def definition(self) -> dict[str, Any]:
        """The job's newest task definition."""
        held = asked(
            boto3.client("ecs").describe_task_definition,
            f"a task definition {self.here.plan.job}",
            taskDefinition=self.here.plan.job,
        )
        return dict(held["taskDefinition"])


def job_of(here: Site) -> Job:
    """Stop what is left of the job, empty the file systems, and be ready to start it anew. Raises Miss where there is
    no definition of it."""
    ecs, plan = boto3.client("ecs"), here.plan
    job = Job(here, here.cloud.world.now)
    job.definition()
    for task in here.cloud.tasks(plan.cluster):
        if task.definition.split(":")[0] == plan.job and task.desired == "RUNNING":
            asked(ecs.stop_task, "a task of the job can be stopped", cluster=plan.cluster, task=task.arn)
    here.cloud.advance(minutes=OVER_MINUTES)
    here.cloud.world.files.clear()
    return Job(here, here.cloud.world.now)


def beside_the_files(plan: Plan) -> dict[str, Any]:
    """The subnets of the file system's mount targets, and the security group named like the job."""
    ec2, efs = boto3.client("ec2"), boto3.client("efs")
    what = f"the file system {plan.job}, its mount targets and its security group are there"
    found = asked(efs.describe_file_systems, what, CreationToken=plan.job)["FileSystems"]
    groups = asked(ec2.describe_security_groups, what, Filters=[{"Name": "group-name", "Values": [plan.job]}])
    expect(
        found and groups["SecurityGroups"], expected=what, got="one of them is gone", hint="lab.reset() brings it back"
    )
    targets = asked(efs.describe_mount_targets, what, FileSystemId=found[0]["FileSystemId"])["MountTargets"]
    expect(targets, expected=what, got="no mount target", hint="create_mount_target, in two subnets")
    return {
        "subnets": sorted(one["SubnetId"] for one in targets),
        "securityGroups": [groups["SecurityGroups"][0]["GroupId"]],
        "assignPublicIp": "ENABLED",
    }


def _why_lost(plan: Plan, held: dict[str, Any]) -> str:
    """What is wrong with a definition that loses much."""
    container = held["containerDefinitions"][0]
    if not any("efsVolumeConfiguration" in volume for volume in held.get("volumes", [])):
        return "a task's own storage ends with the task; a volume on EFS outlives it"
    if container["image"] == plan.jobs["parting"] and plan.write > LONGEST_STOP:
        return f"this version needs {plan.write} seconds to write, and Spot waits {LONGEST_STOP}"
    if container["image"] == plan.jobs["parting"] and int(container.get("stopTimeout", 30)) < plan.write:
        return f"it needs {plan.write} seconds to write, and stopTimeout gives it {container.get('stopTimeout', 30)}"
    if container["image"] == plan.jobs["steady"] and plan.every > plan.may_lose:
        return f"this version writes every {plan.every} minutes of work"
    return "it writes to /kept/progress; is that on the volume, and may it write there?"
