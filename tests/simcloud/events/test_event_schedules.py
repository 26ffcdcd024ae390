"""Rules that fire on a schedule, and schedules of EventBridge Scheduler, from Monday 5 January 2026, 09:00 UTC on."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from events_bench import PASS_ROLE, RUN_TASK, SCHEDULER, EventsBench

from simcloud import Cloud
from simcloud.cloud.replay import replay

NEVER = timedelta(0)


def scheduled(night: EventsBench, *statements: dict[str, Any]) -> str:
    """A role for schedules."""
    return night.role("by-night", SCHEDULER, *(statements or (RUN_TASK, PASS_ROLE)))


def moments(night: EventsBench, who: str) -> list[str]:
    """Day and time of each task that somebody ran."""
    told = [line for line in night.cloud.story if line.who == who and line.what.startswith("runs 1 task")]
    return [datetime.fromtimestamp(line.at, UTC).strftime("%a %d %H:%M:%S") for line in told]


def events_of(night: EventsBench) -> int:
    """How often the simulation was busy so far."""
    return int(night.world._tickets)


def test_a_rule_fires_each_working_night_of_a_week_and_costs_what_it_starts(night: EventsBench) -> None:
    night.rule("nightly", night.target(), expression="cron(30 2 ? * MON-FRI *)")
    before = events_of(night)
    night.cloud.advance(days=7)
    assert moments(night, "rule nightly") == [
        "Tue 06 02:30:00",
        "Wed 07 02:30:00",
        "Thu 08 02:30:00",
        "Fri 09 02:30:00",
        "Mon 12 02:30:00",
    ]
    a_task_costs = (events_of(night) - before) / 5
    assert a_task_costs < 25, "a schedule costs what it starts, not minutes"


def test_a_rate_counts_from_when_the_rule_was_made(night: EventsBench) -> None:
    night.cloud.advance(minutes=7)
    night.rule("often", night.target(), expression="rate(20 minutes)")
    night.cloud.advance(hours=1)
    assert moments(night, "rule often") == ["Mon 05 09:27:00", "Mon 05 09:47:00", "Mon 05 10:07:00"]


def test_the_event_of_a_schedule_is_as_aws_documents_it(night: EventsBench) -> None:
    arn = night.rule("often", {"Id": "a", "Arn": night.queue()}, expression="rate(1 hour)")
    night.cloud.advance(hours=1)
    (event,) = night.told()
    assert {**event, "id": ""} == {
        "version": "0",
        "id": "",
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "123456789012",
        "time": "2026-01-05T10:00:00Z",
        "region": "us-east-1",
        "resources": [arn],
        "detail": {},
    }


def test_a_disabled_schedule_does_not_fire_and_an_enabled_one_keeps_its_beat(night: EventsBench) -> None:
    night.rule("often", night.target(), expression="rate(1 hour)")
    night.cloud.advance(minutes=90)
    night.events.disable_rule(Name="often")
    night.cloud.advance(hours=2)
    night.events.enable_rule(Name="often")
    night.cloud.advance(hours=1)
    assert moments(night, "rule often") == ["Mon 05 10:00:00", "Mon 05 13:00:00"]


def test_a_changed_schedule_fires_at_its_new_times_alone(night: EventsBench) -> None:
    night.rule("often", night.target(), expression="rate(1 hour)")
    night.events.put_rule(Name="often", ScheduleExpression="cron(15 * * * ? *)")
    night.cloud.advance(hours=2)
    assert moments(night, "rule often") == ["Mon 05 09:15:00", "Mon 05 10:15:00"]


def test_a_rule_may_look_for_events_and_fire_on_a_schedule(night: EventsBench) -> None:
    arn = night.queue()
    night.events.put_rule(Name="both", EventPattern='{"source": ["shop"]}', ScheduleExpression="rate(1 hour)")
    night.events.put_targets(Rule="both", Targets=[{"Id": "a", "Arn": arn}])
    night.put({})
    night.cloud.advance(hours=1)
    assert [event["source"] for event in night.told()] == ["shop", "aws.events"]


# EventBridge Scheduler


def test_a_schedule_in_a_time_zone_runs_a_task_under_its_own_role(night: EventsBench) -> None:
    target = {"Arn": night.cluster, "RoleArn": scheduled(night), "EcsParameters": night.parameters()}
    night.schedule("nightly", "cron(0 2 * * ? *)", target, ScheduleExpressionTimezone="America/New_York")
    night.cloud.advance(hours=22, minutes=10)
    assert moments(night, "schedule nightly") == ["Tue 06 07:00:00"]
    assert night.started()[0]["startedBy"] == "chronos-schedule/nightly"


def test_what_starts_a_task_is_cut_off_after_36_characters(night: EventsBench) -> None:
    target = {"Arn": night.cluster, "RoleArn": scheduled(night), "EcsParameters": night.parameters()}
    night.schedule("gold-coast-data-lake-refresh", "rate(1 hour)", target)
    night.cloud.advance(hours=1)
    assert night.started()[0]["startedBy"] == "chronos-schedule/gold-coast-data-lak"


def test_a_schedule_that_runs_once_stays_unless_it_asks_to_be_deleted(night: EventsBench) -> None:
    target = {"Arn": night.cluster, "RoleArn": scheduled(night), "EcsParameters": night.parameters()}
    night.schedule("stays", "at(2026-01-05T10:00:00)", target)
    night.schedule("goes", "at(2026-01-05T11:00:00)", target, ActionAfterCompletion="DELETE")
    night.cloud.advance(days=2)
    assert moments(night, "schedule stays") == ["Mon 05 10:00:00"]
    assert moments(night, "schedule goes") == ["Mon 05 11:00:00"]
    assert [each["Name"] for each in night.scheduler.list_schedules()["Schedules"]] == ["stays"]


def test_a_rate_begins_at_its_start_and_ends_at_its_end(night: EventsBench) -> None:
    target = {"Arn": night.cluster, "RoleArn": scheduled(night), "EcsParameters": night.parameters()}
    begin, end = datetime(2026, 1, 5, 12, tzinfo=UTC), datetime(2026, 1, 5, 15, tzinfo=UTC)
    night.schedule("hourly", "rate(1 hour)", target, StartDate=begin, EndDate=end)
    night.cloud.advance(days=1)
    assert moments(night, "schedule hourly") == [
        "Mon 05 12:00:00",
        "Mon 05 13:00:00",
        "Mon 05 14:00:00",
        "Mon 05 15:00:00",
    ]


def test_a_flexible_window_is_kept_and_the_same_every_time(night: EventsBench) -> None:
    target = {"Arn": night.cluster, "RoleArn": scheduled(night), "EcsParameters": night.parameters()}
    window = {"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 60}
    night.schedule("sometime", "cron(0 2 * * ? *)", target, FlexibleTimeWindow=window)
    with night.cloud.copy() as future:
        future.advance(days=3)
        seen = [line.at for line in future.story if line.what.startswith("runs 1 task")]
    night.cloud.advance(days=3)
    assert [line.at for line in night.cloud.story if line.what.startswith("runs 1 task")] == seen
    past = [at % 86_400 - 2 * 3600 for at in seen]
    assert all(0 <= each < 3600 for each in past)
    assert len(set(past)) == 3


@pytest.mark.parametrize(
    ("expression", "start", "times"),
    [
        ("cron(30 2 * * ? *)", "2026-03-28T00:00:00Z", ["Sat 28 01:30:00", "Mon 30 00:30:00"]),
        ("cron(30 2 * * ? *)", "2026-10-24T12:00:00Z", ["Sun 25 00:30:00", "Mon 26 01:30:00"]),
    ],
)
def test_a_night_in_which_the_clocks_change_is_left_out_or_runs_once(
    expression: str, start: str, times: list[str]
) -> None:
    with Cloud(seed=21, start=start) as cloud:
        night = EventsBench(cloud)
        target = {"Arn": night.cluster, "RoleArn": scheduled(night), "EcsParameters": night.parameters()}
        night.schedule("nightly", expression, target, ScheduleExpressionTimezone="Europe/Berlin")
        cloud.advance(days=2, hours=12)
        assert moments(night, "schedule nightly")[:2] == times


def test_a_schedules_role_needs_pass_role_too(night: EventsBench) -> None:
    role = scheduled(night, RUN_TASK)
    dead = night.queue("dead")
    target = {"Arn": night.cluster, "RoleArn": role, "EcsParameters": night.parameters()}
    night.schedule("nightly", "rate(1 hour)", {**target, "DeadLetterConfig": {"Arn": dead}})
    night.cloud.advance(hours=1)
    assert night.started() == []
    said = night.lines("schedule nightly")
    assert said[1].startswith(
        "schedule nightly: cannot run a task: NO_PERMISSIONS (no identity-based policy allows iam:"
    )
    assert said[2].startswith("schedule nightly: cannot put the event into its dead-letter queue dead: it is lost (no ")
    send = {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": dead}
    document = json.dumps({"Version": "2012-10-17", "Statement": [send]})
    night.iam.put_role_policy(RoleName="by-night", PolicyName="dead", PolicyDocument=document)
    night.cloud.advance(hours=1)
    (letter,) = night.messages("dead")
    told = {name: each["StringValue"] for name, each in letter["MessageAttributes"].items()}
    assert told["SCHEDULE_ARN"].endswith(":schedule/default/nightly")
    assert (told["ERROR_CODE"], told["SCHEDULED_TIME"]) == ("NO_PERMISSIONS", "2026-01-05T11:00:00Z")


def test_a_universal_target_changes_a_service_by_night(night: EventsBench) -> None:
    network = {"awsvpcConfiguration": {"subnets": night.subnets, "assignPublicIp": "ENABLED"}}
    night.image = night.cloud.push_image("web", "1.0")
    night.ecs.create_service(
        cluster="shop",
        serviceName="web",
        taskDefinition=night.register("web"),
        desiredCount=2,
        launchType="FARGATE",
        networkConfiguration=network,
    )
    night.cloud.advance(minutes=5)
    role = scheduled(night, {"Effect": "Allow", "Action": "ecs:UpdateService", "Resource": "*"})
    given = json.dumps({"Cluster": "shop", "Service": "web", "DesiredCount": 0})
    target = {"Arn": "arn:aws:scheduler:::aws-sdk:ecs:updateService", "RoleArn": role, "Input": given}
    night.schedule("off", "cron(0 22 * * ? *)", target)
    night.cloud.advance(hours=14)
    (service,) = night.ecs.describe_services(cluster="shop", services=["web"])["services"]
    assert (service["desiredCount"], service["runningCount"]) == (0, 0)
    assert night.lines("schedule off")[-1] == "schedule off: calls ecs:UpdateService"


def test_a_universal_target_whose_role_may_not_changes_nothing(night: EventsBench) -> None:
    given = json.dumps({"Cluster": "shop", "Service": "web", "DesiredCount": 0})
    arn = "arn:aws:scheduler:::aws-sdk:ecs:updateService"
    night.schedule("off", "rate(1 hour)", {"Arn": arn, "RoleArn": scheduled(night, RUN_TASK), "Input": given})
    night.cloud.advance(hours=1)
    assert "no identity-based policy allows ecs:UpdateService" in night.lines("schedule off")[-1]


def test_a_schedule_sends_to_a_queue_and_to_a_bus_as_its_role(night: EventsBench) -> None:
    closed = night.queue("closed", lets_in=False)
    role = scheduled(night, {"Effect": "Allow", "Action": ["sqs:SendMessage", "events:PutEvents"], "Resource": "*"})
    night.rule("orders", {"Id": "a", "Arn": night.queue()}, pattern={"source": ["shop"]})
    night.schedule("plain", "at(2026-01-05T10:00:00)", {"Arn": closed, "RoleArn": role, "Input": "hello"})
    bus = {"Arn": "arn:aws:events:us-east-1:123456789012:event-bus/default", "RoleArn": role, "Input": '{"id": 7}'}
    night.schedule(
        "event", "at(2026-01-05T11:00:00)", {**bus, "EventBridgeParameters": {"DetailType": "order", "Source": "shop"}}
    )
    night.cloud.advance(hours=3)
    assert [each["Body"] for each in night.messages("closed")] == ["hello"]
    assert [(event["detail-type"], event["detail"]) for event in night.told()] == [("order", {"id": 7})]


def test_a_schedule_is_changed_disabled_and_deleted(night: EventsBench) -> None:
    target = {"Arn": night.cluster, "RoleArn": scheduled(night), "EcsParameters": night.parameters()}
    night.schedule("often", "rate(1 hour)", target)
    off = {"FlexibleTimeWindow": {"Mode": "OFF"}, "Target": target}
    night.cloud.advance(minutes=90)
    night.scheduler.update_schedule(Name="often", ScheduleExpression="rate(20 minutes)", State="DISABLED", **off)
    night.cloud.advance(hours=2)
    night.scheduler.update_schedule(Name="often", ScheduleExpression="rate(20 minutes)", **off)
    night.cloud.advance(minutes=30)
    assert moments(night, "schedule often") == ["Mon 05 10:00:00", "Mon 05 12:50:00"]
    night.scheduler.delete_schedule(Name="often")
    night.cloud.advance(hours=2)
    assert len(moments(night, "schedule often")) == 2


def test_a_group_takes_its_schedules_with_it(night: EventsBench) -> None:
    target = {"Arn": night.cluster, "RoleArn": scheduled(night), "EcsParameters": night.parameters()}
    night.scheduler.create_schedule_group(Name="batch")
    night.schedule("often", "rate(1 hour)", target, GroupName="batch")
    night.scheduler.delete_schedule_group(Name="batch")
    night.cloud.advance(hours=3)
    assert night.started() == []


def test_a_transcript_with_rules_and_schedules_builds_the_same_world_again() -> None:
    with Cloud(seed=21) as cloud:
        night = EventsBench(cloud)
        night.rule("nightly", night.target(), {"Id": "q", "Arn": night.queue()}, expression="rate(3 hours)")
        target = {"Arn": night.cluster, "RoleArn": scheduled(night), "EcsParameters": night.parameters()}
        night.schedule("hourly", "rate(1 hour)", target)
        with cloud.copy() as future:
            future.advance(hours=8)
            ahead = str(future.story)
        assert len(cloud.story) < 20
        cloud.advance(hours=8)
        story, records = str(cloud.story), list(cloud.transcript)
    assert ahead == story
    with Cloud(seed=21) as again:
        assert replay(again, records) == []
        assert str(again.story) == story
