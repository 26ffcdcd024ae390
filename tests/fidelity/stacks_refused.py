"""Resources that fail their stack, and the whole reason that CloudFormation gives; templates that make no stack at all.

Ids of requests are written as `*`. How CloudFormation wraps a message is known from field reports that quote it; the
messages inside are those of the services, with their rows of the course's fact sheet.
"""

from __future__ import annotations

from typing import Any

Properties = dict[str, Any]

ECS = "(Service: AmazonECS; Status Code: 400; Error Code: {code}; Request ID: *; Proxy: null)"
HANDLER = 'Resource handler returned message: "{message}" (RequestToken: *, HandlerErrorCode: {error})'


def ecs(said: str, message: str, code: str) -> str:
    """The reason where ECS refuses."""
    text = f"Invalid request provided: {said} {message} {ECS.format(code=code)}"
    return HANDLER.format(message=text, error="InvalidRequest")


def scaling(message: str, code: str, error: str = "InvalidRequest") -> str:
    """The reason where Application Auto Scaling refuses."""
    told = f"(Service: AWSApplicationAutoScaling; Status Code: 400; Error Code: {code}; Request ID: *; Proxy: null)"
    return HANDLER.format(message=f"{message} {told}", error=error)


def deploying(message: str, code: str, error: str = "InvalidRequest") -> str:
    """The reason where CodeDeploy refuses."""
    told = f"(Service: AmazonCodeDeploy; Status Code: 400; Error Code: {code}; Request ID: *; Proxy: null)"
    return HANDLER.format(message=f"{message} {told}", error=error)


def neighbours(service: str, message: str) -> str:
    """The reason where a service beside these refuses; it is named as the AWS SDK for Java spells it."""
    return HANDLER.format(
        message=f"{message} (Service: {service}, Status Code: 400, Request ID: *)", error="InvalidRequest"
    )


def unlawful(*faults: str) -> str:
    """The reason where CloudFormation itself refuses the properties."""
    many = [f"#: {len(faults)} schema violations found"] if len(faults) > 1 else []
    return "\n".join(["Properties validation failed for resource Thing with message:", *many, *faults])


CONTAINER: Properties = {"Name": "app", "Image": "public.ecr.aws/nginx/nginx:stable"}
DEFINITION: Properties = {
    "Family": "other",
    "Cpu": "256",
    "Memory": "512",
    "NetworkMode": "awsvpc",
    "RequiresCompatibilities": ["FARGATE"],
    "ContainerDefinitions": [CONTAINER],
}
SERVICE: Properties = {
    "Cluster": "shop",
    "TaskDefinition": "web",
    "LaunchType": "FARGATE",
    "NetworkConfiguration": {"AwsvpcConfiguration": {"Subnets": ["SUBNET"]}},
}
TARGET: Properties = {
    "ServiceNamespace": "ecs",
    "ScalableDimension": "ecs:service:DesiredCount",
    "ResourceId": "service/shop/web",
    "MinCapacity": 1,
    "MaxCapacity": 4,
}


def but(given: Properties, **changes: Any) -> Properties:
    """The same with other properties; None takes one away."""
    return {name: value for name, value in {**given, **changes}.items() if value is not None}


def register(message: str) -> str:
    return ecs("Create TaskDefinition:", message, "ClientException")


def create(message: str, code: str = "InvalidParameterException") -> str:
    return ecs("CreateService error:", message, code)


LOGGED = {
    **CONTAINER,
    "LogConfiguration": {"LogDriver": "awslogs", "Options": {"awslogs-group": "g", "awslogs-region": "us-east-1"}},
}

UNASSOCIATED = (
    "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the"
    " cluster. Associate the capacity provider with the cluster or specify a valid capacity provider and try again."
)
PAIR = "No Fargate configuration exists for given values: {}. See the Amazon ECS documentation for the valid values."
THERE = "Resource of type '{}' with identifier '{}' already exists."
PREFIXED = {
    **CONTAINER,
    "LogConfiguration": {
        "LogDriver": "awslogs",
        "Options": {"awslogs-group": "g", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "p"},
    },
}
POLICY: Properties = {
    "PolicyName": "cpu",
    "PolicyType": "TargetTrackingScaling",
    "ServiceNamespace": "ecs",
    "ScalableDimension": "ecs:service:DesiredCount",
    "ResourceId": "service/shop/web",
    "TargetTrackingScalingPolicyConfiguration": {
        "TargetValue": 50,
        "PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"},
    },
}
ASSOCIATIONS: Properties = {
    "Cluster": "shop",
    "CapacityProviders": ["FARGATE"],
    "DefaultCapacityProviderStrategy": [{"CapacityProvider": "FARGATE_SPOT"}],
}


def network(**changes: Any) -> Properties:
    return {"AwsvpcConfiguration": changes}


DEFINITIONS: list[tuple[str, Properties, str]] = [
    ("R-005", but(DEFINITION, Cpu="300"), PAIR.format("300 CPU, 512 memory")),
    ("R-005", but(DEFINITION, Cpu=1024, Memory=1024), PAIR.format("1024 CPU, 1024 memory")),
    ("R-007", but(DEFINITION, Cpu=None), "Fargate requires that 'cpu' be defined at the task level."),
    ("R-013", but(DEFINITION, NetworkMode=None), "Fargate only supports network mode ‘awsvpc’."),
    ("R-013", but(DEFINITION, NetworkMode="bridge"), "Fargate only supports network mode ‘awsvpc’."),
    (
        "R-015",
        but(DEFINITION, ContainerDefinitions=[CONTAINER, CONTAINER]),
        "Container names must be unique within a task definition",
    ),
    (
        "R-036",
        but(DEFINITION, ContainerDefinitions=[LOGGED]),
        "Fargate requires log configuration options to include awslogs-stream-prefix to support log driver awslogs.",
    ),
    (
        "R-022",
        but(DEFINITION, ContainerDefinitions=[but(CONTAINER, Privileged="true")]),
        "Fargate requires that the 'privileged' setting be 'false'",
    ),
    ("R-014", but(DEFINITION, ContainerDefinitions=None), "Container list cannot be empty."),
    (
        "R-027",
        but(DEFINITION, PidMode="host"),
        "Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for pidMode is 'task'.",
    ),
    (
        "R-038",
        but(DEFINITION, ContainerDefinitions=[PREFIXED]),
        "Fargate requires task definition to have execution role ARN to support log driver awslogs.",
    ),
    ("R-058", but(DEFINITION, Family="my family"), "Family contains invalid characters."),
    ("R-046", but(DEFINITION, EphemeralStorage={"SizeInGiB": "500"}), "EphemeralStorage size should be at most 200"),
]
"""What ECS refuses to register, by row or topic."""

INVALID, UNKNOWN = "InvalidParameterException", "ClientException"
SERVICES: list[tuple[Properties, str, str]] = [
    (but(SERVICE, TaskDefinition="nothing"), "TaskDefinition not found.", UNKNOWN),
    (but(SERVICE, Cluster="nowhere"), "Cluster not found.", "ClusterNotFoundException"),
    (
        but(SERVICE, NetworkConfiguration=None),
        "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
        INVALID,
    ),
    (
        but(SERVICE, NetworkConfiguration=network(Subnets=["subnet-0"])),
        "Error retrieving subnet information for [subnet-0]: The subnet ID 'subnet-0' does not exist"
        " (ErrorCode: InvalidSubnetID.NotFound)",
        INVALID,
    ),
    (but(SERVICE, NetworkConfiguration=network()), "subnets can not be empty.", INVALID),
    (but(SERVICE, PlatformVersion="9.9.9"), "The specified platform does not exist.", "PlatformUnknownException"),
    (
        but(SERVICE, LaunchType=None, CapacityProviderStrategy=[{"CapacityProvider": "FARGATE"}]),
        UNASSOCIATED,
        INVALID,
    ),
    (
        but(SERVICE, SchedulingStrategy="DAEMON"),
        "The daemon scheduling strategy does not support the FARGATE launch type. Change the launch type and try again",
        INVALID,
    ),
    (but(SERVICE, TaskDefinition="servers"), "Task definition does not support launch_type FARGATE.", INVALID),
]
"""What ECS refuses to make a service of: properties, message, code."""

VALUE = "1 validation error detected: Value '{value}' at '{at}' failed to satisfy constraint: Member must "
DAYS = "1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653"
REASONS: list[tuple[str, Properties, str]] = [
    ("AWS::EC2::VPC", {"CidrBlock": "10.0.0.0/29"}, neighbours("Ec2", "The CIDR '10.0.0.0/29' is invalid.")),
    (
        "AWS::EC2::SecurityGroup",
        {"GroupDescription": "the shop", "VpcId": "vpc-0123456789abcdef0"},
        neighbours("Ec2", "The vpc ID 'vpc-0123456789abcdef0' does not exist").replace("InvalidRequest", "NotFound"),
    ),
    (
        "AWS::Logs::LogGroup",
        {"RetentionInDays": 15},
        neighbours(
            "CloudWatchLogs",
            VALUE.format(value=15, at="retentionInDays") + f"satisfy enum value set: [{DAYS}]",
        ),
    ),
    (
        "AWS::ElasticLoadBalancingV2::TargetGroup",
        {"Port": 0, "Protocol": "HTTP", "VpcId": "vpc-0123456789abcdef0"},
        neighbours(
            "ElasticLoadBalancingV2", VALUE.format(value=0, at="port") + "have value greater than or equal to 1"
        ),
    ),
    (
        "AWS::ECS::Service",
        but(SERVICE, NetworkConfiguration={"AwsvpcConfiguration": {"Subnets": ["SUBNET"], "AssignPublicIp": True}}),
        unlawful("#/NetworkConfiguration/AwsvpcConfiguration/AssignPublicIp: true is not a valid enum value"),
    ),
    *(("AWS::ECS::TaskDefinition", properties, register(message)) for _, properties, message in DEFINITIONS),
    *(("AWS::ECS::Service", properties, create(message, code)) for properties, message, code in SERVICES),
    (
        "AWS::ECS::Service",
        but(SERVICE, ServiceName="web"),
        HANDLER.format(message=THERE.format("AWS::ECS::Service", "web"), error="AlreadyExists"),
    ),
    (
        "AWS::ECS::Cluster",
        {"ClusterName": "my cluster"},
        ecs("CreateCluster Invalid Request:", "ClusterName must match ^[a-zA-Z0-9\\-_]{1,255}$", INVALID),
    ),
    (
        "AWS::ECS::Cluster",
        {"ClusterName": "shop"},
        HANDLER.format(message=THERE.format("AWS::ECS::Cluster", "shop"), error="AlreadyExists"),
    ),
    (
        "AWS::ECS::ClusterCapacityProviderAssociations",
        ASSOCIATIONS,
        ecs("PutClusterCapacityProviders:", UNASSOCIATED, INVALID),
    ),
    # Application Auto Scaling
    (
        "AWS::ApplicationAutoScaling::ScalableTarget",
        but(TARGET, MinCapacity=9),
        scaling("Maximum capacity cannot be less than minimum capacity", "ValidationException"),
    ),
    (
        "AWS::ApplicationAutoScaling::ScalableTarget",
        but(TARGET, ResourceId="service/shop/none"),
        scaling("ECS service doesn't exist: service/shop/none", "ValidationException"),
    ),
    (
        "AWS::ApplicationAutoScaling::ScalingPolicy",
        POLICY,
        scaling(
            "No scalable target registered for service namespace: ecs, resource ID: service/shop/web,"
            " scalable dimension: ecs:service:DesiredCount",
            "ObjectNotFoundException",
            "NotFound",
        ),
    ),
    # CodeDeploy
    (
        "AWS::CodeDeploy::Application",
        {"ComputePlatform": "Lambada"},
        deploying(
            "ComputePlatform 'Lambada' is not valid. Valid values are [Server, Lambda, ECS, Kubernetes]",
            "InvalidComputePlatformException",
        ),
    ),
    (
        "AWS::CodeDeploy::DeploymentGroup",
        {"ApplicationName": "none", "ServiceRoleArn": "arn:aws:iam::123456789012:role/x"},
        deploying("No application found for name: none", "ApplicationDoesNotExistException", "NotFound"),
    ),
    # CloudFormation itself: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html
    ("AWS::ECS::Cluster", {"Foo": 1}, unlawful("#: extraneous key [Foo] is not permitted")),
    (
        "AWS::ECS::Cluster",
        {"Foo": 1, "Bar": 2},
        unlawful("#: extraneous key [Foo] is not permitted", "#: extraneous key [Bar] is not permitted"),
    ),
    (
        "AWS::ECS::TaskDefinition",
        but(DEFINITION, ContainerDefinitions=[but(CONTAINER, Ports=[80])]),
        unlawful("#/ContainerDefinitions/0: extraneous key [Ports] is not permitted"),
    ),
    (
        "AWS::ECS::TaskDefinition",
        but(DEFINITION, ContainerDefinitions=[{"Name": "app"}]),
        unlawful("#/ContainerDefinitions/0: required key [Image] not found"),
    ),
    (
        "AWS::ECS::TaskDefinition",
        but(DEFINITION, ContainerDefinitions={"Name": "app"}),
        unlawful("#/ContainerDefinitions: expected type: JSONArray, found: JSONObject"),
    ),
    (
        "AWS::ECS::TaskDefinition",
        but(DEFINITION, Cpu={"a": 1}),
        unlawful("#/Cpu: expected type: String, found: JSONObject"),
    ),
    (
        "AWS::ECS::Service",
        but(SERVICE, DesiredCount="two"),
        unlawful("#/DesiredCount: expected type: Integer, found: String"),
    ),
    (
        "AWS::ECS::Service",
        but(SERVICE, EnableExecuteCommand="yes"),
        unlawful("#/EnableExecuteCommand: expected type: Boolean, found: String"),
    ),
    (
        "AWS::ECS::Service",
        but(SERVICE, LaunchType="FARGATES"),
        unlawful("#/LaunchType: FARGATES is not a valid enum value"),
    ),
    ("AWS::ECS::Service", but(SERVICE, ClientToken="x"), unlawful("#: extraneous key [ClientToken] is not permitted")),
    (
        "AWS::ApplicationAutoScaling::ScalableTarget",
        but(TARGET, MaxCapacity=None),
        unlawful("#: required key [MaxCapacity] not found"),
    ),
    (
        "AWS::EKS::FargateProfile",
        {"ClusterName": "shop", "PodExecutionRoleArn": "arn:aws:iam::123456789012:role/x", "Selectors": [{}]},
        unlawful("#/Selectors/0: required key [Namespace] not found"),
    ),
    (
        "AWS::CodeDeploy::DeploymentConfig",
        {"TrafficRoutingConfig": {"Kind": "AllAtOnce"}},
        unlawful("#/TrafficRoutingConfig: extraneous key [Kind] is not permitted"),
    ),
]
"""Resource type, properties, and the reason with which it fails its stack."""

CLUSTER: Properties = {"Type": "AWS::ECS::Cluster"}


def made_of(**resources: Any) -> Properties:
    return {"Resources": resources}


def named(name: str) -> Properties:
    return made_of(Thing={**CLUSTER, "Properties": {"ClusterName": {"Ref": name}}})


ROLE: Properties = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {}}}
FORMAT = "Template format error: "

# https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html, template-reference pages and
# parameters-section-structure.html; texts as they are known from use
TEMPLATES: list[tuple[Properties | str, str]] = [
    ({}, FORMAT + "At least one Resources member must be defined."),
    ("just words", FORMAT + "unsupported structure."),
    ("Resources: [", FORMAT + "YAML not well-formed. (line 1, column 13)"),
    ({**made_of(A=CLUSTER), "Resource": {}}, "Invalid template property or properties [Resource]"),
    (made_of(A={}), FORMAT + "[/Resources/A] Every Resources object must contain a Type member."),
    (made_of(**{"a-b": CLUSTER}), FORMAT + "Resource name a-b is non alphanumeric."),
    (
        made_of(A={**CLUSTER, "Property": {}}),
        FORMAT + "[/Resources/A] Encountered unsupported property Property",
    ),
    (made_of(A={"Type": "AWS::ECS::Clusters"}), FORMAT + "Unrecognized resource types: [AWS::ECS::Clusters]"),
    (
        made_of(A={"Type": "AWS::Ecs::Cluster"}, B={"Type": "AWS::EC2::Vpc"}),
        FORMAT + "Unrecognized resource types: [AWS::Ecs::Cluster, AWS::EC2::Vpc]",
    ),
    (
        {**made_of(A=CLUSTER), "Parameters": {"Version": {"Default": "1.0"}}},
        FORMAT + "Every Parameters object must contain a Type member.",
    ),
    (
        {**made_of(A=CLUSTER), "Parameters": {"Version": {"Type": "Text", "Default": "1.0"}}},
        FORMAT + "Unrecognized parameter types: [Text]",
    ),
    (
        named("Nothing"),
        FORMAT + "Unresolved resource dependencies [Nothing] in the Resources block of the template",
    ),
    (
        made_of(A={**CLUSTER, "DependsOn": "B"}),
        FORMAT + "Unresolved resource dependencies [B] in the Resources block of the template",
    ),
    (
        {**made_of(A=CLUSTER), "Outputs": {"O": {"Value": {"Fn::Sub": "${Nothing}-x"}}}},
        FORMAT + "Unresolved resource dependencies [Nothing] in the Outputs block of the template",
    ),
    (
        {**made_of(A=CLUSTER), "Outputs": {"O": {"Value": {"Fn::GetAtt": ["B", "Arn"]}}}},
        "Template error: instance of Fn::GetAtt references undefined resource B",
    ),
    (
        {**made_of(A=CLUSTER), "Outputs": {"O": {"Value": {"Fn::GetAtt": ["A", "Name"]}}}},
        "Template error: resource A does not support attribute type Name in Fn::GetAtt",
    ),
    (
        made_of(A={**CLUSTER, "DependsOn": "B"}, B={**CLUSTER, "DependsOn": ["A"]}),
        "Circular dependency between resources: [A, B]",
    ),
    (
        made_of(A={**CLUSTER, "Condition": "No"}),
        FORMAT + "Unresolved condition dependency No in the Resources block of the template",
    ),
    ({**named("Name"), "Parameters": {"Name": {"Type": "String"}}}, "Parameters: [Name] must have values"),
    (
        {**named("N"), "Parameters": {"N": {"Type": "String", "Default": "a", "AllowedValues": ["b", "c"]}}},
        "Parameter 'N' must be one of AllowedValues",
    ),
    (
        {**named("N"), "Parameters": {"N": {"Type": "Number", "Default": 9, "MaxValue": 8}}},
        "Parameter 'N' must be a number not greater than 8",
    ),
    (
        {**named("N"), "Parameters": {"N": {"Type": "String", "Default": "Ab", "AllowedPattern": "[a-z]+"}}},
        "Parameter 'N' must match pattern [a-z]+",
    ),
    (
        {**named("N"), "Parameters": {"N": {"Type": "String", "Default": "ab", "MinLength": 3}}},
        "Parameter 'N' must contain at least 3 characters",
    ),
]
"""Templates and the ValidationError that CreateStack answers."""

CAPABILITIES: list[tuple[Properties, list[str], str]] = [
    (made_of(A=ROLE), [], "Requires capabilities : [CAPABILITY_IAM]"),
    (
        made_of(A={**ROLE, "Properties": {**ROLE["Properties"], "RoleName": "r"}}),
        ["CAPABILITY_IAM"],
        "Requires capabilities : [CAPABILITY_NAMED_IAM]",
    ),
]
"""Templates, what is acknowledged, and the InsufficientCapabilitiesException."""

LEFT_OUT = [
    "AWS::DynamoDB::Table",
    "AWS::Lambda::Function",
    "AWS::EC2::Instance",
    "AWS::CloudFormation::Stack",
    "Custom::Thing",
]
"""Types that AWS has, and this simulation does not."""
