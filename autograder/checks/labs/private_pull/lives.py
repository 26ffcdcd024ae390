"""Letting a copy of the learner's world live, and looking at what became of its tasks."""

from __future__ import annotations

from typing import Any

import boto3

from autograder.checks.asking import asked, start_one
from autograder.checks.check import Miss, expect
from autograder.checks.labs.private_pull.site import Site, described
from autograder.checks.labs.private_pull.ways import must_reach_by_endpoint

PATIENCE_MINUTES = 12
"""A task that cannot start has stopped by then: twice the 289 s of R-108, and the steps between."""


def lived(here: Site, subnet: str) -> Any:
    """Start one task of the service in this subnet, on the copy, let it live or die, and show it."""
    plan = here.plan
    return start_one(
        here.cloud, plan.cluster, plan.service, PATIENCE_MINUTES, subnets=[subnet], assignPublicIp="DISABLED"
    )


def has_its_image(here: Site, task: Any) -> bool:
    """Has the task ended its pull? DescribeTasks says so with pullStoppedAt."""
    found = boto3.client("ecs").describe_tasks(cluster=here.plan.cluster, tasks=[task.arn])["tasks"]
    return bool(found) and "pullStoppedAt" in found[0]


def first_lines(here: Site, task: Any) -> list[str]:
    """What the task has written to the log group that its task definition names. Raises Miss where it names none."""
    definition = boto3.client("ecs").describe_task_definition(taskDefinition=task.definition)["taskDefinition"]
    configured = definition["containerDefinitions"][0].get("logConfiguration", {})
    group = configured.get("options", {}).get("awslogs-group", "")
    if configured.get("logDriver") != "awslogs" or not group:
        raise Miss(
            f"{task.definition} sends its lines to CloudWatch Logs",
            f"its log driver is {configured.get('logDriver', 'none')}",
            "the ticket is about the network: put the service back on the task definition with the awslogs driver",
        )
    logs = boto3.client("logs")
    what = f"a log group {group}"
    streams = asked(logs.describe_log_streams, what, logGroupName=group)["logStreams"]
    mine = [stream["logStreamName"] for stream in streams if stream["logStreamName"].endswith(task.id)]
    events = [
        event
        for name in mine
        for event in asked(logs.get_log_events, what, logGroupName=group, logStreamName=name)["events"]
    ]
    return [event["message"] for event in events]


def must_write_a_line(here: Site, subnet: str) -> None:
    """Raise Miss unless a task started in the subnet runs and its first line has come through an endpoint."""
    task = lived(here, subnet)
    expect(
        task.status == "RUNNING",
        expected=f"a task started in {subnet} is RUNNING after {PATIENCE_MINUTES} minutes",
        got=f"{task.status}: {task.stopped_reason or 'no reason yet'}",
        hint=task.why or "look at the task's stoppedReason",
    )
    expect(
        first_lines(here, task),
        expected=f"a line of task {task.id} in its log group",
        got="none",
        hint="the log driver of the task definition decides where lines go",
    )
    must_reach_by_endpoint(here, subnet, "logs")


def running_after(here: Site, minutes: int) -> list[Any]:
    """The service's tasks that run in the private subnets once so much more time has passed on the copy."""
    described(here)
    here.cloud.advance(minutes=minutes)
    running = here.cloud.tasks(here.plan.cluster, service=here.plan.service, status="RUNNING")
    return [task for task in running if task.subnet in here.private]


def must_reach_the_count(here: Site, minutes: int) -> list[Any]:
    """The running tasks of the service. Raises Miss where they are fewer than the company needs."""
    plan, running = here.plan, running_after(here, minutes)
    expect(
        len(running) >= plan.count,
        expected=f"{plan.count} running tasks of {plan.service} in {' and '.join(here.private)}",
        got=f"{len(running)}",
        hint=_why_too_few(here),
    )
    return running


def failed_starts(here: Site) -> int:
    """Tasks of the service's present deployment that failed to start, of those that ECS still shows: an hour's."""
    ecs, cluster = boto3.client("ecs"), here.plan.cluster
    present = [one["id"] for one in described(here)["deployments"] if one["status"] == "PRIMARY"]
    pages = ecs.get_paginator("list_tasks").paginate(
        cluster=cluster, serviceName=here.plan.service, desiredStatus="STOPPED"
    )
    ended = [page["taskArns"] for page in pages if page["taskArns"]]
    tasks = [task for arns in ended for task in ecs.describe_tasks(cluster=cluster, tasks=arns)["tasks"]]
    return sum(task.get("stopCode") == "TaskFailedToStart" and task["startedBy"] in present for task in tasks)


def must_have_begun_anew(here: Site, failed: int) -> None:
    """Raise Miss where tasks of the deployment had failed to start when the cell ended."""
    expect(
        not failed,
        expected=f"{here.plan.service} runs by a deployment of which no task failed to start",
        got=f"{failed} of its tasks did",
        hint="UpdateService with forceNewDeployment begins one that has no failures behind it, and is not throttled",
    )


def must_be_its_steady_event(here: Site, given: Any) -> None:
    """Raise Miss unless the answer is an event in which the service says that it has reached a steady state."""
    told = str(given.get("message", "") if isinstance(given, dict) else given).strip()
    events = here.cloud.service(here.plan.service, here.plan.cluster).events
    steady = [event for event in events if "steady state" in event]
    newest = f"its newest event now: {events[0]}" if events else "it has written no event yet"
    expect(
        told in steady,
        expected=f"the message of the event by which {here.plan.service} tells that it is steady",
        got=told or "nothing",
        hint=f"let the service come to rest, then read its events in DescribeServices, newest first; {newest}",
    )


def _why_too_few(here: Site) -> str:
    service = here.cloud.service(here.plan.service, here.plan.cluster)
    if service.desired < here.plan.count:
        return f"its desired count is {service.desired}: UpdateService sets it back to {here.plan.count}"
    elsewhere = sorted({task.subnet for task in service.tasks} - set(here.private))
    if elsewhere:
        return f"tasks run in {', '.join(elsewhere)}: UpdateService with the private subnets brings them back"
    failed = [task for task in service.stopped_tasks if task.stop_code == "TaskFailedToStart"]
    if failed:
        return f"its last task that failed, {failed[-1].id}: {failed[-1].why or failed[-1].stopped_reason}"
    return "read the service's events in DescribeServices"
