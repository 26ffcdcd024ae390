"""ECS shifts traffic by the weights of listener rules, and requests follow the rules (R-230 to R-234)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from shifted_shop import BLUE_GREEN, CANARY, Shifted, built

from simcloud.views.rollout import rollout


@pytest.fixture(scope="module")
def made() -> Iterator[Shifted]:
    yield from built()


@pytest.fixture
def shifted(made: Shifted) -> Iterator[Shifted]:
    yield from made.copied()


@pytest.mark.row("P09")
@pytest.mark.operation("ecs:UpdateService", "ecs:DescribeServiceDeployments")
def test_a_canary_is_written_into_the_rule_and_requests_follow_it(shifted: Shifted) -> None:
    shifted.serve(CANARY)
    shifted.cloud.load("web", 40, cluster="shop")
    assert shifted.weights() == {"blue": 100, "green": 0}
    made = shifted.deploy(shifted.release("2.0", latency_seconds=0.5, error_share=0.25))
    shifted.until(made, "PRODUCTION_TRAFFIC_SHIFT")
    assert shifted.weights() == {"green": 100, "blue": 900}
    assert (shifted.healthy("blue"), shifted.healthy("green")) == (2, 2)
    shifted.cloud.advance(minutes=3)
    assert shifted.last("RequestCount", "blue") == pytest.approx(0.9 * 2400)
    assert shifted.last("RequestCount", "green") == pytest.approx(0.1 * 2400)
    assert shifted.last("HTTPCode_Target_5XX_Count", "blue") is None
    assert shifted.last("HTTPCode_Target_5XX_Count", "green") == pytest.approx(0.25 * 240)
    slow, fast = (shifted.last("TargetResponseTime", name, "Average") or 0.0 for name in ("green", "blue"))
    assert slow > 0.5 > fast
    shifted.until(made, "BAKE_TIME")
    assert shifted.weights() == {"green": 100, "blue": 0}
    shifted.cloud.advance(minutes=15)
    assert shifted.described(made)["status"] == "SUCCESSFUL"
    told = rollout(shifted.cloud, "web", "shop").text
    assert "90 % (2 running)" in told
    assert "10 % of its production traffic goes to the new revision" in told
    assert shifted.weights() == {"green": 100, "blue": 0}
    assert (shifted.healthy("blue"), shifted.healthy("green")) == (0, 2)


@pytest.mark.row("P09")
def test_the_next_deployment_goes_the_other_way(shifted: Shifted) -> None:
    shifted.serve({**BLUE_GREEN, "bakeTimeInMinutes": 0})
    first = shifted.deploy(shifted.release("2.0"))
    shifted.cloud.advance(minutes=8)
    second = shifted.deploy(shifted.release("3.0"))
    shifted.cloud.advance(minutes=8)
    assert [shifted.described(each)["status"] for each in (first, second)] == ["SUCCESSFUL", "SUCCESSFUL"]
    assert shifted.weights() == {"blue": 100, "green": 0}
    assert (shifted.healthy("blue"), shifted.healthy("green")) == (2, 0)


@pytest.mark.row("P09")
def test_linear_steps_stand_in_the_rule_one_after_the_other(shifted: Shifted) -> None:
    linear = {"stepPercent": 25.0, "stepBakeTimeInMinutes": 2}
    shifted.serve({"strategy": "LINEAR", "linearConfiguration": linear, "bakeTimeInMinutes": 0})
    made = shifted.deploy(shifted.release("2.0"))
    seen = []
    for _ in range(60):
        found = shifted.weights()
        if not seen or seen[-1] != found:
            seen.append(found)
        shifted.cloud.advance(seconds=10)
    assert [each["green"] for each in seen] == [0, 250, 500, 750, 100]
    assert seen[-1]["blue"] == 0
    shifted.cloud.advance(minutes=5)
    assert shifted.described(made)["status"] == "SUCCESSFUL"


def test_test_traffic_goes_to_the_new_revision_before_production_does(shifted: Shifted) -> None:
    hook = {"targetType": "PAUSE", "lifecycleStages": ["POST_TEST_TRAFFIC_SHIFT"]}
    shifted.serve({**BLUE_GREEN, "lifecycleHooks": [hook]})
    made = shifted.deploy(shifted.release("2.0"))
    shifted.until(made, "POST_TEST_TRAFFIC_SHIFT")
    assert shifted.weights(shifted.test) == {"green": 100, "blue": 0}
    assert shifted.weights() == {"blue": 100, "green": 0}
    waiting = shifted.described(made)["lifecycleHookDetails"][0]["hookId"]
    shifted.shop.ecs.continue_service_deployment(serviceDeploymentArn=made, hookId=waiting, action="ROLLBACK")
    shifted.cloud.advance(minutes=8)
    assert shifted.described(made)["status"] == "ROLLBACK_SUCCESSFUL"
    assert shifted.weights(shifted.test) == {"green": 0, "blue": 100}
    assert shifted.weights() == {"blue": 100, "green": 0}


@pytest.mark.operation("ecs:StopServiceDeployment")
def test_a_rollback_in_the_bake_time_puts_the_weights_back_at_once(shifted: Shifted) -> None:
    shifted.serve(BLUE_GREEN)
    made = shifted.deploy(shifted.release("2.0"))
    shifted.until(made, "BAKE_TIME")
    assert shifted.weights() == {"green": 100, "blue": 0}
    shifted.shop.ecs.stop_service_deployment(serviceDeploymentArn=made)
    shifted.cloud.advance(seconds=3)
    assert shifted.weights() == {"green": 0, "blue": 100}
    shifted.cloud.advance(minutes=10)
    assert shifted.described(made)["status"] == "ROLLBACK_SUCCESSFUL"
    assert (shifted.healthy("blue"), shifted.healthy("green")) == (2, 0)


def test_a_rule_that_somebody_changes_by_hand_is_respected(shifted: Shifted) -> None:
    shifted.serve(CANARY)
    shifted.cloud.load("web", 40, cluster="shop")
    made = shifted.deploy(shifted.release("2.0"))
    shifted.until(made, "PRODUCTION_TRAFFIC_SHIFT")
    shifted.elb.modify_rule(RuleArn=shifted.production, Actions=[shifted.forward([("blue", 1), ("green", 1)])])
    shifted.cloud.advance(minutes=3)
    assert shifted.weights() == {"blue": 1, "green": 1}
    assert shifted.last("RequestCount", "green") == pytest.approx(1200)
    shifted.until(made, "BAKE_TIME")
    assert shifted.weights() == {"green": 100, "blue": 0}


def test_requests_that_a_rule_sends_where_nothing_serves_get_503(shifted: Shifted) -> None:
    shifted.serve(BLUE_GREEN)
    shifted.cloud.load("web", 40, cluster="shop")
    shifted.elb.modify_rule(RuleArn=shifted.production, Actions=[shifted.forward([("blue", 3), ("green", 1)])])
    shifted.cloud.advance(minutes=3)
    assert shifted.last("RequestCount", "blue") == pytest.approx(1800)
    found = shifted.watch.get_metric_statistics(
        Namespace="AWS/ApplicationELB", MetricName="HTTPCode_ELB_503_Count", Dimensions=shifted.dimensions("blue")[:1],
        Period=60, Statistics=["Sum"], StartTime=shifted.cloud.world.now // 60 * 60 - 60,
        EndTime=shifted.cloud.world.now // 60 * 60)["Datapoints"]  # fmt: skip
    assert found[0]["Sum"] == pytest.approx(600)


HEAD = "Service deployment rolled back because of invalid networking configuration"


@pytest.mark.parametrize(
    ("weights", "says"),
    [
        # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshooting-blue-green.html
        (
            [("blue", 9), ("green", 1)],
            ". productionListenerRule {rule} should have exactly one target group serving traffic but found 2 target "
            "groups which are serving traffic",
        ),
        (
            [("other", 1)],
            ". Production listener rule is forwarding traffic to unexpected target group {other}. Expected traffic to "
            "be forwarded to either targetGroupArn: {blue} or alternateTargetGroupArn: {green}",
        ),
        (
            [("green", 1)],
            ": Target group {blue} is not associated with either productionListenerRule or testListenerRule.",
        ),
    ],
)
def test_rules_that_cannot_carry_the_shift_roll_it_back(
    shifted: Shifted, weights: list[tuple[str, int]], says: str
) -> None:
    shifted.serve(BLUE_GREEN)
    shifted.groups["other"] = shifted._group("other")
    shifted.elb.modify_rule(RuleArn=shifted.production, Actions=[shifted.forward(weights)])
    made = shifted.deploy(shifted.release("2.0"))
    shifted.cloud.advance(minutes=1)
    done = shifted.described(made)
    assert done["status"] == "ROLLBACK_SUCCESSFUL"
    assert done["statusReason"] == HEAD + says.format(rule=shifted.production, **shifted.groups)
    assert shifted.shop.service()["runningCount"] == 2


def test_a_role_that_ecs_cannot_assume_rolls_it_back(shifted: Shifted) -> None:
    shifted.serve(BLUE_GREEN)
    shifted.shop.iam.update_assume_role_policy(
        RoleName="balancing", PolicyDocument='{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": '
        '{"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}')  # fmt: skip
    made = shifted.deploy(shifted.release("2.0"))
    shifted.cloud.advance(minutes=8)
    done = shifted.described(made)
    assert (done["status"], done["statusReason"]) == (
        "ROLLBACK_SUCCESSFUL",
        HEAD + ". ECS was unable to manage the ELB resources due to missing permissions on ECS Infrastructure Role "
        "'arn:aws:iam::123456789012:role/balancing'.",
    )


def test_a_role_that_may_not_modify_the_rule_rolls_it_back(shifted: Shifted) -> None:
    shifted.serve(BLUE_GREEN, loadBalancers=shifted.balanced(test=False))
    shifted.elb.modify_rule(RuleArn=shifted.production, Actions=[shifted.forward([("blue", 1), ("green", 0)])])
    shifted.shop.iam.detach_role_policy(
        RoleName="balancing", PolicyArn="arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers"
    )
    made = shifted.deploy(shifted.release("2.0"))
    shifted.cloud.advance(minutes=8)
    assert shifted.described(made)["statusReason"] == (
        "Service deployment rolled back because PRODUCTION_TRAFFIC_SHIFT lifecycle hook(s) failed. User: "
        "arn:aws:sts::123456789012:assumed-role/balancing/ECSNetworkingWithELB is not authorized to perform: "
        f"elasticloadbalancing:ModifyRule on resource: {shifted.production} because no identity-based policy allows "
        "the elasticloadbalancing:ModifyRule action"
    )
    assert shifted.weights() == {"blue": 1, "green": 0}


def test_a_deployment_that_overtakes_another_first_puts_the_traffic_in_order(shifted: Shifted) -> None:
    shifted.serve(CANARY)
    first = shifted.deploy(shifted.release("2.0"))
    shifted.until(first, "PRODUCTION_TRAFFIC_SHIFT")
    second = shifted.deploy(shifted.release("3.0"))
    told = [line.what for line in shifted.cloud.story.about("web") if "at the stage" in line.what]
    assert told[-3:] == [f"its deployment is at the stage {stage}" for stage in
                         ("RECONCILE_SERVICE", "PRE_SCALE_UP", "SCALE_UP")]  # fmt: skip
    assert shifted.weights() == {"blue": 100, "green": 0}
    assert shifted.described(first)["status"] == "STOPPED"
    shifted.until(second, "PRODUCTION_TRAFFIC_SHIFT")
    assert shifted.weights() == {"green": 100, "blue": 900}
    shifted.cloud.advance(minutes=30)
    assert shifted.described(second)["status"] == "SUCCESSFUL"
    assert shifted.shop.service()["taskDefinition"].endswith(":4")
    shifted.cloud.world.check()


def test_the_new_revision_has_no_task_before_its_first_hook_is_answered(shifted: Shifted) -> None:
    hook = {"targetType": "PAUSE", "lifecycleStages": ["PRE_SCALE_UP"]}
    shifted.serve({**BLUE_GREEN, "lifecycleHooks": [hook]})
    made = shifted.deploy(shifted.release("2.0"))
    shifted.cloud.advance(minutes=5)
    waiting = shifted.described(made)
    assert (waiting["lifecycleStage"], waiting["targetServiceRevision"]["runningTaskCount"]) == ("PRE_SCALE_UP", 0)
    assert shifted.shop.service()["runningCount"] == 2


def test_a_pause_before_every_step_is_asked_when_the_step_is_due(shifted: Shifted) -> None:
    hook = {"targetType": "PAUSE", "lifecycleStages": ["PRE_PRODUCTION_TRAFFIC_SHIFT"]}
    shifted.serve({**CANARY, "lifecycleHooks": [hook]})
    made = shifted.deploy(shifted.release("2.0"))
    shifted.until(made, "PRODUCTION_TRAFFIC_SHIFT")
    assert shifted.weights() == {"blue": 100, "green": 0}
    hooks = shifted.described(made)["lifecycleHookDetails"]
    shifted.cloud.advance(minutes=30)
    shifted.shop.ecs.continue_service_deployment(serviceDeploymentArn=made, hookId=hooks[0]["hookId"])
    shifted.cloud.advance(minutes=9)
    assert shifted.weights() == {"green": 100, "blue": 900}
    assert len(shifted.described(made)["lifecycleHookDetails"]) == 1
    shifted.cloud.advance(minutes=2)
    assert shifted.described(made)["lifecycleHookDetails"][1]["status"] == "AWAITING_ACTION"
    assert shifted.weights() == {"green": 100, "blue": 900}


def test_a_copy_shifts_by_itself_and_the_original_rule_stays(shifted: Shifted) -> None:
    shifted.serve({**BLUE_GREEN, "bakeTimeInMinutes": 0})
    made = shifted.deploy(shifted.release("2.0"))
    with shifted.cloud.copy() as future:
        future.advance(minutes=8)
        assert shifted.weights() == {"green": 100, "blue": 0}
    assert shifted.weights() == {"blue": 100, "green": 0}
    shifted.cloud.advance(minutes=8)
    assert shifted.described(made)["status"] == "SUCCESSFUL"


def test_a_revision_tells_the_group_that_it_is_behind(shifted: Shifted) -> None:
    shifted.serve({**BLUE_GREEN, "bakeTimeInMinutes": 0})
    made = shifted.deploy(shifted.release("2.0"))
    shifted.cloud.advance(minutes=1)
    found = shifted.described(made)
    arns = [found["sourceServiceRevisions"][0]["arn"], found["targetServiceRevision"]["arn"]]
    revisions = shifted.shop.ecs.describe_service_revisions(serviceRevisionArns=arns)["serviceRevisions"]
    behind = [each["resolvedConfiguration"]["loadBalancers"][0]["targetGroupArn"] for each in revisions]
    assert behind == [shifted.groups["blue"], shifted.groups["green"]]


def test_a_service_without_tasks_shifts_its_traffic_all_the_same(shifted: Shifted) -> None:
    shifted.serve({**BLUE_GREEN, "bakeTimeInMinutes": 0}, desiredCount=0)
    made = shifted.deploy(shifted.release("2.0"))
    shifted.cloud.advance(minutes=1)
    assert shifted.described(made)["status"] == "SUCCESSFUL"
    assert shifted.weights() == {"green": 100, "blue": 0}
    shifted.shop.ecs.update_service(cluster="shop", service="web", desiredCount=2)
    shifted.cloud.advance(minutes=2)
    assert (shifted.healthy("blue"), shifted.healthy("green")) == (0, 2)


def test_the_serving_revision_comes_back_when_all_its_tasks_are_killed_in_mid_shift(shifted: Shifted) -> None:
    shifted.serve(CANARY)
    made = shifted.deploy(shifted.release("2.0"))
    shifted.until(made, "PRODUCTION_TRAFFIC_SHIFT")
    old = shifted.shop.service()["deployments"][1]["id"]
    for task in shifted.shop.ecs.list_tasks(cluster="shop", startedBy=old)["taskArns"]:
        shifted.cloud.kill_task(task)
    shifted.cloud.advance(minutes=3)
    assert shifted.weights() == {"green": 100, "blue": 900}
    assert shifted.healthy("blue") == 2
    shifted.cloud.advance(minutes=25)
    assert shifted.described(made)["status"] == "SUCCESSFUL"
