"""What a lesson does to Fargate's capacity, seen through boto3: waves, droughts, quotas, lost zones, throttling."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from shop import Shop

from simcloud import Cloud
from simcloud.cloud.replay import replay
from simcloud.cloud.usage import usage_of
from simcloud.price.price import price
from simcloud.price.usage import TaskUsage
from simcloud.views import spot_wave

BLEND = [
    {"capacityProvider": "FARGATE", "base": 2, "weight": 1},
    {"capacityProvider": "FARGATE_SPOT", "weight": 3},
]


def blend(shop: Shop, desired: int = 10, strategy: list[dict[str, Any]] | None = None) -> None:
    """A service `web` on both capacity providers, steady."""
    shop.open_endpoints()
    shop.ecs.put_cluster_capacity_providers(
        cluster="shop", capacityProviders=["FARGATE", "FARGATE_SPOT"], defaultCapacityProviderStrategy=[]
    )
    shop.ecs.create_service(
        cluster="shop",
        serviceName="web",
        taskDefinition="web",
        desiredCount=desired,
        networkConfiguration=shop.network(),
        capacityProviderStrategy=strategy or BLEND,
    )
    shop.cloud.advance(minutes=3)


def running(shop: Shop) -> dict[str, int]:
    """Running tasks by capacity provider."""
    return Counter(task.provider for task in shop.cloud.tasks("shop", status="RUNNING"))


def described(shop: Shop, ids: list[str]) -> list[dict[str, Any]]:
    """DescribeTasks."""
    answer: list[dict[str, Any]] = shop.ecs.describe_tasks(cluster="shop", tasks=ids)["tasks"]
    return answer


@pytest.mark.row("F04")
def test_an_interruption_through_boto3_warning_sigterm_kill_after_120_seconds_and_a_replacement(shop: Shop) -> None:
    image = shop.cloud.push_image("shop/slow", "1.0", stop_seconds=None)
    shop.register(shop.container(image=image, stopTimeout=120))
    blend(shop, 2, [{"capacityProvider": "FARGATE_SPOT", "weight": 1}])
    begin = shop.cloud.world.now
    taken = shop.cloud.reclaim_spot(fraction=0.5)
    assert len(taken) == 1
    (task,) = described(shop, taken)
    assert (task["desiredStatus"], task["stopCode"]) == ("STOPPED", "SpotInterruption")
    assert task["stoppedReason"] == "Your Spot Task was interrupted."
    story = str(shop.cloud.story.about(taken[0]))
    assert "interruption warning" in story
    assert "SIGTERM to web" in story
    shop.cloud.advance(seconds=119)
    assert "exitCode" not in described(shop, taken)[0]["containers"][0]
    shop.cloud.advance(seconds=30)
    (task,) = described(shop, taken)
    assert (task["lastStatus"], task["containers"][0]["exitCode"]) == ("STOPPED", 137)
    assert task["executionStoppedAt"].timestamp() - begin == 120
    assert running(shop) == {"FARGATE_SPOT": 2}
    assert shop.service()["runningCount"] == 2


@pytest.mark.row("P08")
def test_a_wave_leaves_the_base_serving_and_the_bill_shows_the_saving(shop: Shop) -> None:
    blend(shop)
    assert running(shop) == {"FARGATE": 4, "FARGATE_SPOT": 6}
    shop.cloud.drought("FARGATE_SPOT")
    shop.cloud.reclaim_spot(fraction=1.0)
    shop.cloud.load("web", 80, cluster="shop")
    shop.cloud.advance(minutes=10)
    assert running(shop) == {"FARGATE": 4}
    assert shop.cloud.served("web", "shop").availability == 1.0
    shop.cloud.end_drought("FARGATE_SPOT")
    shop.cloud.advance(minutes=20)
    assert running(shop) == {"FARGATE": 4, "FARGATE_SPOT": 6}
    used = [each for each in usage_of(shop.cloud.world) if isinstance(each, TaskUsage)]
    spot = [each for each in used if each.purchase == "spot"]
    assert len(spot) == 12, "six that were interrupted, six that came after"
    paid = sum(line.cost for line in price(spot).lines)
    on_demand = sum(line.cost for line in price([replace(each, purchase="on-demand") for each in spot]).lines)
    assert paid == on_demand * Decimal("0.3"), "up to 70 % off (R-197)"
    shop.ecs.create_capacity_provider(
        name="machines",
        autoScalingGroupProvider={
            "autoScalingGroupArn": "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:"
            "11111111-2222-3333-4444-555555555555:autoScalingGroupName/machines"
        },
    )
    shop.ecs.put_cluster_capacity_providers(
        cluster="shop",
        capacityProviders=["FARGATE", "FARGATE_SPOT", "machines"],
        defaultCapacityProviderStrategy=[],
    )
    mixed = [{"capacityProvider": name, "weight": 1} for name in ("FARGATE", "machines")]
    with pytest.raises(ClientError, match="cannot contain a mix"):
        shop.ecs.create_service(
            cluster="shop",
            serviceName="mixed",
            taskDefinition="web",
            networkConfiguration=shop.network(),
            capacityProviderStrategy=mixed,
        )


def test_the_history_of_a_wave_can_be_drawn(shop: Shop) -> None:
    blend(shop)
    shop.cloud.reclaim_spot(fraction=1.0)
    shop.cloud.advance(minutes=5)
    history = shop.cloud.spot_history("web", "shop")
    assert (len(history.lives), [count for _, count in history.waves]) == (16, [6])
    assert history.lowest.running == 4
    assert len(shop.cloud.spot_history("web", "shop", minutes=1).waves) == 0
    assert "1 wave, 6 interrupted" in spot_wave(shop.cloud, "web", "shop").text
    with pytest.raises(LookupError):
        shop.cloud.spot_history("no-such")


def test_the_bill_of_an_interrupted_task_ends_when_it_has_stopped(shop: Shop) -> None:
    blend(shop, 1, [{"capacityProvider": "FARGATE_SPOT", "weight": 1}])
    shop.cloud.drought()
    (taken,) = shop.cloud.reclaim_spot(fraction=1.0)
    shop.cloud.advance(minutes=30)
    task = shop.cloud.task(taken)
    assert task.stopped_at is not None
    assert task.pull_started_at is not None
    (used,) = [each for each in usage_of(shop.cloud.world) if isinstance(each, TaskUsage)]
    assert float(used.seconds) == task.stopped_at - task.pull_started_at


@pytest.mark.row("M07")
def test_availability_of_an_api_under_reclaim_is_measured(shop: Shop) -> None:
    """All on Spot against a blend, under the same load and the same wave."""
    blend(shop, 4, [{"capacityProvider": "FARGATE_SPOT", "weight": 1}])
    shop.cloud.load("web", 60, cluster="shop")
    shop.cloud.reclaim_spot(fraction=1.0, drought=600)
    shop.cloud.advance(minutes=30)
    all_on_spot = shop.cloud.served("web", "shop")
    shop.ecs.update_service(
        cluster="shop",
        service="web",
        capacityProviderStrategy=[
            {"capacityProvider": "FARGATE", "base": 3, "weight": 1},
            {"capacityProvider": "FARGATE_SPOT", "weight": 1},
        ],
        forceNewDeployment=True,
    )
    shop.cloud.advance(minutes=10)
    shop.cloud.load("web", 60, cluster="shop")
    shop.cloud.reclaim_spot(fraction=1.0, drought=600)
    shop.cloud.advance(minutes=30)
    blended = shop.cloud.served("web", "shop", minutes=30)
    assert all_on_spot.least_serving == 0
    assert 0.4 < all_on_spot.availability < 0.55, "the first try after the drought comes after fifteen minutes"
    assert blended.availability == 1.0
    assert blended.asked == 60 * 30 * 60
    assert all_on_spot.failed == pytest.approx(all_on_spot.asked - all_on_spot.answered)


@pytest.mark.row("F19")
def test_a_strategy_splits_ten_tasks_four_to_six_and_needs_its_provider_associated(shop: Shop) -> None:
    with pytest.raises(ClientError, match="not associated with the cluster"):
        shop.create_service(launchType="", capacityProviderStrategy=BLEND)
    blend(shop)
    assert running(shop) == {"FARGATE": 4, "FARGATE_SPOT": 6}


def test_work_is_read_from_the_cloud(shop: Shop) -> None:
    image = shop.cloud.push_image("shop/batch", "1.0", work_seconds=1200, stop_seconds=1)
    shop.register(shop.container(image=image))
    blend(shop, 1, [{"capacityProvider": "FARGATE_SPOT", "weight": 1}])
    (first,) = shop.cloud.work("web")
    assert (first.finished, first.ended_at, first.kept) == (False, None, first.done)
    assert 100 < first.done < 180
    shop.cloud.reclaim_spot(fraction=1.0)
    shop.cloud.advance(minutes=2)
    lost, again = shop.cloud.work()
    assert lost.lost == lost.done > first.done
    assert again.resumed == 0
    assert again.total == 1200
    assert shop.cloud.work("other") == []


def test_a_lost_zone_through_boto3(shop: Shop) -> None:
    blend(shop, 4, [{"capacityProvider": "FARGATE", "weight": 1}])
    shop.cloud.lose_zone("us-east-1a")
    shop.cloud.advance(seconds=30)
    held = described(shop, [task.id for task in shop.cloud.tasks("shop")])
    assert {each["containers"][0]["lastStatus"] for each in held} == {"RUNNING"}, "ECS does not know yet"
    shop.cloud.advance(minutes=5)
    zones = Counter(task.zone for task in shop.cloud.tasks("shop", status="RUNNING"))
    assert zones == {"us-east-1b": 4}
    shop.cloud.restore_zone("us-east-1a")
    shop.cloud.advance(minutes=5)
    zones = Counter(task.zone for task in shop.cloud.tasks("shop", status="RUNNING"))
    assert zones == {"us-east-1a": 2, "us-east-1b": 2}
    shop.cloud.world.check()


def test_run_task_finds_no_room_where_a_quota_or_a_zone_leaves_none(open_shop: Shop) -> None:
    cloud, ecs = open_shop.cloud, open_shop.ecs
    asked = {"cluster": "shop", "taskDefinition": "web", "networkConfiguration": open_shop.network(), "count": 3}
    cloud.vcpu_quota("FARGATE", 0.5)
    answer = ecs.run_task(launchType="FARGATE", **asked)
    assert [each["reason"] for each in answer["failures"]] == [
        "You’ve reached the limit on the number of vCPUs you can run concurrently"
    ]
    cloud.vcpu_quota("FARGATE", 0)
    with pytest.raises(ecs.exceptions.BlockedException):
        ecs.run_task(launchType="FARGATE", **asked)
    cloud.vcpu_quota("FARGATE", None)
    cloud.lose_zone("us-east-1a")
    tasks = ecs.run_task(launchType="FARGATE", **asked)["tasks"]
    assert {task["availabilityZone"] for task in tasks} == {"us-east-1b"}
    cloud.lose_zone("us-east-1b")
    answer = ecs.run_task(launchType="FARGATE", **asked)
    assert answer["tasks"] == []
    assert {each["reason"] for each in answer["failures"]} == {
        "Capacity is unavailable at this time. Please try again later or in a different availability zone"
    }


def test_r095_throttled_calls_are_refused_until_the_time_is_over_and_boto3_tries_again(cloud: Cloud) -> None:
    ecs = boto3.client("ecs", config=Config(retries={"mode": "standard", "max_attempts": 8}))
    cloud.throttle("ecs:ListClusters", minutes=0.02)
    answer = ecs.list_clusters()
    assert answer["ResponseMetadata"]["RetryAttempts"] >= 1, "it came through at a later attempt"
    cloud.throttle("ecs", minutes=10)
    before = cloud.now
    with pytest.raises(ecs.exceptions.ClientError) as refused:
        ecs.list_clusters()
    assert refused.value.response["Error"] == {"Code": "ThrottlingException", "Message": "Rate exceeded"}
    assert (cloud.now - before).total_seconds() > 0, "boto3 waited between its attempts"
    assert boto3.client("ec2").describe_vpcs()["Vpcs"], "other services answer"
    cloud.advance(minutes=11)
    assert ecs.list_clusters()["clusterArns"] == []


@pytest.mark.parametrize(
    ("service", "call", "code"),
    [
        ("ec2", "describe_vpcs", "RequestLimitExceeded"),
        ("iam", "list_roles", "Throttling"),
        ("logs", "describe_log_groups", "ThrottlingException"),
        ("eks", "list_clusters", "ThrottlingException"),
    ],
)
def test_each_service_throttles_in_its_own_words(cloud: Cloud, service: str, call: str, code: str) -> None:
    cloud.throttle(service)
    with pytest.raises(ClientError) as refused:
        getattr(boto3.client(service), call)()
    assert refused.value.response["Error"]["Code"] == code


@pytest.mark.parametrize(
    ("do", "given", "wrong"),
    [
        ("reclaim_spot", {"fraction": 1.5}, ValueError),
        ("reclaim_spot", {"fraction": float("nan")}, ValueError),
        ("reclaim_spot", {"service": "no-such"}, LookupError),
        ("reclaim_spot", {"zone": "us-east-1z"}, LookupError),
        ("spot_market", {"every": 1}, ValueError),
        ("spot_market", {"every": 3600, "waves": [(1, 0.5)]}, ValueError),
        ("spot_market", {"every": 3600, "fraction": (0.6, 0.2)}, ValueError),
        ("spot_market", {"waves": [(-1, 0.5)]}, ValueError),
        ("drought", {"provider": "SPOT"}, ValueError),
        ("drought", {"provider": ""}, ValueError),
        ("drought", {"zone": "eu-west-1a"}, LookupError),
        ("end_drought", {}, LookupError),
        ("vcpu_quota", {"provider": "FARGATE", "vcpu": -1}, ValueError),
        ("lose_zone", {"zone": "us-east-1z"}, LookupError),
        ("restore_zone", {"zone": "us-east-1a"}, LookupError),
        ("throttle", {"operation": "ecs:NoSuch"}, LookupError),
        ("throttle", {"operation": "s3"}, LookupError),
        ("throttle", {"operation": "ecs", "minutes": 0}, ValueError),
    ],
)
def test_a_command_about_capacity_that_makes_no_sense_changes_nothing(
    open_shop: Shop, do: str, given: dict[str, Any], wrong: type[Exception]
) -> None:
    before = (len(open_shop.cloud.story), len(open_shop.cloud.transcript))
    with pytest.raises(wrong):
        getattr(open_shop.cloud, do)(**given)
    assert (len(open_shop.cloud.story), len(open_shop.cloud.transcript)) == before


def test_commands_about_capacity_are_replayed_from_the_transcript(cloud: Cloud) -> None:
    shop = Shop(cloud)
    blend(shop)
    cloud.reclaim_spot(0.5, seed=3, drought=100)
    cloud.advance(minutes=5)
    cloud.spot_market(every=900, fraction=(0.2, 0.8), seed="m")
    cloud.advance(hours=1)
    cloud.spot_market(waves=[(60, 1.0)])
    cloud.drought(minutes=10)
    cloud.vcpu_quota("FARGATE_SPOT", 1)
    cloud.throttle("ecs:DescribeTasks", minutes=1)
    boto3.client("secretsmanager").create_secret(Name="db", SecretString="first")
    cloud.rotate_secret("db")
    boto3.client("secretsmanager").get_secret_value(SecretId="db")
    cloud.expire_secret("db")
    with pytest.raises(ClientError):
        shop.ecs.describe_tasks(cluster="shop", tasks=["x" * 32])
    cloud.lose_zone("us-east-1b")
    cloud.advance(minutes=20)
    cloud.restore_zone("us-east-1b")
    cloud.vcpu_quota("FARGATE_SPOT", None)
    cloud.advance(minutes=40)
    cloud.world.check()
    told, records = str(cloud.story), list(cloud.transcript)
    cloud.close()
    with Cloud(seed=11) as again:
        found = replay(again, records)
        assert [each.what for each in found] == []
        assert str(again.story) == told


def test_a_wave_in_a_copy_leaves_the_original_as_it_was(cloud: Cloud) -> None:
    shop = Shop(cloud)
    blend(shop)
    told = str(cloud.story)
    with cloud.copy() as future:
        assert len(future.reclaim_spot(1.0)) == 6
        future.lose_zone("us-east-1a")
        future.advance(minutes=10)
    assert str(cloud.story) == told
    assert cloud.world.spot.waves == []
    assert not cloud.world.supply.limited


def test_r155_a_rotated_secret_is_seen_by_new_tasks_alone(shop: Shop) -> None:
    shop.open_endpoints(("ecr.api", "ecr.dkr", "logs", "secretsmanager"))
    secrets = boto3.client("secretsmanager")
    arn = secrets.create_secret(Name="db", SecretString='{"user": "web", "password": "first"}')["ARN"]
    policy = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": arn}
    ]}  # fmt: skip
    shop.iam.put_role_policy(RoleName="exec", PolicyName="db", PolicyDocument=json.dumps(policy))
    shop.register(shop.container(secrets=[{"name": "DB_PASSWORD", "valueFrom": f"{arn}:password::"}]))
    before = shop.run_and_wait()
    shop.cloud.rotate_secret("db")
    after = shop.run_and_wait()

    def password(task: str) -> str:
        return shop.cloud.task(task).containers[0].environment["DB_PASSWORD"]

    assert password(before.id) == "first"
    now = json.loads(secrets.get_secret_value(SecretId="db")["SecretString"])
    assert (now["user"], now["password"]) == ("web", password(after.id))
    assert password(after.id) != "first"
    assert "keeps the old value of secret db" in str(shop.cloud.story.about(before.id))
    shop.cloud.rotate_secret("db", "plain")
    assert secrets.get_secret_value(SecretId="db")["SecretString"] == "plain"
    with pytest.raises(LookupError):
        shop.cloud.rotate_secret("no-such")


def test_an_expired_secret_lets_no_new_task_start_until_it_is_restored(shop: Shop) -> None:
    shop.open_endpoints(("ecr.api", "ecr.dkr", "logs", "secretsmanager"))
    secrets = boto3.client("secretsmanager")
    arn = secrets.create_secret(Name="db", SecretString="first")["ARN"]
    policy = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": arn}
    ]}  # fmt: skip
    shop.iam.put_role_policy(RoleName="exec", PolicyName="db", PolicyDocument=json.dumps(policy))
    shop.register(shop.container(secrets=[{"name": "DB_PASSWORD", "valueFrom": arn}]))
    before = shop.run_and_wait()
    shop.cloud.expire_secret("db")
    after = shop.run_and_wait()
    assert shop.cloud.task(before.id).status == "RUNNING"
    assert after.stopped_reason.startswith("ResourceInitializationError: unable to pull secrets or registry auth: ")
    assert after.stopped_reason.endswith(
        "InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion."
    )
    assert "1 task read it before" in str(shop.cloud.story.about("db"))
    for name in ("db", "no-such"):
        with pytest.raises(LookupError):
            shop.cloud.expire_secret(name)
    secrets.restore_secret(SecretId="db")
    assert shop.run_and_wait().status == "RUNNING"
