"""Task definitions: what is kept of them, how they are listed, and how they go."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from shop import ACCOUNT, REGION, Shop

HEAD = f"arn:aws:ecs:{REGION}:{ACCOUNT}:task-definition"


@pytest.mark.operation("ecs:RegisterTaskDefinition", "ecs:DescribeTaskDefinition")
def test_a_definition_is_described_by_family_revision_or_arn(shop: Shop) -> None:
    shop.register(tags=[{"key": "team", "value": "red"}], enableFaultInjection=True)
    for name in ("web", "web:2", f"{HEAD}/web:2", f"{HEAD}/web"):
        answer = shop.ecs.describe_task_definition(taskDefinition=name, include=["TAGS"])
        assert (answer["taskDefinition"]["revision"], answer["tags"][0]["value"]) == (2, "red")
    kept = answer["taskDefinition"]
    assert kept["enableFaultInjection"] is True
    assert kept["registeredAt"] == shop.cloud.now
    assert {"name": "ecs.capability.task-eni"} in kept["requiresAttributes"]
    assert shop.ecs.describe_task_definition(taskDefinition="web")["tags"] == []
    elsewhere = f"{HEAD}/web:2".replace(REGION, "eu-west-1")
    with pytest.raises(shop.ecs.exceptions.InvalidParameterException, match="Invalid Region in ARN"):
        shop.ecs.describe_task_definition(taskDefinition=elsewhere)
    for name in ("web:3", "nope"):
        with pytest.raises(shop.ecs.exceptions.ClientException, match="Unable to describe task definition"):
            shop.ecs.describe_task_definition(taskDefinition=name)


@pytest.mark.operation("ecs:ListTaskDefinitions", "ecs:ListTaskDefinitionFamilies", "ecs:DeregisterTaskDefinition")
def test_lists_go_by_family_and_status_in_order(shop: Shop) -> None:
    for family in ("web", "web-two", "api"):
        shop.register(family=family)
    shop.ecs.deregister_task_definition(taskDefinition="api:1")

    def listed(**asked: str) -> list[str]:
        return [arn.rsplit("/", 1)[-1] for arn in shop.ecs.list_task_definitions(**asked)["taskDefinitionArns"]]

    assert listed() == ["web:1", "web:2", "web-two:1"]
    assert listed(familyPrefix="web", sort="DESC") == ["web:2", "web:1"], "the prefix is the whole family"
    assert listed(status="INACTIVE") == ["api:1"]
    pages = shop.ecs.get_paginator("list_task_definitions").paginate(PaginationConfig={"PageSize": 2})
    assert [len(page["taskDefinitionArns"]) for page in pages] == [2, 1]
    families = shop.ecs.list_task_definition_families
    assert families()["families"] == ["api", "web", "web-two"], "without a status, all"
    assert families(status="ACTIVE", familyPrefix="web")["families"] == ["web", "web-two"]
    assert families(status="INACTIVE")["families"] == ["api"]


@pytest.mark.operation(
    "ecs:DeregisterTaskDefinition", "ecs:DeleteTaskDefinitions", "ecs:DescribeTaskDefinition", "ecs:ListTaskDefinitions"
)
def test_only_an_inactive_revision_is_deleted_and_its_number_is_not_used_again(open_shop: Shop) -> None:
    ecs = open_shop.ecs
    open_shop.create_service()
    open_shop.cloud.advance(minutes=3)
    open_shop.register()
    ecs.deregister_task_definition(taskDefinition="web:1")
    since = open_shop.cloud.now
    open_shop.cloud.advance(minutes=1)
    assert ecs.deregister_task_definition(taskDefinition="web:1")["taskDefinition"]["deregisteredAt"] == since
    answer = ecs.delete_task_definitions(taskDefinitions=["web:1", "web:2", "web:9", "web"])
    (gone,) = answer["taskDefinitions"]
    assert (gone["revision"], gone["status"], gone["deregisteredAt"]) == (1, "DELETE_IN_PROGRESS", since)
    assert {each["arn"]: each["reason"] for each in answer["failures"]} == {
        "web:2": "The specified task definition is still in ACTIVE status. Please deregister the target and try again.",
        "web:9": "The specified task definition does not exist. Specify a valid account, family, revision and try "
        "again.",
        "web": "The specified task definition identifier is invalid. Specify a valid name or ARN and try again.",
    }
    assert ecs.describe_task_definition(taskDefinition="web:1")["taskDefinition"]["status"] == "DELETE_IN_PROGRESS"
    arns = ecs.list_task_definitions(status="DELETE_IN_PROGRESS")["taskDefinitionArns"]
    assert [arn.rsplit("/", 1)[-1] for arn in arns] == ["web:1"]
    with pytest.raises(ClientError, match="TaskDefinition is inactive"):
        open_shop.run(taskDefinition="web:1")
    ecs.update_service(cluster="shop", service="web", desiredCount=3)
    open_shop.cloud.advance(minutes=3)
    assert open_shop.service()["runningCount"] == 3, "a service that has it still scales"
    assert open_shop.register()["revision"] == 3
