"""What the curriculum promises that a learner can see, where it takes several calls: each part of it happens."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError, ParamValidationError
from shop import Shop, trust


@pytest.mark.row("F02")
def test_the_same_service_by_launch_type_and_by_strategy_and_never_by_both(open_shop: Shop) -> None:
    ecs = open_shop.ecs
    ecs.put_cluster_capacity_providers(
        cluster="shop", capacityProviders=["FARGATE"], defaultCapacityProviderStrategy=[]
    )
    strategy = [{"capacityProvider": "FARGATE", "weight": 1}]
    by_type = open_shop.create_service(serviceName="by-type")
    asked = {"cluster": "shop", "taskDefinition": "web", "desiredCount": 2}
    network = {"networkConfiguration": open_shop.network()}
    by_strategy = ecs.create_service(**asked, **network, serviceName="by-strategy", capacityProviderStrategy=strategy)
    assert by_type["launchType"] == "FARGATE"
    assert "launchType" not in by_strategy["service"]
    assert by_strategy["service"]["capacityProviderStrategy"][0]["capacityProvider"] == "FARGATE"
    with pytest.raises(ClientError, match="Specifying both a launch type and capacity provider strategy"):
        open_shop.create_service(serviceName="both", capacityProviderStrategy=strategy)
    open_shop.cloud.advance(minutes=3)
    assert [open_shop.cloud.service(name, "shop").running for name in ("by-type", "by-strategy")] == [2, 2]


@pytest.mark.row("F05")
@pytest.mark.row("T02")
def test_platform_version_1_3_0_is_refused_since_its_retirement(open_shop: Shop) -> None:
    with pytest.raises(ClientError) as refused:
        open_shop.run(platformVersion="1.3.0")
    assert refused.value.response["Error"]["Code"] == "PlatformUnknownException"
    task = open_shop.run_and_wait(2, platformVersion="1.4.0")
    assert (task.status, open_shop.described(task.arn)["platformVersion"]) == ("RUNNING", "1.4.0")


@pytest.mark.row("F10")
@pytest.mark.row("T03")
def test_ecs_refuses_a_daemon_service_on_fargate(open_shop: Shop) -> None:
    asked = {"cluster": "shop", "serviceName": "agent", "taskDefinition": "web", "launchType": "FARGATE"}
    with pytest.raises(ClientError) as refused:
        open_shop.ecs.create_service(**asked, schedulingStrategy="DAEMON", networkConfiguration=open_shop.network())
    assert refused.value.response["Error"]["Code"] == "InvalidParameterException"
    assert open_shop.ecs.list_services(cluster="shop")["serviceArns"] == []


@pytest.mark.row("F18")
@pytest.mark.parametrize(
    ("gib", "says"),
    [
        (20, "EphemeralStorage size should be at least 21"),
        (21, ""),
        (200, ""),
        (201, "EphemeralStorage size should be at most 200"),
    ],
)
def test_storage_is_sold_from_21_to_200_gib(open_shop: Shop, gib: int, says: str) -> None:
    asked: dict[str, Any] = {"ephemeralStorage": {"sizeInGiB": gib}}
    if says:
        with pytest.raises(ClientError, match=says):
            open_shop.register(**asked)
    else:
        assert open_shop.register(**asked)["ephemeralStorage"] == {"sizeInGiB": gib}


@pytest.mark.row("T04")
@pytest.mark.row("M05")
def test_four_causes_are_told_apart_by_their_texts(shop: Shop) -> None:
    """No way; no permission of the execution role; no execution role at all; no permission of the task role."""
    no_way = shop.run_and_wait(6)
    shop.open_endpoints()
    shop.iam.detach_role_policy(
        RoleName="exec", PolicyArn="arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
    )
    denied = shop.run_and_wait(6)
    assert "i/o timeout" in no_way.stopped_reason
    assert "AccessDeniedException" not in no_way.stopped_reason
    assert "AccessDeniedException" in denied.stopped_reason
    assert "assumed-role/exec/" in denied.stopped_reason
    with pytest.raises(ClientError, match="to have execution role ARN to support"):
        shop.register(executionRoleArn="")
    shop.iam.attach_role_policy(
        RoleName="exec", PolicyArn="arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
    )
    shop.iam.create_role(RoleName="app", AssumeRolePolicyDocument=trust())
    shop.ec2.create_vpc_endpoint(
        VpcEndpointType="Gateway",
        VpcId=shop.vpc,
        ServiceName="com.amazonaws.us-east-1.dynamodb",
        RouteTableIds=[shop.table],
    )
    image = shop.cloud.push_image("shop/app", calls=[("dynamodb:GetItem", "*")])
    shop.register(shop.container(image=image), taskRoleArn="arn:aws:iam::123456789012:role/app")
    inside = shop.run_and_wait(6)
    assert (inside.status, inside.stopped_reason) == ("RUNNING", "")
    (line,) = shop.logs.get_log_events(logGroupName="/ecs/web", logStreamName=f"web/web/{inside.id}")["events"]
    assert "AccessDeniedException" in line["message"]
    assert "assumed-role/app/" in line["message"]


@pytest.mark.row("T06")
@pytest.mark.row("M01")
def test_ecs_reads_no_manifest(open_shop: Shop) -> None:
    manifest: dict[str, Any] = {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web"},
        "spec": {"replicas": 2},
    }
    with pytest.raises(ParamValidationError, match="Unknown parameter"):
        open_shop.ecs.register_task_definition(**manifest)
    assert open_shop.register()["family"] == "web", "the same containers, written as a task definition"
