"""What a launch names, where it runs, in which network: refused requests of RunTask, StartTask and services."""

from __future__ import annotations

from launching import (
    CLIENT,
    HEAD,
    INVALID,
    awsvpc,
    by,
    items,
    on_ec2,
    refused,
    row,
    run,
    service,
    start,
    task_set,
)
from requests_as_written import without

GONE = "ClusterNotFoundException"
NO_CLUSTER = "Cluster not found."
NO_DEFINITION = "TaskDefinition not found."
INACTIVE = "TaskDefinition is inactive"
TARGETS = [
    refused("no-such-cluster", "run_task", run(cluster="prod"), "FG300", NO_CLUSTER, code=GONE),
    refused("no-such-cluster-arn", "run_task", run(cluster=f"{HEAD}:cluster/x"), "FG300", NO_CLUSTER, code=GONE),
    refused("cluster-of-a-service", "create_service", service(cluster="prod"), "FG300", NO_CLUSTER, code=GONE),
    refused("cluster-of-a-start", "start_task", start(cluster="prod"), "FG300", NO_CLUSTER, code=GONE),
    refused(
        "deleted-cluster",
        "run_task",
        run(cluster="closed"),
        "FG300",
        "The referenced cluster was inactive.",
        code=GONE,
    ),
    refused("no-such-family", "run_task", run(taskDefinition="wbe"), "FG301", NO_DEFINITION, code=CLIENT),
    refused("no-such-revision", "run_task", run(taskDefinition="web:9"), "FG301", NO_DEFINITION, code=CLIENT),
    refused(
        "no-such-arn",
        "create_service",
        service(taskDefinition=f"{HEAD}:task-definition/web:9"),
        "FG301",
        NO_DEFINITION,
        code=CLIENT,
    ),
    refused(
        "family-of-none-active", "create_service", service(taskDefinition="gone"), "FG301", NO_DEFINITION, code=CLIENT
    ),
    refused("start-no-such-family", "start_task", start(taskDefinition="wbe"), "FG301", NO_DEFINITION, code=CLIENT),
    refused(
        "update-to-no-such-family",
        "update_service",
        {"service": "standing", "taskDefinition": "wbe"},
        "FG301",
        NO_DEFINITION,
        code=CLIENT,
    ),
    refused(
        "set-of-no-such-family",
        "create_task_set",
        task_set(taskDefinition="wbe"),
        "FG301",
        NO_DEFINITION,
        code=CLIENT,
    ),
    refused(
        "service-without-definition",
        "create_service",
        without(service(), "taskDefinition"),
        "FG301",
        NO_DEFINITION,
        code=CLIENT,
    ),
    # https://github.com/DefangLabs/defang/pull/775
    refused("deregistered", "run_task", run(taskDefinition="gone:1"), "FG302", INACTIVE, code=INVALID),
    refused("start-deregistered", "start_task", start(taskDefinition="gone:1"), "FG302", INACTIVE, code=INVALID),
    refused("service-deregistered", "create_service", service(taskDefinition="gone:1"), "FG302", INACTIVE, code=CLIENT),
    # https://github.com/aws/aws-cdk/issues/33195
    refused(
        "update-to-deregistered",
        "update_service",
        {"service": "standing", "taskDefinition": "gone:1"},
        "FG302",
        INACTIVE,
        code=CLIENT,
    ),
    # https://github.com/hashicorp/terraform-provider-aws/issues/27428
    refused(
        "definition-of-no-name",
        "run_task",
        run(taskDefinition=""),
        "FG1200",
        "Family should not be null or empty.",
    ),
]

BOTH = "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again."
NOT_ASSOCIATED = (
    "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the "
    "cluster. Associate the capacity provider with the cluster or specify a valid capacity provider and try again."
)
NO_WEIGHT = (
    "There are no capacity providers in the capacity provider strategy with a weight value greater than zero. Specify "
    "a weight value greater than zero for at least one capacity provider and try again."
)
TWO_BASES = (
    "There are multiple capacity providers in the specified capacity provider strategy with a base value greater than "
    "zero. Only one capacity provider can have a base value greater than zero. Specify a valid capacity provider "
    "strategy and try again."
)
NOT_FARGATE = "Task definition does not support launch_type FARGATE."
SPOT = items(("FARGATE_SPOT", 1, 0))
CAPACITY = [
    refused("R-066-both", "run_task", run(capacityProviderStrategy=SPOT), "FG310", BOTH, row("F02")),
    refused("R-066-both-in-service", "create_service", service(capacityProviderStrategy=SPOT), "FG310", BOTH),
    refused("R-066-both-in-set", "create_task_set", task_set(capacityProviderStrategy=SPOT), "FG310", BOTH),
    refused(
        "R-067-spot-is-no-type",
        "run_task",
        run(launchType="FARGATE_SPOT"),
        "FG1201",
        "Launch type should be one of [EC2,FARGATE,EXTERNAL,MANAGED_INSTANCES]",
    ),
    refused(
        "R-067-managed-instances",
        "run_task",
        run(launchType="MANAGED_INSTANCES"),
        "FG1203",
        "The MANAGED_INSTANCES launch type is not supported. Specify a capacity provider strategy and try again.",
    ),
    refused(
        "R-068-weight-1001",
        "run_task",
        by(("FARGATE", 1001, 0)),
        "FG311",
        "weight must be between 0 and 1000.",
    ),
    refused("R-068-base", "run_task", by(("FARGATE", 1, 100001)), "FG311", "base must be between 0 and 100000."),
    refused(
        "R-068-21-items",
        "run_task",
        by(*((f"p{index}", 1, 0) for index in range(21))),
        "FG311",
        "capacityProviderStrategy can have at most 20 items.",
    ),
    refused(
        "R-068-provider-twice",
        "create_service",
        {"serviceName": "new", "desiredCount": 1, **by(("FARGATE", 1, 0), ("FARGATE", 1, 0))},
        "FG311",
        "The specified capacity provider strategy cannot contain duplicate capacity providers. Remove the duplicate "
        "and try again.",
    ),
    # https://github.com/badmintoncryer/cdk-preflight: pf-ecs-svc-capacity-provider-multiple-base, -zero-weight
    refused("R-068-two-bases", "run_task", by(("FARGATE", 1, 1), ("FARGATE_SPOT", 1, 1)), "FG314", TWO_BASES),
    refused("R-068-no-weight", "run_task", by(("FARGATE", 0, 1), ("FARGATE_SPOT", 0, 0)), "FG315", NO_WEIGHT),
    refused(
        "R-068-weights-left-out",
        "create_service",
        {
            "serviceName": "new",
            "desiredCount": 1,
            **by(),
            "capacityProviderStrategy": [{"capacityProvider": "FARGATE"}, {"capacityProvider": "FARGATE_SPOT"}],
        },
        "FG315",
        NO_WEIGHT,
    ),
    # https://github.com/terraform-aws-modules/terraform-aws-ecs/issues/27
    refused(
        "R-068-default-of-no-weight",
        "create_service",
        without(service(cluster="weightless"), "launchType"),
        "FG1202",
        "There are no capacity providers with a weight value greater than zero defined in the default capacity "
        "provider strategy. At least one capacity provider must have a weight value greater than zero specified. "
        "Update the cluster's default capacity provider strategy or specify a valid capacity provider strategy and "
        "try again.",
    ),
    refused(
        "R-069-not-associated",
        "create_service",
        {"serviceName": "new", "desiredCount": 1, **by(("FARGATE_SPOT", 1, 0)), "cluster": "bare"},
        "FG312",
        NOT_ASSOCIATED,
        row("F19"),
    ),
    refused("R-069-in-a-task", "run_task", by(("FARGATE_SPOT", 1, 0), cluster="mixed"), "FG312", NOT_ASSOCIATED),
    refused("R-069-of-no-provider", "run_task", by(("FARGATE_SPTO", 1, 0)), "FG312", NOT_ASSOCIATED),
    refused(
        "R-069-in-an-update",
        "update_service",
        {
            "service": "standing",
            "capacityProviderStrategy": items(("old", 1, 0)),
            "forceNewDeployment": True,
        },
        "FG312",
        NOT_ASSOCIATED,
    ),
    refused(
        "R-070-mixed",
        "run_task",
        by(("FARGATE", 1, 0), ("old", 1, 0), cluster="mixed"),
        "FG313",
        "A capacity provider strategy cannot contain a mix of capacity providers using Auto Scaling groups and "
        "Fargate providers. Specify one or the other and try again.",
    ),
    refused("R-078-ec2-definition", "run_task", run(taskDefinition="machine"), "FG316", NOT_FARGATE),
    refused(
        "R-078-by-provider", "run_task", by(("FARGATE_SPOT", 1, 0), taskDefinition="machine"), "FG316", NOT_FARGATE
    ),
    refused(
        "R-078-by-default",
        "run_task",
        without(run(taskDefinition="machine", cluster="usual"), "launchType"),
        "FG316",
        NOT_FARGATE,
    ),
    refused(
        "R-078-update-to-ec2-definition",
        "update_service",
        {"service": "standing", "taskDefinition": "machine"},
        "FG316",
        NOT_FARGATE,
    ),
    refused("R-078-set", "create_task_set", task_set(taskDefinition="machine"), "FG316", NOT_FARGATE),
    refused(
        "R-078-anywhere",
        "run_task",
        run(launchType="EXTERNAL"),
        "FG316",
        "Task definition does not support launch_type EXTERNAL.",
    ),
    refused(
        "R-085-windows-on-spot",
        "run_task",
        by(("FARGATE_SPOT", 1, 0), taskDefinition="windows"),
        "FG317",
        "The FARGATE_SPOT capacity provider does not support Windows containers.",
    ),
    # https://github.com/aws/amazon-ecs-cli/issues/1122
    refused(
        "R-066-neither-means-ec2",
        "run_task",
        without(run(cluster="bare"), "launchType"),
        "FG318",
        "No Container Instances were found in your cluster.",
    ),
    refused(
        "R-066-ec2",
        "run_task",
        {"taskDefinition": "host", "launchType": "EC2"},
        "FG318",
        "No Container Instances were found in your cluster.",
    ),
]

REQUIRED = "Network Configuration must be provided when networkMode 'awsvpc' is specified."
NOT_VALID = "Network Configuration is not valid for the given networkMode of this task definition."
NO_PUBLIC_IP = "Assign public IP is not supported for this launch type."
OTHER_VPC = "Security group $foreign does not appear to belong to the same VPC as the input subnets."
SEVENTEEN = ("$a", "$a2", "$b", "$c", *(f"$s{index}" for index in range(13)))
NETWORK = [
    refused("R-060-none", "run_task", without(run(), "networkConfiguration"), "FG320", REQUIRED, row("F12")),
    refused("R-060-service", "create_service", without(service(), "networkConfiguration"), "FG320", REQUIRED),
    refused("R-060-empty", "run_task", run(networkConfiguration={}), "FG320", REQUIRED),
    refused("R-060-set", "create_task_set", without(task_set(), "networkConfiguration"), "FG320", REQUIRED),
    refused("R-060-start", "start_task", start(taskDefinition="machine"), "FG320", REQUIRED),
    # https://github.com/badmintoncryer/cdk-preflight: pf-ecs-service-network-config-mode
    refused("R-061-bridge", "create_service", on_ec2(networkConfiguration=awsvpc()), "FG321", NOT_VALID),
    refused("R-061-start", "start_task", start(networkConfiguration=awsvpc()), "FG321", NOT_VALID),
    # https://github.com/awslabs/fargatecli/issues/73
    refused(
        "R-064-no-subnets",
        "run_task",
        run(networkConfiguration={"awsvpcConfiguration": {"subnets": []}}),
        "FG322",
        "subnets can not be empty.",
    ),
    # https://github.com/opensearch-project/opensearch-migrations/issues/1430
    refused(
        "R-064-seventeen-subnets",
        "run_task",
        run(networkConfiguration=awsvpc(*SEVENTEEN)),
        "FG322",
        "subnets can have at most 16 items.",
    ),
    refused(
        "R-064-six-groups",
        "create_service",
        service(networkConfiguration=awsvpc(securityGroups=[f"$sg{index}" for index in range(1, 7)])),
        "FG322",
        "securityGroups can have at most 5 items.",
    ),
    # https://github.com/awslabs/fargatecli/issues/73
    refused(
        "R-062-blank-group",
        "run_task",
        run(networkConfiguration=awsvpc(securityGroups=[""])),
        "FG1208",
        "security group cannot be blank",
    ),
    refused(
        "R-062-blank-subnet",
        "run_task",
        run(networkConfiguration=awsvpc("")),
        "FG1208",
        "subnet cannot be blank",
    ),
    # https://github.com/eddmann/serverless-fargate/issues/20
    refused(
        "R-062-no-such-subnet",
        "run_task",
        run(networkConfiguration=awsvpc("$a", "subnet-0f00")),
        "FG323",
        "Error retrieving subnet information for [$a, subnet-0f00]: The subnet ID 'subnet-0f00' does not exist "
        "(ErrorCode: InvalidSubnetID.NotFound)",
    ),
    refused(
        "R-062-update",
        "update_service",
        {"service": "standing", "networkConfiguration": awsvpc("subnet-0f00")},
        "FG323",
        "Error retrieving subnet information for [subnet-0f00]: The subnet ID 'subnet-0f00' does not exist "
        "(ErrorCode: InvalidSubnetID.NotFound)",
    ),
    refused(
        "R-062-no-such-group",
        "create_service",
        service(networkConfiguration=awsvpc(securityGroups=["sg-0f00"])),
        "FG324",
        "Error retrieving security group information for [sg-0f00]: The security group 'sg-0f00' does not exist "
        "(ErrorCode: InvalidGroup.NotFound)",
    ),
    refused(
        "R-062-two-vpcs",
        "run_task",
        run(networkConfiguration=awsvpc("$a", "$elsewhere")),
        "FG325",
        "All subnets must be from the same VPC.",
    ),
    refused(
        "R-065-other-vpc",
        "run_task",
        run(networkConfiguration=awsvpc(securityGroups=["$sg1", "$foreign"])),
        "FG326",
        OTHER_VPC,
    ),
    refused(
        "R-065-set",
        "create_task_set",
        task_set(networkConfiguration=awsvpc(securityGroups=["$foreign"])),
        "FG326",
        OTHER_VPC,
    ),
    refused(
        "R-062-public-ip-on-ec2",
        "create_service",
        on_ec2(taskDefinition="machine", networkConfiguration=awsvpc(assignPublicIp="ENABLED")),
        "FG327",
        NO_PUBLIC_IP,
    ),
    refused(
        "R-062-public-ip-yes",
        "run_task",
        run(networkConfiguration=awsvpc(assignPublicIp="YES")),
        "FG1201",
        "Assign public IP should be one of [ENABLED,DISABLED]",
    ),
]

UNKNOWN, UNKNOWN_CODE = "The specified platform does not exist.", "PlatformUnknownException"
MISFIT = "One or more of the requested capabilities are not supported."
MISFIT_CODE = "PlatformTaskDefinitionIncompatibilityException"
ON_EC2 = "The platform version must be null when specifying an EC2 launch type."
NO_CONSTRAINTS = "Placement constraints are not supported with FARGATE launch type."
NO_STRATEGIES = "Placement strategies are not supported with FARGATE launch type."
DISTINCT = [{"type": "distinctInstance"}]
PLATFORM = [
    # https://github.com/badmintoncryer/cdk-preflight: pf-ecs-service-platform-version-ec2
    refused("R-081-on-ec2", "create_service", on_ec2(platformVersion="1.4.0"), "FG330", ON_EC2),
    refused("R-081-latest-on-ec2", "create_service", on_ec2(platformVersion="LATEST"), "FG330", ON_EC2),
    # https://github.com/jenkinsci/amazon-ecs-plugin/issues/218
    refused("R-080-none-such", "run_task", run(platformVersion="9.9.9"), "FG331", UNKNOWN, code=UNKNOWN_CODE),
    refused("R-080-v1.4.0", "run_task", run(platformVersion="v1.4.0"), "FG331", UNKNOWN, code=UNKNOWN_CODE),
    refused("R-080-latest", "create_service", service(platformVersion="latest"), "FG331", UNKNOWN, code=UNKNOWN_CODE),
    refused(
        "R-079-retired",
        "run_task",
        run(platformVersion="1.3.0"),
        "FG331",
        UNKNOWN,
        row("F05"),
        row("T02"),
        code=UNKNOWN_CODE,
    ),
    refused(
        "R-079-update-to-retired",
        "update_service",
        {"service": "standing", "platformVersion": "1.3.0"},
        "FG331",
        UNKNOWN,
        code=UNKNOWN_CODE,
    ),
    # https://github.com/CircleCI-Public/aws-ecs-orb/issues/121
    refused("R-080-1.0.0-linux", "run_task", run(platformVersion="1.0.0"), "FG332", MISFIT, code=MISFIT_CODE),
    refused(
        "R-080-1.4.0-windows",
        "run_task",
        run(taskDefinition="windows", platformVersion="1.4.0"),
        "FG332",
        MISFIT,
        code=MISFIT_CODE,
    ),
    # https://github.com/badmintoncryer/cdk-preflight: pf-ecs-service-fargate-placement
    refused("R-082-constraints", "run_task", run(placementConstraints=DISTINCT), "FG333", NO_CONSTRAINTS),
    refused("R-082-in-a-service", "create_service", service(placementConstraints=DISTINCT), "FG333", NO_CONSTRAINTS),
    refused(
        "R-082-strategies",
        "create_service",
        service(placementStrategy=[{"type": "spread", "field": "instanceId"}]),
        "FG333",
        NO_STRATEGIES,
    ),
    refused(
        "R-082-by-provider",
        "run_task",
        by(("FARGATE_SPOT", 1, 0), placementStrategy=[{"type": "random"}]),
        "FG333",
        NO_STRATEGIES,
    ),
]

# On EC2, whose services are created too. The texts of cdk-preflight: pf-ecs-svc-placement-strategies-max6,
# -binpack-field, -random-with-field, -placement-constraint-distinct-instance-expression, -daemon-with-placement-...
SPREAD = {"type": "spread", "field": "attribute:ecs.availability-zone"}
PLACEMENT = [
    refused(
        "R-082-six-strategies",
        "create_service",
        on_ec2(placementStrategy=[SPREAD] * 6),
        "FG1205",
        "Maximum number of strategies is 5.",
    ),
    refused(
        "R-082-eleven-constraints",
        "create_service",
        on_ec2(placementConstraints=DISTINCT * 11),
        "FG1205",
        "Maximum number of constraints is 10.",
    ),
    refused(
        "R-082-binpack",
        "create_service",
        on_ec2(placementStrategy=[{"type": "binpack", "field": "disk"}]),
        "FG1206",
        "binpack field 'disk' is invalid.",
    ),
    refused(
        "R-082-random",
        "create_service",
        on_ec2(placementStrategy=[{"type": "random", "field": "cpu"}]),
        "FG1206",
        "random field should not be specified.",
    ),
    refused(
        "R-082-spread",
        "create_service",
        on_ec2(placementStrategy=[{"type": "spread"}]),
        "FG1206",
        "spread field should be specified.",
    ),
    refused(
        "R-082-kind",
        "create_service",
        on_ec2(placementStrategy=[{"type": "pack", "field": "cpu"}]),
        "FG1206",
        "Placement strategy type should be one of [random,spread,binpack]",
    ),
    refused(
        "R-082-distinct",
        "create_service",
        on_ec2(placementConstraints=[{"type": "distinctInstance", "expression": "x == y"}]),
        "FG1207",
        "distinctInstance expression should not be specified.",
    ),
    refused(
        "R-082-member",
        "create_service",
        on_ec2(placementConstraints=[{"type": "memberOf"}]),
        "FG1207",
        "memberOf expression should be specified.",
    ),
    refused(
        "R-083-daemon-placed",
        "create_service",
        without(on_ec2(schedulingStrategy="DAEMON", placementStrategy=[SPREAD]), "desiredCount"),
        "FG1204",
        "The daemon scheduling strategy does not support placement strategies. Remove the placement strategy and try "
        "again",
    ),
]

LAUNCHES = [*TARGETS, *CAPACITY, *NETWORK, *PLATFORM, *PLACEMENT]
