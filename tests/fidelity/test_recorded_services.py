"""Services as the real ECS answered about them on 16 and 17 September 2026: refusals, and the members of answers.

Recorded by https://github.com/radkawar/stackd under testdata/aws/ecs: services.json, service_revisions.json,
controls.json, audit_execution_rejections.json.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from simcloud import Cloud

INVALID = "InvalidParameterException"
HEAD = "arn:aws:ecs:us-east-1:123456789012"
REVISION = f"{HEAD}:service-revision/shop"
NUMBER = "4330177702079110333"
BREAKER = {
    "enable": False,
    "rollback": False,
    "resetOnHealthyTask": True,
    "thresholdConfiguration": {"type": "BOUNDED_PERCENT", "value": 50},
}
CONTAINER = {"name": "app", "image": "public.ecr.aws/docker/library/busybox:latest", "memory": 128}
ABSENT = "nowhere"


class Services:
    """Cluster `shop`: `zero` on instances, `front` on Fargate, neither with a task; `gone` was deleted. `closed` is a
    deleted cluster."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        self.ecs: Any = boto3.client("ecs")
        ec2: Any = boto3.client("ec2")
        subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
        self.network = {"awsvpcConfiguration": {"subnets": [subnet]}}
        for name in ("shop", "closed"):
            self.ecs.create_cluster(clusterName=name)
        self.ecs.delete_cluster(cluster="closed")
        self.ecs.register_task_definition(family="host", networkMode="bridge", containerDefinitions=[CONTAINER])
        self.ecs.register_task_definition(
            family="web",
            networkMode="awsvpc",
            requiresCompatibilities=["FARGATE"],
            cpu="256",
            memory="512",
            containerDefinitions=[CONTAINER],
        )
        self.created = self.create("zero")
        self.fargate = self.create(
            "front", taskDefinition="web", launchType="FARGATE", networkConfiguration=self.network
        )
        self.create("gone")
        self.ecs.delete_service(cluster="shop", service="gone", force=True)
        cloud.advance(minutes=1)

    def create(self, name: str, **changes: Any) -> dict[str, Any]:
        asked = {"serviceName": name, "taskDefinition": "host:1", "desiredCount": 0, "launchType": "EC2", **changes}
        return dict(self.ecs.create_service(cluster="shop", **asked)["service"])

    def service(self, name: str = "zero") -> dict[str, Any]:
        return dict(self.ecs.describe_services(cluster="shop", services=[name])["services"][0])

    def revision(self) -> str:
        return str(self.service()["currentServiceRevisions"][0]["arn"])


@pytest.fixture(scope="module")
def built() -> Iterator[Services]:
    with Cloud(seed=16) as cloud:
        yield Services(cloud)


@pytest.fixture
def services(built: Services) -> Iterator[Services]:
    """The same account for each test: what one does is undone."""
    with built.cloud.copy() as future:
        mine = copy(built)
        mine.cloud = future
        yield mine


def refusal(services: Services, operation: str, **request: Any) -> tuple[str, str]:
    with pytest.raises(ClientError) as caught:
        getattr(services.ecs, operation)(**request)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


@pytest.mark.parametrize(
    ("named", "code", "text"),
    [
        pytest.param([], INVALID, "The Service ARN provided is invalid.", id="none"),
        pytest.param(["not-an-arn"], INVALID, "The Service ARN provided is invalid.", id="no-arn"),
        pytest.param(
            [f"{REVISION}/zero/{NUMBER}"] * 21, INVALID, "Service Revision ARN count cannot exceed 20", id="twenty-one"
        ),
        pytest.param(
            [f"{REVISION.replace('shop', 'closed')}/zero/{NUMBER}"],
            "ClusterNotFoundException",
            "The referenced cluster was inactive.",
            id="of-a-deleted-cluster",
        ),
        pytest.param(
            [f"{REVISION}/absent/{NUMBER}"], "ServiceNotFoundException", "Service not found.", id="of-no-service"
        ),
        pytest.param(
            [f"{REVISION.replace('us-east-1', 'us-west-2')}/zero/{NUMBER}"],
            INVALID,
            "The ServiceRevision ARN is invalid.",
            id="of-another-region",
        ),
        pytest.param(
            [f"{REVISION.replace('123456789012', '999000999000')}/zero/{NUMBER}"],
            INVALID,
            "The ServiceRevision ARN is invalid.",
            id="of-another-account",
        ),
        pytest.param([f"{REVISION}/zero/abc"], INVALID, "The ServiceRevision ARN is invalid.", id="no-number"),
        pytest.param(
            [f"{REVISION}/zero/{NUMBER}", f"{REVISION}/absent/{NUMBER}"],
            INVALID,
            "Cross service requests are not allowed. All requested service revisions must be for a single service",
            id="of-two-services",
        ),
        pytest.param(
            [f"{REVISION}/gone/{NUMBER}"],
            INVALID,
            "Cannot call DescribeServiceRevisions for a service that is INACTIVE",
            id="of-a-deleted-service",
        ),
    ],
)
def test_revisions_are_refused_in_the_words_of_aws(services: Services, named: list[str], code: str, text: str) -> None:
    assert refusal(services, "describe_service_revisions", serviceRevisionArns=named) == (code, text)


@pytest.mark.operation("ecs:UpdateService", "ecs:DescribeServiceRevisions")
def test_the_first_revision_leaves_out_what_a_later_one_gives_as_empty_lists(services: Services) -> None:
    first = services.revision()
    monitoring = {"metricConfigurations": [{"metricNames": ["CPUUtilization"], "resolutionSeconds": 20}]}
    services.ecs.update_service(cluster="shop", service="zero", monitoring=monitoring)
    second = services.revision()
    missing = f"{REVISION}/zero/1"
    answer = services.ecs.describe_service_revisions(serviceRevisionArns=[first, second, missing, missing])
    old, new = answer["serviceRevisions"]
    both = {"serviceRevisionArn", "serviceArn", "clusterArn", "taskDefinition", "launchType", "containerImages"}
    both |= {"guardDutyEnabled", "createdAt"}
    assert set(old) == both
    assert set(new) == both | {"loadBalancers", "serviceRegistries", "monitoring"}
    assert (new["loadBalancers"], new["serviceRegistries"], new["monitoring"]) == ([], [], monitoring)
    assert answer["failures"] == [{"arn": missing, "reason": "MISSING"}] * 2


@pytest.mark.operation("ecs:DescribeServices")
def test_the_service_linked_role_is_shown_where_the_service_has_interfaces(services: Services) -> None:
    assert "roleArn" not in services.created
    assert "roleArn" not in services.service()
    role = "arn:aws:iam::123456789012:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"
    assert services.fargate["roleArn"] == services.service("front")["roleArn"] == role


@pytest.mark.operation("ecs:DescribeServices")
def test_a_breaker_that_nobody_asked_for_is_shown_with_its_defaults(services: Services) -> None:
    assert services.created["deploymentConfiguration"]["deploymentCircuitBreaker"] == BREAKER
    assert services.service("front")["deploymentConfiguration"]["deploymentCircuitBreaker"] == BREAKER


@pytest.mark.operation("ecs:CreateService", "ecs:UpdateService", "ecs:DescribeServices")
def test_tags_are_given_back_when_created_and_when_asked_for(services: Services) -> None:
    tags = [{"key": "probe", "value": "1"}]
    assert "tags" not in services.created
    assert services.create("tagged", tags=tags)["tags"] == tags
    updated = services.ecs.update_service(cluster="shop", service="tagged", forceNewDeployment=True)["service"]
    assert {"tags", "currentServiceDeployment"}.isdisjoint(updated)
    assert "tags" not in services.service("tagged")
    asked = services.ecs.describe_services(cluster="shop", services=["tagged"], include=["TAGS"])
    assert asked["services"][0]["tags"] == tags


@pytest.mark.operation("ecs:DeleteService", "ecs:DescribeServices")
def test_a_deleted_service_is_given_back_without_revisions_and_later_without_events(services: Services) -> None:
    assert services.service()["events"] != []
    answer = services.ecs.delete_service(cluster="shop", service="zero", force=True)["service"]
    assert answer["status"] == "DRAINING"
    assert {"currentServiceRevisions", "currentServiceDeployment", "tags"}.isdisjoint(answer)
    assert answer["deploymentConfiguration"] == {
        "deploymentCircuitBreaker": {"enable": False, "rollback": False},
        "maximumPercent": 200,
        "minimumHealthyPercent": 100,
        "strategy": "ROLLING",
    }
    services.cloud.advance(minutes=1)
    gone = services.service()
    assert (gone["status"], gone["events"]) == ("INACTIVE", [])
    assert gone["deploymentConfiguration"]["deploymentCircuitBreaker"] == BREAKER


def test_of_a_service_to_delete_that_is_not_there_aws_says_nothing_but_the_name_of_the_error(
    services: Services,
) -> None:
    expected = ("ServiceNotFoundException", "")
    assert refusal(services, "delete_service", cluster="shop", service=ABSENT) == expected
    expected = ("ServiceNotFoundException", "Service not found.")
    assert refusal(services, "update_service", cluster="shop", service=ABSENT, desiredCount=0) == expected


@pytest.mark.parametrize(
    "launch",
    [
        pytest.param({"operation": "run_task"}, id="run"),
        pytest.param({"operation": "start_task", "containerInstances": ["0" * 32]}, id="start"),
    ],
)
def test_a_missing_definition_is_found_before_a_missing_cluster(services: Services, launch: dict[str, Any]) -> None:
    overrides = {"containerOverrides": [{"name": "missing"}]}
    found = refusal(services, cluster=ABSENT, taskDefinition=ABSENT, overrides=overrides, **launch)
    assert found == ("ClientException", "TaskDefinition not found.")


@pytest.mark.parametrize(
    ("breaker", "text"),
    [
        pytest.param(("COUNT", 0), "Invalid deployment circuit breaker threshold value.", id="none"),
        pytest.param(("BOUNDED_PERCENT", 101), "Invalid deployment circuit breaker threshold value.", id="over-100"),
        pytest.param(("BOGUS", 1), "Invalid deployment circuit breaker threshold type.", id="bogus"),
    ],
)
def test_a_breaker_with_another_threshold_is_refused(services: Services, breaker: tuple[str, int], text: str) -> None:
    threshold = dict(zip(("type", "value"), breaker, strict=True))
    configuration = {
        "deploymentCircuitBreaker": {"enable": True, "rollback": False, "thresholdConfiguration": threshold}
    }
    found = refusal(services, "update_service", cluster="shop", service="zero", deploymentConfiguration=configuration)
    assert found == (INVALID, text)


@pytest.mark.parametrize(("kind", "value"), [("COUNT", 1), ("BOUNDED_PERCENT", 1), ("UNBOUNDED_PERCENT", 100)])
@pytest.mark.operation("ecs:UpdateService", "ecs:DescribeServices")
def test_a_breaker_that_is_off_keeps_its_threshold(services: Services, kind: str, value: int) -> None:
    breaker = {"enable": False, "rollback": True, "thresholdConfiguration": {"type": kind, "value": value}}
    services.ecs.update_service(
        cluster="shop", service="zero", deploymentConfiguration={"deploymentCircuitBreaker": breaker}
    )
    held = services.service()["deploymentConfiguration"]["deploymentCircuitBreaker"]
    assert held == {**breaker, "resetOnHealthyTask": True}


@pytest.mark.operation("ecs:DeregisterTaskDefinition", "ecs:DeleteTaskDefinitions", "ecs:DescribeTaskDefinition")
def test_a_definition_tells_when_it_was_deregistered_but_not_at_once(services: Services) -> None:
    assert services.ecs.describe_task_definition(taskDefinition="web:1")["tags"] == []
    answer = services.ecs.deregister_task_definition(taskDefinition="web:1")["taskDefinition"]
    assert (answer["status"], "deregisteredAt" in answer) == ("INACTIVE", False)
    deleted = services.ecs.delete_task_definitions(taskDefinitions=["web:1"])["taskDefinitions"][0]
    described = services.ecs.describe_task_definition(taskDefinition="web:1")["taskDefinition"]
    for each in (deleted, described):
        assert each["status"] == "DELETE_IN_PROGRESS"
        assert ("deregisteredAt" in each, "deleteRequestedAt" in each) == (True, False)


def test_a_deleted_service_still_shows_its_primary_deployment_done(services: Services) -> None:
    """Recorded: cleanup-service-statuses, of three INACTIVE services."""
    gone = services.service("gone")
    (primary,) = gone["deployments"]
    counts = ("desiredCount", "pendingCount", "runningCount", "failedTasks")
    assert (primary["status"], *(primary[name] for name in counts)) == ("PRIMARY", 0, 0, 0, 0)
    assert primary["rolloutState"] == "COMPLETED"
    assert primary["rolloutStateReason"] == f"ECS deployment {primary['id']} completed."
    (revision,) = gone["currentServiceRevisions"]
    number = primary["id"].removeprefix("ecs-svc/")
    assert revision == {
        "arn": f"{REVISION}/gone/{number}",
        "requestedTaskCount": 0,
        "runningTaskCount": 0,
        "pendingTaskCount": 0,
    }
    assert (gone["events"], "currentServiceDeployment" in gone) == ([], False)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({}, "", id="replay-zero-same-token"),
        pytest.param({"tags": [{"key": "other", "value": "x"}]}, "", id="replay-zero-changed-tags"),
        pytest.param({"serviceName": "another"}, "", id="replay-token-different-name"),
        pytest.param({"clientToken": "two"}, INVALID, id="replay-zero-new-token"),
        pytest.param({"clientToken": None}, INVALID, id="replay-existing-without-token"),
        pytest.param({"desiredCount": 1}, INVALID, id="replay-same-token-changed-count"),
    ],
)
def test_a_service_is_created_again_by_the_same_token_alone(
    services: Services, changes: dict[str, Any], code: str
) -> None:
    first = services.create("again", clientToken="one", tags=[{"key": "probe", "value": "x"}])
    asked = {"clientToken": "one", "tags": [{"key": "probe", "value": "x"}], **changes}
    asked = {name: value for name, value in asked.items() if value is not None}
    name = asked.pop("serviceName", "again")
    if code:
        with pytest.raises(ClientError) as caught:
            services.create(name, **asked)
        error = caught.value.response["Error"]
        assert (error["Code"], error["Message"]) == (code, "Creation of service was not idempotent.")
    else:
        second = services.create(name, **asked)
        assert (second["serviceArn"] == first["serviceArn"]) == (name == "again")
    held = services.ecs.describe_services(cluster="shop", services=["again"], include=["TAGS"])["services"][0]
    assert (held["desiredCount"], held["tags"]) == (0, [{"key": "probe", "value": "x"}])


def test_a_deleted_cluster_is_given_back_by_another_delete(services: Services) -> None:
    assert services.ecs.delete_cluster(cluster="closed")["cluster"]["status"] == "INACTIVE"


def test_a_cluster_counts_by_all_kinds_of_capacity(services: Services) -> None:
    shown = services.ecs.describe_clusters(clusters=["shop"], include=["STATISTICS"])["clusters"][0]["statistics"]
    assert [each["name"] for each in shown] == [
        "runningEC2TasksCount",
        "runningFargateTasksCount",
        "pendingEC2TasksCount",
        "pendingFargateTasksCount",
        "runningExternalTasksCount",
        "pendingExternalTasksCount",
        "runningManagedInstancesTasksCount",
        "pendingManagedInstancesTasksCount",
        "activeEC2ServiceCount",
        "activeFargateServiceCount",
        "drainingEC2ServiceCount",
        "drainingFargateServiceCount",
        "activeExternalServiceCount",
        "drainingExternalServiceCount",
        "activeManagedInstancesServiceCount",
        "drainingManagedInstancesServiceCount",
    ]


def test_a_definition_that_goes_is_not_deregistered(services: Services) -> None:
    services.ecs.deregister_task_definition(taskDefinition="web:1")
    services.ecs.delete_task_definitions(taskDefinitions=["web:1"])
    code, text = refusal(services, "deregister_task_definition", taskDefinition="web:1")
    assert code == "ClientException"
    assert text == "The task definition could not be deregistered because it is in the process of being deleted."
