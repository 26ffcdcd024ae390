"""A blue/green deployment goes its way: events, traffic, waits."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from store import Store

DONE = [
    ("BeforeInstall", "Succeeded"),
    ("Install", "Succeeded"),
    ("AfterInstall", "Succeeded"),
    ("BeforeAllowTraffic", "Succeeded"),
    ("AllowTraffic", "Succeeded"),
    ("AfterAllowTraffic", "Succeeded"),
]


@pytest.mark.row("P09")
@pytest.mark.operation("codedeploy:CreateDeployment", "codedeploy:GetDeployment", "codedeploy:GetDeploymentTarget")
def test_traffic_moves_at_once_and_the_original_goes_after_its_wait(store: Store) -> None:
    store.group(termination=5)
    second = store.register()
    made = store.deploy()
    assert store.info(made)["status"] == "Created"
    store.cloud.advance(minutes=2)
    assert store.events(made) == DONE
    assert store.target(made)["status"] == "Succeeded"
    assert store.sets(made) == [("Blue", "ACTIVE", 0.0, 2), ("Green", "PRIMARY", 100.0, 2)]
    info = store.info(made)
    assert (info["status"], info["instanceTerminationWaitTimeStarted"]) == ("InProgress", True)
    assert store.service()["runningCount"] == 4
    store.cloud.advance(minutes=10)
    info = store.info(made)
    assert (info["status"], info["deploymentOverview"]["Succeeded"], info["creator"]) == ("Succeeded", 1, "user")
    assert info["createTime"] < info["startTime"] < info["completeTime"]
    service = store.service()
    assert (service["taskDefinition"], service["runningCount"]) == (second, 2)
    assert [each["status"] for each in service["taskSets"]] == ["PRIMARY"]
    assert service["loadBalancers"][0]["targetGroupArn"] == store.groups["green"]


@pytest.mark.row("P09")
def test_the_waiter_waits_until_the_original_is_gone(store: Store) -> None:
    store.group(termination=5)
    made = store.deploy()
    store.client.get_waiter("deployment_successful").wait(deploymentId=made)
    assert store.info(made)["status"] == "Succeeded"
    assert store.cloud.world.now >= store.info(made)["createTime"].timestamp() + 300


@pytest.mark.row("P09")
def test_a_linear_shift_of_ten_per_cent_a_minute_is_done_at_minute_nine(store: Store) -> None:
    store.group(deploymentConfigName="CodeDeployDefault.ECSLinear10PercentEvery1Minutes")
    made = store.deploy()
    store.cloud.advance(seconds=40)
    while store.events(made)[4] != ("AllowTraffic", "InProgress"):
        store.cloud.advance(seconds=1)
    weights = []
    for _ in range(10):
        weights.append(store.sets(made)[1][2])
        store.cloud.advance(minutes=1)
    assert weights == [10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0, 100.0]
    assert store.events(made)[4] == ("AllowTraffic", "Succeeded")


@pytest.mark.row("P09")
def test_a_canary_serves_its_part_until_the_rest_follows(store: Store) -> None:
    store.group(deploymentConfigName="CodeDeployDefault.ECSCanary10Percent5Minutes")
    made = store.deploy()
    store.cloud.advance(minutes=4)
    assert store.sets(made) == [("Blue", "PRIMARY", 90.0, 2), ("Green", "ACTIVE", 10.0, 2)]
    store.cloud.advance(minutes=3)
    assert store.sets(made) == [("Blue", "ACTIVE", 0.0, 2), ("Green", "PRIMARY", 100.0, 2)]


@pytest.mark.operation("codedeploy:CreateDeploymentConfig", "codedeploy:CreateDeployment")
def test_a_custom_linear_shift_ends_with_what_is_left(store: Store) -> None:
    linear = {"linearPercentage": 40, "linearInterval": 2}
    store.client.create_deployment_config(
        deploymentConfigName="forty",
        computePlatform="ECS",
        trafficRoutingConfig={"type": "TimeBasedLinear", "timeBasedLinear": linear},
    )
    store.group()
    made = store.deploy(deploymentConfigName="forty")
    store.cloud.advance(minutes=8)
    told = [str(line) for line in store.cloud.world.story.about(made) if "% of production" in str(line)]
    assert [line.rsplit("has ")[1].split(" ")[0] for line in told] == ["40", "80", "100"]
    assert store.info(made)["deploymentConfigName"] == "forty"


def test_test_traffic_has_events_where_there_is_a_test_listener(store: Store) -> None:
    store.group(test=True)
    made = store.deploy()
    store.cloud.advance(minutes=2)
    names = [name for name, _ in store.events(made)]
    assert names[3:5] == ["AllowTestTraffic", "AfterAllowTestTraffic"]


@pytest.mark.operation("codedeploy:ContinueDeployment")
def test_a_deployment_waits_for_the_go_ahead(store: Store) -> None:
    store.group(ready=60)
    made = store.deploy()
    store.cloud.advance(minutes=30)
    assert store.info(made)["status"] == "Ready"
    assert store.info(made)["deploymentOverview"]["Ready"] == 1
    assert store.events(made)[2:4] == [("AfterInstall", "Succeeded"), ("BeforeAllowTraffic", "Pending")]
    store.client.continue_deployment(deploymentId=made)
    store.cloud.advance(minutes=1)
    assert store.events(made) == DONE
    assert store.info(made)["status"] == "InProgress"


def test_a_deployment_that_nobody_continues_is_stopped(store: Store) -> None:
    store.group(ready=60)
    made = store.deploy()
    store.cloud.advance(minutes=62)
    info = store.info(made)
    # https://docs.aws.amazon.com/codedeploy/latest/userguide/troubleshooting-ecs.html
    assert (info["status"], info["errorInformation"]["code"], info["errorInformation"]["message"]) == (
        "Stopped",
        "TIMEOUT",
        "The deployment timed out while waiting for a notification to continue. This time out period is 60 minutes.",
    )
    assert store.sets(made)[0] == ("Blue", "PRIMARY", 100.0, 2)


@pytest.mark.operation("codedeploy:ContinueDeployment")
def test_the_wait_for_termination_can_be_cut_short(store: Store) -> None:
    store.group(termination=60)
    made = store.deploy()
    store.cloud.advance(minutes=3)
    store.client.continue_deployment(deploymentId=made, deploymentWaitType="TERMINATION_WAIT")
    assert store.info(made)["status"] == "Succeeded"
    store.cloud.advance(minutes=3)
    assert store.service()["runningCount"] == 2


@pytest.mark.operation("codedeploy:SkipWaitTimeForInstanceTermination")
def test_the_older_call_cuts_that_wait_short_too(store: Store) -> None:
    store.group(termination=60)
    made = store.deploy()
    store.cloud.advance(minutes=3)
    store.client.skip_wait_time_for_instance_termination(deploymentId=made)
    assert store.info(made)["status"] == "Succeeded"


def test_the_next_deployment_goes_the_other_way(store: Store) -> None:
    store.group(termination=0)
    for behind in ("green", "blue", "green"):
        made = store.deploy(description=f"to {behind}")
        store.cloud.advance(minutes=4)
        assert store.info(made)["status"] == "Succeeded"
        assert store.service()["loadBalancers"][0]["targetGroupArn"] == store.groups[behind]
    assert "previousRevision" in store.info(made)


def test_a_group_deploys_once_at_a_time(store: Store) -> None:
    store.group()
    made = store.deploy()
    store.cloud.advance(minutes=3)
    with pytest.raises(ClientError, match=f"The Deployment Group 'web' already has an active Deployment '{made}'"):
        store.deploy()


def test_an_original_that_is_to_be_kept_runs_on(store: Store) -> None:
    store.group()
    waits = {
        "terminateBlueInstancesOnDeploymentSuccess": {"action": "KEEP_ALIVE"},
        "deploymentReadyOption": {"actionOnTimeout": "CONTINUE_DEPLOYMENT"},
    }
    store.client.update_deployment_group(
        applicationName="shop", currentDeploymentGroupName="web", blueGreenDeploymentConfiguration=waits
    )
    made = store.deploy()
    store.cloud.advance(minutes=30)
    assert store.info(made)["status"] == "Succeeded"
    assert store.sets(made) == [("Blue", "ACTIVE", 0.0, 2), ("Green", "PRIMARY", 100.0, 2)]
    store.deploy()
    store.cloud.advance(minutes=3)
    assert store.service()["runningCount"] == 4, "the kept one goes when the next replacement comes"


def test_a_copy_of_the_world_deploys_on_by_itself(store: Store) -> None:
    store.group()
    made = store.deploy()
    store.cloud.advance(seconds=20)
    with store.cloud.copy() as future:
        future.advance(minutes=10)
        assert store.info(made)["status"] == "Succeeded"
        told = str(future.world.story.about(made))
    assert store.info(made)["status"] == "InProgress"
    store.cloud.advance(minutes=10)
    assert str(store.cloud.world.story.about(made)) == told
