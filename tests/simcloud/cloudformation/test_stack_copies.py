"""A stack in a copy of the world, in a replay, and between two stacks."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest
from botocore.exceptions import ClientError
from stack_desk import CLUSTER, NAMED, Desk, definition, shop
from whole_stack import WHOLE

from simcloud import Cloud
from simcloud.cloud.replay import replay


def test_a_copy_goes_its_own_way(desk: Desk) -> None:
    desk.create(shop(desk.subnets, ServiceName="web"), wait=False)
    with desk.cloud.copy():
        assert desk.wait("create") == "CREATE_COMPLETE"
        desk.delete()
        assert desk.ecs.list_clusters()["clusterArns"] == []
    assert desk.status() == "CREATE_IN_PROGRESS"
    assert desk.wait("create") == "CREATE_COMPLETE"
    with desk.cloud.copy():
        desk.update({"Cluster": CLUSTER})
        assert desk.ecs.list_services(cluster="shop")["serviceArns"] == []
    assert desk.ecs.describe_services(cluster="shop", services=["web"])["services"][0]["runningCount"] == 1
    assert desk.update(shop(desk.subnets, ServiceName="web", DesiredCount=2)) == "UPDATE_COMPLETE"


def story(desk: Desk) -> None:
    """Everything that stacks do."""
    desk.create(WHOLE)
    desk.create({"Definition": definition(Cpu="300"), "Other": {"Type": "AWS::SQS::Queue"}}, name="bad")
    desk.create(shop(desk.subnets, ServiceName="web"), name="second", wait=False)
    desk.cloud.advance(minutes=3)
    desk.update(shop(desk.subnets, ServiceName="web", DesiredCount=2), name="second")
    desk.stacks.delete_stack(StackName="second")
    desk.cloud.advance(minutes=3)
    with pytest.raises(ClientError):
        desk.status("second")


def test_a_replay_builds_the_same_world_to_the_byte() -> None:
    with Cloud(seed=9) as cloud:
        story(Desk(cloud))
        records, world = json.loads(json.dumps(cloud.transcript)), pickle.dumps(cloud.world)
    called = {entry["op"] for entry in records if entry["kind"] == "call" and entry["service"] != "cloudformation"}
    assert called == {"DescribeSubnets"}  # what a stack calls is its own affair
    with Cloud(seed=9) as cloud:
        assert replay(cloud, records) == []
        assert pickle.dumps(cloud.world) == world


def test_one_stack_imports_what_another_exports(desk: Desk) -> None:
    outputs = {"Name": {"Value": {"Ref": "Cluster"}, "Export": {"Name": "the-cluster"}}}
    desk.create(json.dumps({"Resources": {"Cluster": CLUSTER}, "Outputs": outputs}), name="base")
    user: dict[str, Any] = shop(desk.subnets, Cluster={"Fn::ImportValue": "the-cluster"}, ServiceName="web")
    del user["Cluster"]
    assert desk.create(user) == "CREATE_COMPLETE"
    assert desk.ecs.list_services(cluster="shop")["serviceArns"] != []
    desk.stacks.delete_stack(StackName="base")
    assert desk.stack("base")["StackStatusReason"] == "Export the-cluster cannot be deleted as it is in use by demo"
    assert (
        desk.create(
            json.dumps(
                {
                    "Resources": {"Other": {"Type": "AWS::SQS::Queue"}},
                    "Outputs": {"Name": {"Value": "x", "Export": {"Name": "the-cluster"}}},
                }
            ),
            name="twin",
        )
        == "ROLLBACK_COMPLETE"
    )
    reasons = {status: reason for thing, status, reason in desk.events("twin") if thing == "twin"}
    assert reasons["ROLLBACK_IN_PROGRESS"] == (
        "Export with name the-cluster is already exported by stack base. Rollback requested by user."
    )


def test_stacks_of_one_learner_are_not_seen_by_another_cloud(desk: Desk) -> None:
    desk.create({"Cluster": CLUSTER})
    with Cloud(seed=4) as other:
        mine = Desk(other)
        assert mine.stacks.describe_stacks()["Stacks"] == []
        assert mine.create({"Cluster": CLUSTER}, Capabilities=NAMED) == "CREATE_COMPLETE"
    desk.cloud.open()
    assert desk.status() == "CREATE_COMPLETE"
