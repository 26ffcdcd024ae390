"""What CodeDeploy refuses, with its code and its whole text.

A text whose status is `assumed` was seen nowhere; its case says after which description of the model it is written.
The ones that the real service gave are quoted in https://github.com/badmintoncryer/cdk-preflight (rules/codedeploy,
bench of 2026-09-14) where the name begins with pf, else in the issue or page that the name gives.
"""

from __future__ import annotations

from typing import Any

import pytest
from codedeploy_as_written import (
    ACCOUNT,
    BARE_ROLE,
    LISTENER,
    NETWORK_LISTENER,
    REGION,
    ROLE,
    STYLE,
    TASK_ROLE,
    TEST_LISTENER,
    TOPIC,
    WAITS,
    appspec,
    canary,
    content,
    deploy,
    functions,
    group,
    linear,
    pair,
    routing,
    servers,
    service,
    stored,
    waits,
)

NO_APP, NO_GROUP = "ApplicationDoesNotExistException", "DeploymentGroupDoesNotExistException"
ROUTING, HOSTS = "InvalidTrafficRoutingConfigurationException", "InvalidMinimumHealthyHostValueException"
ALARM, TRIGGER = "InvalidAlarmConfigException", "InvalidTriggerConfigException"
BALANCER, PAIR = "InvalidLoadBalancerInfoException", "InvalidTargetGroupPairException"
BLUE_GREEN, SERVICE = "InvalidBlueGreenDeploymentConfigurationException", "InvalidECSServiceException"
REVISION, NOT_STARTED = "InvalidRevisionException", "DeploymentNotStartedException"
LONG = "a" * 101
MISSING = "d-AAAAAAAAA"
READY, TERMINATION = "deploymentReadyOption", "terminateBlueInstancesOnDeploymentSuccess"
OTHER_TOPIC = f"arn:aws:sns:eu-west-1:{ACCOUNT}:deployments"
NO_TOPIC = f"arn:aws:sns:{REGION}:{ACCOUNT}:nothing"
APP_ARN = f"arn:aws:codedeploy:{REGION}:{ACCOUNT}:application"


def case(name: str, operation: str, request: dict[str, Any], law: str, code: str, text: str) -> Any:
    return pytest.param(operation, request, law, code, text, id=name)


def new(name: str, request: dict[str, Any], law: str, code: str, text: str) -> Any:
    return case(name, "create_deployment_group", request, law, code, text)


def made(name: str, request: dict[str, Any], law: str, code: str, text: str) -> Any:
    return case(name, "create_deployment", request, law, code, text)


def config(name: str, request: dict[str, Any], law: str, code: str, text: str) -> Any:
    return case(name, "create_deployment_config", request, law, code, text)


def trigger(name: str, arn: str) -> dict[str, Any]:
    return {"triggerName": name, "triggerTargetArn": arn, "triggerEvents": ["DeploymentFailure"]}


NAMES = [
    case(
        "limits-application-name",
        "create_application",
        {"applicationName": "my shop"},
        "FG600",
        "InvalidApplicationNameException",
        "Application name 'my shop' was specified in an invalid format.",
    ),
    case(
        "limits-application-name-too-long",
        "batch_get_applications",
        {"applicationNames": ["shop", LONG]},
        "FG600",
        "InvalidApplicationNameException",
        f"Application name '{LONG}' was specified in an invalid format.",
    ),
    new(
        "limits-group-name",
        group(deploymentGroupName="new/group"),
        "FG601",
        "InvalidDeploymentGroupNameException",
        "Deployment group name 'new/group' was specified in an invalid format.",
    ),
    case(
        "limits-group-names",
        "batch_get_deployment_groups",
        {"applicationName": "shop", "deploymentGroupNames": ["a b"]},
        "FG601",
        "InvalidDeploymentGroupNameException",
        "Deployment group name 'a b' was specified in an invalid format.",
    ),
    config(
        "limits-config-name",
        {**canary(), "deploymentConfigName": "my canary"},
        "FG602",
        "InvalidDeploymentConfigNameException",
        "Deployment configuration name 'my canary' was specified in an invalid format.",
    ),
    case(
        "model-update-without-application",
        "update_application",
        {"newApplicationName": "store"},
        "FG603",
        "ApplicationNameRequiredException",
        "Application name is missing",
    ),
    made(
        "field-deployment-without-group",
        deploy(deploymentGroupName=None),
        "FG604",
        "DeploymentGroupNameRequiredException",
        "Deployment Group name is missing",
    ),
    case(
        "model-list-without-group",
        "list_deployments",
        {"applicationName": "shop"},
        "FG605",
        "DeploymentGroupNameRequiredException",
        "Deployment Group name is missing",
    ),
    case(
        "model-list-without-application",
        "list_deployments",
        {"deploymentGroupName": "idle"},
        "FG605",
        "ApplicationNameRequiredException",
        "Application name is missing",
    ),
    case(
        "aws-cli-2270-no-application",
        "register_application_revision",
        {"applicationName": "my-trigger-svc", "revision": content()},
        "FG606",
        NO_APP,
        "No application found for name: my-trigger-svc",
    ),
    new(
        "aws-cli-2270-no-application-for-a-group",
        group(applicationName="store"),
        "FG606",
        NO_APP,
        "No application found for name: store",
    ),
    made(
        "travis-ci-7458-no-application",
        deploy(applicationName="store"),
        "FG607",
        NO_APP,
        f"Applications not found for {ACCOUNT}",
    ),
    case(
        "travis-ci-7458-no-applications",
        "batch_get_applications",
        {"applicationNames": ["shop", "store"]},
        "FG607",
        NO_APP,
        f"Applications not found for {ACCOUNT}",
    ),
    case(
        "model-application-exists",
        "create_application",
        {"applicationName": "shop"},
        "FG608",
        "ApplicationAlreadyExistsException",
        "Application already exists: shop",
    ),
    case(
        "model-new-name-exists",
        "update_application",
        {"applicationName": "shop", "newApplicationName": "servers"},
        "FG608",
        "ApplicationAlreadyExistsException",
        "Application already exists: servers",
    ),
    made("field-no-group", deploy("ghost"), "FG609", NO_GROUP, "No Deployment Group found for name: ghost"),
    case(
        "field-no-group-to-update",
        "update_deployment_group",
        {
            "applicationName": "functions",
            "currentDeploymentGroupName": "ghost",
            "serviceRoleArn": ROLE,
            "deploymentStyle": STYLE,
        },
        "FG609",
        NO_GROUP,
        "No Deployment Group found for name: ghost",
    ),
    new(
        "model-group-exists",
        group(deploymentGroupName="net", ecsServices=service("net")),
        "FG610",
        "DeploymentGroupAlreadyExistsException",
        "Deployment group already exists: net",
    ),
    new(
        "field-no-config",
        group(deploymentConfigName="CodeDeployDefault.ECSAllAtOnceBlueGreen"),
        "FG611",
        "DeploymentConfigDoesNotExistException",
        "No deployment configuration found for name: CodeDeployDefault.ECSAllAtOnceBlueGreen",
    ),
    case(
        "pf-app-compute-platform-value",
        "create_application",
        {"applicationName": "new", "computePlatform": "EC2"},
        "FG612",
        "InvalidComputePlatformException",
        "ComputePlatform 'EC2' is not valid. Valid values are [Server, Lambda, ECS, Kubernetes]",
    ),
    case(
        "pf-app-compute-platform-kubernetes",
        "create_application",
        {"applicationName": "new", "computePlatform": "Kubernetes"},
        "FG613",
        "AccessDeniedException",
        "This feature is not available in us-east-1.",
    ),
    case(
        "model-tags-of-aws",
        "create_application",
        {"applicationName": "new", "tags": [{"Key": "aws:owner", "Value": "me"}]},
        "FG614",
        "InvalidTagsToAddException",
        "The specified tags are not valid: the key aws:owner begins with aws:.",
    ),
    case(
        "model-arn",
        "list_tags_for_resource",
        {"ResourceArn": "shop"},
        "FG615",
        "InvalidArnException",
        "The specified ARN is not in a valid format: shop",
    ),
    case(
        "model-arn-of-a-config",
        "list_tags_for_resource",
        {"ResourceArn": f"arn:aws:codedeploy:{REGION}:{ACCOUNT}:deploymentconfig:used"},
        "FG616",
        "ArnNotSupportedException",
        f"The specified ARN is not supported: arn:aws:codedeploy:{REGION}:{ACCOUNT}:deploymentconfig:used",
    ),
    case(
        "model-tag-nothing",
        "tag_resource",
        {"ResourceArn": f"{APP_ARN}:store", "Tags": [{"Key": "team", "Value": "web"}]},
        "FG617",
        NO_APP,
        "No application found for name: store",
    ),
    case(
        "model-batch-of-26",
        "batch_get_deployments",
        {"deploymentIds": [MISSING] * 26},
        "FG618",
        "BatchLimitExceededException",
        "The maximum number of names or IDs allowed for this request (25) was exceeded.",
    ),
]

CONFIGS = [
    config(
        "pf-config-name-reserved-prefix",
        {**canary(), "deploymentConfigName": "CodeDeployDefault.MyConfig"},
        "FG620",
        "InvalidDeploymentConfigNameException",
        "The prefix CodeDeployDefault. is reserved for predefined configuration names",
    ),
    config(
        "model-config-exists",
        {**canary(), "deploymentConfigName": "used"},
        "FG621",
        "DeploymentConfigAlreadyExistsException",
        "Deployment configuration already exists: used",
    ),
    config(
        "pf-config-server-requires-minimum-healthy-hosts",
        {"deploymentConfigName": "mine"},
        "FG622",
        HOSTS,
        "minimum healthy hosts argument is missing",
    ),
    config(
        "pf-config-ecs-forbids-minimum-healthy-hosts",
        {**canary(), "minimumHealthyHosts": {"type": "HOST_COUNT", "value": 1}},
        "FG623",
        HOSTS,
        "minimum healthy hosts should be null for ECS deployment configuration",
    ),
    config(
        "pf-config-fleet-percent-range",
        {"deploymentConfigName": "mine", "minimumHealthyHosts": {"type": "FLEET_PERCENT", "value": 100}},
        "FG624",
        HOSTS,
        "The value for the minimum healthy hosts with type of FLEET_PERCENT should be positive and less than 100",
    ),
    config(
        "model-minimum-healthy-hosts-type",
        {"deploymentConfigName": "mine", "minimumHealthyHosts": {"type": "HOSTS", "value": 1}},
        "FG1592",
        HOSTS,
        "The minimum healthy instance value was specified in an invalid format.",
    ),
    config(
        "pf-config-server-forbids-traffic-routing",
        {"deploymentConfigName": "mine", "trafficRoutingConfig": {"type": "AllAtOnce"}},
        "FG625",
        ROUTING,
        "Traffic routing configuration should be null for Server deployment configuration",
    ),
    config(
        "pf-config-ecs-requires-traffic-routing",
        {"deploymentConfigName": "mine", "computePlatform": "ECS"},
        "FG626",
        ROUTING,
        "Traffic routing configuration cannot be null nor empty for deployment configurations on this platform.",
    ),
    config(
        "pf-config-zonal-server-only",
        {**canary(), "zonalConfig": {"monitorDurationInSeconds": 60}},
        "FG627",
        "InvalidZonalDeploymentConfigurationException",
        "Zonal deployments are only supported with EC2 deployments.",
    ),
    config("model-routing-type", routing("Canary"), "FG628", ROUTING, "Traffic routing type 'Canary' is not valid."),
    config(
        "pf-config-block-foreign",
        routing("AllAtOnce", timeBasedCanary={"canaryPercentage": 10, "canaryInterval": 5}),
        "FG629",
        ROUTING,
        "TimeBasedCanaryConfiguration should be null for AllAtOnce type",
    ),
    config(
        "pf-config-block-missing",
        routing("TimeBasedLinear"),
        "FG629",
        ROUTING,
        "TimeBasedLinearConfiguration should not be null for TimeBasedLinear type",
    ),
    config("pf-config-canary-100", canary(100), "FG630", ROUTING, "Valid traffic routing percentage is from 1 to 99"),
    config("pf-config-linear-0", linear(0), "FG630", ROUTING, "Valid traffic routing percentage is from 1 to 99"),
    config(
        "pf-config-canary-2881",
        canary(10, 2881),
        "FG631",
        ROUTING,
        "Canary interval must be between 1 and 2880 minutes (2 days)",
    ),
    config(
        "pf-config-linear-10-289",
        linear(10, 289),
        "FG632",
        ROUTING,
        "Total Traffic shifting intervals must be positive integers up to 2880 minutes (2 days)",
    ),
    config(
        "pf-config-linear-99-2881",
        linear(99, 2881),
        "FG632",
        ROUTING,
        "Total Traffic shifting intervals must be positive integers up to 2880 minutes (2 days)",
    ),
    case(
        "model-delete-predefined",
        "delete_deployment_config",
        {"deploymentConfigName": "CodeDeployDefault.ECSAllAtOnce"},
        "FG633",
        "InvalidOperationException",
        "Predefined deployment configurations cannot be deleted: CodeDeployDefault.ECSAllAtOnce",
    ),
    case(
        "model-delete-used",
        "delete_deployment_config",
        {"deploymentConfigName": "used"},
        "FG634",
        "DeploymentConfigInUseException",
        "The deployment configuration used is still in use.",
    ),
]

GROUPS = [
    new(
        "model-role-form",
        group(serviceRoleArn="codedeploy"),
        "FG635",
        "InvalidRoleException",
        "The service role ARN codedeploy was specified in an invalid format.",
    ),
    new(
        "pf-dg-deployment-config-platform-match",
        group(deploymentConfigName="CodeDeployDefault.OneAtATime"),
        "FG636",
        "InvalidDeploymentConfigNameException",
        "Compute platform of deployment config CodeDeployDefault.OneAtATime does not match expected compute platform, "
        "correct compute platform should be ECS.",
    ),
    made(
        "pf-dg-deployment-config-platform-match-of-a-deployment",
        deploy(deploymentConfigName="CodeDeployDefault.LambdaAllAtOnce"),
        "FG636",
        "InvalidDeploymentConfigNameException",
        "Compute platform of deployment config CodeDeployDefault.LambdaAllAtOnce does not match expected compute "
        "platform, correct compute platform should be ECS.",
    ),
    new(
        "pf-dg-alarms-null",
        group(alarmConfiguration={"enabled": True}),
        "FG637",
        ALARM,
        "Alarm list cannot be null.",
    ),
    new(
        "pf-dg-alarms-empty",
        group(alarmConfiguration={"enabled": True, "alarms": []}),
        "FG637",
        ALARM,
        "Deployment Groups need to have at least one alarms attached if they are monitored.",
    ),
    new(
        "model-alarm-twice",
        group(alarmConfiguration={"enabled": True, "alarms": [{"name": "5xx"}, {"name": "5xx"}]}),
        "FG638",
        ALARM,
        "Two alarms with the same name have been specified: 5xx",
    ),
    new(
        "model-alarm-without-name",
        group(alarmConfiguration={"enabled": True, "alarms": [{}]}),
        "FG638",
        ALARM,
        "The alarm name is empty or exceeds the limit of 255 characters.",
    ),
    new(
        "model-eleven-alarms",
        group(alarmConfiguration={"enabled": True, "alarms": [{"name": f"a{n}"} for n in range(11)]}),
        "FG639",
        "AlarmsLimitExceededException",
        "The maximum number of alarms for a deployment group (10) was exceeded.",
    ),
    new(
        "pf-dg-autorollback-enabled-requires-events",
        group(autoRollbackConfiguration={"enabled": True}),
        "FG640",
        "InvalidAutoRollbackConfigException",
        "Deployment Groups need to have at least one event specified when auto rollback is enabled",
    ),
    made(
        "model-rollback-event",
        deploy(autoRollbackConfiguration={"enabled": True, "events": ["DEPLOYMENT_SLOW"]}),
        "FG641",
        "InvalidAutoRollbackConfigException",
        "Auto rollback event type 'DEPLOYMENT_SLOW' is not valid.",
    ),
    new(
        "model-trigger-event",
        group(triggerConfigurations=[{**trigger("t", TOPIC), "triggerEvents": ["DeploymentDone"]}]),
        "FG1591",
        TRIGGER,
        "Trigger event type 'DeploymentDone' is not valid.",
    ),
    new(
        "pf-dg-trigger-target-region",
        group(triggerConfigurations=[trigger("t", OTHER_TOPIC)]),
        "FG642",
        TRIGGER,
        f"Topic ARN {OTHER_TOPIC} is not valid",
    ),
    new(
        "pf-dg-trigger-target-missing",
        group(triggerConfigurations=[trigger("t", NO_TOPIC)]),
        "FG643",
        TRIGGER,
        f"Topic ARN {NO_TOPIC} does not exist due to: Topic does not exist",
    ),
    new(
        "pf-dg-trigger-target-unique",
        group(triggerConfigurations=[trigger("a", TOPIC), trigger("b", TOPIC)]),
        "FG644",
        TRIGGER,
        "Duplicate Trigger target arn detected",
    ),
    new(
        "pf-dg-triggers-max-10",
        group(triggerConfigurations=[trigger(f"t{n}", TOPIC + (str(n) if n else "")) for n in range(11)]),
        "FG645",
        "TriggerTargetsLimitExceededException",
        "Deployment Groups cannot contain more than 10 TriggerTargets.",
    ),
    new(
        "pf-dg-ecs-services-requires-ecs-platform",
        servers(ecsServices=service("free")),
        "FG646",
        SERVICE,
        "Server Deployment Groups should not define a value for ecsServices, eksClusters, or targetGroupPairInfoList",
    ),
    new(
        "pf-dg-bluegreen-requires-traffic-control",
        servers(deploymentStyle={**STYLE, "deploymentOption": "WITHOUT_TRAFFIC_CONTROL"}),
        "FG647",
        "InvalidDeploymentStyleException",
        "BLUE_GREEN deployment type not supported with WITHOUT_TRAFFIC_CONTROL option",
    ),
    new(
        "pf-dg-traffic-control-requires-load-balancer",
        servers(deploymentStyle=STYLE),
        "FG648",
        BALANCER,
        "The specification for load balancing in the deployment group is invalid. The deploymentOption value is set to "
        "WITH_TRAFFIC_CONTROL, but no load balancer or target group has been specified in loadBalancerInfo.",
    ),
    new(
        "pf-dg-ec2-filters-server-platform-only",
        group(ec2TagFilters=[{"Key": "a", "Value": "b", "Type": "KEY_AND_VALUE"}]),
        "FG649",
        "InvalidEC2TagException",
        "For ECS deployment group, ec2TagFilters can not be specified",
    ),
    new(
        "field-auto-scaling-groups",
        group(autoScalingGroups=["asg"]),
        "FG649",
        "InvalidAutoScalingGroupException",
        "For ECS deployment group, autoScalingGroups can not be specified",
    ),
    new(
        "field-style-missing",
        group(deploymentStyle=None),
        "FG650",
        "InvalidDeploymentStyleException",
        "For ECS deployment, the deployment type must be BLUE_GREEN, and deployment option must be "
        "WITH_TRAFFIC_CONTROL.",
    ),
    new(
        "field-style-in-place",
        group(deploymentStyle={**STYLE, "deploymentType": "IN_PLACE"}),
        "FG650",
        "InvalidDeploymentStyleException",
        "For ECS deployment, the deployment type must be BLUE_GREEN, and deployment option must be "
        "WITH_TRAFFIC_CONTROL.",
    ),
    new(
        "pf-dg-lambda-requires-blue-green-traffic-control",
        functions(deploymentStyle={**STYLE, "deploymentType": "IN_PLACE"}),
        "FG650",
        "InvalidDeploymentStyleException",
        "For LAMBDA deployment, the deployment type must be BLUE_GREEN, and deployment option must be "
        "WITH_TRAFFIC_CONTROL.",
    ),
    new(
        "pf-dg-lambda-forbids-blue-green-config-but-ecs-does-not",
        group(blueGreenDeploymentConfiguration=None),
        "FG651",
        BLUE_GREEN,
        "For ECS deployment group, blueGreenDeploymentConfiguration must be specified",
    ),
    new(
        "pf-dg-lambda-forbids-blue-green-config",
        functions(blueGreenDeploymentConfiguration=WAITS),
        "FG652",
        BLUE_GREEN,
        "For Lambda deployment group, blueGreenDeploymentConfiguration can not be specified",
    ),
    new(
        "pf-dg-blue-green-config-without-ready",
        group(blueGreenDeploymentConfiguration={TERMINATION: WAITS[TERMINATION]}),
        "FG653",
        BLUE_GREEN,
        "Deployment ready option cannot be null for blue green deployment",
    ),
    new(
        "pf-dg-blue-green-config-without-termination",
        group(blueGreenDeploymentConfiguration={READY: WAITS[READY]}),
        "FG653",
        BLUE_GREEN,
        "Terminate blue instances on deployment success behaviour cannot be set to null for Blue Green deployments",
    ),
    new(
        "model-deployment-ready-action",
        group(blueGreenDeploymentConfiguration=waits(deploymentReadyOption={"actionOnTimeout": "CONTINUE"})),
        "FG1590",
        BLUE_GREEN,
        "actionOnTimeout 'CONTINUE' is not valid.",
    ),
    new(
        "model-instance-action",
        group(blueGreenDeploymentConfiguration=waits(terminateBlueInstancesOnDeploymentSuccess={"action": "DELETE"})),
        "FG1590",
        BLUE_GREEN,
        "action 'DELETE' is not valid.",
    ),
    new(
        "pf-dg-deployment-ready-continue-no-wait-time",
        group(
            blueGreenDeploymentConfiguration=waits(
                deploymentReadyOption={"actionOnTimeout": "CONTINUE_DEPLOYMENT", "waitTimeInMinutes": 1}
            )
        ),
        "FG654",
        BLUE_GREEN,
        "Deployment ready action cannot be set to 'CONTINUE_DEPLOYMENT' when timeout is specified",
    ),
    new(
        "pf-dg-deployment-ready-stop-requires-wait-time",
        group(blueGreenDeploymentConfiguration=waits(deploymentReadyOption={"actionOnTimeout": "STOP_DEPLOYMENT"})),
        "FG655",
        BLUE_GREEN,
        "Deployment ready action cannot be set to STOP_DEPLOYMENT when timeout is set to 0 minutes.",
    ),
    new(
        "pf-dg-termination-wait-max",
        group(
            blueGreenDeploymentConfiguration=waits(
                terminateBlueInstancesOnDeploymentSuccess={
                    "action": "KEEP_ALIVE",
                    "terminationWaitTimeInMinutes": 2881,
                }
            )
        ),
        "FG656",
        BLUE_GREEN,
        "Timeout for instance termination cannot be more than 2 days",
    ),
]

BALANCING = [
    new(
        "terraform-9124-no-balancer",
        group(loadBalancerInfo=None),
        "FG657",
        BALANCER,
        "For ECS deployment group, loadBalancerInfo must be specified",
    ),
    new(
        "cloudposse-5-elb-info",
        group(loadBalancerInfo={"elbInfoList": [{"name": "shop"}]}),
        "FG658",
        BALANCER,
        "For ECS deployment group, loadBalancerInfo must not contain elbInfo list",
    ),
    new(
        "repost-target-group-info",
        group(loadBalancerInfo={"targetGroupInfoList": [{"name": "blue"}]}),
        "FG658",
        BALANCER,
        "For ECS deployment group, loadBalancerInfo must not contain targetGroupInfo list",
    ),
    new(
        "model-two-pairs",
        group(loadBalancerInfo={"targetGroupPairInfoList": pair()["targetGroupPairInfoList"] * 2}),
        "FG659",
        BALANCER,
        "For ECS deployment group, loadBalancerInfo must contain exactly one targetGroupPairInfo",
    ),
    new(
        "R-237-one-target-group",
        group(loadBalancerInfo=pair("blue")),
        "FG660",
        PAIR,
        "For ECS deployment group, targetGroupPairInfo must contain exactly two target groups",
    ),
    new(
        "R-237-the-same-group-twice",
        group(loadBalancerInfo=pair("blue", "blue")),
        "FG661",
        PAIR,
        "For ECS deployment group, the two target groups must not be the same: blue",
    ),
    new(
        "R-237-no-listener",
        group(loadBalancerInfo=pair(prodTrafficRoute={"listenerArns": []})),
        "FG662",
        PAIR,
        "For ECS deployment group, prodTrafficRoute must contain exactly one listener ARN",
    ),
    new(
        "R-237-two-test-listeners",
        group(loadBalancerInfo=pair(testTrafficRoute={"listenerArns": [TEST_LISTENER, LISTENER]})),
        "FG663",
        PAIR,
        "For ECS deployment group, testTrafficRoute must contain exactly one listener ARN",
    ),
    new(
        "pf-dg-target-group-name-max-32",
        servers(loadBalancerInfo={"targetGroupInfoList": [{"name": "t" * 33}]}),
        "FG664",
        BALANCER,
        f"The target group name {'t' * 33} specified in targetGroupInfoList exceeds the maximum allowed length of 32 "
        "characters.",
    ),
    new(
        "model-no-service",
        group(ecsServices=None),
        "FG665",
        SERVICE,
        "For ECS deployment group, ecsServices must be specified",
    ),
    new(
        "terraform-27478-two-services",
        group(ecsServices=service("free") + service("spare")),
        "FG665",
        SERVICE,
        "For ECS deployment group, ecsServices must contain exactly one ECS service",
    ),
    new(
        "model-service-without-cluster",
        group(ecsServices=[{"serviceName": "free"}]),
        "FG665",
        SERVICE,
        "For ECS deployment group, clusterName and serviceName must be specified",
    ),
    new(
        "R-166-role-of-tasks",
        group(serviceRoleArn=TASK_ROLE),
        "FG666",
        "InvalidRoleException",
        f"AWS CodeDeploy does not have the permissions required to assume the role {TASK_ROLE}.",
    ),
    new(
        "R-166-no-role",
        group(serviceRoleArn=f"{ROLE}-of-old"),
        "FG666",
        "InvalidRoleException",
        f"AWS CodeDeploy does not have the permissions required to assume the role {ROLE}-of-old.",
    ),
    new(
        "terraform-21519-role-without-policy",
        group(serviceRoleArn=BARE_ROLE),
        "FG667",
        SERVICE,
        "Could not load ECS service information for cluster: shop, service: free. Cause: User: "
        f"arn:aws:sts::{ACCOUNT}:assumed-role/bare/codedeploy is not authorized to perform: ecs:DescribeServices on "
        f"resource: arn:aws:ecs:{REGION}:{ACCOUNT}:service/shop/free because no identity-based policy allows the "
        "ecs:DescribeServices action",
    ),
    new(
        "model-no-such-service",
        group(ecsServices=service("ghost")),
        "FG668",
        SERVICE,
        "Could not load ECS service information for cluster: shop, service: ghost. Cause: Service not found.",
    ),
    new(
        "model-no-such-cluster",
        group(ecsServices=service("free", "store")),
        "FG668",
        SERVICE,
        "Could not load ECS service information for cluster: store, service: free. Cause: Cluster not found.",
    ),
    new(
        "field-rolling-service",
        group(ecsServices=service("rolling")),
        "FG669",
        SERVICE,
        "Deployment group's ECS service must be configured for a CODE_DEPLOY deployment controller.",
    ),
    new(
        "limits-one-group-a-service",
        group(ecsServices=service("idle")),
        "FG670",
        "ECSServiceMappingLimitExceededException",
        "The ECS service idle in cluster shop is already associated with another deployment group.",
    ),
    new(
        "R-236-network-balancer",
        group(
            loadBalancerInfo=pair("wire-blue", "wire-green", listener=NETWORK_LISTENER),
            deploymentConfigName="CodeDeployDefault.ECSCanary10Percent5Minutes",
        ),
        "FG671",
        ROUTING,
        "Only ALB supports gradual traffic routing, use AllAtOnce Traffic routing instead when you create/update "
        "Deployment group.",
    ),
    case(
        "R-236-network-balancer-updated",
        "update_deployment_group",
        {
            "applicationName": "shop",
            "currentDeploymentGroupName": "net",
            "deploymentConfigName": "CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
        },
        "FG671",
        ROUTING,
        "Only ALB supports gradual traffic routing, use AllAtOnce Traffic routing instead when you create/update "
        "Deployment group.",
    ),
    case(
        "pf-dg-termination-wait-max-updated",
        "update_deployment_group",
        {
            "applicationName": "shop",
            "currentDeploymentGroupName": "idle",
            "blueGreenDeploymentConfiguration": waits(
                terminateBlueInstancesOnDeploymentSuccess={
                    "action": "TERMINATE",
                    "terminationWaitTimeInMinutes": 3000,
                }
            ),
        },
        "FG656",
        BLUE_GREEN,
        "Timeout for instance termination cannot be more than 2 days",
    ),
]

REVISIONS = [
    made(
        "aws-cli-4256-no-revision",
        deploy(revision=None),
        "FG672",
        "RevisionRequiredException",
        "RevisionLocation must be specified",
    ),
    made(
        "model-revision-type",
        deploy(revision={"revisionType": "Inline"}),
        "FG673",
        REVISION,
        "Revision type 'Inline' is not valid.",
    ),
    made(
        "model-revision-without-location",
        deploy(revision={"revisionType": "AppSpecContent"}),
        "FG674",
        REVISION,
        "appSpecContent must be specified for revision type: AppSpecContent",
    ),
    made(
        "model-revision-without-key",
        deploy(revision={"revisionType": "S3", "s3Location": {"bucket": "specs", "bundleType": "YAML"}}),
        "FG674",
        REVISION,
        "s3Location.key must be specified for revision type: S3",
    ),
    made(
        "pf-dg-revision-github-server-only",
        deploy(revision={"revisionType": "GitHub", "gitHubLocation": {"repository": "me/shop", "commitId": "a" * 40}}),
        "FG675",
        REVISION,
        "Revision type: GitHub is not supported under compute platform: ECS",
    ),
    made(
        "codedeploy-plugin-89-zip",
        deploy(revision=stored(bundleType="zip")),
        "FG676",
        REVISION,
        "BundleType must be either YAML or JSON",
    ),
    case(
        "pf-dg-revision-bundle-type-server",
        "create_deployment",
        deploy("fleet", applicationName="servers", revision=stored()),
        "FG677",
        REVISION,
        "BundleType must be either tar, zip or tgz",
    ),
    made(
        "model-hash",
        deploy(revision={"revisionType": "AppSpecContent", "appSpecContent": {"content": "a", "sha256": "b"}}),
        "FG678",
        REVISION,
        "The SHA256 hash value does not match the revision content.",
    ),
    made(
        "limits-description",
        deploy(description="a" * 257),
        "FG679",
        "DescriptionTooLongException",
        "The description is too long: at most 256 characters are allowed.",
    ),
    case(
        "model-revision-not-registered",
        "get_application_revision",
        {"applicationName": "shop", "revision": content(appspec(port=81))},
        "FG680",
        "RevisionDoesNotExistException",
        "No application revision found for the specified location in application: shop",
    ),
    made(
        "model-hash-of-nothing",
        deploy(revision={"revisionType": "AppSpecContent", "appSpecContent": {"sha256": "b" * 64}}),
        "FG680",
        "RevisionDoesNotExistException",
        "No application revision found for the specified location in application: shop",
    ),
    case(
        "model-sort-by",
        "list_application_revisions",
        {"applicationName": "shop", "sortBy": "name"},
        "FG681",
        "InvalidSortByException",
        "The column name to sort by is not valid: name",
    ),
    case(
        "model-key-without-bucket",
        "list_application_revisions",
        {"applicationName": "shop", "s3KeyPrefix": "a"},
        "FG682",
        "BucketNameFilterRequiredException",
        "A bucket name is required, but was not provided.",
    ),
]

DEPLOYMENTS = [
    made(
        "aws-ecs-orb-181-active",
        deploy("waiting"),
        "FG683",
        "DeploymentLimitExceededException",
        "The Deployment Group 'waiting' already has an active Deployment '<waiting>'",
    ),
    made(
        "aws-toolkit-288-files",
        deploy(fileExistsBehavior="OVERWRITE"),
        "FG684",
        "InvalidFileExistsBehaviorException",
        "For Lambda, ECS and Kubernetes deployment, fileExistsBehavior can not be specified",
    ),
    made(
        "model-outdated",
        deploy(updateOutdatedInstancesOnly=True),
        "FG685",
        "InvalidUpdateOutdatedInstancesOnlyValueException",
        "For Lambda, ECS and Kubernetes deployment, updateOutdatedInstancesOnly can not be specified",
    ),
    case(
        "model-continue-nothing",
        "continue_deployment",
        {},
        "FG686",
        "DeploymentIdRequiredException",
        "At least one deployment ID must be specified.",
    ),
    case(
        "model-id-form",
        "get_deployment",
        {"deploymentId": "d-123"},
        "FG687",
        "InvalidDeploymentIdException",
        "The deployment ID d-123 was specified in an invalid format.",
    ),
    case(
        "model-no-deployment",
        "get_deployment",
        {"deploymentId": MISSING},
        "FG688",
        "DeploymentDoesNotExistException",
        f"The deployment {MISSING} could not be found",
    ),
    case(
        "field-stop-completed",
        "stop_deployment",
        {"deploymentId": "<done>"},
        "FG689",
        "DeploymentAlreadyCompletedException",
        "Deployment <done> has already completed",
    ),
    case(
        "model-wait-type",
        "continue_deployment",
        {"deploymentId": "<waiting>", "deploymentWaitType": "WAIT"},
        "FG690",
        "InvalidDeploymentWaitTypeException",
        "The wait type WAIT is invalid.",
    ),
    case(
        "model-continue-not-ready",
        "continue_deployment",
        {"deploymentId": "<hooked>"},
        "FG691",
        "DeploymentIsNotInReadyStateException",
        "The deployment <hooked> does not have a status of Ready and can't continue yet.",
    ),
    case(
        "model-continue-not-terminating",
        "continue_deployment",
        {"deploymentId": "<waiting>", "deploymentWaitType": "TERMINATION_WAIT"},
        "FG691",
        "InvalidDeploymentStatusException",
        "The deployment <waiting> is not waiting for the termination of its original environment.",
    ),
    case(
        "model-skip-no-wait",
        "skip_wait_time_for_instance_termination",
        {"deploymentId": "<hooked>"},
        "FG692",
        NOT_STARTED,
        "The deployment <hooked> is not waiting for the termination of its original environment.",
    ),
    case(
        "model-targets-of-what-has-not-started",
        "list_deployment_targets",
        {"deploymentId": "<new>"},
        "FG693",
        NOT_STARTED,
        "The deployment <new> has not started.",
    ),
    case(
        "model-no-such-target",
        "get_deployment_target",
        {"deploymentId": "<hooked>", "targetId": "shop:web"},
        "FG694",
        "DeploymentTargetDoesNotExistException",
        "The target shop:web does not belong to the deployment <hooked>.",
    ),
    case(
        "model-no-targets",
        "batch_get_deployment_targets",
        {"deploymentId": "<hooked>", "targetIds": []},
        "FG695",
        "DeploymentTargetIdRequiredException",
        "A deployment target ID was not provided.",
    ),
    case(
        "model-target-filter",
        "list_deployment_targets",
        {"deploymentId": "<hooked>", "targetFilters": {"Status": ["Ready"]}},
        "FG696",
        "InvalidTargetFilterNameException",
        "The target filter name is invalid: Status",
    ),
    case(
        "model-status-filter",
        "list_deployments",
        {"includeOnlyStatuses": ["Running"]},
        "FG697",
        "InvalidDeploymentStatusException",
        "The deployment status Running does not exist.",
    ),
    case(
        "model-time-range",
        "list_deployments",
        {"createTimeRange": {"start": 1800000000, "end": 1700000000}},
        "FG697",
        "InvalidTimeRangeException",
        "The start time must be earlier than the end time.",
    ),
    case(
        "R-239-hook-status",
        "put_lifecycle_event_hook_execution_status",
        {"deploymentId": "<hooked>", "lifecycleEventHookExecutionId": "<hook>", "status": "Skipped"},
        "FG698",
        "InvalidLifecycleEventHookExecutionStatusException",
        "The lifecycle event hook execution status Skipped is invalid. It should be Succeeded or Failed.",
    ),
    case(
        "R-239-hook-id",
        "put_lifecycle_event_hook_execution_status",
        {"deploymentId": "<hooked>", "lifecycleEventHookExecutionId": "mine", "status": "Succeeded"},
        "FG699",
        "InvalidLifecycleEventHookExecutionIdException",
        "The lifecycle event hook execution ID mine is invalid.",
    ),
]

REFUSED = [*NAMES, *CONFIGS, *GROUPS, *BALANCING, *REVISIONS, *DEPLOYMENTS]
