"""What the code in a task reaches: its own security groups decide, whatever definition it was started from."""

from __future__ import annotations

import pytest
from shop import Shop


def rule(group: str) -> list[dict[str, object]]:
    return [{"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "UserIdGroupPairs": [{"GroupId": group}]}]


def lines(shop: Shop, task: str) -> list[str]:
    events = shop.logs.get_log_events(logGroupName="/ecs/web", logStreamName=f"web/web/{task}")["events"]
    return [event["message"] for event in events]


@pytest.mark.row("T01")
@pytest.mark.row("F22")
@pytest.mark.row("F12")
def test_two_tasks_of_one_definition_with_other_security_groups_reach_other_things(open_shop: Shop) -> None:
    trusted, database = open_shop.security_group("trusted"), open_shop.security_group("database")
    open_shop.ec2.authorize_security_group_ingress(GroupId=database, IpPermissions=rule(trusted))
    subnets = open_shop.subnets[:1]

    def network(*groups: str) -> dict[str, object]:
        return {"awsvpcConfiguration": {"subnets": subnets, "securityGroups": [open_shop.group, *groups]}}

    db = open_shop.run_and_wait(networkConfiguration=network(database))
    image = open_shop.cloud.push_image("shop/app", connects=[(db.private_ip, 5432)])
    open_shop.register(open_shop.container(image=image))
    inside = open_shop.run_and_wait(networkConfiguration=network(trusted))
    outside = open_shop.run_and_wait(networkConfiguration=network())
    assert inside.definition == outside.definition
    assert len({db.interface, inside.interface, outside.interface}) == 3
    assert lines(open_shop, inside.id) == [f"connected to {db.private_ip}:5432"]
    assert lines(open_shop, outside.id) == [f"could not connect to {db.private_ip}:5432: Connection timed out"]
    told = [line for line in outside.story if "cannot open a connection" in line.what]
    assert database in told[0].why
    assert outside.status == "RUNNING"


@pytest.mark.row("M04")
def test_code_in_a_private_subnet_does_not_reach_the_internet(open_shop: Shop) -> None:
    image = open_shop.cloud.push_image("shop/app", connects=[("api.example.com", 443)])
    open_shop.register(open_shop.container(image=image))
    task = open_shop.run_and_wait()
    assert lines(open_shop, task.id) == ["could not connect to api.example.com:443: Connection timed out"]
    assert any("has no route to" in line.why for line in task.story)
