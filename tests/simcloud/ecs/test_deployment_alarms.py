"""An alarm that goes off while ECS deploys a service fails the deployment, and may roll it back (R-226)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from shifted_shop import BLUE_GREEN, CANARY, Shifted, built

ALARM: dict[str, Any] = {"alarms": {"alarmNames": ["green-5xx"], "enable": True, "rollback": True}}
ACTIVE = "Service deployment rolled back because of one or more active alarms."


@pytest.fixture(scope="module")
def account() -> Iterator[Shifted]:
    yield from built()


@pytest.fixture
def shifted(account: Shifted) -> Iterator[Shifted]:
    yield from account.copied()


def goes_off(shifted: Shifted, state: str = "ALARM") -> None:
    shifted.watch.set_alarm_state(AlarmName="green-5xx", StateValue=state, StateReason="tried out")


@pytest.mark.row("P09")
@pytest.mark.operation("ecs:UpdateService", "ecs:DescribeServiceDeployments")
def test_a_canary_whose_errors_set_off_an_alarm_is_rolled_back(shifted: Shifted) -> None:
    shifted.alarm()
    shifted.serve({**CANARY, **ALARM})
    shifted.cloud.load("web", 40, cluster="shop")
    good = shifted.shop.service()["deployments"][0]["id"]
    made = shifted.deploy(shifted.release("2.0", error_share=1.0))
    bad = shifted.shop.service()["deployments"][0]["id"]
    assert shifted.described(made)["alarms"] == {
        "status": "MONITORING",
        "alarmNames": ["green-5xx"],
        "triggeredAlarmNames": [],
    }
    shifted.until(made, "PRODUCTION_TRAFFIC_SHIFT")
    assert shifted.weights() == {"green": 100, "blue": 900}
    shifted.cloud.advance(minutes=3)
    assert shifted.weights() == {"green": 0, "blue": 100}
    done = shifted.described(made)
    assert (done["status"], done["statusReason"]) == ("ROLLBACK_IN_PROGRESS", ACTIVE)
    assert done["alarms"]["status"] == "TRIGGERED"
    assert done["alarms"]["triggeredAlarmNames"] == ["green-5xx"]
    assert done["rollback"]["reason"] == ACTIVE
    states = {each["id"]: (each["status"], each["rolloutState"]) for each in shifted.shop.service()["deployments"]}
    assert states == {good: ("PRIMARY", "IN_PROGRESS"), bad: ("ACTIVE", "FAILED")}
    told = shifted.messages()
    failed = told.index(f"(service web) (deployment {bad}) deployment failed: alarm detected.")
    assert f"(service web) rolling back to deployment {good}." in told[:failed]
    shifted.cloud.advance(minutes=10)
    assert shifted.described(made)["status"] == "ROLLBACK_SUCCESSFUL"
    assert [each["id"] for each in shifted.shop.service()["deployments"]] == [good]
    assert (shifted.healthy("blue"), shifted.healthy("green")) == (2, 0)


def rolling(shifted: Shifted, **members: Any) -> str:
    """A rolling service without listener rules of its own, watched by an alarm of three minutes; its deployment."""
    shifted.watch.put_metric_alarm(
        AlarmName="green-5xx", Namespace="Shop", MetricName="Errors", Statistic="Sum", Period=60, EvaluationPeriods=3,
        Threshold=1, ComparisonOperator="GreaterThanThreshold", TreatMissingData="notBreaching")  # fmt: skip
    one = {"targetGroupArn": shifted.groups["blue"], "containerName": "web", "containerPort": 80}
    shifted.serve({**ALARM, **members}, loadBalancers=[one])
    return shifted.deploy(shifted.release("2.0"))


def whole(shifted: Shifted) -> None:
    """Let time pass until none of the old tasks is there."""
    for _ in range(120):
        if (
            len(shifted.shop.service()["deployments"]) == 2
            and not shifted.shop.service()["deployments"][1]["runningCount"]
        ):
            return
        shifted.cloud.advance(seconds=5)
    raise AssertionError(shifted.shop.service()["deployments"])


def test_a_rolling_deployment_bakes_while_its_alarms_watch(shifted: Shifted) -> None:
    made = rolling(shifted)
    shifted.cloud.advance(minutes=7)
    during = shifted.shop.service()["deployments"]
    assert [(each["status"], each["rolloutState"], each["runningCount"]) for each in during] == [
        ("PRIMARY", "IN_PROGRESS", 2),
        ("ACTIVE", "COMPLETED", 0),
    ]
    told = [line for line in shifted.cloud.story.about("web") if "bakes for" in line.what][-1]
    assert told.what == "its deployment bakes for 180 s"
    shifted.cloud.advance(minutes=3)
    assert [each["rolloutState"] for each in shifted.shop.service()["deployments"]] == ["COMPLETED"]
    done = shifted.described(made)
    assert (done["status"], done["alarms"]["status"]) == ("SUCCESSFUL", "MONITORING_COMPLETE")
    assert done["finishedAt"].timestamp() == pytest.approx(told.at + 180, abs=1)


@pytest.mark.row("P01")
def test_an_alarm_in_the_bake_time_brings_the_old_tasks_back(shifted: Shifted) -> None:
    made = rolling(shifted)
    old = shifted.shop.service()["deployments"][1]["id"]
    whole(shifted)
    goes_off(shifted)
    shifted.cloud.advance(seconds=25)
    assert shifted.described(made)["status"] == "ROLLBACK_IN_PROGRESS"
    for _ in range(40):
        assert shifted.healthy("blue") >= 2, "the new tasks serve until the old ones are back"
        shifted.cloud.advance(seconds=10)
    assert [(each["id"], each["rolloutState"]) for each in shifted.shop.service()["deployments"]] == [
        (old, "COMPLETED")
    ]
    assert shifted.described(made)["status"] == "ROLLBACK_SUCCESSFUL"


@pytest.mark.parametrize("configuration", [CANARY, BLUE_GREEN, {}])
def test_an_alarm_that_goes_before_a_deployment_does_not_watch_it(
    shifted: Shifted, configuration: dict[str, Any]
) -> None:
    shifted.alarm()
    shifted.serve({**configuration, **ALARM})
    goes_off(shifted)
    made = shifted.deploy(shifted.release("2.0"))
    assert shifted.described(made)["alarms"]["status"] == "DISABLED"
    shifted.cloud.advance(minutes=3)
    goes_off(shifted, "OK")
    goes_off(shifted)
    shifted.cloud.advance(minutes=25)
    assert shifted.described(made)["status"] == "SUCCESSFUL"
    assert any(line.what == "no alarm watches its deployment" for line in shifted.cloud.story.about("web"))


def test_without_rollback_the_deployment_fails_and_everything_stays(shifted: Shifted) -> None:
    shifted.alarm()
    shifted.serve({**CANARY, "alarms": {**ALARM["alarms"], "rollback": False}})
    made = shifted.deploy(shifted.release("2.0"))
    shifted.until(made, "PRODUCTION_TRAFFIC_SHIFT")
    goes_off(shifted)
    shifted.cloud.advance(minutes=30)
    assert shifted.described(made)["status"] == "STOPPED"
    service = shifted.shop.service()
    assert [(each["status"], each["rolloutState"]) for each in service["deployments"]] == [
        ("PRIMARY", "FAILED"),
        ("ACTIVE", "COMPLETED"),
    ]
    assert shifted.weights() == {"green": 100, "blue": 900}
    assert service["runningCount"] == 4
    serving = shifted.shop.ecs.list_tasks(cluster="shop", startedBy=service["deployments"][1]["id"])["taskArns"]
    shifted.shop.ecs.stop_task(cluster="shop", task=serving[0])
    shifted.cloud.advance(minutes=3)
    assert shifted.healthy("blue") == 2, "what serves is kept"
    mended = shifted.deploy(shifted.release("3.0"))
    shifted.cloud.advance(minutes=40)
    assert shifted.described(mended)["status"] == "SUCCESSFUL"
    assert shifted.shop.service()["runningCount"] == 2


def test_an_alarm_that_is_over_before_ecs_polls_is_missed(shifted: Shifted) -> None:
    shifted.alarm()
    shifted.serve({**CANARY, **ALARM})
    made = shifted.deploy(shifted.release("2.0"))
    shifted.until(made, "PRODUCTION_TRAFFIC_SHIFT")
    goes_off(shifted)
    shifted.cloud.advance(seconds=5)
    goes_off(shifted, "OK")
    shifted.cloud.advance(minutes=2)
    assert shifted.described(made)["status"] == "IN_PROGRESS"


def test_an_alarm_outside_of_a_deployment_changes_nothing(shifted: Shifted) -> None:
    shifted.alarm()
    shifted.serve({**CANARY, **ALARM})
    before = shifted.shop.service()["deployments"]
    goes_off(shifted)
    shifted.cloud.advance(minutes=5)
    assert [each["id"] for each in shifted.shop.service()["deployments"]] == [each["id"] for each in before]
    assert shifted.shop.service()["deployments"][0]["rolloutState"] == "COMPLETED"


def test_alarms_that_are_not_enabled_watch_nothing(shifted: Shifted) -> None:
    shifted.alarm()
    shifted.serve({**CANARY, "alarms": {**ALARM["alarms"], "enable": False}})
    made = shifted.deploy(shifted.release("2.0"))
    shifted.until(made, "PRODUCTION_TRAFFIC_SHIFT")
    goes_off(shifted)
    shifted.cloud.advance(minutes=2)
    found = shifted.described(made)
    assert (found["status"], found["alarms"]["status"]) == ("IN_PROGRESS", "DISABLED")


def test_the_breaker_and_an_alarm_watch_a_canary_together(shifted: Shifted) -> None:
    """A field report of 2026 saw a canary that never got healthy rolled back by the breaker."""
    shifted.alarm()
    breaker = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}
    shifted.serve({**CANARY, **ALARM, **breaker})
    bad = shifted.cloud.push_image("shop/web", "bad", size_mib=90, paths=(("/", 200), ("/health", 500)))
    made = shifted.deploy(shifted.shop.register(shifted.shop.container(image=bad))["taskDefinitionArn"])
    for _ in range(60):
        shifted.cloud.advance(seconds=30)
        assert shifted.weights() == {"blue": 100, "green": 0}
        assert shifted.healthy("blue") == 2
    done = shifted.described(made)
    assert (done["status"], done["statusReason"]) == (
        "ROLLBACK_SUCCESSFUL",
        "ECS deployment circuit breaker: tasks failed to start.",
    )
    assert done["deploymentCircuitBreaker"]["status"] == "TRIGGERED"
