"""What a lesson commands happens, is told, is in the transcript, and comes again when that is replayed."""

from __future__ import annotations

from typing import Any

import pytest
from shop import Shop

from simcloud import Cloud
from simcloud.cloud.replay import replay


def test_a_killed_container_ends_its_task_and_the_service_replaces_it(open_shop: Shop) -> None:
    open_shop.create_service()
    open_shop.cloud.advance(minutes=2)
    victim = open_shop.cloud.tasks("shop", status="RUNNING")[0]
    open_shop.cloud.kill_task(victim.arn, exit_code=139)
    open_shop.cloud.advance(minutes=2)
    task = open_shop.described(victim.arn)
    assert (task["stopCode"], task["containers"][0]["exitCode"]) == ("EssentialContainerExited", 139)
    assert open_shop.service()["runningCount"] == 2
    assert any("somebody killed its process" in line.why for line in open_shop.cloud.story.about(victim.id))


def test_a_slow_pull_delays_the_task_and_nothing_else(open_shop: Shop) -> None:
    usual = open_shop.run_and_wait()
    open_shop.cloud.slow_pulls(10, image="shop/web")
    slow = open_shop.run_and_wait()
    open_shop.cloud.slow_pulls(1, image="shop/web")
    again = open_shop.run_and_wait()

    def took(task: Any) -> float:
        return float(task.started_at - task.created_at)

    assert took(again) == took(usual)
    assert took(slow) - took(usual) == pytest.approx(9 * 5)


def test_a_broken_host_times_out_for_everybody_until_it_is_mended(open_shop: Shop) -> None:
    open_shop.cloud.break_host("api.ecr.us-east-1.amazonaws.com")
    task = open_shop.run_and_wait()
    assert "There is a connection issue between the task and Amazon ECR" in task.stopped_reason
    assert task.why == "api.ecr.us-east-1.amazonaws.com does not answer anybody: a fault that was commanded"
    open_shop.cloud.mend_host("api.ecr.us-east-1.amazonaws.com")
    assert open_shop.run_and_wait().status == "RUNNING"


@pytest.mark.parametrize(
    ("setting", "days", "reason"),
    [
        (None, 7, "ECS is performing maintenance on the underlying infrastructure hosting the task"),
        ("0", 0, "ECS is performing maintenance on the underlying infrastructure hosting the task"),
        ("14", 14, "ECS is performing maintenance on the underlying infrastructure hosting the task"),
    ],
)
def test_r113_a_retired_task_stops_when_the_accounts_wait_is_over(
    open_shop: Shop, setting: str | None, days: int, reason: str
) -> None:
    if setting is not None:
        open_shop.ecs.put_account_setting_default(name="fargateTaskRetirementWaitPeriod", value=setting)
    task = open_shop.run_and_wait()
    open_shop.cloud.retire(task.arn)
    if days:
        open_shop.cloud.advance(days=days - 1)
        assert open_shop.cloud.task(task.arn).status == "RUNNING"
        open_shop.cloud.advance(days=1)
    open_shop.cloud.advance(minutes=5)
    stopped = open_shop.described(task.arn)
    assert (stopped["lastStatus"], stopped["stopCode"]) == ("STOPPED", "ServiceSchedulerInitiated")
    assert stopped["stoppedReason"] == reason


def test_r113_a_retired_task_of_a_service_is_replaced_and_its_reason_names_the_service(open_shop: Shop) -> None:
    open_shop.create_service()
    open_shop.cloud.advance(minutes=2)
    victim = open_shop.cloud.tasks("shop", status="RUNNING")[0]
    open_shop.cloud.retire(victim.id)
    open_shop.cloud.advance(days=7, minutes=5)
    assert open_shop.described(victim.arn)["stoppedReason"] == (
        "Service web: ECS is performing maintenance on the underlying infrastructure hosting the task"
    )
    assert open_shop.service()["runningCount"] == 2


@pytest.mark.parametrize(
    ("do", "given", "wrong"),
    [
        ("kill_task", {"task": "no-such"}, LookupError),
        ("retire", {"task": "no-such"}, LookupError),
        ("slow_pulls", {"factor": 0}, ValueError),
        ("break_host", {"host": ""}, ValueError),
        ("mend_host", {"host": "db.example.com"}, LookupError),
    ],
)
def test_a_command_that_makes_no_sense_changes_nothing(
    open_shop: Shop, do: str, given: dict[str, Any], wrong: type[Exception]
) -> None:
    before = (len(open_shop.cloud.story), len(open_shop.cloud.transcript))
    with pytest.raises(wrong):
        getattr(open_shop.cloud, do)(**given)
    assert (len(open_shop.cloud.story), len(open_shop.cloud.transcript)) == before


def test_commands_are_replayed_from_the_transcript(cloud: Cloud) -> None:
    shop = Shop(cloud)
    shop.open_endpoints()
    cloud.slow_pulls(3)
    cloud.break_host("internet")
    task = shop.run_and_wait()
    cloud.kill_task(task.arn, exit_code=3)
    cloud.advance(minutes=1)
    told, records = str(cloud.story), list(cloud.transcript)
    cloud.close()
    with Cloud(seed=11) as again:
        found = replay(again, records)
        assert [each.what for each in found if "push" not in each.entry.get("kind", "")] == []
        assert str(again.story) == told


def test_a_forged_command_is_a_divergence(cloud: Cloud) -> None:
    found = replay(cloud, [{"kind": "command", "do": "nothing", "given": {}}, {"kind": "command"}])
    assert len(found) == 2
