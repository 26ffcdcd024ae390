"""The ECS API beside definitions, launches and services: what AWS refuses in its own words, and what it accepts."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from calls_as_written import ACCOUNT, HEAD, NOBODY, Account

from simcloud import Cloud
from simcloud.rules import engine
from simcloud.rules.engine import Law, laws
from simcloud.rules.order import IN_ORDER

INVALID, CLIENT = "InvalidParameterException", "ClientException"
LEARNER = f"arn:aws:iam::{ACCOUNT}:user/learner"
ROOT = f"arn:aws:iam::{ACCOUNT}:root"
CLUSTER_NAME = "ClusterName must match ^[a-zA-Z0-9\\-_]{1,255}$"
LISTED_LAUNCH_TYPES = "launch type should be one of [EC2,FARGATE,EXTERNAL,FMI,MANAGED_INSTANCES]"
ONLY_TAGS = "include should be one of [TAGS]"
PROVIDER_NAME = (
    "The specified capacity provider name is invalid. Up to 255 characters are allowed, including letters (upper and "
    'lowercase), numbers, underscores, and hyphens. The name cannot be prefixed with "aws", "ecs", or "fargate". '
    "Specify a valid name and try again."
)
NOT_ASSOCIATED = (
    "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the "
    "cluster. Associate the capacity provider with the cluster or specify a valid capacity provider and try again."
)
NO_EXEC = (
    "The execute command failed because execute command was not enabled when the task was run or the execute command "
    "agent isn’t running. Wait and try again or run a new task with execute command enabled and try again."
)


@pytest.fixture(scope="module")
def account() -> Iterator[Account]:
    with Cloud(seed=14) as cloud:
        yield Account(cloud)


def case(name: str, operation: str, request: dict[str, Any], law: str, text: str, code: str = INVALID) -> Any:
    return pytest.param(operation, request, law, code, text, id=name)


def setting(name: str, value: str, **more: str) -> dict[str, Any]:
    return {"name": name, "value": value, **more}


def group(**scaling: Any) -> dict[str, Any]:
    return {"name": "new", "autoScalingGroupProvider": {"autoScalingGroupArn": "old", "managedScaling": scaling}}


def strategy(*items: tuple[str, int, int]) -> list[dict[str, Any]]:
    return [{"capacityProvider": name, "weight": weight, "base": base} for name, weight, base in items]


def exec_configuration(**members: Any) -> dict[str, Any]:
    return {"executeCommandConfiguration": members}


def enter(**members: Any) -> dict[str, Any]:
    return {"cluster": "shop", "task": "$service-task", "command": "/bin/sh", "interactive": True, **members}


def attribute(**members: str) -> list[dict[str, str]]:
    return [{"name": "stack", "targetType": "container-instance", "targetId": NOBODY, **members}]


SETTINGS = [
    case("no-such-setting", "put_account_setting", setting("insights", "enabled"), "FG1400", "Invalid setting 'name'"),
    case("list-no-such", "list_account_settings", {"name": "insights"}, "FG1400", "Invalid setting 'name'"),
    case(  # https://github.com/aws/aws-cli/issues/3785
        "capitals", "put_account_setting", setting("taskLongArnFormat", "ENABLED"), "FG1401", "Invalid setting 'value'"
    ),
    case(
        "wait-of-8-days",
        "put_account_setting_default",
        setting("fargateTaskRetirementWaitPeriod", "8"),
        "FG1401",
        "Invalid setting 'value'",
    ),
    case(
        "enhanced-is-for-insights",
        "put_account_setting_default",
        setting("awsvpcTrunking", "enhanced"),
        "FG1401",
        "Invalid setting 'value'",
    ),
    case(
        "read-only",
        "put_account_setting_default",
        setting("guardDutyActivate", "on"),
        "FG1402",
        "The guardDutyActivate account setting is managed by AWS and cannot be modified.",
    ),
    case(
        "no-principal",
        "put_account_setting",
        setting("containerInsights", "enabled", principalArn="learner"),
        "FG1403",
        "The specified principalArn is invalid. Specify the ARN of a user, a role or the root user.",
    ),
    case(
        "principal-of-another-account",
        "list_account_settings",
        {"principalArn": "arn:aws:iam::210987654321:root"},
        "FG1403",
        "The specified principalArn is invalid. Specify the ARN of a user, a role or the root user.",
    ),
    case(
        "another-principal",
        "put_account_setting",
        setting("containerInsights", "enabled", principalArn=ROOT),
        "FG1404",
        f"User: {LEARNER} is not authorized to use the account settings of {ROOT}: you must be the root user, or the "
        "principal.",
        "AccessDeniedException",
    ),
    case(
        "retirement-wait-of-one-user",
        "put_account_setting",
        setting("fargateTaskRetirementWaitPeriod", "14"),
        "FG1405",
        "You must use the root user to set fargateTaskRetirementWaitPeriod, or set it for the account.",
    ),
    case(
        "value-alone",
        "list_account_settings",
        {"value": "enabled"},
        "FG1406",
        "You must specify an account setting name to filter by value.",
    ),
]

CLUSTERS = [
    case("cluster-name-with-a-space", "create_cluster", {"clusterName": "my shop"}, "FG1410", CLUSTER_NAME),
    case("cluster-name-of-256", "create_cluster", {"clusterName": "a" * 256}, "FG1410", CLUSTER_NAME),
    case("cluster-name-empty", "create_cluster", {"clusterName": ""}, "FG1410", CLUSTER_NAME),
    case(
        "cluster-setting-name",
        "create_cluster",
        {"clusterName": "new", "settings": [{"name": "insights", "value": "enabled"}]},
        "FG1411",
        "Invalid setting 'name'",
    ),
    case(  # https://github.com/terraform-aws-modules/terraform-aws-ecs/issues/264
        "cluster-setting-value",
        "update_cluster_settings",
        {"cluster": "shop", "settings": [{"name": "containerInsights", "value": "enhaced"}]},
        "FG1411",
        "Invalid setting 'value'",
    ),
    case(
        "log-without-override",
        "create_cluster",
        {
            "clusterName": "new",
            "configuration": exec_configuration(logging="DEFAULT", logConfiguration={"cloudWatchLogGroupName": "x"}),
        },
        "FG1412",
        "You must set logging to 'OVERRIDE' when you supply a log configuration.",
    ),
    case(
        "log-and-no-logging",
        "update_cluster",
        {"cluster": "shop", "configuration": exec_configuration(logConfiguration={"s3BucketName": "x"})},
        "FG1412",
        "You must set logging to 'OVERRIDE' when you supply a log configuration.",
    ),
    case(
        "override-without-log",
        "create_cluster",
        {"clusterName": "new", "configuration": exec_configuration(logging="OVERRIDE")},
        "FG1413",
        "A CloudWatch log group name or S3 bucket name must be specified when overriding the default log "
        "configuration.",
    ),
    case(
        "exec-logging",
        "create_cluster",
        {"clusterName": "new", "configuration": exec_configuration(logging="ALL")},
        "FG1414",
        "logging must be one of NONE, DEFAULT, OVERRIDE.",
    ),
    case(
        "describe-101-clusters",
        "describe_clusters",
        {"clusters": [f"c{number}" for number in range(101)]},
        "FG1415",
        "clusters can have at most 100 items.",
    ),
]

PROVIDERS = [
    case("reserved-name", "create_capacity_provider", {**group(), "name": "ecs-new"}, "FG1420", PROVIDER_NAME, CLIENT),
    case("FARGATE-again", "create_capacity_provider", {**group(), "name": "Fargate2"}, "FG1420", PROVIDER_NAME, CLIENT),
    case("provider-name", "create_capacity_provider", {**group(), "name": "a b"}, "FG1420", PROVIDER_NAME, CLIENT),
    case(
        "no-kind",
        "create_capacity_provider",
        {"name": "new"},
        "FG1421",
        "A capacity provider must have either an Auto Scaling group provider or a Managed Instances provider. Specify "
        "one and try again.",
        CLIENT,
    ),
    case(
        "managed-instances-without-cluster",
        "create_capacity_provider",
        {
            "name": "new",
            "managedInstancesProvider": {
                "infrastructureRoleArn": f"arn:aws:iam::{ACCOUNT}:role/exec",
                "instanceLaunchTemplate": {
                    "ec2InstanceProfileArn": f"arn:aws:iam::{ACCOUNT}:instance-profile/ecs",
                    "networkConfiguration": {"subnets": ["subnet-1"]},
                },
            },
        },
        "FG1422",
        "A capacity provider for Amazon ECS Managed Instances needs a cluster. Specify one and try again.",
        CLIENT,
    ),
    case(
        "target-capacity",
        "create_capacity_provider",
        group(status="ENABLED", targetCapacity=101),
        "FG1423",
        "The managed scaling targetCapacity must be between 1 and 100.",
        CLIENT,
    ),
    case(
        "steps",
        "create_capacity_provider",
        group(status="ENABLED", minimumScalingStepSize=5, maximumScalingStepSize=2),
        "FG1424",
        "The minimum or maximum scaling step size value is invalid. Specify a minimum scaling step size value that is "
        "less than or equal to the maximum scaling step size value and try again.",
        CLIENT,
    ),
    case(
        "describe-101-providers",
        "describe_capacity_providers",
        {"capacityProviders": [f"p{number}" for number in range(101)]},
        "FG1425",
        "capacityProviders can have at most 100 items.",
    ),
    case(
        "R-069-default-strategy",
        "create_cluster",
        {
            "clusterName": "new",
            "capacityProviders": ["FARGATE"],
            "defaultCapacityProviderStrategy": strategy(("FARGATE_SPOT", 1, 0)),
        },
        "FG1426",
        NOT_ASSOCIATED,
    ),
    case(
        "R-068-default-strategy-of-two-bases",
        "put_cluster_capacity_providers",
        {
            "cluster": "shop",
            "capacityProviders": ["FARGATE", "FARGATE_SPOT"],
            "defaultCapacityProviderStrategy": strategy(("FARGATE", 1, 1), ("FARGATE_SPOT", 1, 1)),
        },
        "FG1209",
        "The specified capacity provider strategy contains multiple capacity providers with a base value defined. Only "
        "one capacity provider per strategy can have a base value defined.",
    ),
]

DEFINITIONS = [
    case(
        "deregister-a-family",
        "deregister_task_definition",
        {"taskDefinition": "web"},
        "FG1430",
        "Revision is missing",
    ),
    case(
        "delete-none", "delete_task_definitions", {"taskDefinitions": []}, "FG1431", "taskDefinitions can not be empty."
    ),
    case(
        "delete-eleven",
        "delete_task_definitions",
        {"taskDefinitions": [f"web:{number}" for number in range(1, 12)]},
        "FG1431",
        "Size of TaskDefinition references list cannot exceed 10",
    ),
    case(
        "list-by-status",
        "list_task_definitions",
        {"status": "ALL"},
        "FG1432",
        "status should be one of [ACTIVE,INACTIVE,DELETE_IN_PROGRESS]",
    ),
    case(
        "list-families-by-status",
        "list_task_definition_families",
        {"status": "DELETED"},
        "FG1433",
        "status should be one of [ACTIVE,INACTIVE,ALL]",
    ),
]

TASKS = [
    case("describe-none", "describe_tasks", {"cluster": "shop", "tasks": []}, "FG1435", "Tasks cannot be empty."),
    case(  # https://github.com/gchq/sleeper/issues/555
        "R-098-describe-101",
        "describe_tasks",
        {"cluster": "shop", "tasks": [f"{number:032d}" for number in range(101)]},
        "FG1436",
        "taskIds can have at most 100 items.",
    ),
    case(
        "R-100-the-word-None",
        "describe_tasks",
        {"cluster": "shop", "tasks": ["None"]},
        "FG1437",
        "taskId length should be one of [32,36]",
    ),
    case(
        "R-100-stop",
        "stop_task",
        {"cluster": "shop", "task": f"{HEAD}:task/shop/abc"},
        "FG1437",
        "taskId length should be one of [32,36]",
    ),
    case(
        "R-100-protect",
        "update_task_protection",
        {"cluster": "shop", "tasks": ["web"], "protectionEnabled": True},
        "FG1437",
        "taskId length should be one of [32,36]",
    ),
    case(  # https://github.com/Mic-U/ecsher/issues/56
        "exec-in-a-name", "execute_command", enter(task="web"), "FG1438", "task length should be one of [32,36]"
    ),
    case(
        "started-by-and-family",
        "list_tasks",
        {"cluster": "shop", "startedBy": "me", "family": "web"},
        "FG1439",
        "startedBy can not be combined with other filters.",
    ),
    case(
        "list-by-last-status",
        "list_tasks",
        {"cluster": "shop", "desiredStatus": "PROVISIONING"},
        "FG1440",
        "desired status should be one of [RUNNING,PENDING,STOPPED]",
    ),
    case(
        "list-by-spot",
        "list_tasks",
        {"cluster": "shop", "launchType": "FARGATE_SPOT"},
        "FG1440",
        LISTED_LAUNCH_TYPES,
    ),
    case(
        "protect-none",
        "update_task_protection",
        {"cluster": "shop", "tasks": [], "protectionEnabled": True},
        "FG1441",
        "Tasks cannot be empty.",
    ),
    case(
        "protect-eleven",
        "update_task_protection",
        {"cluster": "shop", "tasks": [f"{number:032d}" for number in range(11)], "protectionEnabled": True},
        "FG1441",
        "tasks can have at most 10 items.",
    ),
    case(
        "protect-for-three-days",
        "update_task_protection",
        {"cluster": "shop", "tasks": ["$service-task"], "protectionEnabled": True, "expiresInMinutes": 4320},
        "FG1445",
        "expiresInMinutes must be between 1 and 2880.",
    ),
    case(
        "protect-for-no-time",
        "update_task_protection",
        {"cluster": "shop", "tasks": ["$service-task"], "protectionEnabled": True, "expiresInMinutes": 0},
        "FG1445",
        "expiresInMinutes must be between 1 and 2880.",
    ),
]

EXEC = [
    case(
        "not-interactive",
        "execute_command",
        enter(interactive=False),
        "FG1450",
        "Interactive is the only mode supported currently.",
    ),
    case("no-command", "execute_command", enter(command=" "), "FG1451", "command can not be empty."),
    case("no-task", "execute_command", enter(task="$nobody"), "FG1452", "The referenced task was not found."),
    case(
        "which-container",
        "execute_command",
        enter(task="$two"),
        "FG1453",
        "The task has more than one container. Specify the name of the container to execute the command on.",
    ),
    case(
        "no-such-container",
        "execute_command",
        enter(container="side"),
        "FG1453",
        "The container side does not exist in the task.",
    ),
    case("R-161-not-enabled", "execute_command", enter(task="$task"), "FG1454", NO_EXEC),
    case(
        "R-162-role-may-not",
        "execute_command",
        enter(task="$two", container="web"),
        "FG1455",
        "The execute command failed due to an internal error. Try again later.",
        "TargetNotConnectedException",
    ),
]

INSTANCES = [
    case(
        "describe-no-instance",
        "describe_container_instances",
        {"cluster": "shop", "containerInstances": []},
        "FG1460",
        "Container instance cannot be empty.",
    ),
    case(
        "drain-eleven",
        "update_container_instances_state",
        {"cluster": "shop", "containerInstances": [NOBODY] * 11, "status": "DRAINING"},
        "FG1460",
        "instanceIds can have at most 10 items.",
    ),
    case(
        "instance-None",
        "describe_container_instances",
        {"cluster": "shop", "containerInstances": ["None"]},
        "FG1461",
        "instanceId length should be one of [32,36]",
    ),
    case(
        "instance-inactive",
        "update_container_instances_state",
        {"cluster": "shop", "containerInstances": [NOBODY], "status": "INACTIVE"},
        "FG1462",
        "status must be ACTIVE or DRAINING.",
    ),
    case(
        "deregister-nobody",
        "deregister_container_instance",
        {"cluster": "shop", "containerInstance": NOBODY},
        "FG1463",
        f"Referenced container instance {NOBODY} not found.",
    ),
    case(
        "update-nobody",
        "update_container_agent",
        {"cluster": "shop", "containerInstance": NOBODY},
        "FG1463",
        f"Referenced container instance {NOBODY} not found.",
    ),
    case(
        "attributes-of-nobody",
        "put_attributes",
        {"cluster": "shop", "attributes": attribute(value="production")},
        "FG1466",
        "The specified target could not be found.",
        "TargetNotFoundException",
    ),
    case(
        "delete-attributes-of-nobody",
        "delete_attributes",
        {"cluster": "shop", "attributes": attribute()},
        "FG1466",
        "The specified target could not be found.",
        "TargetNotFoundException",
    ),
    case(
        "no-attributes",
        "put_attributes",
        {"cluster": "shop", "attributes": []},
        "FG1464",
        "attributes must have between 1 and 10 items.",
    ),
    case(
        "attribute-name",
        "put_attributes",
        {"cluster": "shop", "attributes": attribute(name="a b")},
        "FG1465",
        "The attribute name is invalid.",
    ),
    case(
        "attributes-of-tasks",
        "list_attributes",
        {"cluster": "shop", "targetType": "task"},
        "FG1467",
        "targetType must be container-instance.",
    ),
    case(
        "attributes-by-value",
        "list_attributes",
        {"cluster": "shop", "targetType": "container-instance", "attributeValue": "linux"},
        "FG1467",
        "You must specify an attribute name to filter by value.",
    ),
    case(
        "start-nowhere",
        "start_task",
        {"cluster": "shop", "taskDefinition": "web", "containerInstances": [], "networkConfiguration": "$network"},
        "FG1481",
        "Container instance cannot be empty.",
    ),
    case(
        "start-on-None",
        "start_task",
        {
            "cluster": "shop",
            "taskDefinition": "web",
            "containerInstances": ["None"],
            "networkConfiguration": "$network",
        },
        "FG1482",
        "instanceId length should be one of [32,36]",
    ),
]


def tagging(*tags: tuple[str, str]) -> dict[str, Any]:
    return {"resourceArn": f"{HEAD}:cluster/shop", "tags": [{"key": key, "value": value} for key, value in tags]}


TAGS = [
    case(
        "51-tags",
        "create_cluster",
        {"clusterName": "new", "tags": tagging(*((f"k{number}", "") for number in range(51)))["tags"]},
        "FG1470",
        "tags can have at most 50 items.",
    ),
    case(
        "key-twice",
        "create_cluster",
        {"clusterName": "new", "tags": tagging(("a", "1"), ("a", "2"))["tags"]},
        "FG1470",
        "Tag keys must be unique.",
    ),
    case(
        "key-of-129",
        "tag_resource",
        tagging(("k" * 129, "v")),
        "FG1471",
        "Tag keys must have between 1 and 128 characters.",
    ),
    case(
        "value-of-257",
        "tag_resource",
        tagging(("k", "v" * 257)),
        "FG1471",
        "Tag values can have at most 256 characters.",
    ),
    case(
        "aws-key",
        "tag_resource",
        tagging(("AWS:team", "red")),
        "FG1472",
        "Tag keys and values beginning with aws: are reserved for system use.",
    ),
    case(
        "odd-characters",
        "tag_resource",
        tagging(("team", "<red>")),
        "FG1473",
        "Tag keys and values can hold letters, numbers, spaces and the characters + - = . _ : / @.",
    ),
    case(
        "untag-nothing",
        "untag_resource",
        {"resourceArn": f"{HEAD}:cluster/shop", "tagKeys": []},
        "FG1474",
        "tagKeys can not be empty.",
    ),
]

# https://github.com/radkawar/stackd (testdata/aws/ecs/services.json: list-invalid-filter, list-invalid-count,
# describe-invalid-include; the end of controls.json: DescribeClusters). The others are worded alike.
SHOP = {"cluster": "shop"}
READING = [
    *(
        case(f"page-of-{size}-{operation}", operation, {**request, "maxResults": size}, law, text)
        for operation, request, law, most in (
            ("list_services", SHOP, "FG1490", 100),
            ("list_tasks", SHOP, "FG1490", 100),
            ("list_clusters", {}, "FG1490", 100),
            ("list_container_instances", SHOP, "FG1490", 100),
            ("list_attributes", {**SHOP, "targetType": "container-instance"}, "FG1490", 100),
            ("list_task_definitions", {}, "FG1490", 100),
            ("list_task_definition_families", {}, "FG1490", 100),
            ("list_service_deployments", {**SHOP, "service": "web"}, "FG1490", 100),
            ("list_services_by_namespace", {"namespace": "any"}, "FG1490", 100),
            ("list_account_settings", {}, "FG1491", 10),
            ("describe_capacity_providers", {}, "FG1491", 10),
        )
        for size, text in (
            (most + 1, f"Max results can not be greater than {most}"),
            (0, "Max results can not be lesser than 1"),
        )
    ),
    case("services-on-spot", "list_services", {**SHOP, "launchType": "FARGATE_SPOT"}, "FG1492", LISTED_LAUNCH_TYPES),
    case(
        "services-by-strategy",
        "list_services",
        {**SHOP, "schedulingStrategy": "CRON"},
        "FG1492",
        "Scheduling strategy should be one of [REPLICA,DAEMON]",
    ),
    case(
        "instances-by-status",
        "list_container_instances",
        {**SHOP, "status": "GONE"},
        "FG1493",
        "status should be one of [ACTIVE,DRAINING,REGISTERING,DEREGISTERING,REGISTRATION_FAILED]",
    ),
    *(
        case(f"show-events-{operation}", operation, {**request, "include": shown}, "FG1494", ONLY_TAGS)
        for operation, request, shown in (
            ("describe_services", {**SHOP, "services": ["web"]}, ["EVENTS"]),
            ("describe_tasks", {**SHOP, "tasks": ["$task"]}, ["TAGS", "EVENTS"]),
            ("describe_capacity_providers", {}, ["tags"]),
        )
    ),
    case(
        "show-services-of-a-cluster",
        "describe_clusters",
        {"clusters": ["shop"], "include": ["SERVICES"]},
        "FG1495",
        "include should be one of [ATTACHMENTS,CONFIGURATIONS,SETTINGS,STATISTICS,TAGS]",
    ),
    case(
        "show-tasks-of-an-instance",
        "describe_container_instances",
        {**SHOP, "containerInstances": ["$nobody"], "include": ["TASKS"]},
        "FG1496",
        "include should be one of [TAGS,CONTAINER_INSTANCE_HEALTH]",
    ),
    case(
        "show-events-of-a-definition",
        "describe_task_definition",
        {"taskDefinition": "web", "include": ["EVENTS"]},
        "FG1497",
        "EVENTS is not a valid value for include. The value must be one of [[TAGS]]",
        CLIENT,
    ),
]

REFUSED = [*SETTINGS, *CLUSTERS, *PROVIDERS, *DEFINITIONS, *TASKS, *EXEC, *INSTANCES, *TAGS, *READING]


def refusal(account: Account, operation: str, request: dict[str, Any]) -> tuple[str, str] | None:
    """Code and text, or None where the call is answered."""
    if request.get("networkConfiguration") == "$network":
        request = {**request, "networkConfiguration": account.network}
    try:
        account.call(operation, request)
    except ClientError as error:
        told = error.response["Error"]
        return told["Code"], told["Message"]
    return None


@pytest.mark.parametrize(("operation", "request_", "law", "code", "text"), REFUSED)
def test_the_call_is_refused_in_the_words_of_aws(
    account: Account, operation: str, request_: dict[str, Any], law: str, code: str, text: str
) -> None:
    before = pickle.dumps(account.cloud.world)
    assert refusal(account, operation, request_) == (code, text)
    assert pickle.dumps(account.cloud.world) == before, "a refused call leaves the world as it was"


OURS = [law for law in laws() if law.check.__module__.removeprefix("simcloud.rules.") in IN_ORDER["ecs-account"]]


@pytest.mark.parametrize("law", OURS, ids=lambda law: f"{law.id}-{law.check.__name__}")
def test_a_case_notices_when_the_law_is_off(account: Account, law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [param.values for param in REFUSED if param.values[2] == law.id]
    assert cases, f"no case is refused by {law.id}"
    monkeypatch.delitem(engine.LAWS, law.id)
    for operation, request, _, code, text in cases:
        with account.cloud.copy():
            assert refusal(account, operation, request) != (code, text)


STATEFUL = [
    ("no-cluster", "list_tasks", {"cluster": "nope"}, "ClusterNotFoundException", "Cluster not found."),
    (  # https://github.com/aws/containers-roadmap/issues/632
        "provider-again",
        "create_capacity_provider",
        {**group(status="ENABLED", targetCapacity=90), "name": "old"},
        CLIENT,
        "The specified capacity provider already exists. To change the configuration of an existing capacity provider, "
        "update the capacity provider.",
    ),
    (
        "deleted-cluster",
        "update_cluster_settings",
        {"cluster": "closed", "settings": []},
        CLIENT,
        "Cluster was not ACTIVE.",  # https://github.com/hashicorp/terraform-provider-aws/issues/11285
    ),
    (
        "deleted-cluster-of-providers",
        "put_cluster_capacity_providers",
        {"cluster": "closed", "capacityProviders": [], "defaultCapacityProviderStrategy": []},
        CLIENT,
        "Cluster was not ACTIVE.",
    ),
    (
        "deregister-nothing",
        "deregister_task_definition",
        {"taskDefinition": "web:99"},
        CLIENT,
        "Unable to deregister task definition.",
    ),
    (
        "another-cluster-of-this-name",
        "create_cluster",
        {"clusterName": "shop", "capacityProviders": ["FARGATE"]},
        INVALID,
        "Arguments on this idempotent request are inconsistent with arguments used in previous request(s).",
    ),
    (
        "services-are-active",
        "delete_cluster",
        {"cluster": "shop"},
        "ClusterContainsServicesException",
        "The Cluster cannot be deleted while Services are active.",
    ),
    (
        "provider-in-use",
        "put_cluster_capacity_providers",
        {"cluster": "shop", "capacityProviders": ["nope"], "defaultCapacityProviderStrategy": []},
        INVALID,
        "The specified capacity provider was not found. Specify a valid name or ARN and try again.",
    ),
    (
        "delete-FARGATE",
        "delete_capacity_provider",
        {"capacityProvider": "FARGATE"},
        CLIENT,
        "The specified capacity provider is reserved and cannot be changed or deleted.",
    ),
    ("stop-nobody", "stop_task", {"cluster": "shop", "task": NOBODY}, INVALID, "The referenced task was not found."),
    (
        "no-such-definition",
        "describe_task_definition",
        {"taskDefinition": "web:99"},
        CLIENT,
        "Unable to describe task definition.",
    ),
    (
        "tags-of-a-deleted-cluster",
        "list_tags_for_resource",
        {"resourceArn": f"{HEAD}:cluster/closed"},
        INVALID,
        "The specified cluster is inactive. Specify an active cluster and try again.",
    ),
    (
        "tags-of-a-short-arn",
        "list_tags_for_resource",
        {"resourceArn": f"{HEAD}:service/web"},
        INVALID,
        "Long arn format must be used for tagging operations",
    ),
    ("tags-of-a-name", "list_tags_for_resource", {"resourceArn": "shop"}, INVALID, "Invalid arn syntax."),
    (
        "service-tasks",
        "list_tasks",
        {"cluster": "shop", "serviceName": "nope"},
        "ServiceNotFoundException",
        "Service not found.",
    ),
]


@pytest.mark.parametrize(
    ("operation", "request_", "code", "text"), [each[1:] for each in STATEFUL], ids=[each[0] for each in STATEFUL]
)
def test_what_is_there_decides(
    account: Account, operation: str, request_: dict[str, Any], code: str, text: str
) -> None:
    before = pickle.dumps(account.cloud.world)
    assert refusal(account, operation, request_) == (code, text)
    assert pickle.dumps(account.cloud.world) == before, "a refused call leaves the world as it was"


ACCEPTED: list[tuple[str, str, dict[str, Any]]] = [
    ("own-setting", "put_account_setting", setting("containerInsights", "enhanced", principalArn=LEARNER)),
    ("wait-for-all", "put_account_setting_default", setting("fargateTaskRetirementWaitPeriod", "0")),
    ("blocking-logs", "put_account_setting", setting("defaultLogDriverMode", "blocking")),
    ("event-windows", "put_account_setting_default", setting("fargateEventWindows", "enabled")),
    ("dual-stack", "put_account_setting_default", setting("dualStackIPv6", "disabled")),
    ("delete-what-is-not-set", "delete_account_setting", {"name": "awsvpcTrunking"}),
    ("default-cluster", "create_cluster", {}),
    ("the-same-cluster-again", "create_cluster", {"clusterName": "shop"}),
    ("a-deleted-name-again", "create_cluster", {"clusterName": "closed"}),
    (
        "exec-log",
        "create_cluster",
        {
            "clusterName": "new",
            "configuration": exec_configuration(logging="OVERRIDE", logConfiguration={"cloudWatchLogGroupName": "x"}),
        },
    ),
    (
        "base-alone",
        "create_cluster",
        {
            "clusterName": "new",
            "capacityProviders": ["FARGATE"],
            "defaultCapacityProviderStrategy": [{"capacityProvider": "FARGATE"}],
        },
    ),
    ("group-by-arn-defaults", "create_capacity_provider", group()),
    (
        "list-stopped",
        "list_tasks",
        {"cluster": "shop", "desiredStatus": "STOPPED", "family": "web", "launchType": "FARGATE"},
    ),
    ("started-by-alone", "list_tasks", {"cluster": "shop", "startedBy": "me"}),
    ("stop-by-arn", "stop_task", {"cluster": "shop", "task": f"{HEAD}:task/shop/$task"}),
    (
        "two-days",
        "update_task_protection",
        {"cluster": "shop", "tasks": ["$service-task"], "protectionEnabled": True, "expiresInMinutes": 2880},
    ),
    ("exec", "execute_command", enter()),
    ("exec-by-arn-and-name", "execute_command", enter(task=f"{HEAD}:task/shop/$service-task", container="web")),
    ("50-tags", "tag_resource", tagging(*((f"k{number}", "") for number in range(50)))),
    ("long-tag", "tag_resource", tagging(("k" * 128, "v" * 256))),
    ("tag-of-umlauts", "tag_resource", tagging(("Straße", "München+1"))),
    ("untag-what-is-not-there", "untag_resource", {"resourceArn": f"{HEAD}:cluster/shop", "tagKeys": ["nope"]}),
    (
        "attributes",
        "list_attributes",
        {"cluster": "shop", "targetType": "container-instance", "attributeName": "ecs.os-type"},
    ),
    ("poll", "discover_poll_endpoint", {"cluster": "shop"}),
]


@pytest.mark.parametrize(("operation", "request_"), [each[1:] for each in ACCEPTED], ids=[each[0] for each in ACCEPTED])
def test_the_call_is_accepted(account: Account, operation: str, request_: dict[str, Any]) -> None:
    with account.cloud.copy() as future:
        assert refusal(account, operation, request_) is None
        future.world.check()
