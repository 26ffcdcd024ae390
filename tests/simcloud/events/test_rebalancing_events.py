"""What a lost zone and its return make ECS tell the bus."""

from __future__ import annotations

import boto3
from events_bench import EventsBench


def test_a_lost_zone_and_the_balance_after_it_are_told_as_service_actions(night: EventsBench) -> None:
    """https://docs.aws.amazon.com/AmazonECS/latest/developerguide/track-service-rebalancing.html"""
    pattern = {"source": ["aws.ecs"], "detail-type": ["ECS Service Action"]}
    night.image = night.cloud.push_image("web", "1.0")
    found = boto3.client("ec2").describe_subnets(SubnetIds=night.subnets)["Subnets"]
    lost = found[0]["AvailabilityZone"]
    night.ecs.create_service(
        cluster="shop",
        serviceName="web",
        taskDefinition=night.register("web"),
        desiredCount=2,
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": {"subnets": night.subnets, "assignPublicIp": "ENABLED"}},
    )
    night.cloud.advance(minutes=3)
    night.rule("services", {"Id": "a", "Arn": night.queue()}, pattern=pattern)
    night.cloud.lose_zone(lost)
    night.cloud.advance(minutes=6)
    night.cloud.restore_zone(lost)
    night.cloud.advance(minutes=6)
    told = [(event["detail"]["eventType"], event["detail"]["eventName"]) for event in night.told()]
    assert told == [
        ("INFO", "SERVICE_STEADY_STATE"),
        ("INFO", "SERVICE_REBALANCING_STARTED"),
        ("ERROR", "SERVICE_TASK_PLACEMENT_FAILURE"),
        ("INFO", "SERVICE_REBALANCING_STOPPED"),
        ("INFO", "SERVICE_REBALANCING_STARTED"),
        ("INFO", "TASKS_STARTED"),
        ("INFO", "TASKS_STOPPED"),
        ("INFO", "SERVICE_STEADY_STATE"),
        ("INFO", "SERVICE_REBALANCING_COMPLETED"),
    ]
