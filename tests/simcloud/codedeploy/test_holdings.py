"""Applications, configurations, groups, revisions, lists and tags: what one call wrote another one reads."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError
from store import ACCOUNT, FAILURES, REGION, ROLE, Store

ARN = f"arn:aws:codedeploy:{REGION}:{ACCOUNT}"


@pytest.mark.operation(
    "codedeploy:CreateApplication",
    "codedeploy:GetApplication",
    "codedeploy:BatchGetApplications",
    "codedeploy:ListApplications",
)
def test_applications_are_read_as_they_were_made(store: Store) -> None:
    identity = store.client.create_application(applicationName="fleet")["applicationId"]
    held = store.client.get_application(applicationName="fleet")["application"]
    assert (held["applicationId"], held["computePlatform"], held["linkedToGitHub"]) == (identity, "Server", False)
    both = store.client.batch_get_applications(applicationNames=["shop", "fleet"])["applicationsInfo"]
    assert [each["computePlatform"] for each in both] == ["ECS", "Server"]
    assert store.client.list_applications()["applications"] == ["fleet", "shop"]


@pytest.mark.operation("codedeploy:UpdateApplication", "codedeploy:DeleteApplication")
def test_an_application_takes_its_groups_along_to_a_new_name(store: Store) -> None:
    store.group(tags=[{"Key": "team", "Value": "web"}])
    made = store.deploy()
    store.client.update_application(applicationName="shop", newApplicationName="store")
    assert store.client.list_deployment_groups(applicationName="store")["deploymentGroups"] == ["web"]
    assert store.info(made)["applicationName"] == "store"
    tags = store.client.list_tags_for_resource(ResourceArn=f"{ARN}:deploymentgroup:store/web")["Tags"]
    assert tags == [{"Key": "team", "Value": "web"}]
    store.client.delete_application(applicationName="store")
    assert store.client.list_applications()["applications"] == []
    with pytest.raises(ClientError, match="No application found for name: store"):
        store.client.get_application(applicationName="store")


@pytest.mark.operation(
    "codedeploy:CreateDeploymentConfig",
    "codedeploy:GetDeploymentConfig",
    "codedeploy:ListDeploymentConfigs",
    "codedeploy:DeleteDeploymentConfig",
)
def test_configurations_are_awss_and_ones_own(store: Store) -> None:
    named = store.client.list_deployment_configs()["deploymentConfigsList"]
    # https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html
    assert len(named) == 17
    assert [name for name in named if "ECS" in name] == [
        "CodeDeployDefault.ECSAllAtOnce",
        "CodeDeployDefault.ECSCanary10Percent15Minutes",
        "CodeDeployDefault.ECSCanary10Percent5Minutes",
        "CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
        "CodeDeployDefault.ECSLinear10PercentEvery3Minutes",
    ]
    routing = {"type": "TimeBasedCanary", "timeBasedCanary": {"canaryPercentage": 5, "canaryInterval": 30}}
    asked = {"deploymentConfigName": "careful", "computePlatform": "ECS", "trafficRoutingConfig": routing}
    identity = store.client.create_deployment_config(**asked)["deploymentConfigId"]
    held = store.client.get_deployment_config(deploymentConfigName="careful")["deploymentConfigInfo"]
    assert {"deploymentConfigId": identity, **asked}.items() <= held.items()
    assert "careful" in store.client.list_deployment_configs()["deploymentConfigsList"]
    store.client.delete_deployment_config(deploymentConfigName="careful")
    assert store.client.list_deployment_configs()["deploymentConfigsList"] == named


@pytest.mark.row("P09")
@pytest.mark.operation("codedeploy:GetDeploymentConfig")
def test_a_predefined_configuration_says_how_it_shifts(store: Store) -> None:
    name = "CodeDeployDefault.ECSCanary10Percent15Minutes"
    held = store.client.get_deployment_config(deploymentConfigName=name)["deploymentConfigInfo"]
    assert held["trafficRoutingConfig"]["timeBasedCanary"] == {"canaryPercentage": 10, "canaryInterval": 15}


@pytest.mark.operation(
    "codedeploy:CreateDeploymentGroup",
    "codedeploy:GetDeploymentGroup",
    "codedeploy:UpdateDeploymentGroup",
    "codedeploy:BatchGetDeploymentGroups",
    "codedeploy:ListDeploymentGroups",
    "codedeploy:DeleteDeploymentGroup",
)
def test_a_group_is_made_changed_and_deleted(store: Store) -> None:
    identity = store.group()
    asked = {"applicationName": "shop", "deploymentGroupName": "web"}
    held = store.client.get_deployment_group(**asked)["deploymentGroupInfo"]
    assert (held["deploymentGroupId"], held["computePlatform"], held["serviceRoleArn"]) == (identity, "ECS", ROLE)
    assert held["deploymentConfigName"] == "CodeDeployDefault.ECSAllAtOnce"
    assert held["ecsServices"] == [{"clusterName": "shop", "serviceName": "web"}]
    assert held["autoRollbackConfiguration"] == {"enabled": False, "events": []}
    store.client.update_deployment_group(
        applicationName="shop",
        currentDeploymentGroupName="web",
        newDeploymentGroupName="front",
        autoRollbackConfiguration=FAILURES,
    )
    answer = store.client.batch_get_deployment_groups(applicationName="shop", deploymentGroupNames=["front", "web"])
    assert [each["autoRollbackConfiguration"] for each in answer["deploymentGroupsInfo"]] == [FAILURES]
    assert answer["deploymentGroupsInfo"][0]["deploymentGroupId"] == identity
    assert answer["errorMessage"] == "No Deployment Group found for name: web"
    store.client.delete_deployment_group(applicationName="shop", deploymentGroupName="front")
    assert store.client.list_deployment_groups(applicationName="shop")["deploymentGroups"] == []


def test_a_group_that_is_gone_leaves_its_service_to_another_one(store: Store) -> None:
    store.group()
    store.client.delete_deployment_group(applicationName="shop", deploymentGroupName="web")
    store.group(deploymentGroupName="again")
    assert store.client.list_deployment_groups(applicationName="shop")["deploymentGroups"] == ["again"]


def test_a_group_knows_its_last_deployments(store: Store) -> None:
    store.group(termination=0)
    asked = {"applicationName": "shop", "deploymentGroupName": "web"}
    good, bad = store.deploy(), ""
    store.cloud.advance(minutes=5)
    bad = store.deploy("- no AppSpec")
    store.cloud.advance(minutes=1)
    held = store.client.get_deployment_group(**asked)["deploymentGroupInfo"]
    assert held["lastSuccessfulDeployment"]["deploymentId"] == good
    attempted = held["lastAttemptedDeployment"]
    assert (attempted["deploymentId"], attempted["status"]) == (bad, "Failed")
    assert attempted["endTime"] > attempted["createTime"]
    assert set(held["targetRevision"]["appSpecContent"]) == {"sha256"}


@pytest.mark.operation(
    "codedeploy:RegisterApplicationRevision",
    "codedeploy:GetApplicationRevision",
    "codedeploy:BatchGetApplicationRevisions",
    "codedeploy:ListApplicationRevisions",
    "codedeploy:CreateDeployment",
)
def test_a_revision_is_known_by_the_hash_of_its_content(store: Store) -> None:
    store.group()
    text = store.appspec()
    whole = {"revisionType": "AppSpecContent", "appSpecContent": {"content": text}}
    named = {
        "revisionType": "AppSpecContent",
        "appSpecContent": {"sha256": hashlib.sha256(text.encode()).hexdigest()},
    }
    place = {"revisionType": "S3", "s3Location": {"bucket": "specs", "key": "v2.yaml", "bundleType": "YAML"}}
    store.client.register_application_revision(applicationName="shop", revision=whole, description="first")
    store.cloud.advance(minutes=1)
    store.client.register_application_revision(applicationName="shop", revision=place)
    made = store.deploy(revision=named)
    store.cloud.advance(minutes=2)
    assert store.target(made)["status"] == "Succeeded"
    held = store.client.get_application_revision(applicationName="shop", revision=named)
    assert held["revision"]["appSpecContent"]["content"] == text
    assert (held["revisionInfo"]["description"], held["revisionInfo"]["deploymentGroups"]) == ("first", ["web"])
    assert held["revisionInfo"]["firstUsedTime"] > held["revisionInfo"]["registerTime"]
    listed = store.client.list_application_revisions
    newest = {"sortBy": "registerTime", "sortOrder": "descending"}
    assert listed(applicationName="shop", **newest)["revisions"] == [place, named]
    assert listed(applicationName="shop", s3Bucket="specs", s3KeyPrefix="v")["revisions"] == [place]
    assert listed(applicationName="shop", deployed="include")["revisions"] == [named]
    assert listed(applicationName="shop", deployed="exclude")["revisions"] == [place]
    unknown = {**place, "s3Location": {**place["s3Location"], "key": "v3.yaml"}}
    both = store.client.batch_get_application_revisions(applicationName="shop", revisions=[place, unknown])
    assert [each["revisionLocation"] for each in both["revisions"]] == [place]
    assert both["errorMessage"]


@pytest.mark.operation("codedeploy:ListDeployments", "codedeploy:BatchGetDeployments")
def test_deployments_are_found_by_group_status_and_time(store: Store) -> None:
    store.group(termination=0)
    first = store.deploy()
    store.cloud.advance(minutes=10)
    second = store.deploy("- no AppSpec", description="bad")
    store.cloud.advance(minutes=1)
    here = {"applicationName": "shop", "deploymentGroupName": "web"}
    listed = store.client.list_deployments
    assert listed()["deployments"] == listed(**here)["deployments"] == [second, first]
    assert listed(**here, includeOnlyStatuses=["Failed"])["deployments"] == [second]
    late = store.info(second)["createTime"] - timedelta(minutes=1)
    assert listed(createTimeRange={"start": late})["deployments"] == [second]
    assert listed(createTimeRange={"end": late})["deployments"] == [first]
    both = store.client.batch_get_deployments(deploymentIds=[first, second, "d-AAAAAAAAA"])["deploymentsInfo"]
    assert [(each["status"], each.get("description")) for each in both] == [("Succeeded", None), ("Failed", "bad")]


@pytest.mark.operation(
    "codedeploy:ListDeploymentTargets", "codedeploy:GetDeploymentTarget", "codedeploy:BatchGetDeploymentTargets"
)
def test_the_only_target_is_the_service(store: Store) -> None:
    store.group()
    made = store.deploy()
    store.cloud.advance(minutes=2)
    assert store.client.list_deployment_targets(deploymentId=made)["targetIds"] == ["shop:web"]
    filters = {"TargetStatus": ["Failed"]}
    assert store.client.list_deployment_targets(deploymentId=made, targetFilters=filters)["targetIds"] == []
    target = store.client.get_deployment_target(deploymentId=made, targetId="shop:web")["deploymentTarget"]
    assert target["deploymentTargetType"] == "ECSTarget"
    assert target["ecsTarget"]["targetArn"] == f"arn:aws:ecs:{REGION}:{ACCOUNT}:service/shop/web"
    assert [each["targetGroup"]["name"] for each in target["ecsTarget"]["taskSetsInfo"]] == ["blue", "green"]
    assert [each["desiredCount"] for each in target["ecsTarget"]["taskSetsInfo"]] == [2, 2]
    many = store.client.batch_get_deployment_targets(deploymentId=made, targetIds=["shop:web"])["deploymentTargets"]
    assert many == [target]


@pytest.mark.operation(
    "codedeploy:ListDeploymentTargets",
)
def test_instances_are_for_other_platforms(store: Store) -> None:
    store.group()
    made = store.deploy()
    store.cloud.advance(minutes=2)
    assert store.client.list_deployment_targets(deploymentId=made)["targetIds"] == ["shop:web"]
    with pytest.raises(store.client.exceptions.InvalidComputePlatformException):
        store.client.list_deployment_instances(deploymentId=made)


@pytest.mark.operation("codedeploy:TagResource", "codedeploy:UntagResource", "codedeploy:ListTagsForResource")
def test_applications_have_tags(store: Store) -> None:
    arn = f"{ARN}:application:shop"
    store.client.tag_resource(ResourceArn=arn, Tags=[{"Key": "team", "Value": "web"}, {"Key": "cost", "Value": "7"}])
    store.client.untag_resource(ResourceArn=arn, TagKeys=["cost", "never"])
    assert store.client.list_tags_for_resource(ResourceArn=arn)["Tags"] == [{"Key": "team", "Value": "web"}]


def test_lists_come_in_pages(store: Store) -> None:
    for number in range(120):
        store.client.create_application(applicationName=f"app-{number:03}")
    first = store.client.list_applications()
    rest = store.client.list_applications(nextToken=first["nextToken"])
    assert (len(first["applications"]), len(rest["applications"]), "nextToken" in rest) == (100, 21, False)
    with pytest.raises(store.client.exceptions.InvalidNextTokenException):
        store.client.list_applications(nextToken="mine")


def test_what_is_left_out_says_why(store: Store) -> None:
    with pytest.raises(ClientError, match="this course deploys to ECS on Fargate"):
        store.client.list_on_premises_instances()
    store.client.create_application(applicationName="fleet")
    store.client.create_deployment_group(applicationName="fleet", deploymentGroupName="all", serviceRoleArn=ROLE)
    place = {"bucket": "b", "key": "k.zip", "bundleType": "zip"}
    with pytest.raises(ClientError, match="deployments are made to ECS alone"):
        store.client.create_deployment(
            applicationName="fleet",
            deploymentGroupName="all",
            revision={"revisionType": "S3", "s3Location": place},
        )


def test_what_a_group_asks_for_without_effect_is_told(store: Store) -> None:
    import boto3

    topic = boto3.client("sns").create_topic(Name="told")["TopicArn"]
    trigger = {"triggerName": "t", "triggerTargetArn": topic, "triggerEvents": ["DeploymentStart"]}
    store.group(triggerConfigurations=[trigger])
    told = [str(line) for line in store.cloud.world.story.about("web") if "no effect" in str(line)]
    assert any("notifications to SNS topics" in line for line in told)


def test_another_region_has_no_codedeploy(store: Store) -> None:
    import boto3

    with pytest.raises(ClientError, match="CodeDeploy is simulated in us-east-1"):
        boto3.client("codedeploy", region_name="eu-west-1").list_applications()
