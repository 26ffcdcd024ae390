"""Lab 06: files on EFS that outlive every task, and a scratch disk on EBS. Questions, and the visible checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import boto3
from botocore.exceptions import ClientError

from autograder.checks import Lab, Question, expect
from autograder.checks.asking import asked, made_service, must_run, network_of
from autograder.checks.labs.shared_and_scratch import hints
from autograder.checks.labs.shared_and_scratch.plan import make_variant
from autograder.checks.labs.shared_and_scratch.site import (
    SETTLE_MINUTES,
    disks,
    event_of,
    must_choose,
    must_find_in_all,
    must_keep_strangers_out,
    site,
    write,
)
from autograder.checks.labs.shared_and_scratch.world import build_world

LESSON = "06-storage.ipynb"
AT_ONCE = ["s1", "s2"]
"""The cases that are judged at once; the others after submission."""
LEAST_QUOTED = 20
"""Characters of an event that can decide."""

LAB = Lab(
    id="06-shared-and-scratch",
    title="Shared and scratch",
    version=1,
    variant=make_variant,
    world=build_world,
    services=("ec2", "ecs", "ecr", "efs", "eks", "iam", "logs", "sts"),
    questions=(
        Question("share-it", "Share the files", 8, rows=("F05", "P07"), hints=hints.SHARE_IT, lesson=LESSON),
        Question(
            "which-version", "Which platform version", 2, needs=("refusal", "version"), rows=("T02",),
            hints=hints.WHICH_VERSION, lesson=LESSON,
        ),
        Question(
            "scratch", "A disk for each task", 5, needs=("second",), rows=("F06", "M06"),
            hints=hints.SCRATCH, lesson=LESSON,
        ),
        Question(
            "which-storage", "Which storage", 5, needs=("storage", "waits"), rows=("T09", "M06", "P07"),
            hints=hints.WHICH_STORAGE, lesson=LESSON,
        ),
    ),
)  # fmt: skip


@LAB.check("in-both-zones", question="share-it", points=1, rows=["F05"])
def it_runs_in_both_zones(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The count of tasks of your service runs, with some in each of `desk.zones`, eight minutes after your code."""
    here = site(cloud, variant)
    plan = here.plan
    cloud.advance(minutes=SETTLE_MINUTES)
    tasks = must_run(cloud, plan.cluster, plan.service, plan.count, "eight minutes later")
    zones = {task.zone for task in tasks}
    expect(zones == set(plan.zones), expected=f"tasks in {' and '.join(plan.zones)}", got=zones, hint="two subnets")


@LAB.check("one-file", question="share-it", points=2, rows=["F05"], after="in-both-zones")
def tasks_in_two_zones_see_one_file(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task in either zone writes a file below `desk.path`; every running task in both zones finds it there."""
    here = site(cloud, variant)
    for zone in here.plan.zones:
        file = f"{here.plan.path}/from-{zone}.jpg"
        write(here, zone, file, f"seen in {zone}")
        must_find_in_all(here, file, f"seen in {zone}", f"after a task in {zone} wrote it")


@LAB.check("door", question="share-it", points=1, rows=["F05"], after="in-both-zones")
def nobody_else_reaches_the_files(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Nobody on the internet and no other machine of the VPC reaches a mount target at port 2049."""
    must_keep_strangers_out(site(cloud, variant))


@LAB.check("refused", question="which-version", points=1, rows=["T02"])
def the_old_version_is_refused(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`refusal` is what AWS says to a task of your service on platform version 1.3.0."""
    here = site(cloud, variant)
    held = made_service(here.plan.cluster, here.plan.service)
    said = ""
    try:
        boto3.client("ecs").run_task(
            cluster=here.plan.cluster,
            taskDefinition=held["taskDefinition"],
            launchType="FARGATE",
            platformVersion="1.3.0",
            networkConfiguration={"awsvpcConfiguration": network_of(held)},
        )
    except ClientError as refused:
        said = str(refused.response["Error"]["Message"])
    hint = "run_task with platformVersion='1.3.0'; catch ClientError as error, keep str(error)"
    expect(bool(said) and said in str(answers["refusal"]), expected="AWS's text", got=answers["refusal"], hint=hint)


@LAB.check("version", question="which-version", points=1, rows=["T02"])
def the_version_is_told(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`version` is the platform version on which a running task of your service mounts the files."""
    here = site(cloud, variant)
    tasks = must_run(cloud, here.plan.cluster, here.plan.service, 1, "now")
    described = asked(
        boto3.client("ecs").describe_tasks, "its tasks", cluster=here.plan.cluster, tasks=[one.arn for one in tasks]
    )["tasks"]
    known = {one["platformVersion"] for one in described}
    hint = "platformVersion in describe_tasks: a number, not LATEST"
    expect(answers["version"] in list(known), expected="the version of its tasks", got=answers["version"], hint=hint)


@LAB.check("one-each", question="scratch", points=2, rows=["F06"])
def each_task_has_its_disk(cloud: Any, variant: Mapping[str, Any]) -> None:
    """`desk.sorters` tasks run, each with its own EBS volume: gp3, of `desk.size` GiB, mounted at `desk.scratch`."""
    here = site(cloud, variant)
    plan = here.plan
    cloud.advance(minutes=SETTLE_MINUTES)
    ids = disks(here, must_run(cloud, plan.cluster, plan.sorter, plan.sorters, "eight minutes later"))
    expect(len(set(ids)) == len(ids), expected="a volume of its own for each task", got=ids)


@LAB.check("second", question="scratch", points=1, rows=["M06"])
def a_second_disk_is_refused(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`second` is what AWS says to a definition with two such volumes."""
    here = site(cloud, variant)
    said = ""
    try:
        boto3.client("ecs").register_task_definition(
            cpu="256",
            memory="512",
            family="two-disks",
            networkMode="awsvpc",
            requiresCompatibilities=["FARGATE"],
            containerDefinitions=[{"name": "app", "image": here.plan.image(here.plan.sorter)}],
            volumes=[{"name": name, "configuredAtLaunch": True} for name in ("one", "two")],
        )
    except ClientError as refused:
        said = str(refused.response["Error"]["Message"])
    hint = "register_task_definition with two volumes that are configuredAtLaunch; keep str(error)"
    expect(bool(said) and said in str(answers["second"]), expected="AWS's text", got=answers["second"], hint=hint)


@LAB.check("pod-waits", question="which-storage", points=1, rows=["T09"])
def a_pod_waits_for_ever(answers: Mapping[str, Any], variant: Mapping[str, Any], cloud: Any) -> None:
    """`waits` is what the events of the pod in `desk.pods` say: why it is Pending."""
    said, given = event_of(site(cloud, variant)), " ".join(str(answers["waits"]).split())
    hint = "kubernetes.get('pods') names the pod, kubernetes.describe('pod', name) shows its events"
    right = said in given or (len(given) >= LEAST_QUOTED and given in said)
    expect(right, expected="the message of its event, or the part that decides", got=answers["waits"], hint=hint)


@LAB.check("first-cases", question="which-storage", points=1, rows=["T09", "M06", "P07"])
def the_first_cases_are_decided(answers: Mapping[str, Any], variant: Mapping[str, Any], cloud: Any) -> None:
    """`storage` has the right one of `desk.options` for each of the first two cases."""
    must_choose(site(cloud, variant), answers["storage"], AT_ONCE)
