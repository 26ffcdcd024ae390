"""What checks ask of a learner's world by boto3: a refusal there is the learner's to mend, never our fault."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from autograder.checks.check import Miss, NotAttempted, expect


def asked(call: Any, what: str, **parameters: Any) -> Any:
    """Make a call for a check. What AWS refuses is the learner's world, not our fault: a Miss with AWS's words."""
    try:
        return call(**parameters)
    except (ClientError, BotoCoreError) as refused:
        raise Miss(what, f"AWS answers: {refused}", "mend what AWS names, then check again") from None


def active_service(cluster: str, service: str) -> dict[str, Any]:
    """The service as DescribeServices shows it. Raises Miss where it is gone."""
    what = f"a service {service} in cluster {cluster}"
    answer = asked(boto3.client("ecs").describe_services, what, cluster=cluster, services=[service])
    active = [one for one in answer["services"] if one["status"] == "ACTIVE"]
    if not active:
        raise Miss(what, "no such active service", f"make it again: {service} must run in {cluster}")
    return dict(active[0])


def made_service(cluster: str, service: str) -> dict[str, Any]:
    """The same. Raises NotAttempted while there has never been a service of this name."""
    ecs = boto3.client("ecs")
    there = any(arn.endswith(f"/{cluster}") for arn in ecs.list_clusters()["clusterArns"])
    if there and not ecs.describe_services(cluster=cluster, services=[service])["services"]:
        raise NotAttempted(f"There is no service {service} yet.")
    return active_service(cluster, service)


def must_run(cloud: Any, cluster: str, service: str, count: int, when: str) -> list[Any]:
    """The running tasks of a service as they are seen from outside. Raises Miss unless there are so many."""
    held = made_service(cluster, service)
    running = [task for task in cloud.tasks(cluster, service=service, status="RUNNING") if task.desired == "RUNNING"]
    hint = why_fewer(cloud, held, cluster, count)
    expect(len(running) >= count, expected=f"{when} {count} tasks of {service} run", got=f"{len(running)}", hint=hint)
    return running


def must_be_stable(cluster: str, service: str) -> None:
    """Raise Miss unless the service is what the waiter `services_stable` waits for, at this moment: its count runs, and
    one deployment is left."""
    held = made_service(cluster, service)
    running, wanted, deployments = held["runningCount"], held["desiredCount"], len(held["deployments"])
    expect(
        running == wanted and deployments == 1,
        expected=f"{service} is stable when your code has ended: its {wanted} tasks run, and one deployment is left",
        got=f"{running} of {wanted} run, deployments: {deployments}",
        hint="end the cell with the waiter services_stable; a WaiterConfig with more MaxAttempts makes it wait longer",
    )


def why_fewer(cloud: Any, held: Mapping[str, Any], cluster: str, count: int) -> str:
    """A hint for a service, as DescribeServices shows it, of which too few tasks run, or are healthy."""
    if held["desiredCount"] < count:
        return f"the desiredCount of {held['serviceName']} is {held['desiredCount']}"
    stopped = [task for task in cloud.service(held["serviceName"], cluster).stopped_tasks if task.stopped_reason]
    return str(stopped[-1].why or stopped[-1].stopped_reason) if stopped else "read the service's events, newest first"


def strategy_of(service: Mapping[str, Any]) -> str:
    """The capacity provider strategy of a service in words, as a hint."""
    told = ", ".join(
        f"{one['capacityProvider']} base {one.get('base', 0)} weight {one.get('weight', 0)}"
        for one in service.get("capacityProviderStrategy", [])
    )
    return f"its strategy is {told}" if told else "it has a launch type and no strategy"


def network_of(service: dict[str, Any]) -> dict[str, Any]:
    """Subnets, security groups and public IP of a service's tasks, as its network configuration says."""
    configured = service.get("networkConfiguration", {}).get("awsvpcConfiguration", {})
    return {"subnets": [], "securityGroups": [], "assignPublicIp": "DISABLED", **configured}


def start_one(cloud: Any, cluster: str, service: str, minutes: float, **changes: Any) -> Any:
    """Start one task as the service would, in this world, let it live or die, and show it.

    `changes` are members of its awsvpcConfiguration in place of the service's own. Raises Miss where AWS refuses.
    """
    held = active_service(cluster, service)
    answer = asked(
        boto3.client("ecs").run_task,
        f"a task of {service} can be started" + (f" in {changes['subnets'][0]}" if changes.get("subnets") else ""),
        cluster=cluster,
        taskDefinition=held["taskDefinition"],
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": {**network_of(held), **changes}},
    )
    cloud.advance(minutes=minutes)
    return cloud.task(answer["tasks"][0]["taskArn"])


def started(answer: dict[str, Any], what: str) -> list[str]:
    """The ARNs of the tasks that RunTask started. Raises Miss where it started fewer than it was asked for."""
    failed = [str(one.get("reason") or one.get("detail") or "no reason") for one in answer.get("failures", [])]
    if failed or not answer["tasks"]:
        raise Miss(
            f"RunTask starts {what}", f"failures: {', '.join(failed)}", "RunTask tells them without an exception"
        )
    return [str(task["taskArn"]) for task in answer["tasks"]]


def definition_of(cluster: str, service: str) -> dict[str, Any]:
    """The task definition that the service runs now. Raises Miss where one of the two is gone."""
    name = active_service(cluster, service)["taskDefinition"]
    answer = asked(
        boto3.client("ecs").describe_task_definition, f"the task definition of {service}", taskDefinition=name
    )
    return dict(answer["taskDefinition"])
