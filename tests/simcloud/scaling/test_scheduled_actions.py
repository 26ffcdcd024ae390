"""Scheduled actions through boto3, and what they do as time passes, from Monday 5 January 2026, 09:00 on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from scaled_shop import TARGET, Scaled

operation = pytest.mark.operation


@operation("application-autoscaling:PutScheduledAction", "application-autoscaling:DescribeScheduledActions")
def test_an_action_is_described_as_it_was_put(scaled: Scaled) -> None:
    scaled.register()
    start = datetime(2026, 2, 1, tzinfo=UTC)
    scaled.schedule("day", "cron(0 8 ? * MON-FRI *)", Timezone="Europe/Berlin", StartTime=start, MinCapacity=2)
    (found,) = scaled.api.describe_scheduled_actions(ServiceNamespace="ecs")["ScheduledActions"]
    assert found["ScheduledActionARN"].endswith(":resource/ecs/service/shop/web:scheduledActionName/day")
    assert found["ScheduledActionARN"].split(":")[6].replace("-", "") in scaled.target()["ScalableTargetARN"]
    assert {key: found[key] for key in ("Schedule", "Timezone", "StartTime", "ScalableTargetAction")} == {
        "Schedule": "cron(0 8 ? * MON-FRI *)",
        "Timezone": "Europe/Berlin",
        "StartTime": start,
        "ScalableTargetAction": {"MinCapacity": 2},
    }
    assert "EndTime" not in found


@operation("application-autoscaling:PutScheduledAction", "application-autoscaling:DescribeScalingActivities")
def test_the_service_follows_the_schedule_through_night_and_day(scaled: Scaled) -> None:
    scaled.register(1, 4)
    scaled.schedule("night", "cron(0 22 * * ? *)", MinCapacity=0, MaxCapacity=0)
    scaled.schedule("day", "cron(0 8 ? * MON-FRI *)", MinCapacity=3, MaxCapacity=6)
    seen = []
    for _ in range(5):
        scaled.cloud.advance(hours=12)
        service = scaled.shop.service()
        seen.append((service["desiredCount"], service["runningCount"], scaled.target()["MaxCapacity"]))
    assert seen == [(2, 2, 4), (3, 3, 6), (3, 3, 6), (3, 3, 6), (3, 3, 6)]
    told = [(each["Description"], each["Cause"], each["StatusCode"]) for each in scaled.activities()[:4]]
    assert told == [
        (
            "Setting min capacity to 0 and max capacity to 0",
            "scheduled action name night was triggered",
            "Successful",
        ),
        ("Setting desired count to 0.", "maximum capacity was set to 0", "Successful"),
        (
            "Setting min capacity to 3 and max capacity to 6",
            "scheduled action name day was triggered",
            "Successful",
        ),
        ("Setting desired count to 3.", "minimum capacity was set to 3", "Successful"),
    ]


def test_the_story_tells_why_the_count_changed(scaled: Scaled) -> None:
    scaled.register(1, 4)
    scaled.schedule("rush", "at(2026-01-05T12:00:00)", MinCapacity=4)
    scaled.cloud.advance(hours=4)
    story = str(scaled.cloud.story.about("web"))
    assert "12:00:00  scaling of web: now between 4 and 4 tasks (scheduled action name rush was triggered)" in story
    assert "12:00:00  service web: is scaled from 2 to 4 (minimum capacity was set to 4)" in story


def test_one_bound_alone_leaves_the_other(scaled: Scaled) -> None:
    scaled.register(1, 4)
    scaled.schedule("more", "at(2026-01-05T10:00:00)", MinCapacity=3)
    scaled.cloud.advance(hours=2)
    assert (scaled.target()["MinCapacity"], scaled.target()["MaxCapacity"]) == (3, 4)
    assert scaled.activities()[0]["Description"] == "Setting min capacity to 3"
    assert "EndTime" not in scaled.activities()[0]


def test_a_minimum_alone_above_the_maximum_fails_when_it_runs(scaled: Scaled) -> None:
    """https://docs.aws.amazon.com/autoscaling/application/userguide/examples-scheduled-actions.html: then both have
    to be set."""
    scaled.register(1, 4)
    scaled.schedule("more", "at(2026-01-05T10:00:00)", MinCapacity=9)
    scaled.cloud.advance(hours=2)
    assert scaled.activities()[-1]["StatusCode"] == "Failed"
    assert (scaled.desired, scaled.target()["MinCapacity"]) == (2, 1)


def test_a_changed_action_forgets_its_start_and_end_and_the_run_planned_before(scaled: Scaled) -> None:
    scaled.register(1, 9)
    ends = datetime(2026, 1, 6, tzinfo=UTC)
    scaled.schedule("more", "rate(1 hour)", MinCapacity=3, EndTime=ends)
    scaled.schedule("more", "at(2026-01-05T15:00:00)")
    scaled.cloud.advance(hours=5)
    assert scaled.desired == 2
    (found,) = scaled.api.describe_scheduled_actions(ServiceNamespace="ecs")["ScheduledActions"]
    assert "EndTime" not in found
    assert found["ScalableTargetAction"] == {"MinCapacity": 3}
    scaled.cloud.advance(hours=2)
    assert scaled.desired == 3


@operation("application-autoscaling:DeleteScheduledAction")
def test_a_deleted_action_runs_no_more_and_one_of_its_name_is_another(scaled: Scaled) -> None:
    scaled.register(1, 9)
    scaled.schedule("more", "at(2026-01-05T10:00:00)", MinCapacity=5)
    scaled.api.delete_scheduled_action(**TARGET, ScheduledActionName="more")
    assert scaled.api.describe_scheduled_actions(ServiceNamespace="ecs")["ScheduledActions"] == []
    scaled.schedule("more", "at(2026-01-05T11:00:00)", MinCapacity=4)
    scaled.cloud.advance(minutes=90)
    assert scaled.desired == 2
    scaled.cloud.advance(hours=1)
    assert scaled.desired == 4


def test_suspended_schedules_do_not_run_and_are_not_made_up_for(scaled: Scaled) -> None:
    scaled.register(1, 9, SuspendedState={"ScheduledScalingSuspended": True})
    scaled.schedule("more", "cron(0 10 * * ? *)", MinCapacity=5)
    scaled.cloud.advance(hours=2)
    assert scaled.desired == 2
    scaled.api.register_scalable_target(**TARGET, SuspendedState={"ScheduledScalingSuspended": False})
    scaled.cloud.advance(hours=2)
    assert scaled.desired == 2
    scaled.cloud.advance(hours=22)
    assert scaled.desired == 5


def test_a_moment_that_has_passed_is_taken_and_never_comes(scaled: Scaled) -> None:
    """AWS's own sample output shows an action made at 14:33 in New York for 9:36 of the same day:
    https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-additional-cli-commands.html"""
    scaled.register(1, 9)
    scaled.schedule("late", "at(2020-12-08T9:36:00)", Timezone="America/New_York", MinCapacity=5)
    scaled.cloud.advance(days=2)
    assert scaled.desired == 2
    assert "its time has passed, so it never runs" in str(scaled.cloud.story.about("web"))


def test_a_copy_of_the_cloud_lives_the_night_without_the_original(scaled: Scaled) -> None:
    scaled.register(1, 4)
    scaled.schedule("night", "cron(0 22 * * ? *)", MinCapacity=0, MaxCapacity=0)
    with scaled.cloud.copy() as future:
        future.advance(hours=14)
        assert scaled.desired == 0
    assert scaled.desired == 2
