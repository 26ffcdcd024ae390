"""What leads to a service: load balancers, Cloud Map, Service Connect. Refused requests."""

from __future__ import annotations

from launching import behind, connecting, named, on_ec2, refused, service, target, task_set
from requests_as_written import without

NO_REGISTRY = "arn:aws:servicediscovery:us-east-1:123456789012:service/srv-hoggwkp7p2lefor5"
FIVE = "load balancers can have at most 5 items."
NO_ARN = (
    "Unable to assume role and validate the specified targetGroupArn. Please verify that the ECS service role being "
    "passed has the proper permissions."
)
NO_GROUP = "The specified target group does not exist."
EITHER = "You must specify either a loadBalancerName or a targetGroupArn in all loadBalancer entries"
ADDRESSES = (
    "The provided target group $instances has target type instance, which is incompatible with the awsvpc network mode "
    "specified in the task definition."
)
BALANCERS = [
    # https://github.com/hashicorp/terraform/issues/25306
    refused(
        "R-086-six",
        "create_service",
        service(loadBalancers=[target(), *(target(targetGroupArn=f"$g{index}") for index in range(1, 6))]),
        "FG1270",
        FIVE,
    ),
    # https://github.com/badmintoncryer/cdk-preflight: pf-ecs-service-lb-target-exclusive,
    # pf-ecs-svc-classic-lb-with-fargate, -lb-container-name-missing, -lb-container-port-missing
    refused(
        "R-086-two-names",
        "create_service",
        behind(loadBalancerName="old"),
        "FG1272",
        f"loadBalancerName and targetGroupArn cannot both be specified. {EITHER}",
    ),
    refused(
        "R-086-no-name",
        "create_service",
        service(loadBalancers=[without(target(), "targetGroupArn")]),
        "FG1272",
        f"loadBalancerName and targetGroupArn cannot both be null. {EITHER}",
    ),
    refused(
        "R-086-no-container",
        "create_service",
        service(loadBalancers=[without(target(), "containerName")]),
        "FG1273",
        "loadBalancer.containerName should not be null or empty.",
    ),
    refused(
        "R-086-no-port",
        "create_service",
        service(loadBalancers=[without(target(), "containerPort")]),
        "FG1273",
        "loadBalancer.containerPort should not be null.",
    ),
    refused(
        "R-086-classic",
        "create_service",
        service(loadBalancers=[{"loadBalancerName": "old", "containerName": "app", "containerPort": 80}]),
        "FG370",
        "Classic Load Balancers are not supported with Fargate.",
    ),
    refused("R-086-no-such-group", "create_service", behind(targetGroupArn="$group0"), "FG371", NO_GROUP),
    refused("R-086-set", "create_task_set", task_set(loadBalancers=[target(targetGroupArn="arn:x")]), "FG1274", NO_ARN),
    # https://github.com/trussworks/terraform-aws-ecs-service/issues/335
    refused(
        "a-balancer-for-a-group",
        "create_service",
        behind(
            targetGroupArn="arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/front/0123456789abcdef"
        ),
        "FG1274",
        NO_ARN,
    ),
    # https://github.com/Shippable/support/issues/4698
    refused("a-name-for-a-group", "create_service", behind(targetGroupArn="group"), "FG1274", NO_ARN),
    refused(
        "R-086-update",
        "update_service",
        {"service": "standing", "loadBalancers": [target(targetGroupArn="$group0")]},
        "FG371",
        NO_GROUP,
    ),
    refused("R-086-instances", "create_service", behind(targetGroupArn="$instances"), "FG372", ADDRESSES),
    refused(
        "R-086-no-listener",
        "create_service",
        behind(targetGroupArn="$lonely"),
        "FG373",
        "The target group with targetGroupArn $lonely does not have an associated load balancer.",
    ),
    refused(
        "R-086-such-container",
        "create_service",
        behind(containerName="web"),
        "FG374",
        "The container web does not exist in the task definition.",
    ),
    refused(
        "R-086-such-port",
        "create_service",
        behind(containerPort=8080),
        "FG375",
        "The container app did not have a container port 8080 defined.",
    ),
    refused(
        "R-086-update-without-port",
        "update_service",
        {"service": "balanced", "taskDefinition": "arm"},
        "FG375",
        "The container app did not have a container port 80 defined.",
    ),
    refused(
        "R-086-port-of-another",
        "create_service",
        behind(containerName="sidecar", containerPort=80) | {"taskDefinition": "two"},
        "FG375",
        "The container sidecar did not have a container port 80 defined.",
    ),
]

REGISTRIES = [
    # https://github.com/badmintoncryer/cdk-preflight: pf-ecs-svc-registries-multiple, -registries-port-with-awsvpc
    *(
        refused(
            f"a-registry-that-is-{what}",
            "create_service",
            service(serviceRegistries=[{"registryArn": arn}]),
            "FG1281",
            # https://github.com/hashicorp/terraform-provider-aws/issues/4373
            f"The format of the supplied service registry ARN is invalid: {arn}.",
        )
        for what, arn in (
            ("a-namespace", "$namespace"),
            ("a-name", "address"),
            ("of-another-region", "arn:aws:servicediscovery:eu-west-1:123456789012:service/srv-hoggwkp7p2lefor5"),
        )
    ),
    refused(
        "a-registry-that-there-is-not",
        "create_service",
        service(serviceRegistries=[{"registryArn": NO_REGISTRY}]),
        "FG1281",
        f"The service registry with ARN {NO_REGISTRY} was not found.",
    ),
    refused(
        "R-086-two-registries",
        "create_service",
        service(serviceRegistries=[{"registryArn": "$address"}] * 2),
        "FG1280",
        "service registries can have at most 1 items.",
    ),
    refused(
        "R-086-port-of-an-address",
        "create_service",
        service(serviceRegistries=[{"registryArn": "$address", "containerName": "app", "containerPort": 80}]),
        "FG1282",
        "The values specified for serviceRegistries do not require a value for 'containerPort'. Remove the value and "
        "retry. Registry: $address",
    ),
    # https://github.com/techservicesillinois/terraform-aws-ecs-service/issues/16
    refused(
        "R-086-bridge",
        "create_service",
        on_ec2(serviceRegistries=[{"registryArn": "$record"}]),
        "FG1283",
        "When specifying 'host' or 'bridge' for networkMode, values for 'containerName' and 'containerPort' must be "
        "specified from the task definition. Registry: $record",
    ),
    refused(
        "R-086-record-without-port",
        "create_service",
        service(serviceRegistries=[{"registryArn": "$record"}]),
        "FG1283",
        "When specifying 'awsvpc' for networkMode, either a value for 'port' or values for 'containerName' and "
        "'containerPort' must be specified for a registry with an SRV record. Registry: $record",
    ),
    refused(
        "R-086-record-of-nobody",
        "create_service",
        service(serviceRegistries=[{"registryArn": "$record", "containerName": "web", "containerPort": 80}]),
        "FG1284",
        "The container web does not exist in the task definition.",
    ),
    refused(
        "R-086-record-of-no-port",
        "create_service",
        service(serviceRegistries=[{"registryArn": "$record", "containerName": "app", "containerPort": 81}]),
        "FG1284",
        "The container app did not have a container port 81 defined.",
    ),
]

DNS_NAME = (
    "The DNS name that you provided is invalid. The name must be a valid DNS name but doesn’t need to be "
    "fully-qualified. Up to 127 characters are allowed. The characters can include lowercase letters, numbers, "
    "underscores (_), hyphens (-), and periods (.). A hyphen can’t be the first character."
)
DISCOVERY_NAME = (
    "The discovery name that you provided is invalid. Up to 64 characters are allowed. The characters can include "
    "lowercase letters, numbers, underscores (_), and hyphens (-). A hyphen can’t be the first character."
)
ALIAS = {"port": 80, "dnsName": "web"}
ACCESS_LOG = {"accessLogConfiguration": {"format": "JSON"}}


def no_port(name: str) -> str:
    """R-101."""
    return f"portName({name}) does not refer to any named PortMapping in the container definitions"


CONNECT = [
    # https://github.com/badmintoncryer/cdk-preflight: pf-ecs-svc-connect-without-namespace, -port-name-missing,
    # -client-aliases-max, -client-alias-dns-name
    refused(
        "R-101-no-namespace",
        "create_service",
        service(serviceConnectConfiguration={"enabled": True, "services": [named()]}),
        "FG1291",
        "Namespace is missing",
    ),
    # https://github.com/terraform-aws-modules/terraform-aws-ecs/issues/116
    refused(
        "R-101-no-such-namespace",
        "create_service",
        connecting(namespace="shpo"),
        "FG1292",
        "Failed to retrieve namespace for shpo",
        code="NamespaceNotFoundException",
    ),
    refused(
        "R-101-no-alias",
        "create_service",
        connecting({"portName": "http"}),
        "FG1293",
        "clientAliases must have 1 element.",
    ),
    refused(
        "R-101-two-aliases",
        "create_service",
        connecting(named(clientAliases=[ALIAS, {"port": 81}])),
        "FG1293",
        "2 clientAliases exceeds the max limit of 1",
    ),
    refused(
        "R-101-capitals",
        "create_service",
        connecting(named(clientAliases=[{"port": 80, "dnsName": "Web"}])),
        "FG1294",
        DNS_NAME,
    ),
    refused(
        "R-101-hyphen",
        "create_service",
        connecting(named(clientAliases=[{"port": 80, "dnsName": "-web"}])),
        "FG1294",
        DNS_NAME,
    ),
    refused(
        "R-101-128",
        "create_service",
        connecting(named(clientAliases=[{"port": 80, "dnsName": "w" * 128}])),
        "FG1294",
        DNS_NAME,
    ),
    refused("R-101-discovery", "create_service", connecting(named(discoveryName="a.b")), "FG1295", DISCOVERY_NAME),
    refused("R-101-65", "create_service", connecting(named(discoveryName="w" * 65)), "FG1295", DISCOVERY_NAME),
    refused("R-101-port-name", "create_service", connecting(named(portName="web")), "FG360", no_port("web")),
    refused(
        "R-101-update",
        "update_service",
        {
            "service": "standing",
            "serviceConnectConfiguration": {
                "enabled": True,
                "namespace": "$namespace",
                "services": [named(portName="grpc")],
            },
        },
        "FG360",
        no_port("grpc"),
    ),
    # https://github.com/aws/copilot-cli/issues/4659
    refused(
        "R-101-taken",
        "create_service",
        connecting(named(discoveryName="taken")),
        "FG1296",
        "SC service is already used by $namespace",
    ),
    refused(
        "R-101-twice",
        "create_service",
        connecting(named(), named(clientAliases=[{"port": 81}])),
        "FG1296",
        "discoveryName http must be unique within the service.",
    ),
    refused(
        "R-101-alias-twice",
        "create_service",
        connecting(named(), named(portName="tcp")),
        "FG1297",
        "The client alias web:80 must be unique within the service.",
    ),
    refused(
        "R-101-port-0",
        "create_service",
        connecting(named(clientAliases=[{"port": 0}])),
        "FG1298",
        "port must be between 1 and 65535.",
    ),
    refused(
        "R-101-ingress",
        "create_service",
        connecting(named(ingressPortOverride=65536)),
        "FG1298",
        "ingressPortOverride must be between 1 and 65535.",
    ),
    refused(
        "R-035-driver",
        "create_service",
        connecting(logConfiguration={"logDriver": "syslog"}),
        "FG1299",
        "Fargate does not support the log driver syslog for Service Connect.",
    ),
    refused(
        "R-101-access-log",
        "create_service",
        connecting(**ACCESS_LOG),
        "FG1299",
        "accessLogConfiguration requires a logConfiguration.",
    ),
    refused(
        "R-101-timeout-of-tcp",
        "create_service",
        connecting(named(portName="tcp", timeout={"perRequestTimeoutSeconds": 5})),
        "FG1232",
        "perRequestTimeout is not supported for the TCP protocol.",
    ),
]

TRAFFIC = [*BALANCERS, *REGISTRIES, *CONNECT]
