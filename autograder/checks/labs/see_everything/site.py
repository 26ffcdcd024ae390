"""A learner's two services as the checks of lab 13 let them live, and what of them can be read from outside."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import boto3

from autograder.checks.asking import active_service, asked, definition_of
from autograder.checks.check import Miss, expect
from autograder.checks.labs.see_everything.plan import PAGER, REQUESTS, Plan, plan_of

REST_MINUTES = 10
"""In which a service comes to rest."""
CPU_UNITS = 1024
MESSAGES = 10
LONGEST_REASON = 160


@dataclass(frozen=True)
class Site:
    """The learner's account as it stands now."""

    cloud: Any
    plan: Plan

    def rest(self, *names: str) -> None:
        """Let the copy come to rest. Raises Miss where one of these services is gone."""
        for name in names or (self.plan.service,):
            active_service(self.plan.cluster, name)
        self.cloud.advance(minutes=REST_MINUTES)

    def tasks(self, name: str) -> list[Any]:
        """Running tasks of a service. Raises Miss where there is none."""
        active_service(self.plan.cluster, name)
        seen = self.cloud.service(name, self.plan.cluster)
        running = [task for task in seen.tasks if task.status == "RUNNING"]
        stopped = seen.stopped_tasks
        why = (stopped[-1].why or stopped[-1].stopped_reason) if stopped else next(iter(seen.events), "")
        expect(running, expected=f"running tasks of {name}", got="none", hint=why)
        return running

    def renew(self, name: str) -> list[Any]:
        """Kill every task of a service; ten minutes later, the tasks in their places."""
        for task in self.tasks(name):
            self.cloud.kill_task(task.arn)
        self.cloud.advance(minutes=REST_MINUTES)
        return self.tasks(name)

    def offer(self, per_cent: float) -> None:
        """Customers who keep the CPU of the service's tasks as busy as this."""
        tasks = self.tasks(self.plan.service)
        vcpu = tasks[0].cpu / CPU_UNITS
        self.cloud.load(self.plan.service, per_cent / 100 * REQUESTS * vcpu * len(tasks), cluster=self.plan.cluster)

    def calls(self) -> list[str]:
        """Takes what the topic told of alarms that ring out of the pager's queue."""
        sqs, found = boto3.client("sqs"), []
        url = asked(sqs.get_queue_url, f"the queue {PAGER}", QueueName=PAGER)["QueueUrl"]
        while got := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=MESSAGES).get("Messages"):
            for one in got:
                found.append(_state(one["Body"]))
                sqs.delete_message(QueueUrl=url, ReceiptHandle=one["ReceiptHandle"])
        return [state for state in found if state == "ALARM"]

    def alarms(self) -> str:
        """The alarms, as a hint tells them."""
        held = boto3.client("cloudwatch").describe_alarms()
        return "; ".join(map(_alarm, held["MetricAlarms"])) or "there is no alarm"


def site(cloud: Any, variant: Mapping[str, Any]) -> Site:
    """The site of a variant."""
    return Site(cloud, plan_of(variant["ticket"]))


def _alarm(held: Mapping[str, Any]) -> str:
    """An alarm in a sentence or two."""
    told = f"{held['AlarmName']} is {held['StateValue']}"
    if not held.get("AlarmActions"):
        told += ", and has no AlarmActions"
    return f"{told}: {held.get('StateReason', '')[:LONGEST_REASON]}"


def _state(body: str) -> str:
    """Of the alarm that a message of the topic is about; '' where it is about none."""
    try:
        told = json.loads(body)
        return str(json.loads(told.get("Message", body)).get("NewStateValue", ""))
    except (ValueError, TypeError, AttributeError):
        return ""


# --- lines


def must_have_lines(here: Site, tasks: list[Any]) -> None:
    """Raise Miss where the lines of one of these tasks of the service are not in its group."""
    logs, plan = boto3.client("logs"), here.plan
    what = f"the lines of each task of {plan.service} are in {plan.group}"
    _must_have_group(here)
    streams = asked(logs.describe_log_streams, what, logGroupName=plan.group)["logStreams"]
    for task in tasks:
        names = [one["logStreamName"] for one in streams if one["logStreamName"].endswith(task.id)]
        got = [
            event["message"]
            for name in names
            for event in logs.get_log_events(logGroupName=plan.group, logStreamName=name, startFromHead=True)["events"]
        ]
        expect(
            set(plan.lines) <= set(got),
            expected=what,
            got=f"{len(streams)} streams, and of task {task.id[:8]} " + (f"{len(got)} other lines" if got else "none"),
            hint="logConfiguration of the container: awslogs with group, region and prefix; then a new deployment, "
            "until all its tasks are new (services_stable)",
        )


def _must_have_group(here: Site) -> None:
    """Raise Miss where there is no such log group; why the newest task did not start tells more."""
    plan = here.plan
    found = boto3.client("logs").describe_log_groups(logGroupNamePrefix=plan.group)["logGroups"]
    stopped = here.cloud.service(plan.service, plan.cluster).stopped_tasks
    expect(
        any(one["logGroupName"] == plan.group for one in found),
        expected=f"a log group {plan.group}",
        got="none",
        hint=(stopped[-1].why or stopped[-1].stopped_reason) if stopped else "create_log_group",
    )


def must_be_kept(here: Site) -> None:
    """Raise Miss unless the group forgets its lines when it should."""
    plan = here.plan
    found = asked(boto3.client("logs").describe_log_groups, plan.group, logGroupNamePrefix=plan.group)["logGroups"]
    mine = [one for one in found if one["logGroupName"] == plan.group]
    kept = mine[0].get("retentionInDays", "for ever") if mine else "no such group"
    what = f"{plan.group} keeps lines for {plan.days} days"
    expect(kept == plan.days, expected=what, got=kept, hint="put_retention_policy")


def delivered(here: Site) -> int:
    """Bytes in the bucket. Raises Miss where it is gone."""
    given = {"Bucket": here.plan.bucket}
    found = asked(boto3.client("s3").list_objects_v2, f"the bucket {here.plan.bucket}", **given)
    return sum(int(one["Size"]) for one in found.get("Contents", []))


def must_be_routed(here: Site, before: int, tasks: list[Any]) -> None:
    """Raise Miss where nothing more has come into the bucket from these tasks."""
    lost = [line.why for task in tasks for line in task.story if "log router" in line.what and line.why]
    containers = definition_of(here.plan.cluster, here.plan.ledger)["containerDefinitions"]
    if not any("firelensConfiguration" in one for one in containers):
        lost = ["no container of the task is a log router (firelensConfiguration)"]
    after = delivered(here)
    expect(
        after > before,
        expected=f"lines of {here.plan.ledger} in the bucket {here.plan.bucket}",
        got=f"{after} bytes, {before} of them there before",
        hint=lost[-1] if lost else "the app's logDriver awsfirelens, its options those of the router's output",
    )


# --- traces and figures


def traces(here: Site, minutes: float) -> int:
    """Traces that X-Ray has of the last so many minutes."""
    now = here.cloud.now
    found = asked(
        boto3.client("xray").get_trace_summaries, "traces", StartTime=now - timedelta(minutes=minutes), EndTime=now
    )
    return len(found["TraceSummaries"])


def must_be_traced(here: Site, tasks: list[Any], found: int) -> None:
    """Raise Miss where fewer traces came than tasks were started."""
    why = [line.why for task in tasks for line in task.story if "trace" in line.what and line.why]
    expect(
        found >= len(tasks),
        expected=f"a trace of each of the {len(tasks)} new tasks of {here.plan.service} in X-Ray",
        got=f"{found} traces",
        hint=why[-1] if why else "a sidecar, and a task role that may send",
    )


def figures(here: Site, name: str, minutes: int = 10) -> list[float]:
    """Data points of a metric of Container Insights for the service in the last minutes."""
    named = {"ClusterName": here.plan.cluster, "ServiceName": here.plan.service}
    answer = boto3.client("cloudwatch").get_metric_statistics(
        Namespace="ECS/ContainerInsights",
        MetricName=name,
        Dimensions=[{"Name": key, "Value": value} for key, value in named.items()],
        Statistics=["Average"],
        Period=60,
        StartTime=here.cloud.now - timedelta(minutes=minutes),
        EndTime=here.cloud.now,
    )
    return [float(one["Average"]) for one in answer["Datapoints"]]


def sidecar_of(here: Site, task: Any) -> str:
    """The name of the container that takes traces. Raises Miss where there is none."""
    names = [one.name for one in task.containers if "aws-otel-collector" in one.image or "xray-daemon" in one.image]
    if not names:
        raise Miss("a container that takes traces beside the program", ", ".join(one.name for one in task.containers))
    return str(names[0])
