"""What CreateService and UpdateService are given, DescribeServices gives back, with AWS's defaults."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from shop import Shop

ROLE = "arn:aws:iam::123456789012:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"
CREATE = pytest.mark.operation("ecs:CreateService", "ecs:DescribeServices")
UPDATE = pytest.mark.operation("ecs:UpdateService", "ecs:DescribeServices")


def test_a_plain_service_has_the_defaults_that_aws_fills(shop: Shop) -> None:
    made = shop.create_service()
    for member, value in {
        "loadBalancers": [],
        "serviceRegistries": [],
        "launchType": "FARGATE",
        "platformVersion": "LATEST",
        "platformFamily": "Linux",
        "roleArn": ROLE,
        "placementConstraints": [],
        "placementStrategy": [],
        "healthCheckGracePeriodSeconds": 0,
        "schedulingStrategy": "REPLICA",
        "deploymentController": {"type": "ECS"},
        "enableECSManagedTags": False,
        "propagateTags": "NONE",
        "enableExecuteCommand": False,
        "availabilityZoneRebalancing": "ENABLED",
        "resourceManagementType": "CUSTOMER",
        "deploymentConfiguration": {
            "deploymentCircuitBreaker": {
                "enable": False,
                "rollback": False,
                "resetOnHealthyTask": True,
                "thresholdConfiguration": {"type": "BOUNDED_PERCENT", "value": 50},
            },
            "maximumPercent": 200,
            "minimumHealthyPercent": 100,
            "strategy": "ROLLING",
            "bakeTimeInMinutes": 0,
        },
    }.items():
        assert made[member] == value, member
    assert made["networkConfiguration"]["awsvpcConfiguration"]["assignPublicIp"] == "DISABLED"
    assert "capacityProviderStrategy" not in made
    assert "taskSets" not in made


def test_a_deployment_asks_for_tasks_as_soon_as_the_scheduler_has_looked(open_shop: Shop) -> None:
    made = open_shop.create_service()
    assert made["deployments"][0]["desiredCount"] == 0
    assert "currentServiceDeployment" not in made
    open_shop.cloud.advance(seconds=3)
    service = open_shop.service()
    assert service["deployments"][0]["desiredCount"] == 2
    assert service["pendingCount"] == 2
    number = service["deployments"][0]["id"].removeprefix("ecs-svc/")
    revision = service["currentServiceRevisions"][0]
    assert revision["arn"] == f"arn:aws:ecs:us-east-1:123456789012:service-revision/shop/web/{number}"
    assert (revision["requestedTaskCount"], revision["pendingTaskCount"]) == (2, 2)


KEPT: list[tuple[str, dict[str, Any]]] = [
    ("grace", {"healthCheckGracePeriodSeconds": 90}),
    ("managed tags", {"enableECSManagedTags": True, "propagateTags": "TASK_DEFINITION"}),
    ("zones", {"availabilityZoneRebalancing": "DISABLED"}),
]


@CREATE
@pytest.mark.parametrize("asked", [asked for _, asked in KEPT], ids=[name for name, _ in KEPT])
def test_members_are_given_back(open_shop: Shop, asked: dict[str, Any]) -> None:
    open_shop.create_service(**asked)
    service = open_shop.service()
    assert {member: service[member] for member in asked} == asked


CONFIGURATIONS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        "a breaker by count",
        {
            "deploymentCircuitBreaker": {
                "enable": True,
                "rollback": True,
                "resetOnHealthyTask": False,
                "thresholdConfiguration": {"type": "COUNT", "value": 5},
            }
        },
        {},
    ),
    (
        "a breaker's defaults",
        {"deploymentCircuitBreaker": {"enable": True, "rollback": False}},
        {
            "deploymentCircuitBreaker": {
                "enable": True,
                "rollback": False,
                "resetOnHealthyTask": True,
                "thresholdConfiguration": {"type": "BOUNDED_PERCENT", "value": 50},
            }
        },
    ),
    ("alarms", {"alarms": {"alarmNames": ["5xx"], "enable": True, "rollback": True}}, {}),
    (
        "blue/green with a pause",
        {
            "strategy": "BLUE_GREEN",
            "bakeTimeInMinutes": 10,
            "lifecycleHooks": [
                {
                    "targetType": "PAUSE",
                    "lifecycleStages": ["POST_SCALE_UP"],
                    "timeoutConfiguration": {"timeoutInMinutes": 60, "action": "ROLLBACK"},
                }
            ],
        },
        {},
    ),
    (
        "linear",
        {"strategy": "LINEAR", "bakeTimeInMinutes": 5},
        {"linearConfiguration": {"stepPercent": 10.0, "stepBakeTimeInMinutes": 6}},
    ),
    (
        "canary",
        {"strategy": "CANARY", "canaryConfiguration": {"canaryPercent": 20.0}, "bakeTimeInMinutes": 5},
        {"canaryConfiguration": {"canaryPercent": 20.0, "canaryBakeTimeInMinutes": 10}},
    ),
    (
        "early success",
        {"earlySuccessCriteria": {"enable": True, "healthyPercent": 100, "sourceServiceRevisionCleanup": "DEFERRED"}},
        {},
    ),
    ("percents", {"minimumHealthyPercent": 50, "maximumPercent": 150}, {}),
]


@CREATE
@pytest.mark.parametrize(
    ("asked", "filled"),
    [(asked, filled) for _, asked, filled in CONFIGURATIONS],
    ids=[name for name, _, _ in CONFIGURATIONS],
)
def test_a_deployment_configuration_is_kept_whole(
    open_shop: Shop, asked: dict[str, Any], filled: dict[str, Any]
) -> None:
    open_shop.create_service(deploymentConfiguration=asked)
    kept = open_shop.service()["deploymentConfiguration"]
    expected = {"maximumPercent": 200, "minimumHealthyPercent": 100, **asked, **filled}
    assert {member: kept[member] for member in expected} == expected


@UPDATE
def test_an_update_changes_what_it_names_and_leaves_the_rest(open_shop: Shop) -> None:
    open_shop.create_service(
        healthCheckGracePeriodSeconds=30, deploymentConfiguration={"minimumHealthyPercent": 50, "maximumPercent": 150}
    )
    open_shop.ecs.update_service(cluster="shop", service="web", deploymentConfiguration={"maximumPercent": 175})
    service = open_shop.service()
    assert service["healthCheckGracePeriodSeconds"] == 30
    configuration = service["deploymentConfiguration"]
    assert (configuration["minimumHealthyPercent"], configuration["maximumPercent"]) == (50, 175)
    assert service["availabilityZoneRebalancing"] == "ENABLED"


STARTS: list[tuple[str, dict[str, Any], int]] = [
    ("a forced one", {"forceNewDeployment": True}, 2),
    ("the platform", {"platformVersion": "1.4.0"}, 2),
    (
        "the metrics",
        {"monitoring": {"metricConfigurations": [{"metricNames": ["CPUUtilization"], "resolutionSeconds": 20}]}},
        2,
    ),
    ("the same definition", {"taskDefinition": "web:1"}, 1),
    ("the same platform", {"platformVersion": "LATEST"}, 1),
    ("nothing to remove", {"loadBalancers": [], "serviceRegistries": []}, 1),
    ("a count", {"desiredCount": 3}, 1),
    ("percents", {"deploymentConfiguration": {"minimumHealthyPercent": 50}}, 1),
    ("tags of tasks", {"propagateTags": "SERVICE", "enableECSManagedTags": True}, 1),
    ("a grace period", {"healthCheckGracePeriodSeconds": 10}, 1),
    ("zones", {"availabilityZoneRebalancing": "DISABLED"}, 1),
]


@UPDATE
@pytest.mark.parametrize(("asked", "deployments"), [each[1:] for each in STARTS], ids=[each[0] for each in STARTS])
def test_what_starts_a_deployment(open_shop: Shop, asked: dict[str, Any], deployments: int) -> None:
    open_shop.create_service()
    open_shop.cloud.advance(minutes=2)
    answer = open_shop.ecs.update_service(cluster="shop", service="web", **asked)["service"]
    assert len(answer["deployments"]) == deployments
    assert len(open_shop.service()["deployments"]) == deployments


def test_the_same_network_written_out_is_no_deployment(open_shop: Shop) -> None:
    open_shop.create_service()
    written_out = open_shop.network(assignPublicIp="DISABLED")
    answer = open_shop.ecs.update_service(cluster="shop", service="web", networkConfiguration=written_out)["service"]
    assert len(answer["deployments"]) == 1


@UPDATE
def test_a_forced_deployment_takes_a_new_strategy_and_an_empty_one_leads_back(open_shop: Shop) -> None:
    open_shop.ecs.put_cluster_capacity_providers(
        cluster="shop", capacityProviders=["FARGATE", "FARGATE_SPOT"], defaultCapacityProviderStrategy=[]
    )
    open_shop.create_service()
    strategy = [{"capacityProvider": "FARGATE_SPOT", "weight": 1}]
    answer = open_shop.ecs.update_service(
        cluster="shop", service="web", capacityProviderStrategy=strategy, forceNewDeployment=True
    )["service"]
    assert answer["capacityProviderStrategy"] == [{"capacityProvider": "FARGATE_SPOT", "weight": 1, "base": 0}]
    assert "launchType" not in answer
    open_shop.cloud.advance(minutes=4)
    assert {task.provider for task in open_shop.cloud.service("web", "shop").tasks} == {"FARGATE_SPOT"}
    open_shop.ecs.update_service(cluster="shop", service="web", capacityProviderStrategy=[], forceNewDeployment=True)
    service = open_shop.service()
    assert service["launchType"] == "FARGATE"
    assert "capacityProviderStrategy" not in service


@CREATE
def test_a_service_on_instances_is_accepted_and_finds_none(open_shop: Shop) -> None:
    open_shop.register(family="web", requiresCompatibilities=["EC2", "FARGATE"])
    spread = [{"type": "spread", "field": "attribute:ecs.availability-zone"}]
    made = open_shop.create_service(launchType="EC2", placementStrategy=spread)
    assert (made["launchType"], made["placementStrategy"]) == ("EC2", spread)
    assert "platformVersion" not in made
    open_shop.cloud.advance(minutes=5)
    service = open_shop.service()
    assert (service["runningCount"], service["pendingCount"]) == (0, 0)
    assert [event["message"] for event in service["events"]] == [
        "(service web) was unable to place a task because no container instance met all of its requirements. "
        "Reason: No Container Instances were found in your cluster. For more information, see the Troubleshooting "
        "section of the Amazon ECS Developer Guide."
    ]


@pytest.mark.operation("ecs:CreateService", "ecs:ListServices")
def test_services_are_listed_by_kind_and_by_page(shop: Shop) -> None:
    shop.register(requiresCompatibilities=["EC2", "FARGATE"])
    for number in range(12):
        shop.create_service(serviceName=f"web-{number:02}", desiredCount=0)
    shop.create_service(serviceName="old", launchType="EC2", desiredCount=0)
    first = shop.ecs.list_services(cluster="shop")
    assert len(first["serviceArns"]) == 10
    rest = shop.ecs.list_services(cluster="shop", nextToken=first["nextToken"])
    assert len(rest["serviceArns"]) == 3
    assert "nextToken" not in rest
    on_instances = shop.ecs.list_services(cluster="shop", launchType="EC2")["serviceArns"]
    assert [arn.rsplit("/", 1)[1] for arn in on_instances] == ["old"]
    assert shop.ecs.list_services(cluster="shop", schedulingStrategy="DAEMON")["serviceArns"] == []


@pytest.mark.operation("ecs:CreateService", "ecs:ListServicesByNamespace", "ecs:DescribeServices")
def test_services_of_a_namespace(shop: Shop) -> None:
    shop.ecs.update_cluster(cluster="shop", serviceConnectDefaults={"namespace": "inside"})
    shop.register(shop.container(portMappings=[{"containerPort": 80, "name": "http"}]))
    connect = {"enabled": True, "services": [{"portName": "http", "clientAliases": [{"port": 80}]}]}
    shop.create_service(serviceConnectConfiguration=connect)
    shop.create_service(serviceName="alone")
    arns = shop.ecs.list_services_by_namespace(namespace="inside")["serviceArns"]
    assert [arn.rsplit("/", 1)[1] for arn in arns] == ["web"]
    deployment = shop.service()["deployments"][0]
    assert deployment["serviceConnectConfiguration"] == connect
    assert [each["discoveryName"] for each in deployment["serviceConnectResources"]] == ["http"]
    with pytest.raises(shop.ecs.exceptions.NamespaceNotFoundException):
        shop.ecs.list_services_by_namespace(namespace="outside")


@pytest.mark.operation("ecs:DeleteService", "ecs:DescribeServices")
def test_a_deleted_service_is_described_for_a_while_and_its_name_is_free_again(open_shop: Shop) -> None:
    open_shop.create_service()
    open_shop.cloud.advance(minutes=2)
    open_shop.ecs.delete_service(cluster="shop", service="web", force=True)
    assert open_shop.service()["status"] == "DRAINING"
    assert open_shop.ecs.list_services(cluster="shop")["serviceArns"] == []
    with pytest.raises(ClientError, match="Unable to Start a service that is still Draining"):
        open_shop.create_service()
    open_shop.cloud.advance(minutes=2)
    gone = open_shop.service()
    assert (gone["status"], len(gone["deployments"]), gone["runningCount"]) == ("INACTIVE", 1, 0)
    assert open_shop.create_service(desiredCount=1)["desiredCount"] == 1


@pytest.mark.operation("ecs:CreateService")
def test_tags_come_with_include_alone(shop: Shop) -> None:
    shop.create_service(tags=[{"key": "team", "value": "red"}])
    assert shop.service(include=["TAGS"])["tags"] == [{"key": "team", "value": "red"}]
    assert "tags" not in shop.service()


def registry(name: str) -> list[dict[str, str]]:
    """A service of Cloud Map, as a serviceRegistries."""
    cloud_map: Any = boto3.client("servicediscovery")
    cloud_map.create_http_namespace(Name=f"{name}.inside")
    namespace = cloud_map.list_namespaces()["Namespaces"][0]["Id"]
    return [{"registryArn": cloud_map.create_service(Name=name, NamespaceId=namespace)["Service"]["Arn"]}]


@pytest.mark.operation("ecs:CreateService", "ecs:UpdateService", "ecs:DescribeServices")
def test_a_registry_is_given_back_and_taking_it_away_is_a_deployment(open_shop: Shop) -> None:
    registries = registry("web")
    open_shop.create_service(serviceRegistries=registries)
    assert open_shop.service()["serviceRegistries"] == registries
    answer = open_shop.ecs.update_service(cluster="shop", service="web", serviceRegistries=[])["service"]
    assert (len(answer["deployments"]), answer["serviceRegistries"]) == (2, [])
