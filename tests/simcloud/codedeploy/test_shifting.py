"""CodeDeploy's shifts stand in the listeners; an alarm stops a deployment and gives the traffic back (R-237, R-241)."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from store import Store

ON_ALARM = {"enabled": True, "events": ["DEPLOYMENT_STOP_ON_ALARM"]}
WATCHED = {"enabled": True, "alarms": [{"name": "5xx"}]}
CANARY = "CodeDeployDefault.ECSCanary10Percent15Minutes"
ACTIVE = (
    "One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected "
    "deployments have been stopped. Activated alarms: <5xx>"
)


def weights(store: Store, port: int = 80) -> dict[str, int]:
    """Of the listener's default action, by name of the target group."""
    action = store.elb.describe_listeners(ListenerArns=[store.listeners[port]])["Listeners"][0]["DefaultActions"][0]
    names = {arn: name for name, arn in store.groups.items()}
    return {names[each["TargetGroupArn"]]: each["Weight"] for each in action["ForwardConfig"]["TargetGroups"]}


def sent(store: Store, group: str, metric: str = "RequestCount") -> float | None:
    """Of the newest whole minute."""
    end = store.cloud.world.now // 60 * 60
    balancer = store.elb.describe_load_balancers()["LoadBalancers"][0]["LoadBalancerArn"]
    found: Any = boto3.client("cloudwatch").get_metric_statistics(
        Namespace="AWS/ApplicationELB", MetricName=metric, Period=60, Statistics=["Sum"], StartTime=end - 60,
        EndTime=end, Dimensions=[
            {"Name": "LoadBalancer", "Value": balancer.partition("loadbalancer/")[2]},
            {"Name": "TargetGroup", "Value": store.groups[group].rpartition(":")[2]}])["Datapoints"]  # fmt: skip
    return found[0]["Sum"] if found else None


def alarm(store: Store) -> Any:
    """An alarm `5xx` on the errors of the green target group; the client of CloudWatch."""
    watch: Any = boto3.client("cloudwatch")
    balancer = store.elb.describe_load_balancers()["LoadBalancers"][0]["LoadBalancerArn"]
    watch.put_metric_alarm(
        AlarmName="5xx", Namespace="AWS/ApplicationELB", MetricName="HTTPCode_Target_5XX_Count", Statistic="Sum",
        Period=60, EvaluationPeriods=1, Threshold=10, ComparisonOperator="GreaterThanThreshold",
        TreatMissingData="notBreaching", Dimensions=[
            {"Name": "LoadBalancer", "Value": balancer.partition("loadbalancer/")[2]},
            {"Name": "TargetGroup", "Value": store.groups["green"].rpartition(":")[2]}])  # fmt: skip
    return watch


@pytest.mark.row("P09")
@pytest.mark.operation("codedeploy:CreateDeployment", "codedeploy:GetDeployment")
def test_an_alarm_on_the_canarys_errors_rolls_it_back(store: Store) -> None:
    alarm(store)
    store.group(deploymentConfigName=CANARY, alarmConfiguration=WATCHED, autoRollbackConfiguration=ON_ALARM)
    store.cloud.load("web", 40, cluster="shop")
    store.bring("2.0", error_share=1.0)
    made = store.deploy()
    while sent(store, "green") is None:
        store.cloud.advance(seconds=20)
    store.cloud.advance(minutes=3)
    info = store.info(made)
    assert (info["status"], info["errorInformation"]) == ("Stopped", {"code": "ALARM_ACTIVE", "message": ACTIVE})
    back = info["rollbackInfo"]["rollbackDeploymentId"]
    assert info["rollbackInfo"]["rollbackMessage"] == (
        f"Deployment {made} terminated. Automatic rollback is triggered with a DeploymentId {back}."
    )
    assert store.events(made)[4:] == [("AllowTraffic", "Failed"), ("AfterAllowTraffic", "Skipped")]
    assert weights(store) == {"blue": 100, "green": 0}
    store.cloud.advance(minutes=10)
    done = store.info(back)
    assert (done["status"], done["creator"]) == ("Succeeded", "codeDeployRollback")
    assert done["deploymentConfigName"] == "CodeDeployDefault.ECSAllAtOnce"
    assert done["rollbackInfo"]["rollbackMessage"] == f"Deployment {back} is triggered to roll back deployment {made}."
    assert [each["status"] for each in store.service()["taskSets"]] == ["PRIMARY"]
    assert store.service()["taskDefinition"] == store.first
    assert sent(store, "blue") == pytest.approx(2400)


@pytest.mark.row("P09")
def test_every_step_stands_in_the_listener_and_requests_follow_it(store: Store) -> None:
    store.group(deploymentConfigName="CodeDeployDefault.ECSLinear10PercentEvery3Minutes", test=True)
    store.cloud.load("web", 40, cluster="shop")
    store.register()
    made = store.deploy()
    seen: list[dict[str, int]] = []
    asked: dict[int, float | None] = {}
    for _ in range(35):
        found = weights(store)
        if len(found) > 1 and found not in seen:
            seen.append(found)
        store.cloud.advance(minutes=1)
        if found == weights(store) and len(found) > 1:
            asked[found["green"]] = sent(store, "green")
    assert [each["green"] for each in seen] == [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]
    assert all(sum(each.values()) == 100 for each in seen)
    assert asked[70] == pytest.approx(0.7 * 2400)
    assert weights(store, 8080) == {"blue": 0, "green": 100}
    assert store.info(made)["status"] in ("InProgress", "Succeeded")


def test_without_the_event_an_alarm_stops_and_nothing_is_rolled_back(store: Store) -> None:
    watch = alarm(store)
    store.group(deploymentConfigName=CANARY, alarmConfiguration=WATCHED)
    made = store.deploy()
    store.cloud.advance(minutes=4)
    assert weights(store) == {"blue": 90, "green": 10}
    watch.set_alarm_state(AlarmName="5xx", StateValue="ALARM", StateReason="tried out")
    store.cloud.advance(seconds=23)
    assert store.info(made)["status"] == "Stopped", "a field report saw it within 23 s"
    assert "rollbackInfo" not in store.info(made)
    assert weights(store) == {"blue": 90, "green": 10}


def test_an_alarm_that_goes_before_the_deployment_stops_it_in_install(store: Store) -> None:
    """As a field report shows it: BeforeInstall Succeeded, Install Failed, the rest Skipped."""
    watch = alarm(store)
    store.group(alarmConfiguration=WATCHED, autoRollbackConfiguration=ON_ALARM)
    watch.set_alarm_state(AlarmName="5xx", StateValue="ALARM", StateReason="tried out")
    watch.disable_alarm_actions(AlarmNames=["5xx"])
    made = store.deploy()
    store.cloud.advance(seconds=20)
    assert store.info(made)["errorInformation"]["code"] == "ALARM_ACTIVE"
    assert store.events(made)[:3] == [
        ("BeforeInstall", "Succeeded"),
        ("Install", "Failed"),
        ("AfterInstall", "Skipped"),
    ]
    store.cloud.advance(minutes=10)
    assert len(store.service()["taskSets"]) == 1


def test_an_alarm_in_the_wait_for_termination_gives_the_traffic_back(store: Store) -> None:
    watch = alarm(store)
    store.group(alarmConfiguration=WATCHED, autoRollbackConfiguration=ON_ALARM, termination=30)
    store.register()
    made = store.deploy()
    store.cloud.advance(minutes=4)
    assert weights(store) == {"blue": 0, "green": 100}
    watch.set_alarm_state(AlarmName="5xx", StateValue="ALARM", StateReason="tried out")
    store.cloud.advance(minutes=1)
    assert store.info(made)["status"] == "Stopped"
    assert weights(store) == {"blue": 100, "green": 0}
    assert store.service()["taskDefinition"] == store.first


@pytest.mark.parametrize("override", [{"enabled": False, "alarms": []}, {"enabled": True, "alarms": [{"name": "x"}]}])
def test_a_deployments_own_alarms_come_before_the_groups(store: Store, override: dict[str, Any]) -> None:
    watch = alarm(store)
    store.group(alarmConfiguration=WATCHED)
    made = store.deploy(overrideAlarmConfiguration=override)
    watch.set_alarm_state(AlarmName="5xx", StateValue="ALARM", StateReason="tried out")
    store.cloud.advance(minutes=3)
    assert store.info(made)["status"] == "InProgress"


@pytest.mark.row("P09")
def test_a_replacement_that_fails_its_health_checks_never_gets_steady(store: Store) -> None:
    store.group(test=True)
    store.bring("bad", paths=(("/", 500),))
    made = store.deploy()
    store.cloud.advance(minutes=10)
    assert store.events(made)[1] == ("Install", "InProgress")
    assert weights(store)["blue"] == 1


def test_r241_a_service_that_is_scaled_has_five_minutes_to_be_steady(store: Store) -> None:
    store.group(deploymentConfigName=CANARY)
    made = store.deploy()
    store.cloud.advance(minutes=4)
    store.cloud.slow_pulls(100)
    store.ecs.update_service(cluster="shop", service="web", desiredCount=4)
    store.cloud.advance(seconds=295)
    assert store.info(made)["status"] == "InProgress"
    store.cloud.advance(seconds=10)
    assert store.info(made)["status"] == "Failed"
    assert store.info(made)["errorInformation"]["code"] == "AUTOSCALING_VALIDATION_ERROR"


def test_r241_one_that_is_steady_in_time_goes_on(store: Store) -> None:
    store.group(deploymentConfigName=CANARY)
    made = store.deploy()
    store.cloud.advance(minutes=4)
    store.ecs.update_service(cluster="shop", service="web", desiredCount=3)
    store.cloud.advance(minutes=7)
    assert store.info(made)["status"] == "InProgress"
    assert [each[3] for each in store.sets(made)] == [3, 3]


def test_r241_the_same_count_again_is_no_scaling(store: Store) -> None:
    store.group(deploymentConfigName=CANARY)
    made = store.deploy()
    store.cloud.advance(minutes=4)
    store.ecs.update_service(cluster="shop", service="web", desiredCount=2)
    assert not any("is scaled" in line.what for line in store.cloud.story.about(made))


def health(store: Store, group: str) -> list[str]:
    told = store.elb.describe_target_health(TargetGroupArn=store.groups[group])["TargetHealthDescriptions"]
    return [each["TargetHealth"]["State"] for each in told]


def test_targets_that_nobody_used_are_checked_once_the_listener_sends_to_them(store: Store) -> None:
    store.group(deploymentConfigName="CodeDeployDefault.ECSAllAtOnce")
    store.cloud.load("web", 40, cluster="shop")
    store.bring("2.0")
    store.deploy()
    store.cloud.advance(minutes=4)
    assert health(store, "green") == ["healthy", "healthy"]
    assert sent(store, "green") == pytest.approx(2400)


def test_the_idle_group_keeps_a_weight_of_zero_so_that_the_next_install_is_checked(store: Store) -> None:
    """AWS's words of November 2022, quoted in traveloka/terraform-aws-alb-single-listener, pull request 47: the unused
    group stays behind the listener, and deployments after the first have to pass its health checks."""
    store.elb.delete_listener(ListenerArn=store.listeners[8080])
    store.group(deploymentConfigName="CodeDeployDefault.ECSAllAtOnce")
    first = store.deploy()
    store.cloud.advance(minutes=3)
    assert weights(store) == {"blue": 0, "green": 100}
    store.cloud.advance(hours=2)
    assert store.info(first)["status"] == "Succeeded"
    store.bring("bad", paths=(("/", 500),))
    second = store.deploy()
    store.cloud.advance(minutes=10)
    assert store.events(second)[1] == ("Install", "InProgress")
    assert "healthy" not in health(store, "blue")
    assert weights(store) == {"blue": 0, "green": 100}


def test_the_first_install_is_not_checked_where_no_listener_knows_the_other_group(store: Store) -> None:
    store.elb.delete_listener(ListenerArn=store.listeners[8080])
    store.group(deploymentConfigName=CANARY)
    store.bring("bad", paths=(("/", 500),))
    made = store.deploy()
    store.cloud.advance(minutes=4)
    assert store.events(made)[1] == ("Install", "Succeeded")
    assert weights(store) == {"blue": 90, "green": 10}
