"""A learner's queue and tasks as the checks of lab 11 let them live: messages in, tasks out, a worker killed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import boto3

from autograder.checks.asking import asked, started
from autograder.checks.check import Miss, expect
from autograder.checks.labs.queue_driven_batch.plan import MINUTE, Plan, plan_of
from simcloud.sim.meter import runs

REST_MINUTES = 10
"""In which what a copy was emptied of is forgotten, by alarms too."""
START_MINUTES = 2
"""In which a task is up and asks for its first message."""
CALM_HOURS = 5
"""Longer than what a check lives through within a day."""
KILLED = "somebody killed its process"
"""Why a task ended that a check killed: that says nothing of the learner's work."""
BATCH = 10
"""Messages a call."""


@dataclass(frozen=True)
class Site:
    """The learner's account as it stands now, emptied of messages and tasks."""

    cloud: Any
    plan: Plan
    since: float
    """When it was empty: epoch seconds."""

    # --- messages

    def send(self, *bodies: str) -> None:
        """Put messages into the queue. Raises Miss where it is gone."""
        url, sqs = url_of(self.plan.family), boto3.client("sqs")
        for first in range(0, len(bodies), BATCH):
            entries = [
                {"Id": str(number), "MessageBody": body} for number, body in enumerate(bodies[first : first + BATCH])
            ]
            asked(sqs.send_message_batch, f"messages go into {self.plan.family}", QueueUrl=url, Entries=entries)

    def messages(self) -> list[Any]:
        """Every message since the copy was empty, oldest first."""
        return [one for one in self.cloud.messages(self.plan.family) if one.sent_at >= self.since]

    def told(self) -> list[str]:
        """Takes every message out of the queue for bad news."""
        url, sqs, found = url_of(self.plan.failed), boto3.client("sqs"), []
        while got := asked(sqs.receive_message, "bad news", QueueUrl=url, MaxNumberOfMessages=BATCH).get("Messages"):
            for one in got:
                found.append(str(one["Body"]))
                sqs.delete_message(QueueUrl=url, ReceiptHandle=one["ReceiptHandle"])
        return found

    # --- tasks

    def start(self, count: int = 1) -> list[str]:
        """Run tasks of the newest definition, in the default VPC; their ARNs. Raises Miss where AWS refuses."""
        made = asked(
            boto3.client("ecs").run_task,
            f"tasks of the family {self.plan.family} can be started",
            cluster=self.plan.cluster,
            taskDefinition=self.plan.family,
            count=count,
            launchType="FARGATE",
            networkConfiguration={"awsvpcConfiguration": _in_the_default_vpc()},
        )
        return started(made, self.plan.family)

    def running(self) -> int:
        """Tasks of the cluster that are meant to run."""
        return sum(task.desired == "RUNNING" for task in self.cloud.tasks(self.plan.cluster))

    def started(self) -> int:
        """Tasks of the cluster that began since the copy was empty, those that have ended long ago included."""
        return sum(run.begin >= self.since and run.cluster == self.plan.cluster for run in runs(self.cloud.world))

    def rule_says(self) -> str:
        """The last thing that a rule, a schedule or an alarm told since the copy was empty; '' for nothing."""
        return next(iter(_told(self, ("rule ", "schedule ", "alarm "))), "")


def site(cloud: Any, variant: Mapping[str, Any]) -> Site:
    """Stop every task of the cluster, empty the two queues, let the copy rest. Raises Miss where one is not."""
    plan = plan_of(variant["ticket"])
    ecs, sqs = boto3.client("ecs"), boto3.client("sqs")
    what = f"the cluster {plan.cluster}"
    asked(ecs.list_tasks, what, cluster=plan.cluster)
    _must_keep_no_service(plan)
    for task in cloud.tasks(plan.cluster):
        if task.desired == "RUNNING":
            asked(ecs.stop_task, what, cluster=plan.cluster, task=task.arn)
    cloud.advance(minutes=REST_MINUTES)
    for name in (plan.family, plan.failed):
        asked(sqs.purge_queue, f"the queue {name}", QueueUrl=url_of(name))
    cloud.advance(minutes=REST_MINUTES)
    _pass_the_night(cloud, plan)
    return Site(cloud, plan, cloud.world.now)


def _pass_the_night(cloud: Any, plan: Plan) -> None:
    """Where the nightly task is due soon, let it come and go: no evening of a check meets it."""
    away = plan.next_night(cloud.now) - cloud.now
    if away < timedelta(hours=CALM_HOURS):
        cloud.advance(seconds=away.total_seconds())
        cloud.advance(minutes=2 * REST_MINUTES)


def url_of(queue: str) -> str:
    """Raises Miss where there is no such queue."""
    return str(asked(boto3.client("sqs").get_queue_url, f"a queue {queue}", QueueName=queue)["QueueUrl"])


def _must_keep_no_service(plan: Plan) -> None:
    """Raise Miss where a service of the cluster keeps tasks: here a task ends with its work."""
    ecs = boto3.client("ecs")
    names = ecs.list_services(cluster=plan.cluster)["serviceArns"]
    held = ecs.describe_services(cluster=plan.cluster, services=names)["services"] if names else []
    keeping = [one["serviceName"] for one in held if one["status"] == "ACTIVE" and one["desiredCount"] > 0]
    expect(
        not keeping,
        expected="tasks that end with their work",
        got=f"the service {', '.join(keeping)} keeps tasks running",
        hint="a service starts a task that has ended anew; RunTask runs it once",
    )


def _in_the_default_vpc() -> dict[str, Any]:
    what = "the default VPC with its subnets"
    given = [{"Name": "default-for-az", "Values": ["true"]}]
    subnets = asked(boto3.client("ec2").describe_subnets, what, Filters=given)["Subnets"]
    expect(subnets, expected=what, got="none", hint="lab.reset() brings it back")
    return {"subnets": sorted(one["SubnetId"] for one in subnets)[:2], "assignPublicIp": "ENABLED"}


def _told(here: Site, whose: tuple[str, ...]) -> Iterator[str]:
    """Lines of the story, newest first."""
    for line in reversed(list(here.cloud.story)):
        if line.at >= here.since and line.who.startswith(whose) and (line.why or line.who.startswith("rule ")):
            yield f"{line.who}: {line.what}" + (f" ({line.why})" if line.why else "")


# --- what must be so


def must_be_done(here: Site, messages: list[Any], when: str) -> None:
    """Raise Miss unless each of these messages was worked off once, and is gone."""
    left = [one for one in messages if not one.deleted]
    twice = [one for one in messages if one.done > 1]
    if twice:
        raise Miss(
            "each message is worked off once",
            f"{twice[0].body} was worked off {twice[0].done} times",
            f"work on one takes {here.plan.seconds} seconds; for how long is a message hidden that somebody has taken?",
        )
    aside = sum(bool(one.moved_to) for one in left)
    expect(
        not left,
        expected=f"{when} all {len(messages)} messages are worked off and deleted",
        got=f"{len(left)} are not" + (f", {aside} of them set aside" if aside else ""),
        hint="maxReceiveCount counts how often a message may be taken" if aside else _why_left(here),
    )


def _why_left(here: Site) -> str:
    for task in reversed(here.cloud.tasks(here.plan.cluster)):
        if task.created_at < here.since or task.why == KILLED:
            continue
        if task.status == "STOPPED" and (task.exit_code != 0 or task.started_at is None):
            call = next((call for call in task.calls if call.outcome != "ok"), None)
            denied = f"{call.action}: {call.outcome}; " if call else ""
            if call is not None and call.outcome == "missing":
                return f"{denied}the program reads the URL or name of its queue from the environment, as QUEUE"
            return f"{denied}{task.why or task.stopped_reason}"
        if task.status == "RUNNING" and not task.calls:
            return "a task runs and asks no queue: it reads its queue's URL or name from the environment, as QUEUE"
    held = asked(
        boto3.client("sqs").get_queue_attributes,
        f"the queue {here.plan.family}",
        QueueUrl=url_of(here.plan.family),
        AttributeNames=["VisibilityTimeout", "MessageRetentionPeriod"],
    )["Attributes"]
    return (
        f"no task works on them; the queue hides a message that was taken for {held['VisibilityTimeout']} s, and keeps "
        f"one for {held['MessageRetentionPeriod']} s"
    )


def must_be_over(here: Site, when: str) -> None:
    """Raise Miss where a task still runs."""
    expect(
        not here.running(),
        expected=f"{when} no task is left running",
        got=f"{here.running()} still run",
        hint="one of the two images waits for more; the other ends when its queue gives nothing more",
    )


def must_have_started(here: Site, count: int, when: str) -> None:
    """Raise Miss unless so many tasks have begun since the copy was empty."""
    found = here.started()
    expect(
        found == count,
        expected=f"{when} as many tasks of {here.plan.family} were started as asked for: {count}",
        got=found,
        hint=_why_not_started(here) or here.rule_says() or "no rule and no schedule did anything",
    )


def _why_not_started(here: Site) -> str:
    """Why the newest task that never began did not; '' where there is none."""
    mine = [task for task in here.cloud.tasks(here.plan.cluster) if task.created_at >= here.since]
    return next((task.why or task.stopped_reason for task in reversed(mine) if task.pull_started_at is None), "")


def minutes_for(here: Site, messages: int, workers: int) -> float:
    """In which so many workers are done with so many messages, and half as long again."""
    return START_MINUTES + 3 + 1.5 * here.plan.seconds * (messages / workers + 1) / MINUTE


def until_taken(here: Site, times: int) -> Any:
    """Let time pass until the first message has been taken so often; the message. Raises Miss where nobody takes it."""
    for _ in range(18):
        here.cloud.advance(seconds=10)
        first = next(iter(here.messages()), None)
        if first is not None and first.taken >= times:
            return first
    raise Miss("a task takes a message", "none did within three minutes", _why_left(here))


def kill_with_a_message(here: Site, times: int) -> None:
    """Start a task, and kill it while it works on the first message, which it is the `times`-th to take."""
    task, *_ = here.start()
    until_taken(here, times)
    here.cloud.advance(seconds=10)
    try:
        here.cloud.kill_task(task)
    except LookupError:
        raise Miss("a task that works on a message", "it has ended", _why_left(here)) from None
