"""ECS Exec: whether a session opens is decided by the task, its role and its network."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from botocore.exceptions import ClientError
from shop import ACCOUNT, ENDPOINTS, Shop, trust

TASK_ROLE = f"arn:aws:iam::{ACCOUNT}:role/app"
NO_EXEC = "execute command was not enabled when the task was run or the execute command agent isn’t running"


def give_role(shop: Shop, *actions: str) -> None:
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
    shop.iam.create_role(RoleName="app", AssumeRolePolicyDocument=trust())
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    shop.iam.put_role_policy(RoleName="app", PolicyName="may", PolicyDocument=document)
    shop.register(taskRoleArn=TASK_ROLE)


def enter(shop: Shop, arn: str, **more: Any) -> dict[str, Any]:
    asked = {"cluster": "shop", "task": arn, "command": "/bin/sh", "interactive": True, **more}
    answer: dict[str, Any] = shop.ecs.execute_command(**asked)
    return answer


@pytest.mark.operation("ecs:ExecuteCommand", "ecs:DescribeTasks", "ecs:RunTask")
def test_a_session_opens_once_the_agent_runs(shop: Shop) -> None:
    shop.open_endpoints((*ENDPOINTS, "ssmmessages"))
    give_role(shop, "ssmmessages:*")
    arn = shop.run(enableExecuteCommand=True)["taskArn"]
    shop.cloud.advance(seconds=25)
    with pytest.raises(ClientError, match=NO_EXEC):
        enter(shop, arn)
    shop.cloud.advance(minutes=2)
    (agent,) = shop.described(arn)["containers"][0]["managedAgents"]
    assert (agent["name"], agent["lastStatus"]) == ("ExecuteCommandAgent", "RUNNING")
    assert agent["lastStartedAt"] > shop.described(arn)["startedAt"]
    answer = enter(shop, arn, command="ls -l")
    assert (answer["taskArn"], answer["containerName"], answer["interactive"]) == (arn, "web", True)
    session = answer["session"]
    assert re.fullmatch(r"ecs-execute-command-[0-9a-f]{17}", session["sessionId"])
    assert session["streamUrl"].startswith(
        f"wss://ssmmessages.us-east-1.amazonaws.com/v1/data-channel/{session['sessionId']}?"
    )
    assert len(session["tokenValue"]) > 100
    assert enter(shop, arn)["session"]["sessionId"] != session["sessionId"]
    assert "ECS Exec session with container web" in str(shop.cloud.story.about(arn))


def test_r159_the_agent_does_not_start_on_a_read_only_root_file_system(shop: Shop) -> None:
    shop.open_endpoints((*ENDPOINTS, "ssmmessages"))
    give_role(shop, "ssmmessages:*")
    sealed = shop.container(name="sealed", readonlyRootFilesystem=True, portMappings=[])
    shop.register(shop.container(), sealed, taskRoleArn=TASK_ROLE)
    task = shop.run_and_wait(enableExecuteCommand=True)
    assert enter(shop, task.arn, container="web")["containerName"] == "web"
    with pytest.raises(ClientError, match=NO_EXEC):
        enter(shop, task.arn, container="sealed")
    assert "root file system, which is read-only" in str(shop.cloud.story.about(task.id))


def test_no_way_to_session_manager_is_an_internal_error(shop: Shop) -> None:
    shop.open_endpoints()
    give_role(shop, "ssmmessages:*")
    arn = shop.run(enableExecuteCommand=True)["taskArn"]
    shop.cloud.advance(minutes=3)
    with pytest.raises(
        shop.ecs.exceptions.TargetNotConnectedException, match="failed due to an internal error"
    ) as told:
        enter(shop, arn)
    assert any("ssmmessages" in note or "route" in note for note in told.value.__notes__)


def test_a_role_that_may_open_half_of_the_channels_is_not_enough(shop: Shop) -> None:
    shop.open_endpoints((*ENDPOINTS, "ssmmessages"))
    give_role(shop, "ssmmessages:CreateControlChannel", "ssmmessages:OpenControlChannel")
    arn = shop.run(enableExecuteCommand=True)["taskArn"]
    shop.cloud.advance(minutes=3)
    with pytest.raises(shop.ecs.exceptions.TargetNotConnectedException):
        enter(shop, arn)


def test_a_task_that_has_stopped_is_not_entered(shop: Shop) -> None:
    shop.open_endpoints((*ENDPOINTS, "ssmmessages"))
    give_role(shop, "ssmmessages:*")
    arn = shop.run(enableExecuteCommand=True)["taskArn"]
    shop.cloud.advance(minutes=3)
    shop.ecs.stop_task(cluster="shop", task=arn)
    with pytest.raises(ClientError, match=NO_EXEC):
        enter(shop, arn)
